package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.Content;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Link;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.heliograph.osi.ApduSource;
import org.heliograph.osi.Association;
import org.heliograph.osi.AssociationSettings;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Mode;
import org.heliograph.osi.Selectors;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferResult;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alpha transfers to Bravo over real connections. */
@Timeout(60)
class P1LoopbackTest {
  private static final Credentials ALPHA = Credentials.ia5("mta.alpha", "secret of alpha");
  private static final Credentials BRAVO = Credentials.ia5("mta.bravo", "secret of bravo");
  private static final PeerName TO = new PeerName("bravo");

  private final Wire wire = new Wire();
  private final MemoryStore store = new MemoryStore();
  private final AtomicReference<PeerTable> atBravo =
      new AtomicReference<>(PeerTable.of(PeerSettings.of("alpha", BRAVO, ALPHA)));
  private final List<P1Outbound> outbounds = new ArrayList<>();
  private P1Server bravo;

  @BeforeEach
  void listen() throws Exception {
    bravo = server("127.0.0.1");
  }

  private P1Server server(String host) throws Exception {
    return new P1Server(
            wire,
            Samples.P1,
            P1Settings.at(new InetSocketAddress(InetAddress.getByName(host), 0)),
            Samples.LOCAL,
            atBravo::get,
            store,
            store,
            PrecedencePairing.COMMON,
            InstantSource.system())
        .start();
  }

  @AfterEach
  void close() {
    outbounds.forEach(P1Outbound::close);
    bravo.close();
    wire.close();
  }

  private PeerSettings toBravo() {
    InetSocketAddress at = bravo.addresses().getFirst();
    return PeerSettings.of("bravo", ALPHA, BRAVO)
        .at(new PeerAddress(at.getAddress().getHostAddress(), at.getPort()))
        .withSelectors(Selectors.transport("ALPHA"), Selectors.transport("BRAVO"));
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
    outbounds.add(outbound);
    return outbound;
  }

  private static Content content(byte[] octets) throws StoreUnavailable {
    MemoryStore store = new MemoryStore();
    return store.open(store.put(octets));
  }

  private static Map<RecipientId, Outcome> transfer(Link link, Envelope envelope, byte[] octets)
      throws Exception {
    return link.transfer(
        Samples.dispatch("bravo", envelope), envelope, content(octets), Signal.none());
  }

  private static void transferred(Map<RecipientId, Outcome> outcomes) {
    assertThat(outcomes).isNotEmpty();
    assertThat(outcomes.values())
        .allSatisfy(
            o -> {
              assertThat(o).isInstanceOf(Outcome.Done.class);
              assertThat(((Outcome.Done) o).remote().orElseThrow()).endsWith("bravo");
            });
  }

  @Test
  void transfersMessagesProbesAndReportsOverOneAssociation() throws Exception {
    P1Outbound alpha = alpha(toBravo());
    byte[] octets = new byte[3000];
    new Random(1).nextBytes(octets);
    try (Link link = alpha.connect(TO)) {
      transferred(transfer(link, Samples.message("one", 2), octets));
      transferred(
          transfer(
              link,
              Samples.message("probe", 1).change().kind(Envelope.Kind.PROBE).build(),
              new byte[0]));
      transferred(transfer(link, Samples.report("subject"), octets));
      assertThat(link.usable()).isTrue();
    }

    assertThat(store.accepted()).hasSize(3);
    Envelope message = store.accepted().getFirst().draft().envelope();
    assertThat(message.recipients()).hasSize(2).allMatch(r -> r.responsible());
    assertThat(message.trace()).hasSize(2);
    assertThat(message.internalTrace()).hasSize(2);
    assertThat(message.source().peer()).contains(new PeerName("alpha"));
    assertThat(message.source().identity()).contains("mta.alpha");
    assertThat(store.octets(store.accepted().getFirst().draft().content())).isEqualTo(octets);
    assertThat(store.accepted().get(1).draft().envelope().kind()).isEqualTo(Envelope.Kind.PROBE);
    assertThat(store.accepted().get(2).draft().envelope().report()).isPresent();
    assertThat(store.octets(store.accepted().get(2).draft().content())).isEqualTo(octets);
    assertThat(bravo.associations()).isEqualTo(1);
  }

