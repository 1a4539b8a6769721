package org.heliograph.server.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.osi.Selectors;
import org.heliograph.p1.Credentials;
import org.heliograph.server.peer.Dialogue;
import org.heliograph.server.peer.Opening;
import org.heliograph.server.peer.Ping;
import org.heliograph.server.peer.Target;

/** Setting up associations, and each refusal. */
final class Binds {
  private static final String MTA_BIND = "X.411 12.1.1";
  private static final String BIND_ERRORS = "X.411 12.1.1.3";

  private Binds() {}

  static List<Case> cases() {
    return List.of(
        Case.of("bind with our name and password", MTA_BIND, Binds::bind),
        Case.of("orderly release", "X.227 7.2, X.225 7.8", Binds::release),
        Case.of("bind in version 1 of the session protocol", "X.225 8.3.1.4", Binds::versionOne),
        Case.of("refusal of a wrong MTA name", BIND_ERRORS, Binds::wrongName),
        Case.of("refusal of a wrong password", BIND_ERRORS, Binds::wrongPassword),
        Case.of("refusal of a bind without credentials", BIND_ERRORS, Binds::noCredentials),
        Case.of("two-way-alternate dialogue or its refusal", BIND_ERRORS, Binds::twoWayAlternate),
        Case.of(
            "refusal of an unknown transport selector", "X.224 13.5.3", Binds::transportSelector),
        Case.of(
            "refusal of a foreign application context", "X.227 7.1.4.3", Binds::applicationContext),
        Case.of("several associations at one time", "X.411 12.1", Binds::several),
        Case.of("a connection that is no RFC 1006 is closed", "RFC 1006 6", Binds::noTpkt),
        Case.of("data before a connection is refused", "X.224 6.5", Binds::dataFirst),
        Case.of("a connect SPDU that lies about its length", "X.225 6.3, 7.11", Binds::lyingSpdu));
  }

  private static Ping ping(Exchange exchange, Opening opening) {
    return Ping.of(opening, exchange.patience());
  }

  private static Verdict bind(Exchange exchange) {
    Ping ping = ping(exchange, Opening.of(exchange.target()));
    return ping.problem()
        .map(p -> Verdict.fail(p.text(), ping.pdus()))
        .orElseGet(
            () ->
                Verdict.pass(
                    "bound; "
                        + ping.negotiated().getOrDefault("bind", "")
                        + "; "
                        + ping.negotiated().getOrDefault("rtse", "")));
  }

  private static Verdict release(Exchange exchange) {
    Ping ping = ping(exchange, Opening.of(exchange.target()));
    if (!ping.good()) {
      return Verdict.fail("no association to release", ping.pdus());
    }
    return ping.steps().getLast().name().contains("no DN")
        ? Verdict.fail("FN was not answered by DN", ping.pdus())
        : Verdict.pass("FN was answered by DN");
  }

  /** Old stacks have version 1 only; X.400 since 1988 may do without it. */
  private static Verdict versionOne(Exchange exchange) {
    Opening opening = Opening.of(exchange.target()).withVersionOne();
    if (!opening.fitsVersionOne()) {
      return Verdict.notSupported("our bind has more than 512 octets");
    }
    Ping ping = ping(exchange, opening);
    if (ping.good()) {
      return Verdict.pass("bound");
    }
    Ping.Problem problem = ping.problem().orElseThrow();
    return problem.layer().equals("session")
        ? Verdict.notSupported("refused: " + problem.text())
        : Verdict.fail(problem.text(), ping.pdus());
  }

  /** A bind that must be refused, and how. */
  private static Verdict refused(Exchange exchange, Opening opening, String what, String error) {
    Ping ping = ping(exchange, opening);
    if (ping.problem().isEmpty()) {
      return Verdict.fail("the peer accepts " + what, ping.pdus());
    }
    Ping.Problem problem = ping.problem().get();
    boolean said =
        problem.layer().equals("bind") && problem.text().contains(error)
            || problem.layer().equals("rtse");
    return said
        ? Verdict.pass(problem.text())
        : Verdict.fail("refused, but not with " + error + ": " + problem.text(), ping.pdus());
  }

  private static Verdict wrongName(Exchange exchange) {
    Optional<Credentials> ours = exchange.target().ours();
    if (ours.isEmpty()) {
      return Verdict.notSupported("the peer file gives no name of ours");
    }
    Credentials wrong =
        new Credentials("NO-SUCH-MTA", ours.get().password(), ours.get().asOctets());
    return refused(
        exchange,
        Opening.of(exchange.target().withOurs(Optional.of(wrong))),
        "a bind as NO-SUCH-MTA",
        "authentication-error");
  }

  private static Verdict wrongPassword(Exchange exchange) {
    Optional<Credentials> ours = exchange.target().ours();
    if (ours.isEmpty()) {
      return Verdict.notSupported("the peer file gives no password of ours");
    }
    Credentials wrong = Credentials.ia5(ours.get().name(), "certainly not it");
    return refused(
        exchange,
        Opening.of(exchange.target().withOurs(Optional.of(wrong))),
        "a wrong password",
        "authentication-error");
  }

