package org.heliograph.smtp;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Failure;
import org.heliograph.model.Outcome;
import org.heliograph.model.Outcome.DoneKind;
import org.heliograph.model.Outcome.Scope;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.smtp.SmtpPeerSettings.Protocol;

/** One letter over one connection, in as many transactions as it needs. */
final class Transfer {
  private final ClientConnection connection;
  private final SmtpPeerSettings settings;
  private final Letter letter;
  private final Answers answers;
  private final InstantSource clock;
  private final Map<RecipientId, Outcome> outcomes = new HashMap<>();
  private boolean answered;

  Transfer(
      ClientConnection connection, SmtpPeerSettings settings, Letter letter, InstantSource clock) {
    this.connection = connection;
    this.settings = settings;
    this.letter = letter;
    this.clock = clock;
    this.answers = new Answers(settings.host());
  }

  /** An outcome for each of {@code recipients}. */
  Map<RecipientId, Outcome> to(List<Recipient> recipients) {
    Offers offers = connection.offers();
    Optional<Outcome> obstacle = letter.obstacle(offers, settings);
    List<Recipient> open = new ArrayList<>();
    for (Recipient r : recipients) {
      Optional<Outcome> own = obstacle.or(() -> Letter.obstacle(r, offers, settings));
      if (own.isPresent()) {
        outcomes.put(r.id(), own.get());
      } else {
        open.add(r);
      }
    }
    for (Letter.Batch batch : letter.batches(open, offers, settings.recipients())) {
      if (connection.usable()) {
        transaction(batch);
      } else {
        all(batch.recipients(), answers.lost("the connection was lost before", Scope.PEER, false));
      }
    }
    return outcomes;
  }

  /** Whether the peer said anything at all: if not, nothing has happened. */
  boolean answered() {
    return answered;
  }

  private void all(List<Recipient> recipients, Outcome outcome) {
    recipients.forEach(r -> outcomes.put(r.id(), outcome));
  }

  /** Where a transaction is, for what a broken connection means. */
  private enum Stage {
    COMMANDS,
    CONTENT,
    END
  }

  private Stage stage = Stage.COMMANDS;

  private void transaction(Letter.Batch batch) {
    stage = Stage.COMMANDS;
    List<Recipient> unsettled = new ArrayList<>(batch.recipients());
    try {
      List<Recipient> accepted = envelope(batch, unsettled);
      if (!accepted.isEmpty()) {
        content();
        stage = Stage.END;
        settle(accepted, unsettled);
        connection.countMessage();
      }
    } catch (IOException e) {
      connection.abort();
      lost(unsettled, String.valueOf(e.getMessage()));
    } catch (StoreUnavailable e) {
      connection.abort();
      all(
          unsettled,
          Outcome.deferred(
              Scope.MESSAGE, Failure.of(Failure.Cause.INTERNAL, "the content cannot be read now")));
    } catch (InterruptedException e) {
      connection.abort();
      Thread.currentThread().interrupt();
      lost(unsettled, "interrupted");
    }
  }

  private void lost(List<Recipient> unsettled, String why) {
    all(
        unsettled,
        answers.lost(why, stage == Stage.COMMANDS ? Scope.PEER : Scope.BOTH, stage == Stage.END));
  }

  private Reply answer() throws IOException, InterruptedException {
    Reply reply = connection.answer();
    answered = true;
    return reply;
  }

  /** MAIL, RCPT and DATA. Returns who was accepted; all others are settled. */
  private List<Recipient> envelope(Letter.Batch batch, List<Recipient> unsettled)
      throws IOException, InterruptedException {
    Offers offers = connection.offers();
    boolean pipelined = offers.pipelining();
    StringBuilder group = new StringBuilder(letter.mail(batch, offers));
    if (pipelined) {
      batch.recipients().forEach(r -> group.append(letter.recipient(r, offers)));
      group.append("DATA\r\n");
    }
    connection.send(group.toString());
    Reply mail = answer();
    if (!mail.positive()) {
      all(unsettled, answers.refused(mail, "the sender", false));
      unsettled.clear();
    }
    List<Recipient> accepted = new ArrayList<>();
    if (mail.positive() || pipelined) {
      recipients(batch, pipelined, mail.positive(), accepted, unsettled);
    }
    if (!pipelined && accepted.isEmpty()) {
      reset(mail.positive());
      return accepted;
    }
    if (!pipelined) {
      connection.send("DATA\r\n");
    }
    Reply data = answer();
    if (data.code() == 354) {
      if (accepted.isEmpty()) {
        // RFC 2920 3.1: a server may say 354 without recipients; nothing is sent then
        connection.send(".\r\n");
        answer();
      }
      return accepted;
    }
    if (!accepted.isEmpty()) {
      all(accepted, answers.refused(data, "the message", false));
      unsettled.removeAll(accepted);
    }
    reset(mail.positive());
    return List.of();
  }

  private void recipients(
      Letter.Batch batch,
      boolean pipelined,
      boolean sender,
      List<Recipient> accepted,
      List<Recipient> unsettled)
      throws IOException, InterruptedException {
    for (Recipient r : batch.recipients()) {
      if (!pipelined) {
        connection.send(letter.recipient(r, connection.offers()));
      }
      Reply reply = answer();
      if (!sender) {
        continue;
      }
      if (reply.positive()) {
        accepted.add(r);
      } else {
        outcomes.put(r.id(), answers.refused(reply, "the recipient", true));
        unsettled.remove(r);
      }
    }
  }

  /** Leaves no transaction open behind one that came to nothing. */
  private void reset(boolean open) throws IOException, InterruptedException {
    if (open && connection.usable()) {
      connection.send("RSET\r\n");
      answer();
    }
  }

  private void content() throws IOException, InterruptedException, StoreUnavailable {
    stage = Stage.CONTENT;
    DotStuffing out = new DotStuffing(octets -> connection.send(octets), letter.length());
    letter.body().writeTo(out);
    // from here on the peer may have it
    stage = Stage.END;
    out.end();
  }

  private void settle(List<Recipient> accepted, List<Recipient> unsettled)
      throws IOException, InterruptedException {
    boolean each = settings.protocol() == Protocol.LMTP;
    Reply reply = connection.answer(settings.finalAnswer());
    for (int i = 0; i < accepted.size(); i++) {
      if (each && i > 0) {
        reply = connection.answer(settings.finalAnswer()); // RFC 2033 4.2
      }
      Recipient r = accepted.get(i);
      unsettled.remove(r);
      outcomes.put(
          r.id(), reply.positive() ? done(reply) : answers.refused(reply, "the message", false));
    }
  }

  private Outcome done(Reply reply) {
    DoneKind kind =
        settings.protocol() == Protocol.LMTP
            ? DoneKind.DELIVERED
            : connection.offers().dsn() ? DoneKind.TRANSFERRED : DoneKind.RELAYED;
    return new Outcome.Done(
        kind, clock.instant(), Optional.of(settings.host()), Optional.of(reply.toString()));
  }
}