  /** A message goes there, its report comes back, over an association of the other side's own. */
  @Test
  void aReportComesBack() throws Exception {
    transfersOne(alpha(toBravo()), Samples.message("there", 1));
    MemoryStore atAlpha = new MemoryStore();
    LocalMta alpha = new LocalMta("mta.alpha", Samples.ALPHA);
    try (P1Server server =
            new P1Server(
                    wire,
                    Samples.P1,
                    P1Settings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                    alpha,
                    () -> PeerTable.of(PeerSettings.of("bravo", ALPHA, BRAVO)),
                    atAlpha,
                    atAlpha,
                    PrecedencePairing.COMMON,
                    InstantSource.system())
                .start();
        P1Outbound back =
            new P1Outbound(
                wire,
                Samples.P1,
                Samples.LOCAL,
                () ->
                    PeerTable.of(
                        PeerSettings.of("bravo", BRAVO, ALPHA)
                            .at(
                                new PeerAddress(
                                    "127.0.0.1", server.addresses().getFirst().getPort()))),
                PrecedencePairing.COMMON,
                InstantSource.system());
        Link link = back.connect(TO)) {
      Envelope report = Samples.report("there");
      assertThat(
              link.transfer(
                      Samples.dispatch("bravo", report),
                      report,
                      content(new byte[9]),
                      Signal.none())
                  .get(new RecipientId(1)))
          .isInstanceOf(Outcome.Done.class);
    }

    assertThat(
            atAlpha
                .accepted()
                .getFirst()
                .draft()
                .envelope()
                .report()
                .orElseThrow()
                .subject()
                .mtsIdentifier())
        .isEqualTo(store.accepted().getFirst().draft().envelope().identification().mtsIdentifier());
  }

  private static void transfersOne(P1Outbound alpha, Envelope envelope) throws Exception {
    try (Link link = alpha.connect(TO)) {
      transferred(transfer(link, envelope, new byte[] {1, 2, 3}));
    }
  }

  private void refused(PeerSettings peer, String text) {
    assertThatThrownBy(() -> alpha(peer).connect(TO))
        .isInstanceOf(PeerUnavailable.class)
        .hasMessageContaining(text);
    assertThat(bravo.associations()).isZero();
  }

  @Test
  void refusesAWrongPasswordAndAWrongNameAlike() throws Exception {
    refused(
        toBravo()
            .withCredentials(
                Optional.of(Credentials.ia5("mta.alpha", "guess")), Optional.of(BRAVO)),
        "authentication-error (2)");
    refused(
        toBravo()
            .withCredentials(
                Optional.of(Credentials.ia5("mta.stranger", "secret of alpha")),
                Optional.of(BRAVO)),
        "authentication-error (2)");
    refused(toBravo().withNullBind(), "authentication-error (2)");

    transfersOne(alpha(toBravo()), Samples.message("after", 1));
  }

  @Test
  void refusesADisabledPeer() {
    atBravo.set(PeerTable.of(PeerSettings.of("alpha", BRAVO, ALPHA).withEnabled(false)));

    refused(toBravo(), "authentication-error (2)");
  }

