package org.heliograph.smtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Handling;
import org.heliograph.model.Handling.BodyType;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Precedence;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Submission.Answer;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Pace;
import org.heliograph.wire.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's dialogue (RFC 5321 3 and 4), from greeting to farewell. For the connection's thread.
 */
final class ServerSession {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
  private static final Duration HANDSHAKE = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofSeconds(30);

  private final Connection connection;
  private final SmtpServer server;
  private final SmtpServerSettings settings;
  private final SmtpLimits limits;
  private final Replies replies;
  private final Incoming in;
  private Client client;
  private Optional<Transaction> transaction = Optional.empty();
  private int commands;
  private boolean done;

  ServerSession(Connection connection, SmtpServer server) {
    this.connection = connection;
    this.server = server;
    this.settings = server.settings();
    this.limits = settings.limits();
    this.replies = new Replies(connection);
    this.in = new Incoming(connection, replies::flush);
    this.client = Client.of(connection, settings, server.policy());
  }

  /** Speaks with the client until one of the two has enough. */
  void serve() throws IOException, InterruptedException {
    try {
      if (!server.submission().open()) {
        replies.say(421, "4.3.2", settings.host() + " takes no messages now; try later");
      } else {
        replies.say(220, settings.host() + " ESMTP Heliograph");
        while (!done) {
          command();
        }
      }
    } catch (Incoming.Silent silent) {
      replies.say(421, "4.4.2", settings.host() + " closes: nothing was said for too long");
    } catch (Incoming.Stopped stopped) {
      replies.say(421, "4.3.2", settings.host() + " shuts down");
    } catch (Incoming.Gone gone) {
      LOG.debug("{}", gone.getMessage());
      return;
    }
    replies.flush();
  }

  private void command() throws IOException, InterruptedException {
    Incoming.Line line = in.line(limits.commandOctets(), limits.idle(), true);
    try {
      if (++commands > limits.commands()) {
        throw new Refused(421, "4.7.0", "too many commands without a message");
      }
      switch (line.fault()) {
        case NONE -> obey(Command.of(line.text()));
        case TOO_LONG ->
            throw new Refused(
                500, "5.5.2", "a command of more than " + limits.commandOctets() + " octets");
        case BARE_LINE_END -> throw new Refused(500, "5.5.2", "commands end in CRLF");
        case NUL -> throw new Refused(500, "5.5.2", "NUL in a command");
      }
    } catch (Refused refused) {
      refuse(refused);
    }
  }

  private void refuse(Refused refused) throws IOException, InterruptedException {
    LOG.info("{}: {} {} {}", client.remote(), refused.code(), refused.enhanced(), refused.text());
    replies.say(refused.code(), refused.enhanced(), refused.text());
    if (refused.code() == 421) {
      done = true;
    } else if (replies.errors() >= limits.errors()) {
      replies.say(421, "4.7.0", settings.host() + " closes: too many errors");
      done = true;
    }
  }

  private void obey(Command command) throws IOException, InterruptedException, Refused {
    switch (command.verb()) {
      case "EHLO" -> hello(command, true);
      case "HELO" -> hello(command, false);
      case "MAIL" -> mail(command);
      case "RCPT" -> recipient(command);
      case "DATA" -> data(command);
      case "RSET" -> {
        bare(command);
        transaction = Optional.empty();
        replies.say(250, "2.0.0", "forgotten");
      }
      case "NOOP" -> replies.say(250, "2.0.0", "nothing done");
      case "QUIT" -> {
        bare(command);
        replies.say(221, "2.0.0", settings.host() + " closes");
        done = true;
      }
      case "VRFY" -> {
        if (command.argument().isEmpty()) {
          throw new Refused(501, "5.5.4", "expected VRFY address");
        }
        replies.say(252, "2.5.0", "addresses are not verified here; send, and it is tried");
      }
      case "HELP" ->
          replies.say(
              214,
              List.of(
                  "2.0.0 EHLO HELO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP STARTTLS",
                  "2.0.0 RFC 5321"));
      case "STARTTLS" -> startTls(command);
      case "EXPN", "TURN", "ETRN", "SEND", "SOML", "SAML", "AUTH", "BDAT" ->
          throw new Refused(502, "5.5.1", command.verb() + " is not done here");
      default -> throw new Refused(500, "5.5.1", "no such command");
    }
  }

