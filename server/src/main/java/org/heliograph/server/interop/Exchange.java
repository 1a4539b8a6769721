package org.heliograph.server.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrText;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.osi.Checkpointing;
import org.heliograph.p1.LocalMta;
import org.heliograph.p1.P1Server;
import org.heliograph.p1.P1Settings;
import org.heliograph.p1.PeerSettings;
import org.heliograph.p1.PeerTable;
import org.heliograph.p1.PeerTls;
import org.heliograph.server.config.Endpoint;
import org.heliograph.server.config.PeerFileSettings;
import org.heliograph.server.dissect.Pdu;
import org.heliograph.server.interop.Arrivals.Arrived;
import org.heliograph.server.peer.Target;
import org.heliograph.server.user.Caller;
import org.heliograph.server.user.Posting;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;

/**
 * We and the peer: our client behind a relay, our listener behind another, and what came back. Used
 * by one thread, case after case.
 */
final class Exchange implements AutoCloseable {
  private static final ChannelName CHANNEL = new ChannelName("interop");
  private static final Checkpointing CHECKPOINTS = new Checkpointing(16, 3);

  private final PeerFileSettings file;
  private final Target target;
  private final Wire wire = new Wire();
  private final Arrivals arrivals = new Arrivals();
  private final Relay out;
  private final Optional<P1Server> server;
  private final Optional<Relay> in;
  private final AtomicInteger numbers = new AtomicInteger();
  private final OrAddress recipient;
  private final Optional<OrAddress> unknown;
  private final Optional<OrAddress> redirected;
  private final Optional<OrAddress> list;

  /**
   * Starts to listen where the file says so.
   *
   * @param target the peer in the mode in which it is tried
   * @throws IOException if an address cannot be had
   * @throws IllegalArgumentException if an O/R address of the file cannot be read
   */
  Exchange(PeerFileSettings file, Target target) throws IOException {
    this.file = file;
    this.target = target;
    this.recipient = OrText.parse(file.recipient());
    this.unknown = file.unknown().map(OrText::parse);
    this.redirected = file.redirected().map(OrText::parse);
    this.list = file.list().map(OrText::parse);
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.out =
        new Relay(loopback, new InetSocketAddress(file.address().host(), file.address().port()));
    this.server = file.listen().isPresent() ? Optional.of(listen(loopback)) : Optional.empty();
    this.in =
        server.isPresent()
            ? Optional.of(
                new Relay(
                    file.listen().orElseThrow().socketAddress(),
                    server.get().addresses().getFirst()))
            : Optional.empty();
  }

  private P1Server listen(InetSocketAddress loopback) throws IOException {
    PeerSettings peer =
        PeerSettings.of(
                "peer",
                target.ours().orElseGet(() -> org.heliograph.p1.Credentials.ia5("none", "")),
                target.theirs().orElseGet(() -> org.heliograph.p1.Credentials.ia5("none", "")))
            .withCredentials(target.ours(), target.theirs());
    PeerTable peers = PeerTable.of(peer);
    return new P1Server(
            wire,
            CHANNEL,
            P1Settings.at(loopback),
            new LocalMta(file.domain().mta(), file.domain().global()),
            () -> peers,
            arrivals,
            arrivals,
            PrecedencePairing.COMMON,
            InstantSource.system())
        .start();
  }

  PeerFileSettings file() {
    return file;
  }

  /** The peer itself, for what is said by hand. */
  Target target() {
    return target;
  }

  /**
   * The peer behind the relay. The relay's host is not the one in its certificate, which has to be
   * the same as without the relay in all else.
   */
  Target relayed() {
    return target
        .at(new Endpoint(InetAddress.getLoopbackAddress().getHostAddress(), out.port()))
        .withTls(target.tls().map(tls -> new PeerTls(tls.context(), false, tls.protocols())));
  }

  Wire wire() {
    return wire;
  }

  Relay relay() {
    return out;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  Duration patience() {
    return file.patience();
  }

  /** Whether the peer calls us. */
  boolean returns() {
    return in.isPresent();
  }

  OrAddress recipient() {
    return recipient;
  }

  Optional<OrAddress> unknown() {
    return unknown;
  }

  /** Whose messages the peer sends on to somebody else. */
  Optional<OrAddress> redirected() {
    return redirected;
  }

  /** A distribution list of the peer's. */
  Optional<OrAddress> list() {
    return list;
  }

  GlobalDomain ourDomain() {
    return file.domain().global();
  }

  /** The domain of the recipient, which is taken for the peer's. */
  GlobalDomain theirDomain() {
    return Posting.domain(recipient);
  }

  /** A user of our domain. */
  OrAddress user(String surname) {
    return Posting.user(ourDomain(), surname);
  }

  /** An identifier that was never used. */
  MtsIdentifier newId() {
    return new MtsIdentifier(
        ourDomain(),
        "interop."
            + Long.toString(Instant.now().toEpochMilli(), 36)
            + "."
            + numbers.incrementAndGet());
  }

  /** A message from us that comes straight from its originator. */
  EnvelopeBuilder message(ContentType type, OrAddress to, Set<ReportRequest.Event> reports) {
    Instant now = Instant.now();
    return Envelope.message(type, now, Source.internal(CHANNEL))
        .originator(user("tester"))
        .recipient(Recipient.of(1, to).withReportRequest(ReportRequest.of(reports)))
        .precedence(Precedence.ROUTINE)
        .identification(Identification.none().withMtsIdentifier(newId()))
        .trace(List.of(trace(ourDomain(), Optional.empty(), now)))
        .internalTrace(List.of(trace(ourDomain(), Optional.of(file.domain().mta()), now)));
  }

  /** An element of trace that says no more than that the message was relayed. */
  static TraceElement trace(GlobalDomain domain, Optional<String> mta, Instant at) {
    return TraceElement.relayed(domain, mta, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  /** Binds through the relay. */
  Caller open() throws IOException, InterruptedException {
    return Caller.open(wire, relayed(), CHECKPOINTS, patience());
  }

  /**
   * Transfers one APDU on an association of its own.
   *
   * @return empty if it was confirmed, else what the peer said
   */
  Optional<String> send(Envelope envelope, Octets content)
      throws IOException, InterruptedException {
    out.forget();
    in.ifPresent(Relay::forget);
    try (Caller caller = open()) {
      return caller.send(Caller.apdu(envelope, content));
    }
  }

  /** What came back about this message: reports by their subject. */
  Optional<Arrived> report(Envelope about, Duration patience) throws InterruptedException {
    return arrivals.await(
        a ->
            a.envelope()
                .report()
                .filter(
                    r -> r.subject().mtsIdentifier().equals(about.identification().mtsIdentifier()))
                .isPresent(),
        patience);
  }

  /** The message itself, routed back. */
  Optional<Arrived> echo(Envelope sent) throws InterruptedException {
    Predicate<Arrived> same =
        a ->
            a.envelope().kind() == sent.kind()
                && a.envelope()
                    .identification()
                    .mtsIdentifier()
                    .equals(sent.identification().mtsIdentifier());
    return arrivals.await(same, patience());
  }

  /** Everything that passed since the last {@link #send}, both ways. */
  List<Pdu> evidence() {
    List<Pdu> all = new ArrayList<>(out.pdus());
    in.ifPresent(
        relay -> relay.pdus().forEach(pdu -> all.add(pdu.named(pdu.name() + " (it calls us)"))));
    return all;
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (in.isPresent()) {
      in.get().close();
    }
    server.ifPresent(P1Server::close);
    wire.close();
  }
}