  @Test
  void theResponderMustProveItselfToo() {
    assertThatThrownBy(
            () ->
                alpha(
                        toBravo()
                            .withCredentials(
                                Optional.of(ALPHA),
                                Optional.of(Credentials.ia5("mta.bravo", "another"))))
                    .connect(TO))
        .isInstanceOf(PeerUnavailable.class)
        .hasMessageContaining("gave a wrong password")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () ->
                alpha(
                        toBravo()
                            .withCredentials(
                                Optional.of(ALPHA),
                                Optional.of(Credentials.ia5("mta.other", "secret of bravo"))))
                    .connect(TO))
        .hasMessageContaining("calls itself 'mta.bravo'");
  }

  @Test
  void takesANullBindOnlyFromTheAddressOfAPeerThatIsSetSo() throws Exception {
    atBravo.set(
        PeerTable.of(
            PeerSettings.of("alpha", BRAVO, ALPHA)
                .withNullBind()
                .at(new PeerAddress("127.0.0.1", 102))));
    transfersOne(alpha(toBravo().withNullBind()), Samples.message("null", 1));
    assertThat(store.accepted().getFirst().draft().envelope().source().identity()).isEmpty();

    atBravo.set(
        PeerTable.of(
            PeerSettings.of("alpha", BRAVO, ALPHA)
                .withNullBind()
                .at(new PeerAddress("192.0.2.7", 102))));
    assertThatThrownBy(() -> alpha(toBravo().withNullBind()).connect(TO))
        .hasMessageContaining("authentication-error (2)");
  }

  @Test
  void isBusyAboveThePeersLimit() throws Exception {
    atBravo.set(
        PeerTable.of(
            PeerSettings.of("alpha", BRAVO, ALPHA)
                .withLimits(PeerLimits.DEFAULT.withInboundAssociations(2))));
    P1Outbound alpha = alpha(toBravo());
    try (Link one = alpha.connect(TO);
        Link two = alpha.connect(TO)) {
      assertThatThrownBy(() -> alpha.connect(TO)).hasMessageContaining("busy (0)");
      transferred(transfer(one, Samples.message("one", 1), new byte[1]));
      transferred(transfer(two, Samples.message("two", 1), new byte[1]));
    }
  }

  @Test
  void aBusyStoreRefusesForNowAndNothingIsLost() throws Exception {
    P1Outbound alpha = alpha(toBravo());
    try (Link link = alpha.connect(TO)) {
      store.fail(true);
      Outcome outcome =
          transfer(link, Samples.message("m", 1), new byte[100]).get(new RecipientId(1));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, d -> assertThat(d.mayHaveArrived()).isFalse());
      assertThatThrownBy(() -> alpha(toBravo()).connect(TO)).hasMessageContaining("busy (0)");
      store.fail(false);
    }
    transfersOne(alpha, Samples.message("m", 1));
    assertThat(store.accepted()).hasSize(1);
  }

  @Test
  void anUndecodableApduIsQuarantinedAndTheNextMessageWorks() throws Exception {
    byte[] broken = {(byte) 0xA0, 0x02, 0x05, 0x00}; // a message of NULL
    InetSocketAddress at = bravo.addresses().getFirst();
    try (Association association =
        Association.open(
            wire,
            AssociationSettings.to(at),
            BindPdus.argument(Optional.of(ALPHA).map(BindPdus.Given::password), Mode.NORMAL))) {
      assertThat(association.transfer(ApduSource.of(Octets.of(broken)), TransferObserver.none()))
          .isInstanceOf(TransferResult.Confirmed.class);
      Envelope envelope = Samples.message("next", 1);
      Octets apdu =
          Samples.apdu(
              Samples.departure(),
              Samples.dispatch("bravo", envelope),
              envelope,
              Octets.of(new byte[] {1}));
      assertThat(association.transfer(ApduSource.of(apdu), TransferObserver.none()))
          .isInstanceOf(TransferResult.Confirmed.class);
      association.release();
    }

    assertThat(store.quarantined()).hasSize(1);
    assertThat(store.quarantined().getFirst().octets()).isEqualTo(Bytes.of(broken));
    assertThat(store.accepted()).hasSize(1);
  }

  @Test
  void aMessageThatCameBackOnceMayTryAnotherWay() throws Exception {
    transfersOne(alpha(toBravo()), returned(Samples.trace(Samples.BRAVO)));

    Draft taken = store.accepted().getFirst().draft();
    assertThat(taken.failed()).isEmpty();
    assertThat(taken.envelope().trace().getLast().action()).isEqualTo(TraceElement.Action.REROUTED);
  }

  @Test
  void aLoopIsTakenAndFailed() throws Exception {
    TraceElement e = Samples.trace(Samples.BRAVO);
    transfersOne(
        alpha(toBravo()),
        returned(
            new TraceElement(
                e.domain(),
                e.mta(),
                e.arrival(),
                TraceElement.Action.REROUTED,
                e.attemptedDomain(),
                e.deferredUntil(),
                e.converted(),
                e.other(),
                e.unknown())));

    assertThat(store.accepted().getFirst().draft().failed().values())
        .extracting(Failure::x400)
        .containsExactly(Optional.of(X400Code.LOOP_DETECTED));
  }

  /** It has been at Bravo, left {@code there} in its trace, and comes from Alpha again. */
  private static Envelope returned(TraceElement there) {
    return Samples.message("loop", 1)
        .change()
        .trace(List.of(there, Samples.trace(Samples.ALPHA)))
        .build();
  }

  @Test
  void contentOverThePeersLimitNeverLeaves() throws Exception {
    P1Outbound alpha = alpha(toBravo().withLimits(PeerLimits.DEFAULT.withContentOctets(99)));
    try (Link link = alpha.connect(TO)) {
      Outcome outcome =
          transfer(link, Samples.message("m", 1), new byte[100]).get(new RecipientId(1));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> assertThat(f.failure().x400()).contains(X400Code.CONTENT_TOO_LONG));
      transferred(transfer(link, Samples.message("n", 1), new byte[99]));
    }
  }

  @Test
  void aMessageWithoutP1FormFailsAndTheLinkGoesOn() throws Exception {
    try (Link link = alpha(toBravo()).connect(TO)) {
      Outcome outcome =
          transfer(
                  link,
                  Samples.message("m", 1).change().originator(Optional.empty()).build(),
                  new byte[1])
              .get(new RecipientId(1));

      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      transferred(transfer(link, Samples.message("n", 1), new byte[1]));
    }
  }

  /** Octets that come from nowhere, so that nothing but the transfer holds memory. */
  private static Content synthetic(long length) {
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open(long offset) {
        return new InputStream() {
          private long at = offset;

          @Override
          public int read() {
            return at < length ? (int) (at++ * 31 & 0xFF) : -1;
          }

          @Override
          public int read(byte[] into, int from, int count) {
            if (at >= length) {
              return -1;
            }
            int some = (int) Math.min(count, length - at);
            for (int i = 0; i < some; i++) {
              into[from + i] = (byte) ((at + i) * 31);
            }
            at += some;
            return some;
          }
        };
      }
    };
  }

  @Test
  void contentThatCannotBeReadIsTriedAgainAndTheLinkGoesOn() throws Exception {
    Content failing =
        new Content() {
          @Override
          public long length() {
            return 1 << 20;
          }

          @Override
          public InputStream open(long offset) throws StoreUnavailable {
            if (offset > 0) {
              throw new StoreUnavailable("gone");
            }
            return new java.io.SequenceInputStream(
                new java.io.ByteArrayInputStream(new byte[300_000]),
                new InputStream() {
                  @Override
                  public int read() throws java.io.IOException {
                    throw new java.io.IOException("the disk is gone");
                  }

                  @Override
                  public int read(byte[] into, int at, int count) throws java.io.IOException {
                    throw new java.io.IOException("the disk is gone");
                  }
                });
          }
        };
    Envelope envelope = Samples.message("m", 1);
    try (Link link = alpha(toBravo()).connect(TO)) {
      Outcome outcome =
          link.transfer(Samples.dispatch("bravo", envelope), envelope, failing, Signal.none())
              .get(new RecipientId(1));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Deferred.class,
              d -> {
                assertThat(d.scope()).isEqualTo(Outcome.Scope.MESSAGE);
                assertThat(d.mayHaveArrived()).isFalse();
              });
      assertThat(link.usable()).isTrue();
      transferred(transfer(link, Samples.message("n", 1), new byte[1]));
    }
    assertThat(store.accepted()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "64, 8", "256, 64"})
  void streamsLargeContent(int checkpointKib, int mebibytes) throws Exception {
    long length = (long) mebibytes << 20;
    Envelope envelope = Samples.message("large", 1);
    P1Outbound alpha =
        alpha(
            toBravo()
                .withLimits(
                    PeerLimits.DEFAULT.withCheckpointing(new Checkpointing(checkpointKib, 4))));
    try (Link link = alpha.connect(TO)) {
      transferred(
          link.transfer(
              Samples.dispatch("bravo", envelope), envelope, synthetic(length), Signal.none()));
    }

    byte[] got = store.octets(store.accepted().getFirst().draft().content());
    assertThat(got).hasSize((int) length);
    for (int i = 0; i < got.length; i += 997) {
      assertThat(got[i]).isEqualTo((byte) (i * 31));
    }
  }

  @Test
  void yieldsWhenSomethingMoreUrgentWaits() throws Exception {
    Envelope envelope = Samples.message("large", 1);
    Signal urgent =
        new Signal() {
          @Override
          public boolean yieldWanted() {
            return true;
          }

          @Override
          public void secured(org.heliograph.model.ResumePoint point) {
            // nobody keeps it
          }
        };
    try (Link link = alpha(toBravo()).connect(TO)) {
      Map<RecipientId, Outcome> outcomes =
          link.transfer(Samples.dispatch("bravo", envelope), envelope, synthetic(8L << 20), urgent);

      assertThat(outcomes.get(new RecipientId(1))).isInstanceOf(Outcome.Interrupted.class);
      transferred(transfer(link, Samples.message("urgent", 1), new byte[1]));
    }
    assertThat(store.accepted()).hasSize(1);
  }

  @Test
  void severalAssociationsCarryAtTheSameTimeAndAreUsedAgain() throws Exception {
    P1Outbound alpha = alpha(toBravo().withLimits(PeerLimits.DEFAULT.withAssociations(4)));
    CountDownLatch all = new CountDownLatch(4);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> errors = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      int number = t;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 25; i++) {
                        try (Link link = alpha.connect(TO)) {
                          if (i == 0) {
                            // All four hold one at the same time.
                            all.countDown();
                            all.await();
                          }
                          transferred(
                              transfer(link, Samples.message(number + "." + i, 1), new byte[2000]));
                        }
                      }
                    } catch (Throwable e) {
                      errors.add(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(errors).isEmpty();
    assertThat(store.accepted()).hasSize(100);
    assertThat(alpha.associations()).isEqualTo(4);
    assertThat(bravo.associations()).isEqualTo(4);
  }

  @Test
  void anIdleAssociationIsReleased() throws Exception {
    P1Outbound alpha =
        alpha(toBravo().withLimits(PeerLimits.DEFAULT.withIdle(Duration.ofMillis(100))));
    transfersOne(alpha, Samples.message("m", 1));

    await().untilAsserted(() -> assertThat(alpha.associations()).isZero());
    await().untilAsserted(() -> assertThat(bravo.associations()).isZero());
    transfersOne(alpha, Samples.message("n", 1));
  }

  @Test
  void anAssociationThatThePeerEndedIsReplaced() throws Exception {
    P1Outbound alpha = alpha(toBravo());
    transfersOne(alpha, Samples.message("m", 1));
    InetSocketAddress at = bravo.addresses().getFirst();
    bravo.close();
    bravo =
        new P1Server(
                wire,
                Samples.P1,
                P1Settings.at(at),
                Samples.LOCAL,
                atBravo::get,
                store,
                store,
                PrecedencePairing.COMMON,
                InstantSource.system())
            .start();

    await()
        .untilAsserted(
            () -> {
              try (Link link = alpha.connect(TO)) {
                transferred(transfer(link, Samples.message("n", 1), new byte[1]));
              }
            });
    assertThat(alpha.associations()).isEqualTo(1);
  }

  @Test
  void worksOverIpv6() throws Exception {
    P1Server v4 = bravo;
    bravo = server("::1");
    v4.close();

    transfersOne(alpha(toBravo()), Samples.message("six", 1));
    assertThat(store.accepted().getFirst().draft().envelope().source().remote())
        .startsWith("0:0:0:0:0:0:0:1");
  }

  @Test
  void garbageOnThePortCostsOnlyItsSender() throws Exception {
    InetSocketAddress at = bravo.addresses().getFirst();
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
        byte[] garbage = new byte[1 + random.nextInt(4000)];
        random.nextBytes(garbage);
        if (i % 2 == 0) {
          garbage[0] = 3; // looks like a TPKT
        }
        socket.getOutputStream().write(garbage);
        socket.shutdownOutput();
        socket.setSoTimeout(10_000);
        try {
          socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
          assertThat(reset).hasMessageContaining("reset");
        }
      }
    }

    transfersOne(alpha(toBravo()), Samples.message("after", 1));
    assertThat(store.accepted()).hasSize(1);
  }

  @Test
  void tellsWhenNobodyListens() throws Exception {
    PeerSettings gone = toBravo();
    bravo.close();

    assertThatThrownBy(() -> alpha(gone).connect(TO))
        .isInstanceOfSatisfying(
            PeerUnavailable.class,
            e -> assertThat(e.failure().cause()).isEqualTo(Failure.Cause.PEER_UNAVAILABLE));
    assertThatThrownBy(() -> alpha(gone).connect(new PeerName("nobody")))
        .hasMessageContaining("no P1 peer is configured as nobody");
    bravo = server("127.0.0.1");
  }

  @Test
  void closesWithinPatienceWhileAssociationsAreOpen() throws Exception {
    P1Outbound alpha = alpha(toBravo());
    transfersOne(alpha, Samples.message("m", 1));

    bravo.close(Duration.ofSeconds(5));

    assertThat(bravo.associations()).isZero();
    bravo = server("127.0.0.1");
  }
}