  private static void bare(Command command) throws Refused {
    if (!command.argument().isEmpty()) {
      throw new Refused(501, "5.5.4", command.verb() + " takes no argument");
    }
  }

  /** What RFC 2920 3.1 lets come only last in a group ends the session where more follows it. */
  private void lastOfGroup(String verb) throws Refused {
    if (in.pending()) {
      done = true;
      throw new Refused(554, "5.5.0", "octets behind " + verb + " before its reply (RFC 2920 3.1)");
    }
  }

  private void hello(Command command, boolean extended)
      throws IOException, InterruptedException, Refused {
    lastOfGroup(command.verb());
    String name = command.argument();
    if (!name.matches("[A-Za-z0-9_]([A-Za-z0-9._-]{0,254})|\\[[A-Za-z0-9:._-]{1,100}\\]")) {
      throw new Refused(501, "5.5.4", "expected " + command.verb() + " domain-or-address-literal");
    }
    client = client.greeted(name, extended);
    transaction = Optional.empty();
    if (!extended) {
      replies.say(250, settings.host());
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(settings.host());
    lines.add("PIPELINING");
    lines.add("SIZE " + limits.messageOctets());
    lines.add("8BITMIME");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("DSN");
    if (settings.tls().isPresent() && client.tls().isEmpty()) {
      lines.add("STARTTLS");
    }
    lines.add("MT-PRIORITY STANAG4406");
    lines.add("HELP");
    replies.say(250, lines);
  }

  private void startTls(Command command) throws IOException, InterruptedException, Refused {
    if (settings.tls().isEmpty()) {
      throw new Refused(502, "5.5.1", "STARTTLS is not offered");
    }
    bare(command);
    if (client.tls().isPresent()) {
      throw new Refused(503, "5.5.1", "TLS stands already");
    }
    lastOfGroup("STARTTLS");
    replies.say(220, "2.0.0", "begin");
    ByteBuffer goAhead = replies.take();
    client =
        client.secured(connection.startTls(Tls.server(settings.tls().get()), goAhead, HANDSHAKE));
    transaction = Optional.empty();
  }

  private void mail(Command command) throws IOException, InterruptedException, Refused {
    if (client.greeting().isEmpty()) {
      throw new Refused(503, "5.5.1", "EHLO first");
    }
    if (transaction.isPresent()) {
      throw new Refused(503, "5.5.1", "a transaction is open already");
    }
    Command.Path path = command.path("FROM:");
    MailParameters.OfMail parameters = MailParameters.ofMail(path.parameters());
    if (parameters.size() > limits.messageOctets()) {
      throw new Refused(552, "5.3.4", "at most " + limits.messageOctets() + " octets");
    }
    if (!server.submission().open()) {
      throw new Refused(452, "4.3.1", "no room for messages now; try later");
    }
    Optional<Mailbox> from =
        path.postmaster() ? Optional.of(settings.postmaster()) : path.mailbox();
    transaction = Optional.of(new Transaction(from, parameters));
    boolean lowered = !client.relays() && parameters.priority().orElse(0) > 0;
    // RFC 6710 7: a priority above normal is only for those who may
    replies.say(250, lowered ? "2.3.6" : "2.1.0", lowered ? "priority lowered" : "sender noted");
  }

  private void recipient(Command command) throws IOException, InterruptedException, Refused {
    Transaction open = transaction.orElseThrow(() -> new Refused(503, "5.5.1", "MAIL before RCPT"));
    Command.Path path = command.path("TO:");
    MailParameters.OfRecipient parameters = MailParameters.ofRecipient(path.parameters());
    if (open.recipients().size() >= limits.recipients()) {
      throw new Refused(452, "4.5.3", "at most " + limits.recipients() + " recipients");
    }
    Mailbox mailbox =
        path.postmaster()
            ? settings.postmaster()
            : path.mailbox()
                .orElseThrow(() -> new Refused(501, "5.1.3", "a recipient must be named"));
    boolean ours = path.postmaster() || server.policy().acceptFor().test(mailbox.domain());
    if (!client.relays() && !ours) {
      throw new Refused(550, "5.7.1", "<" + mailbox.text() + ">: relaying denied");
    }
    Answer answer =
        server
            .submission()
            .routable(mailbox, ContentFamily.MAIL, client.source(settings.channel()));
    if (answer == Answer.NO) {
      throw ours
          ? new Refused(550, "5.1.1", "<" + mailbox.text() + ">: no such recipient")
          : new Refused(550, "5.1.2", "<" + mailbox.text() + ">: no route to this domain");
    }
    open.add(mailbox, parameters);
    replies.say(250, "2.1.5", "recipient noted");
  }

  private void data(Command command) throws IOException, InterruptedException, Refused {
    lastOfGroup("DATA");
    bare(command);
    Transaction open = transaction.orElseThrow(() -> new Refused(503, "5.5.1", "MAIL before DATA"));
    if (open.recipients().isEmpty()) {
      throw new Refused(554, "5.5.1", "no recipient was accepted");
    }
    Instant arrival = server.clock().instant();
    String id = server.nextTransaction();
    Optional<String> only =
        open.recipients().size() == 1
            ? Optional.of(((Mailbox) open.recipients().getFirst().address()).text())
            : Optional.empty();
    try (Intake intake =
        new Intake(
            server.submission().stage(),
            client.received(settings.host(), id, only, arrival),
            limits)) {
      replies.say(354, "end with CRLF.CRLF");
      transaction = Optional.empty();
      receive(intake);
      accept(open, intake, arrival);
    } catch (StoreUnavailable unavailable) {
      LOG.warn("{}: not accepted: {}", client.remote(), unavailable.getMessage());
      throw new Refused(451, "4.3.0", "the message could not be stored; try later");
    }
  }

  private void receive(Intake intake) throws IOException, InterruptedException, Refused {
    Pace pace = new Pace(limits.leastRate(), PACE, server.clock());
    while (true) {
      ByteBuffer octets = in.octets(limits.idle());
      int before = octets.remaining();
      if (intake.take(octets)) {
        return;
      }
      if (!pace.keeps(before - octets.remaining())) {
        throw new Refused(421, "4.4.2", "the message comes too slowly");
      }
      if (intake.hopeless()) {
        done = true;
        throw new Refused(
            552, "5.3.4", "message of more than " + limits.messageOctets() + " octets");
      }
    }
  }

  private void accept(Transaction open, Intake intake, Instant arrival)
      throws IOException, InterruptedException, Refused, StoreUnavailable {
    Optional<Refused> verdict = intake.verdict();
    if (verdict.isPresent()) {
      throw verdict.get();
    }
    HeaderFacts facts = intake.facts();
    Envelope envelope = envelope(open, intake, facts, arrival);
    String name;
    try {
      name = server.submission().submit(Draft.of(envelope, intake.seal()), Set.of()).toString();
    } catch (AlreadyAccepted before) {
      name = before.message().toString();
    }
    commands = 0;
    LOG.debug("{}: accepted as {}", client.remote(), name);
    replies.say(250, "2.0.0", "accepted as " + name);
  }

  private Envelope envelope(Transaction open, Intake intake, HeaderFacts facts, Instant arrival) {
    MailParameters.OfMail parameters = open.parameters();
    BodyType body = intake.eightBit() ? BodyType.EIGHT_BIT_MIME : parameters.body();
    EnvelopeBuilder envelope =
        Envelope.message(ContentTypes.MAIL, arrival, client.source(settings.channel()))
            .originator(open.reversePath())
            .recipients(open.recipients())
            .identification(
                Identification.none()
                    .withMessageId(facts.messageId())
                    .withEnvelopeId(parameters.envelopeId()))
            .handling(new Handling(Set.of(), parameters.contentReturn(), body))
            .label(facts.label().flatMap(server.policy().label()));
    if (client.relays()) {
      envelope.precedence(
          parameters.priority().isPresent()
              ? HeaderFacts.ofMtPriority(parameters.priority().getAsInt())
              : facts.precedence().orElse(Precedence.ROUTINE));
    }
    return envelope.build();
  }
}
