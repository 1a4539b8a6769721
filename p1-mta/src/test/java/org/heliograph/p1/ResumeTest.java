package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Content;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Link;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Signal;
import org.heliograph.osi.ApduSource;
import org.heliograph.osi.Association;
import org.heliograph.osi.AssociationSettings;
import org.heliograph.osi.BindRefused;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Mode;
import org.heliograph.osi.Selectors;
import org.heliograph.osi.Times;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferPoint;
import org.heliograph.osi.TransferResult;
import org.heliograph.osi.rtse.OpenRefusal;
import org.heliograph.test.Tap;
import org.heliograph.wire.ConnectSettings;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transfers that are interrupted go on: octets on the wire are counted. */
@Timeout(60)
class ResumeTest {
  private static final Credentials ALPHA = Credentials.ia5("mta.alpha", "secret of alpha");
  private static final Credentials BRAVO = Credentials.ia5("mta.bravo", "secret of bravo");
  private static final PeerName TO = new PeerName("bravo");
  private static final int LENGTH = 2_000_000;
  private static final Checkpointing STEPS = new Checkpointing(16, 4);

  private final Wire wire = new Wire();
  private final MemoryStore store = new MemoryStore();
  private final byte[] octets = new byte[LENGTH];
  private final AtomicReference<ResumePoint> point = new AtomicReference<>();
  private final Envelope envelope =
      Samples.message("large", 2).change().contentType(ContentTypes.P772).build();
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile Admission admission = Admission.ANY;
  private P1Server bravo;
  private Tap tap;

  @BeforeEach
  void listen() throws Exception {
    new Random(7).nextBytes(octets);
    bravo = server(P1Settings.at(new InetSocketAddress(Wire.loopback(), 0)));
    tap = new Tap(bravo.addresses().getFirst());
  }

  private P1Server server(P1Settings settings) throws Exception {
    P1Server server =
        new P1Server(
                wire,
                Samples.P1,
                settings,
                Samples.LOCAL,
                () -> PeerTable.of(PeerSettings.of("alpha", BRAVO, ALPHA).withAdmission(admission)),
                () -> Agreements.NONE,
                store,
                store,
                store,
                PrecedencePairing.COMMON,
                InstantSource.system())
            .start();
    open.add(server);
    return server;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    tap.close();
    wire.close();
  }

  private PeerSettings toBravo(ModeChoice mode) {
    InetSocketAddress at = tap.address();
    return PeerSettings.of("bravo", ALPHA, BRAVO)
        .at(new PeerAddress(at.getAddress().getHostAddress(), at.getPort()))
        .withLimits(PeerLimits.DEFAULT.withCheckpointing(STEPS))
        .withMode(mode);
  }

  private P1Outbound alpha(PeerSettings peer) {
    P1Outbound outbound =
        new P1Outbound(
            wire,
            Samples.P1,
            new LocalMta("mta.alpha", Samples.ALPHA),
            () -> PeerTable.of(peer),
            PrecedencePairing.COMMON,
            InstantSource.system());
    open.add(outbound);
    return outbound;
  }

  private Signal signal(int yieldAfter) {
    return new Signal() {
      private int secured;

      @Override
      public boolean yieldWanted() {
        return secured >= yieldAfter;
      }

      @Override
      public void secured(ResumePoint at) {
        secured++;
        point.set(at);
      }
    };
  }

  private Outcome transfer(Link link) throws Exception {
    return transfer(link, envelope, signal(Integer.MAX_VALUE));
  }

  private Outcome transfer(Link link, Envelope what, Signal signal) throws Exception {
    Dispatch d = Samples.dispatch("bravo", what);
    Dispatch resuming =
        new Dispatch(
            d.message(),
            d.recipients(),
            d.step(),
            d.channel(),
            d.peer(),
            2,
            d.claim(),
            Optional.ofNullable(point.get()).filter(p -> p.expires().isAfter(Instant.now())));
    MemoryStore own = new MemoryStore();
    Content content = own.open(own.put(octets));
    return link.transfer(resuming, what, content, signal).values().iterator().next();
  }

