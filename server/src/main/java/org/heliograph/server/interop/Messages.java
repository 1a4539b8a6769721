package org.heliograph.server.interop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Precedence;
import org.heliograph.osi.ApduSource;
import org.heliograph.osi.Association;
import org.heliograph.osi.BindRefused;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferPoint;
import org.heliograph.osi.TransferResult;
import org.heliograph.server.dissect.Pdu;
import org.heliograph.server.interop.Arrivals.Arrived;
import org.heliograph.server.user.Caller;

/** Transfer of messages with every content, large ones, and after a break. */
final class Messages {
  private static final String MESSAGE_TRANSFER = "X.411 12.2.1.1";

  private Messages() {}

  static List<Case> cases() {
    return List.of(
        Case.of("message with content 22", MESSAGE_TRANSFER, e -> content(e, "22")),
        Case.of("message with content 2", MESSAGE_TRANSFER, e -> content(e, "2")),
        Case.of("message with content P772", MESSAGE_TRANSFER, e -> content(e, "p772")),
        Case.of("message with content CMS", "X.411 12.2.1.1, RFC 3855 2.2", e -> content(e, "cms")),
        Case.of(
            "three precedences come back as they went", "X.411 8.2.1.1.1.8", Messages::priority),
        Case.of("ten messages on one association", "X.218 8.2", Messages::ten),
        Case.of("a large message with checkpoints", "X.228 7.3, 7.4", Messages::large),
        Case.of("a transfer goes on after a break", "X.228 7.7, 7.8", Messages::resume),
        Case.of(
            "an APDU that is none does not stop the link", "X.228 7.3, X.419 8", Messages::none));
  }

  /** Where messages go: back to us if the peer can, else to the recipient. */
  private static OrAddress to(Exchange exchange) {
    return exchange.returns() ? exchange.user("echo") : exchange.recipient();
  }

  private static Verdict content(Exchange exchange, String name)
      throws IOException, InterruptedException {
    if (exchange.file().contents().stream().noneMatch(name::equalsIgnoreCase)) {
      return Verdict.notSupported("the peer file does not list content " + name);
    }
    ContentType type = Contents.type(name);
    return carried(
        exchange,
        exchange.message(type, to(exchange), Set.of()).build(),
        Contents.of(type, exchange, "conformance test, content " + name));
  }

  /** A message that must be taken and, where it can, come back with its content untouched. */
  static Verdict carried(Exchange exchange, Envelope envelope, Octets content)
      throws IOException, InterruptedException {
    Optional<String> problem = exchange.send(envelope, content);
    if (problem.isPresent()) {
      return Verdict.fail(problem.get(), exchange.evidence());
    }
    if (!exchange.returns()) {
      return Verdict.pass("confirmed; the peer file gives no way back to look at it");
    }
    Optional<Arrived> back = exchange.echo(envelope);
    if (back.isEmpty()) {
      return Verdict.fail(lost(exchange, envelope), exchange.evidence());
    }
    if (!back.get().envelope().contentType().equals(envelope.contentType())) {
      return Verdict.fail(
          "content type "
              + envelope.contentType()
              + " came back as "
              + back.get().envelope().contentType(),
          exchange.evidence());
    }
    return back.get().digest().equals(Arrivals.digest(content.toByteArray()))
        ? Verdict.pass("relayed back with its " + content.length() + " octets untouched")
        : Verdict.fail(
            content.length() + " octets of content came back changed, as " + back.get().length(),
            exchange.evidence());
  }

  /** What to say of a message that was confirmed and did not come back. */
  static String lost(Exchange exchange, Envelope envelope) throws InterruptedException {
    Optional<Arrived> report = exchange.report(envelope, java.time.Duration.ZERO);
    List<String> undecodable = exchange.arrivals().quarantined();
    return report
        .map(r -> "not relayed back but reported: " + Reports.what(r))
        .orElse(
            "confirmed, but not relayed back to "
                + envelope.recipients().getFirst().address().display()
                + " within "
                + exchange.patience().toSeconds()
                + " s"
                + (undecodable.isEmpty()
                    ? ""
                    : "; what came could not be decoded: " + undecodable.getLast()));
  }

  private static Verdict priority(Exchange exchange) throws IOException, InterruptedException {
    if (!exchange.returns()) {
      return Verdict.notSupported("the peer file gives no way back");
    }
    for (Precedence precedence :
        List.of(Precedence.FLASH, Precedence.PRIORITY, Precedence.DEFERRED)) {
      Envelope envelope =
          exchange
              .message(ContentTypes.P22, exchange.user("echo"), Set.of())
              .precedence(precedence)
              .build();
      Optional<String> problem =
          exchange.send(
              envelope, Contents.of(ContentTypes.P22, exchange, "precedence " + precedence));
      Optional<Arrived> back = problem.isEmpty() ? exchange.echo(envelope) : Optional.empty();
      if (back.isEmpty()) {
        return Verdict.fail(problem.orElse(lost(exchange, envelope)), exchange.evidence());
      }
      if (back.get().envelope().precedence() != precedence) {
        return Verdict.fail(
            precedence + " came back as " + back.get().envelope().precedence(),
            exchange.evidence());
      }
    }
    return Verdict.pass("urgent, normal and non-urgent, all low, came back the same");
  }

