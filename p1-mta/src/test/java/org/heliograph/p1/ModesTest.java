package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.model.Bytes;
import org.heliograph.model.Content;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Link;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.OrText;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.osi.Acceptor;
import org.heliograph.osi.AcceptorSettings;
import org.heliograph.osi.ApduSink;
import org.heliograph.osi.InboundAssociation;
import org.heliograph.osi.Mode;
import org.heliograph.osi.OpenIndication;
import org.heliograph.osi.Responder;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Normal mode and X.410-1984 modes between two MTAs. */
@Timeout(60)
class ModesTest {
  private static final Credentials ALPHA = Credentials.ia5("mta.alpha", "secret of alpha");
  private static final Credentials BRAVO = Credentials.ia5("mta.bravo", "secret of bravo");
  private static final PeerName TO = new PeerName("bravo");

  private final Wire wire = new Wire();
  private final MemoryStore store = new MemoryStore();
  private final List<Mode> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    wire.close();
  }

  private P1Outbound alpha(InetSocketAddress at, ModeChoice mode, Credentials ours) {
    return alpha(at, mode, ours, PeerLimits.DEFAULT.withIdle(Duration.ofMillis(50)));
  }

  private P1Outbound alpha(
      InetSocketAddress at, ModeChoice mode, Credentials ours, PeerLimits limits) {
    PeerSettings bravo =
        PeerSettings.of("bravo", ours, BRAVO)
            .at(new PeerAddress(at.getAddress().getHostAddress(), at.getPort()))
            .withLimits(limits)
            .withMode(mode);
    return new P1Outbound(
        wire,
        Samples.P1,
        new LocalMta("mta.alpha", Samples.ALPHA),
        () -> PeerTable.of(bravo),
        PrecedencePairing.COMMON,
        InstantSource.system());
  }

  private static Outcome transfer(Link link) throws Exception {
    Envelope envelope = Samples.message("one", 1);
    MemoryStore store = new MemoryStore();
    Content content = store.open(store.put(Samples.ipm()));
    return link.transfer(Samples.dispatch("bravo", envelope), envelope, content, Signal.none())
        .values()
        .iterator()
        .next();
  }

  private P1Server bravo() throws Exception {
    return new P1Server(
            wire,
            Samples.P1,
            P1Settings.at(new InetSocketAddress(Wire.loopback(), 0)),
            Samples.LOCAL,
            () -> PeerTable.of(PeerSettings.of("alpha", BRAVO, ALPHA)),
            store,
            store,
            PrecedencePairing.COMMON,
            InstantSource.system())
        .start();
  }

  @ParameterizedTest
  @EnumSource(ModeChoice.class)
  void messagesTravelInEachMode(ModeChoice mode) throws Exception {
    try (P1Server bravo = bravo();
        P1Outbound alpha = alpha(bravo.addresses().getFirst(), mode, ALPHA);
        Link link = alpha.connect(TO)) {
      assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
    }
  }

  private static Envelope military(Set<Extension.Criticality> critical) {
    Envelope plain = Samples.message("two", 2);
    return plain
        .change()
        .contentType(ContentTypes.P772)
        .recipients(
            List.of(
                plain
                    .recipients()
                    .getFirst()
                    .withAddress(OrText.parse("/CN=Clerk/O=HQ/PRMD=BRAVO/ADMD= /C=XX/")),
                plain
                    .recipients()
                    .getLast()
                    .withExtensions(
                        List.of(
                            new Extension(
                                new Extension.Standard(99), critical, Bytes.ofHex("0500"))))))
        .build();
  }

  private static Map<RecipientId, Outcome> transfer(Link link, Envelope envelope) throws Exception {
    MemoryStore store = new MemoryStore();
    Content content = store.open(store.put(new byte[] {4, 3, 1, 2, 3}));
    return link.transfer(Samples.dispatch("bravo", envelope), envelope, content, Signal.none());
  }

  @Test
  void whatP1Of1984CannotSayComesHomeAndWhatIsLostIsTold() throws Exception {
    Map<RecipientId, Outcome> outcomes;
    try (P1Server bravo = bravo();
        P1Outbound alpha = alpha(bravo.addresses().getFirst(), ModeChoice.X410_1, ALPHA);
        Link link = alpha.connect(TO)) {
      outcomes = transfer(link, military(Set.of()));
    }
    assertThat(outcomes.values())
        .allSatisfy(
            o ->
                assertThat(o.toString())
                    .contains("in P1 of 1984 without extension 99 of recipient 2")
                    .contains("the internal trace"));
    MemoryStore.Accepted accepted = store.accepted().getFirst();
    Envelope came = accepted.draft().envelope();
    assertThat(came.contentType()).isEqualTo(ContentTypes.P772);
    assertThat(came.recipients().getFirst().address())
        .isEqualTo(OrText.parse("/CN=Clerk/O=HQ/PRMD=BRAVO/ADMD= /C=XX/"));
    assertThat(came.internalTrace()).hasSize(1); // bravo's own
    try (InputStream in = store.open(accepted.draft().content()).open()) {
      assertThat(in.readAllBytes()).containsExactly(4, 3, 1, 2, 3);
    }
  }

  @Test
  void whatIsCriticalGoesToNobodyOf1984() throws Exception {
    try (P1Server bravo = bravo();
        P1Outbound alpha = alpha(bravo.addresses().getFirst(), ModeChoice.X410_1, ALPHA);
        Link link = alpha.connect(TO)) {
      Map<RecipientId, Outcome> outcomes =
          transfer(link, military(Set.of(Extension.Criticality.TRANSFER)));
      assertThat(outcomes.get(new RecipientId(1))).isInstanceOf(Outcome.Done.class);
      assertThat(outcomes.get(new RecipientId(2)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f ->
                  assertThat(f.failure().x400().orElseThrow())
                      .hasToString("reason 1, diagnostic 47"));
    }
    assertThat(store.accepted().getFirst().draft().envelope().recipients()).hasSize(1);
  }

  @Test
  void whatHasBecomeTooLongForThePeerIsReported() throws Exception {
    try (P1Server bravo = bravo();
        P1Outbound alpha =
            alpha(
                bravo.addresses().getFirst(),
                ModeChoice.X410_1,
                ALPHA,
                PeerLimits.DEFAULT.withContentOctets(10));
        Link link = alpha.connect(TO)) {
      // five octets of P772, more than ten inside an EXTERNAL
      assertThat(transfer(link, military(Set.of())).values())
          .allSatisfy(o -> assertThat(o.toString()).contains("reason 1, diagnostic 7"));
    }
    assertThat(store.accepted()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ModeChoice.class)
  void aWrongPasswordIsRefusedInEachMode(ModeChoice mode) throws Exception {
    Credentials wrong = Credentials.ia5("mta.alpha", "not the secret");
    try (P1Server bravo = bravo();
        P1Outbound alpha = alpha(bravo.addresses().getFirst(), mode, wrong)) {
      assertThatThrownBy(() -> alpha.connect(TO))
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining("refused our bind (USER)");
      assertThat(bravo.associations()).isZero();
    }
  }

  /** Takes one mode only. */
  private InetSocketAddress only(Mode mode) throws Exception {
    Responder responder =
        indication -> {
          asked.add(indication.mode());
          return indication.mode() == mode
              ? new Responder.Answer.Accept(
                  BindPdus.result(Optional.of(BRAVO).map(BindPdus.Given::password), mode),
                  dropping(indication))
              : new Responder.Answer.Refuse(Optional.empty(), true);
        };
    return wire.listen(
            new ListenerSettings(
                "osi", new InetSocketAddress(Wire.loopback(), 0), 10, 10, Optional.empty()),
            new Acceptor(AcceptorSettings.DEFAULT, responder))
        .address();
  }

  private static InboundAssociation dropping(OpenIndication indication) {
    return activity ->
        new ApduSink() {
          @Override
          public void segment(ByteBuffer octets) {
            octets.position(octets.limit());
          }

          @Override
          public void end() {
            // It is only about the mode.
          }

          @Override
          public void aborted(String why) {
            throw new AssertionError(indication + ": " + why);
          }
        };
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void autoFindsTheModeAndRemembersIt(Mode mode) throws Exception {
    try (P1Outbound alpha = alpha(only(mode), ModeChoice.AUTO, ALPHA)) {
      try (Link link = alpha.connect(TO)) {
        assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
      }
      List<Mode> tried = List.of(Mode.NORMAL, Mode.X410_12, Mode.X410_1);
      assertThat(asked).isEqualTo(tried.subList(0, tried.indexOf(mode) + 1));
      await().until(() -> alpha.associations() == 0);
      asked.clear();
      try (Link link = alpha.connect(TO)) {
        assertThat(transfer(link)).isInstanceOf(Outcome.Done.class);
      }
      assertThat(asked).containsExactly(mode);
    }
  }

  @Test
  void anErrorOfThePeersMtaIsNotAboutTheMode() throws Exception {
    Credentials wrong = Credentials.ia5("mta.alpha", "not the secret");
    try (P1Server bravo = bravo();
        P1Outbound alpha = alpha(bravo.addresses().getFirst(), ModeChoice.AUTO, wrong)) {
      assertThatThrownBy(() -> alpha.connect(TO)).hasMessageContaining("authentication-error (2)");
    }
  }
}
