package org.heliograph.server.peer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLSession;
import org.heliograph.server.dissect.Layer;
import org.heliograph.server.dissect.Pdu;
import org.heliograph.wire.TlsFailed;

/**
 * Opens an association with a peer, step by step, and releases it.
 *
 * @param steps in order, the last one where it ended
 * @param negotiated by layer, what both agreed on
 * @param problem what is wrong, in plain words; empty if nothing is
 * @param pdus everything that passed
 */
public record Ping(
    List<Step> steps, Map<String, String> negotiated, Optional<Problem> problem, List<Pdu> pdus) {

  /**
   * A step and how long it took.
   *
   * @param micros microseconds
   */
  public record Step(String name, long micros) {}

  /**
   * What is wrong.
   *
   * @param layer who says so: tcp, tls, transport, session, presentation, acse, rtse, bind
   * @param text for people
   */
  public record Problem(String layer, String text) {}

  /** A step that did not lead on. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;
    private final String layer;

    Stopped(String layer, String text) {
      super(text);
      this.layer = layer;
    }
  }

  /**
   * Runs the steps at the first address of the peer that takes the TCP connection.
   *
   * @param patience for each step
   */
  public static Ping of(Opening opening, Duration patience) {
    Run run = new Run(opening, patience);
    Optional<Problem> problem = Optional.empty();
    try {
      run.all();
    } catch (Stopped e) {
      problem = Optional.of(new Problem(e.layer, String.valueOf(e.getMessage())));
    } catch (TlsFailed e) {
      problem = Optional.of(new Problem("tls", TlsFailed.words(e.getCause())));
    } catch (IOException e) {
      problem = Optional.of(new Problem("tcp", "the connection broke: " + e.getMessage()));
    }
    return new Ping(
        List.copyOf(run.steps),
        java.util.Collections.unmodifiableMap(run.negotiated),
        problem,
        run.pdus);
  }

  public boolean good() {
    return problem.isEmpty();
  }

  /** One run. */
  private static final class Run {
    private final Opening opening;
    private final Target target;
    private final Duration patience;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> negotiated = new LinkedHashMap<>();
    private List<Pdu> pdus = List.of();
    private long from;

    /** The address that answered. */
    private InetSocketAddress called = new InetSocketAddress(0);

    Run(Opening opening, Duration patience) {
      this.opening = opening;
      this.target = opening.target();
      this.patience = patience;
    }

    private void begin() {
      from = System.nanoTime();
    }

    private void end(String name) {
      steps.add(new Step(name, (System.nanoTime() - from) / 1000));
    }

    void all() throws Stopped, IOException {
      try (Dialogue dialogue = tcp()) {
        try {
          tls(dialogue);
          transport(dialogue);
          associate(dialogue);
          release(dialogue);
        } finally {
          pdus = dialogue.pdus();
        }
      }
    }

    private Dialogue tcp() throws Stopped, IOException {
      begin();
      String why = "no address";
      List<InetSocketAddress> addresses;
      try {
        addresses = target.resolve();
      } catch (IOException e) {
        throw new Stopped("tcp", e.getMessage() + ": is the name right?");
      }
      for (InetSocketAddress address : addresses) {
        try {
          Dialogue dialogue = Dialogue.connect(address, patience);
          end("TCP connection");
          called = address;
          negotiated.put("tcp", address.getAddress().getHostAddress() + ":" + address.getPort());
          return dialogue;
        } catch (ConnectException e) {
          why = "TCP refused: nothing listens at " + address(address) + ", or a firewall says no";
        } catch (SocketTimeoutException e) {
          why =
              "no answer to TCP from "
                  + address(address)
                  + " within "
                  + seconds(patience)
                  + ": is the host up, does a firewall drop it?";
        } catch (NoRouteToHostException e) {
          why = "no route to " + address(address);
        }
      }
      throw new Stopped("tcp", why);
    }

    private static String address(InetSocketAddress address) {
      return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void tls(Dialogue dialogue) throws Stopped, IOException {
      if (target.tls().isEmpty()) {
        return;
      }
      begin();
      SSLSession session;
      try {
        session = dialogue.secure(target.tls().get(), called, patience);
      } catch (TlsFailed e) {
        end("TLS handshake, which failed");
        throw new Stopped("tls", TlsFailed.words(e.getCause()));
      }
      end("TLS handshake");
      X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
      negotiated.put(
          "tls",
          session.getProtocol()
              + ", "
              + session.getCipherSuite()
              + ", its certificate "
              + shown.getSubjectX500Principal().getName()
              + " until "
              + shown.getNotAfter().toInstant());
    }

    private void transport(Dialogue dialogue) throws Stopped, IOException {
      begin();
      dialogue.say(opening.cr());
      Pdu answer =
          answer(
              dialogue,
              pdu -> pdu.layer() == Layer.TRANSPORT,
              "transport",
              "is this the port of an MTA (RFC 1006), and does it speak without TLS?");
      switch (answer.name()) {
        case "CC" -> {
          end("transport connection (CR, CC)");
          negotiated.put(
              "transport",
              "class "
                  + answer.facts().getOrDefault("class", "0")
                  + ", TPDU of at most "
                  + answer.facts().getOrDefault("TPDU size", "65531")
                  + " octets");
        }
        case "DR" ->
            throw new Stopped(
                "transport",
                "transport refused: "
                    + answer.facts().getOrDefault("reason", "no reason")
                    + called("transport", target.called().transport()));
        default ->
            throw new Stopped("transport", "answered by " + answer.name() + " " + answer.summary());
      }
    }

    private static String called(String which, org.heliograph.asn1.Octets selector) {
      return selector.isEmpty()
          ? "; we called no " + which + " selector"
          : "; we called the " + which + " selector " + text(selector);
    }

    private static String text(org.heliograph.asn1.Octets selector) {
      String text =
          new String(selector.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
      return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
          ? '"' + text + '"'
          : "0x" + selector.hex(64);
    }

    private Pdu answer(Dialogue dialogue, Predicate<Pdu> wanted, String layer, String hint)
        throws Stopped, IOException {
      Optional<Pdu> answer = dialogue.await(wanted, patience);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (dialogue.ended() && layer.equals("transport") && target.tls().isPresent()) {
        throw new Stopped(
            "tls",
            "the peer closed the connection right after TLS was set up: it may want our"
                + " certificate, or not take it");
      }
      throw new Stopped(
          layer,
          dialogue.ended()
              ? "the peer closed the connection without an answer in the "
                  + layer
                  + " layer; "
                  + hint
              : "no answer in the " + layer + " layer within " + seconds(patience) + "; " + hint);
    }

    private void associate(Dialogue dialogue) throws Stopped, IOException {
      begin();
      dialogue.say(opening.cn());
      Pdu answer =
          answer(
              dialogue,
              pdu ->
                  pdu.layer() == Layer.SESSION
                      || pdu.layer() == Layer.TRANSPORT && !pdu.name().equals("CC"),
              "session",
              "the peer's log may tell more");
      end("association (CN, AC: session, presentation, ACSE, RTSE, bind)");
      List<Pdu> said = dialogue.pdus().stream().filter(p -> !p.fromInitiator()).toList();
      if (!answer.name().equals("AC")) {
        throw Refusals.of(answer, said, target);
      }
      negotiated.put(
          "session",
          "version "
              + answer.facts().getOrDefault("version", "1")
              + ", "
              + answer.facts().getOrDefault("requirements", "no requirements said"));
      said.forEach(this::negotiated);
      Refusals.inAccept(said, target);
    }

    private void negotiated(Pdu pdu) {
      switch (pdu.layer()) {
        case PRESENTATION, ACSE, RTSE -> negotiated.put(pdu.layer().toString(), pdu.summary());
        case P1 -> negotiated.put("bind", pdu.summary());
        default -> {
          // Said already.
        }
      }
    }

    private void release(Dialogue dialogue) throws IOException {
      begin();
      dialogue.say(opening.fn());
      Optional<Pdu> answer =
          dialogue.await(pdu -> pdu.layer() == Layer.SESSION && pdu.name().equals("DN"), patience);
      end(answer.isPresent() ? "release (FN, DN)" : "release (FN, no DN came)");
    }

    private static String seconds(Duration duration) {
      return duration.toMillis() % 1000 == 0
          ? duration.toSeconds() + " s"
          : duration.toMillis() + " ms";
    }
  }

  /** What refusals mean. */
  private static final class Refusals {
    private Refusals() {}

    static Stopped of(Pdu answer, List<Pdu> said, Target target) {
      Optional<Pdu> bind = last(said, Layer.P1);
      Optional<Pdu> rtse = last(said, Layer.RTSE);
      Optional<Pdu> acse = last(said, Layer.ACSE);
      Optional<Pdu> presentation = last(said, Layer.PRESENTATION);
      if (bind.isPresent() && bind.get().name().equals("MTABindError")) {
        return new Stopped("bind", bind(bind.get().facts().getOrDefault("error", "?"), target));
      }
      Optional<String> reason =
          rtse.or(() -> presentation).map(p -> p.facts().get("refuse reason"));
      if (reason.isPresent() && !reason.get().isEmpty()) {
        return new Stopped(
            "rtse",
            "RTSE refuses: "
                + reason.get()
                + (reason.get().startsWith("validationFailure") ? "; " + names(target) : ""));
      }
      if (acse.isPresent()) {
        return new Stopped(
            "acse",
            "ACSE "
                + acse.get().name()
                + ": "
                + acse.get().summary()
                + "; is our application context offered there?");
      }
      if (presentation.isPresent() && !presentation.get().facts().containsKey("not decoded")) {
        return new Stopped(
            "presentation",
            "presentation refused: "
                + presentation.get().summary()
                + Run.called("presentation", target.called().presentation()));
      }
      return new Stopped(
          "session",
          switch (answer.name()) {
            case "RF" ->
                "session refused: "
                    + answer.facts().getOrDefault("reason", "no reason")
                    + Run.called("session", target.called().session());
            case "AB" -> "the peer aborts the session: " + answer.summary();
            default -> "answered by " + answer.name() + " " + answer.summary();
          });
    }

    private static String bind(String error, Target target) {
      String text = "bind refused: " + error;
      if (error.startsWith("authentication-error")) {
        return text + "; " + names(target);
      }
      return error.startsWith("busy")
          ? text + "; the peer has too many associations or takes no new work"
          : text;
    }

    private static String names(Target target) {
      return target
          .ours()
          .map(
              c ->
                  "our name is \""
                      + c.name()
                      + "\": does the peer know it, from this address, with this password?")
          .orElse("we gave no name and no password: does the peer want them?");
    }

    /** What is wrong although the peer accepts. */
    static void inAccept(List<Pdu> said, Target target) throws Stopped {
      Optional<Pdu> bind = last(said, Layer.P1);
      if (bind.isEmpty()) {
        throw new Stopped("bind", "accepted, but no MTA bind result can be read in the answer");
      }
      if (target.theirs().isEmpty()) {
        return;
      }
      String expected = '"' + target.theirs().get().name() + '"';
      String name = bind.get().facts().getOrDefault("MTA name", "nothing");
      if (!name.equals(expected)) {
        throw new Stopped(
            "bind", "accepted, but the peer calls itself " + name + ", not " + expected);
      }
    }

    private static Optional<Pdu> last(List<Pdu> said, Layer layer) {
      return said.stream().filter(p -> p.layer() == layer).reduce((a, b) -> b);
    }
  }
}