  private static Verdict noCredentials(Exchange exchange) {
    return exchange.target().ours().isEmpty()
        ? Verdict.notSupported("the peer file says that we bind without")
        : refused(
            exchange,
            Opening.of(exchange.target().withOurs(Optional.empty())),
            "a bind without name and password, though it has a password of ours",
            "authentication-error");
  }

  private static Verdict twoWayAlternate(Exchange exchange) {
    Ping ping = ping(exchange, Opening.of(exchange.target()).withTwoWayAlternate());
    if (ping.good()) {
      return Verdict.pass("accepted: two-way-alternate dialogue is supported");
    }
    Ping.Problem problem = ping.problem().orElseThrow();
    return problem.text().contains("unacceptable-dialogue-mode")
            || problem.text().contains("unacceptableDialogueMode")
        ? Verdict.pass("refused: " + problem.text())
        : Verdict.fail(
            "refused, but not with unacceptable-dialogue-mode: " + problem.text(), ping.pdus());
  }

  private static Verdict transportSelector(Exchange exchange) {
    Target target = exchange.target();
    Selectors wrong =
        new Selectors(
            org.heliograph.asn1.Octets.utf8("NO-SUCH-SELECTOR"),
            target.called().session(),
            target.called().presentation());
    Ping ping = ping(exchange, Opening.of(target.withCalled(wrong)));
    if (ping.problem().isEmpty()) {
      return Verdict.notSupported("the peer takes any transport selector");
    }
    Ping.Problem problem = ping.problem().get();
    return problem.layer().equals("transport") && problem.text().startsWith("transport refused")
        ? Verdict.pass(problem.text())
        : Verdict.fail("no DR with a reason: " + problem.text(), ping.pdus());
  }

  private static Verdict applicationContext(Exchange exchange) {
    if (exchange.target().mode().x410()) {
      return Verdict.notSupported("X.410-1984 mode has no application context");
    }
    // id-ac-mts-access: P3, which no MTA serves its peers
    ObjectIdentifier foreign = ObjectIdentifier.of("2.6.0.1.0");
    Ping ping = ping(exchange, Opening.of(exchange.target()).withContext(foreign));
    if (ping.good()) {
      return Verdict.fail("the peer accepts application context " + foreign, ping.pdus());
    }
    Ping.Problem problem = ping.problem().orElseThrow();
    return problem.layer().equals("acse")
        ? Verdict.pass(problem.text())
        : Verdict.fail("refused, but not by an AARE that says so: " + problem.text(), ping.pdus());
  }

  private static Verdict several(Exchange exchange) throws IOException, InterruptedException {
    int wanted = exchange.file().associations();
    List<org.heliograph.server.user.Caller> open = new ArrayList<>();
    try {
      for (int i = 0; i < wanted; i++) {
        open.add(exchange.open());
      }
      return Verdict.pass(wanted + " associations are open at one time");
    } catch (IOException e) {
      return Verdict.fail(
          "association " + (open.size() + 1) + " of " + wanted + ": " + e.getMessage(),
          exchange.relay().pdus());
    } finally {
      open.forEach(org.heliograph.server.user.Caller::close);
    }
  }

  /**
   * Says octets that no peer may say, and wants to be cut off, and others to be served after it.
   */
  private static Verdict hostile(Exchange exchange, byte[] octets, boolean afterConnect)
      throws IOException {
    List<org.heliograph.server.dissect.Pdu> passed;
    boolean ended;
    boolean told;
    try (Dialogue dialogue = Dialogue.with(exchange.target(), exchange.patience())) {
      if (afterConnect) {
        dialogue.say(Opening.of(exchange.target()).cr());
        dialogue.await(pdu -> pdu.name().equals("CC"), exchange.patience());
      }
      dialogue.say(octets);
      ended = dialogue.closes(exchange.patience());
      passed = dialogue.pdus();
      told =
          passed.stream()
              .anyMatch(
                  p -> !p.fromInitiator() && List.of("DR", "ER", "AB", "RF").contains(p.name()));
    }
    Ping after = ping(exchange, Opening.of(exchange.target()));
    if (!after.good()) {
      return Verdict.fail(
          "after it the peer serves nobody: " + after.problem().orElseThrow().text(), passed);
    }
    return ended || told
        ? Verdict.pass(
            (told ? "the peer says so" : "the peer closes the connection")
                + " and goes on serving others")
        : Verdict.fail("the peer keeps the connection and says nothing", passed);
  }

  private static Verdict noTpkt(Exchange exchange) throws IOException {
    return hostile(
        exchange,
        "EHLO tester.example\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        false);
  }

  private static Verdict dataFirst(Exchange exchange) throws IOException {
    return hostile(exchange, new byte[] {3, 0, 0, 9, 2, (byte) 0xF0, (byte) 0x80, 1, 0}, false);
  }

  private static Verdict lyingSpdu(Exchange exchange) throws IOException {
    // CN whose parameter field is said to be 200 octets long and is 5
    return hostile(
        exchange,
        new byte[] {3, 0, 0, 14, 2, (byte) 0xF0, (byte) 0x80, 13, (byte) 200, 5, 3, 19, 1, 0},
        true);
  }
}