  private static Verdict ten(Exchange exchange) throws IOException, InterruptedException {
    exchange.relay().forget();
    try (Caller caller = exchange.open()) {
      for (int i = 1; i <= 10; i++) {
        Envelope envelope = exchange.message(ContentTypes.P22, to(exchange), Set.of()).build();
        Optional<String> problem =
            caller.send(
                Caller.apdu(
                    envelope, Contents.of(ContentTypes.P22, exchange, "number " + i + " of ten")));
        if (problem.isPresent()) {
          return Verdict.fail("message " + i + ": " + problem.get(), exchange.evidence());
        }
      }
    }
    return Verdict.pass("ten activities on one association, all confirmed");
  }

  private static Envelope largeEnvelope(Exchange exchange) {
    return exchange.message(ContentTypes.P22, to(exchange), Set.of()).build();
  }

  private static Octets largeContent(Exchange exchange) {
    return Contents.large(exchange, (int) exchange.file().large().octets());
  }

  private static Verdict large(Exchange exchange) throws IOException, InterruptedException {
    Verdict verdict = carried(exchange, largeEnvelope(exchange), largeContent(exchange));
    if (verdict.kind() != Verdict.Kind.PASS) {
      return verdict;
    }
    boolean checkpoints =
        exchange.relay().pdus().stream()
            .anyMatch(p -> !p.fromInitiator() && p.name().equals("MIA"));
    return Verdict.pass(
        verdict.text()
            + (checkpoints ? ", checkpoints confirmed" : "; the peer wants no checkpoints"));
  }

  /** Cuts the connection in the middle, recovers the association, and goes on. */
  private static Verdict resume(Exchange exchange) throws IOException, InterruptedException {
    Envelope envelope = largeEnvelope(exchange);
    Octets content = largeContent(exchange);
    ApduSource apdu = ApduSource.of(Caller.apdu(envelope, content));
    Checkpointing asked = new Checkpointing(16, 3);
    exchange.relay().forget();
    Point point = new Point();
    try (Caller caller =
        Caller.open(exchange.wire(), exchange.relayed(), asked, exchange.patience())) {
      if (caller.association().checkpointing().size() == 0) {
        return Verdict.notSupported("the peer grants no checkpoints, so nothing can be resumed");
      }
      exchange.relay().cutAfter(apdu.length() / 2);
      TransferResult broken = caller.association().transfer(apdu, point);
      if (!(broken instanceof TransferResult.Broken)) {
        return Verdict.fail("the cut connection was not noticed: " + broken, exchange.evidence());
      }
    } finally {
      exchange.relay().cutNoMore();
    }
    Optional<TransferPoint> from = point.last();
    if (from.isEmpty()) {
      return Verdict.notSupported("no checkpoint was confirmed in the first half of the transfer");
    }
    List<Pdu> before = exchange.relay().pdus();
    exchange.relay().forget();
    try (Association recovered =
        Association.recover(
            exchange.wire(),
            Caller.settings(exchange.relayed(), asked, exchange.patience()),
            from.get())) {
      TransferResult result = recovered.resume(apdu, from.get(), TransferObserver.none());
      if (result instanceof TransferResult.NotKnown unknown) {
        return Verdict.notSupported("the peer recovers, but not this transfer: " + unknown.text());
      }
      Optional<String> problem = Caller.problem(result);
      if (problem.isPresent()) {
        return Verdict.fail(
            "resumed at octet " + from.get().octets() + ": " + problem.get(), exchange.evidence());
      }
      recovered.release();
    } catch (BindRefused refused) {
      return Verdict.notSupported("the peer refuses to recover: " + refused.getMessage());
    } catch (IOException e) {
      return Verdict.fail("recovery: " + e.getMessage(), before);
    }
    long again = exchange.relay().passed();
    if (exchange.returns()) {
      Optional<Arrived> back = exchange.echo(envelope);
      if (back.isEmpty() || !back.get().digest().equals(Arrivals.digest(content.toByteArray()))) {
        return Verdict.fail(
            "resumed and confirmed, but not relayed back whole", exchange.evidence());
      }
    }
    return Verdict.pass(
        "resumed at octet "
            + from.get().octets()
            + " of "
            + apdu.length()
            + "; "
            + again
            + " octets on the wire for the rest");
  }

  /** Remembers the last checkpoint. */
  private static final class Point implements TransferObserver {
    private Optional<TransferPoint> last = Optional.empty();

    @Override
    public void secured(TransferPoint point) {
      last = Optional.of(point);
    }

    Optional<TransferPoint> last() {
      return last;
    }
  }

  private static Verdict none(Exchange exchange) throws IOException, InterruptedException {
    exchange.relay().forget();
    String first;
    List<Pdu> passed;
    try (Caller caller = exchange.open()) {
      Octets garbage =
          Octets.of(new byte[] {(byte) 0xA0, 10, 0x31, 8, 0x64, 0x7F, 1, 2, 3, 4, 5, 6});
      first = caller.send(garbage).orElse("taken, and presumably kept aside");
      passed = exchange.evidence();
    }
    Envelope envelope = exchange.message(ContentTypes.P22, to(exchange), Set.of()).build();
    Optional<String> problem =
        exchange.send(
            envelope, Contents.of(ContentTypes.P22, exchange, "after an APDU that is none"));
    return problem.isEmpty()
        ? Verdict.pass(first + "; the next message was confirmed")
        : Verdict.fail(first + "; then the next message: " + problem.get(), passed);
  }
}