  private void arrivedOnceAndWhole() {
    assertThat(store.accepted()).hasSize(1);
    assertThat(store.octets(store.accepted().getFirst().draft().content())).isEqualTo(octets);
  }

  private long sent(int from) {
    return tap.sessions().stream().skip(from).mapToLong(s -> s.fromInitiator().length).sum();
  }

  /** Breaks the connection in the midst; about half of the message is confirmed then. */
  private void breakAt(P1Outbound alpha, long cut) throws Exception {
    tap.cutNextAt(cut);
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Deferred.class);
    }
    assertThat(store.accepted()).isEmpty();
    assertThat(Objects.requireNonNull(point.get()).octets()).isGreaterThan(cut - 8 * 16 * 1024);
  }

  @ParameterizedTest
  @EnumSource(
      value = ModeChoice.class,
      names = {"NORMAL", "X410_12", "X410_1"})
  void goesOnBehindTheLastCheckpoint(ModeChoice mode) throws Exception {
    P1Outbound alpha = alpha(toBravo(mode));
    breakAt(alpha, 1_000_000);
    int before = tap.sessions().size();
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    arrivedOnceAndWhole();
    assertThat(sent(before)).isBetween(1_000_000L - 64_000, 1_000_000L + 8 * 16 * 1024 + 40_000);
  }

  @Test
  void goesOnThoughBothProcessesWereStartedAnew() throws Exception {
    try (P1Outbound first = alpha(toBravo(ModeChoice.NORMAL))) {
      breakAt(first, 1_500_000);
    }
    bravo.close();
    bravo = server(P1Settings.at(new InetSocketAddress(Wire.loopback(), 0)));
    tap.target(bravo.addresses().getFirst());
    int before = tap.sessions().size();
    try (Link link = alpha(toBravo(ModeChoice.NORMAL)).connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    arrivedOnceAndWhole();
    assertThat(sent(before)).isLessThan(500_000 + 8 * 16 * 1024 + 40_000);
  }

  @Test
  void breaksTimeAndAgain() throws Exception {
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    breakAt(alpha, 400_000);
    long all = 0;
    for (int i = 0; i < 10 && store.accepted().isEmpty(); i++) {
      int before = tap.sessions().size();
      try (Link link = alpha.connect(TO)) {
        // The bind goes through; the recovery behind it breaks.
        tap.cutNextAt(400_000);
        Outcome outcome = transfer(link);
        assertThat(outcome)
            .isInstanceOf(store.accepted().isEmpty() ? Outcome.Deferred.class : Outcome.Done.class);
      }
      all += sent(before);
    }
    arrivedOnceAndWhole();
    assertThat(all).isLessThan(3_000_000);
  }

  @Test
  void anInterruptedTransferGoesOnOverTheSameAssociation() throws Exception {
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link, envelope, signal(20))).isInstanceOf(Outcome.Interrupted.class);
      ResumePoint kept = Objects.requireNonNull(point.getAndSet(null));
      Envelope urgent = Samples.message("urgent", 1);
      assertThat(transfer(link, urgent, Signal.none())).isInstanceOf(Outcome.Done.class);
      point.set(kept);
      assertThat(kept.octets()).isGreaterThan(19 * 16 * 1024);
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    assertThat(store.accepted()).hasSize(2);
    assertThat(tap.sessions()).hasSize(1);
    assertThat(sent(0)).isLessThan(2 * LENGTH + 8 * 16 * 1024 + 20_000);
  }

  @Test
  void aCrashBetweenEndAndConfirmationIsSettledByTheActivity() throws Exception {
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    tap.hideNextEnd();
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link))
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, d -> assertThat(d.mayHaveArrived()).isTrue());
    }
    arrivedOnceAndWhole();
    // The receiver starts anew as well: all it knows is what is stored.
    bravo.close();
    bravo = server(P1Settings.at(new InetSocketAddress(Wire.loopback(), 0)));
    tap.target(bravo.addresses().getFirst());
    int before = tap.sessions().size();
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    arrivedOnceAndWhole();
    assertThat(sent(before)).as("only what was behind the last checkpoint").isLessThan(100_000);
  }

  @Test
  void theOldConnectionMaySeemAliveToTheReceiver() throws Exception {
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    try (Link link = alpha.connect(TO)) {
      // It waits in the pool of one process while another takes over.
      assertThat(transfer(link, envelope, signal(20))).isInstanceOf(Outcome.Interrupted.class);
    }
    try (P1Outbound second = alpha(toBravo(ModeChoice.NORMAL));
        Link link = second.connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    arrivedOnceAndWhole();
    assertThat(sent(0)).isLessThan(LENGTH + 8 * 16 * 1024 + 60_000);
  }

  private AssociationSettings settings() {
    return AssociationSettings.to(tap.address()).withTimes(Times.DEFAULT);
  }

  private TransferPoint interrupted() throws Exception {
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    breakAt(alpha, 1_000_000);
    return SendPoint.read(Objects.requireNonNull(point.get())).orElseThrow().at();
  }

  private void refused(AssociationSettings settings, TransferPoint from) {
    assertThatThrownBy(() -> Association.recover(wire, settings, from))
        .isInstanceOfSatisfying(
            BindRefused.class,
            refused -> {
              assertThat(refused.by()).isEqualTo(BindRefused.By.USER);
              assertThat(refused.permanent()).isFalse();
              assertThat(refused.reason().orElse(OpenRefusal.CANNOT_RECOVER))
                  .isEqualTo(OpenRefusal.CANNOT_RECOVER);
            });
  }

  @Test
  void recoveryIsRefusedToAnotherAndWhenSomethingHasChanged() throws Exception {
    TransferPoint from = interrupted();
    refused(settings().withSelectors(Selectors.transport("OTHER"), Selectors.NONE), from);
    refused(
        settings()
            .withConnect(
                new ConnectSettings(
                    bravo.addresses().getFirst(),
                    Optional.of(new InetSocketAddress("127.0.0.2", 0)),
                    Duration.ofSeconds(5),
                    Optional.empty())),
        from);
    refused(settings(), changed(from, from.activity(), new Checkpointing(8, 4), from.mode()));
    refused(settings(), changed(from, from.activity(), new Checkpointing(16, 3), from.mode()));
    refused(settings(), changed(from, from.activity(), STEPS, Mode.X410_12));
    refused(
        settings(),
        new TransferPoint(
            Octets.ofHex("3016 14056f74686572 170d3236313132333132323535375a"),
            from.activity(),
            from.serial(),
            from.octets(),
            from.mode(),
            from.checkpointing()));
    admission = Admission.ANY.withTls();
    refused(settings(), from);
    admission = Admission.ANY;
    // All that has cost nothing.
    try (Link link = alpha(toBravo(ModeChoice.NORMAL)).connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    arrivedOnceAndWhole();
  }

  private static TransferPoint changed(
      TransferPoint from, Octets activity, Checkpointing checkpointing, Mode mode) {
    return new TransferPoint(
        from.connection(), activity, from.serial(), from.octets(), mode, checkpointing);
  }

  @Test
  void anActivityThatIsNotKnownIsToldSo() throws Exception {
    TransferPoint from = interrupted();
    TransferPoint other = changed(from, Octets.ofHex("020163"), from.checkpointing(), from.mode());
    try (Association association = Association.recover(wire, settings(), from)) {
      assertThat(
              association.resume(
                  ApduSource.of(Octets.of(new byte[LENGTH])), other, TransferObserver.none()))
          .isInstanceOfSatisfying(
              TransferResult.NotKnown.class,
              result -> assertThat(result.text()).contains("unrecognized activity"));
      assertThat(association.usable()).isFalse();
    }
    assertThat(store.accepted()).isEmpty();
  }

  @Test
  void whatIsKeptExpiresAndThenAllIsSentAgain() throws Exception {
    bravo.close();
    bravo =
        server(
            P1Settings.at(new InetSocketAddress(Wire.loopback(), 0))
                .withResume(new ResumeLimits(Duration.ofDays(1), 0, 0)));
    tap.target(bravo.addresses().getFirst());
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    breakAt(alpha, 1_000_000);
    await().until(() -> store.all(Samples.P1).isEmpty());
    int before = tap.sessions().size();
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
    arrivedOnceAndWhole();
    assertThat(sent(before)).isGreaterThan(LENGTH);
  }

  @Test
  void anApduThatIsNoLongerTheSameStartsOver() throws Exception {
    P1Outbound alpha = alpha(toBravo(ModeChoice.NORMAL));
    breakAt(alpha, 1_000_000);
    Envelope changed = Samples.message("another", 2);
    int before = tap.sessions().size();
    try (Link link = alpha.connect(TO)) {
      assertThat(transfer(link, changed, signal(Integer.MAX_VALUE)))
          .isInstanceOf(Outcome.Done.class);
    }
    assertThat(store.accepted()).hasSize(1);
    assertThat(sent(before)).isGreaterThan(LENGTH);
  }

  @Test
  void contentInPiecesGoesOnAsWell() throws Exception {
    // A constructed OCTET STRING of indefinite length, as peers send it.
    Octets apdu =
        Samples.apdu(
            new Departure(
                new LocalMta("mta.alpha", Samples.ALPHA),
                PrecedencePairing.COMMON,
                () -> PeerTable.of(PeerSettings.of("bravo", ALPHA, BRAVO)),
                () -> Agreements.NONE,
                InstantSource.system()),
            Samples.dispatch("bravo", envelope),
            envelope,
            Octets.of(octets));
    byte[] flat = apdu.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int header = 5;
    int content = flat.length - LENGTH - header;
    out.writeBytes(new byte[] {(byte) 0xA0, (byte) 0x80});
    int start = 2 + (flat[1] & 0x7F);
    out.write(flat, start, content - start);
    out.writeBytes(new byte[] {0x24, (byte) 0x80});
    for (int at = 0; at < LENGTH; at += 5000) {
      int n = Math.min(5000, LENGTH - at);
      out.writeBytes(new byte[] {4, (byte) 0x82, (byte) (n >> 8), (byte) n});
      out.write(octets, at, n);
    }
    out.writeBytes(new byte[] {0, 0, 0, 0});
    Octets pieces = Octets.of(out.toByteArray());
    AtomicReference<TransferPoint> last = new AtomicReference<>();
    TransferObserver observer =
        new TransferObserver() {
          @Override
          public void secured(TransferPoint at) {
            last.set(at);
          }
        };
    AssociationSettings settings = settings().withCheckpointing(STEPS);
    tap.cutNextAt(1_000_000);
    try (Association first =
        Association.open(
            wire,
            settings,
            BindPdus.argument(Optional.of(ALPHA).map(BindPdus.Given::password), Mode.NORMAL))) {
      assertThat(first.transfer(ApduSource.of(pieces), observer))
          .isInstanceOf(TransferResult.Broken.class);
    }
    TransferPoint from = Objects.requireNonNull(last.get());
    int before = tap.sessions().size();
    try (Association second = Association.recover(wire, settings, from)) {
      assertThat(second.resume(ApduSource.of(pieces), from, observer))
          .isEqualTo(new TransferResult.Confirmed());
    }
    arrivedOnceAndWhole();
    assertThat(sent(before)).isLessThan(1_200_000);
  }
}
