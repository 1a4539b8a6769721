package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.p1.Samples.LOCAL;
import static org.heliograph.p1.Samples.NOW;
import static org.heliograph.p1.Samples.P1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.directory.AlgorithmIdentifier;
import org.heliograph.asn1.directory.Signature;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Bytes;
import org.heliograph.model.Clearance;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Label;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.heliograph.osi.ApduRefused;
import org.heliograph.osi.Mode;
import org.heliograph.trust.PathValidator;
import org.heliograph.x400.Codes;
import org.heliograph.x400.PrecedencePairing;
import org.heliograph.x400.Rewriting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalTest {
  private static final PeerSettings PEER =
      PeerSettings.of(
          "alpha", Credentials.ia5("mta.bravo", "b"), Credentials.ia5("mta.alpha", "a"));
  private static final Source SOURCE =
      new Source(
          P1,
          Optional.of(new PeerName("alpha")),
          "192.0.2.1:40000",
          Optional.of("mta.alpha"),
          Optional.of("mta.alpha"),
          Optional.empty());
  private final MemoryStore store = new MemoryStore();
  private Agreements agreements = Agreements.NONE;
  private Mode mode = Mode.NORMAL;
  private P1Settings settings = P1Settings.at(new InetSocketAddress(0));

  private Arrival arrival(PeerSettings peer) {
    return new Arrival(
        new Intake(
            P1,
            settings,
            LOCAL,
            store,
            store,
            new Reading(PrecedencePairing.COMMON),
            () -> agreements,
            InstantSource.fixed(NOW)),
        peer,
        SOURCE,
        mode);
  }

  private void arrive(byte[] apdu, int piece) throws ApduRefused, IOException {
    arrive(arrival(PEER), apdu, piece);
  }

  private static void arrive(Arrival arrival, byte[] apdu, int piece)
      throws ApduRefused, IOException {
    for (int at = 0; at < apdu.length; at += piece) {
      byte[] octets = Arrays.copyOfRange(apdu, at, Math.min(apdu.length, at + piece));
      arrival.segment(ByteBuffer.wrap(octets));
      // The memory is the caller's again.
      Arrays.fill(octets, (byte) 0x55);
    }
    arrival.end();
  }

  private static byte[] apdu(Envelope envelope, byte[] content) throws Exception {
    return Samples.apdu(
            Samples.departure(), Samples.dispatch("bravo", envelope), envelope, Octets.of(content))
        .toByteArray();
  }

  private MemoryStore.Accepted only() {
    assertThat(store.accepted()).hasSize(1);
    return store.accepted().getFirst();
  }

  @BeforeEach
  void nothingYet() {
    assertThat(store.accepted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 100_000})
  void takesRealMessagesInPiecesOfAnySize(int piece) throws Exception {
    for (Map.Entry<String, byte[]> e : Apdus.all().entrySet()) {
      if (!e.getKey().equals("88ndr-back-apdu")) {
        arrive(e.getValue(), piece);
      }
    }

    assertThat(store.quarantined()).isEmpty();
    assertThat(store.accepted()).hasSize(5);
    for (MemoryStore.Accepted a : store.accepted()) {
      assertThat(a.draft().failed()).isEmpty();
      assertThat(a.draft().envelope().source()).isEqualTo(SOURCE);
      assertThat(a.draft().envelope().trace().getLast()).isEqualTo(Samples.trace(Samples.BRAVO));
      MTSAPDU.Message whole = (MTSAPDU.Message) MTSAPDU.CODEC.decode(original(a));
      // Constructed or primitive: the content is the octets joined.
      assertThat(Octets.of(store.octets(a.draft().content()))).isEqualTo(whole.value().content());
    }
  }

  private static byte[] original(MemoryStore.Accepted a) throws Exception {
    String local = a.draft().envelope().identification().mtsIdentifier().orElseThrow().local();
    for (byte[] octets : Apdus.all().values()) {
      if (MTSAPDU.CODEC.decode(octets) instanceof MTSAPDU.Message m
          && m.value().envelope().messageIdentifier().localIdentifier().toString().equals(local)) {
        return octets;
      }
    }
    throw new AssertionError("no sample is " + local);
  }

  @Test
  void takesTheRealReport() throws Exception {
    arrive(Apdus.named("88ndr-back-apdu"), 50);

    Envelope envelope = only().draft().envelope();
    assertThat(envelope.kind()).isEqualTo(Envelope.Kind.REPORT);
    assertThat(envelope.report().orElseThrow().recipients().getFirst().result())
        .isInstanceOf(ReportedRecipient.Failed.class);
  }

  @Test
  void streamsWhatAReportReturns() throws Exception {
    byte[] returned = new byte[10_000];
    new Random(1).nextBytes(returned);

    arrive(apdu(Samples.report("subject"), returned), 999);

    assertThat(store.octets(only().draft().content())).isEqualTo(returned);
    assertThat(only().draft().envelope().contentType()).isEqualTo(ContentTypes.P22);
  }

  @Test
  void theSameTransferIsTakenOnce() throws Exception {
    byte[] apdu = apdu(Samples.message("m", 2), new byte[] {1, 2, 3});

    arrive(apdu, 100);
    arrive(apdu, 30);

    assertThat(store.accepted()).hasSize(1);
  }

  @Test
  void theSameMessageForOthersIsAnotherTransfer() throws Exception {
    Envelope envelope = Samples.message("m", 2);
    Departure departure = Samples.departure();
    for (int recipient = 1; recipient <= 2; recipient++) {
      arrive(
          Samples.apdu(
                  departure,
                  Samples.dispatch("bravo", envelope, recipient),
                  envelope,
                  Octets.of(new byte[] {1}))
              .toByteArray(),
          100);
    }

    assertThat(store.accepted()).hasSize(2);
  }

  @Test
  void quarantinesWhatCannotBeDecodedWithAllItsOctets() throws Exception {
    byte[] apdu = apdu(Samples.message("m", 1), new byte[5000]);
    // The UTCTime of the trace, 260301120000Z, becomes no time; known only when all is there.
    int time = new String(apdu, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("260301");
    apdu[time] = 'x';

    arrive(apdu, 64);

    assertThat(store.accepted()).isEmpty();
    assertThat(store.quarantined()).hasSize(1);
    assertThat(store.quarantined().getFirst().octets()).isEqualTo(Bytes.of(apdu));
    assertThat(store.quarantined().getFirst().why()).contains("UTCTime").contains("octet ");
    assertThat(store.quarantined().getFirst().source()).isEqualTo(SOURCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 4096})
  void quarantinesGarbage(int piece) throws Exception {
    byte[] garbage = new byte[3000];
    new Random(7).nextBytes(garbage);

    arrive(garbage, piece);

    assertThat(store.quarantined()).hasSize(1);
    assertThat(store.quarantined().getFirst().octets()).isEqualTo(Bytes.of(garbage));
  }

  @Test
  void quarantinesEveryTruncation() throws Exception {
    byte[] apdu = Apdus.named("88std-apdu");
    for (int n = 1; n < apdu.length; n++) {
      arrive(Arrays.copyOf(apdu, n), 40);
    }

    assertThat(store.accepted()).isEmpty();
    assertThat(store.quarantined()).hasSize(apdu.length - 1);
  }

  @Test
  void noMutationEscapes() throws Exception {
    Random random = new Random(42);
    List<byte[]> seeds = new ArrayList<>(Apdus.all().values());
    for (int i = 0; i < 3000; i++) {
      byte[] mutant = seeds.get(random.nextInt(seeds.size())).clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      arrive(mutant, 1 + random.nextInt(200));
    }

    assertThat(store.accepted().size() + store.quarantined().size()).isGreaterThan(2000);
  }

  @Test
  void refusesForGoodWhereThePeerIsSetSo() {
    Arrival arrival = arrival(PEER.withUndecodable(PeerSettings.Undecodable.REFUSE));

    assertThatThrownBy(() -> arrival.segment(ByteBuffer.wrap(new byte[] {0x30, 0x00})))
        .isInstanceOfSatisfying(ApduRefused.class, e -> assertThat(e.temporary()).isFalse());
  }

  @Test
  void anEnvelopeOverTheLimitIsQuarantined() throws Exception {
    settings = settings.withEnvelopeOctets(1024);
    Envelope big = Samples.message("m", 40);

    arrive(apdu(big, new byte[10]), 100);

    assertThat(store.quarantined().getFirst().why()).contains("1024 octets");
  }

  @Test
  void contentOverTheLimitIsReportedForThoseWeAnswerFor() throws Exception {
    Envelope envelope =
        Samples.message("m", 2)
            .change()
            .handling(
                Samples.message("m", 2)
                    .handling()
                    .with(org.heliograph.model.Handling.Flag.DISCLOSURE_OF_OTHER_RECIPIENTS))
            .build();
    byte[] apdu =
        Samples.apdu(
                Samples.departure(),
                Samples.dispatch("bravo", envelope, 2),
                envelope,
                Octets.of(new byte[2000]))
            .toByteArray();

    arrive(arrival(PEER.withLimits(PeerLimits.DEFAULT.withContentOctets(1999))), apdu, 100);

    assertThat(only().draft().failed().keySet()).containsExactly(new RecipientId(2));
    assertThat(only().draft().failed().get(new RecipientId(2)))
        .satisfies(f -> assertThat(f.x400()).contains(X400Code.CONTENT_TOO_LONG));
    assertThat(only().draft().content().length()).isZero();
    assertThat(only().draft().envelope().recipients())
        .extracting(Recipient::responsible)
        .containsExactly(false, true);
  }

  @Test
  void aReportThatReturnsTooMuchReturnsNothing() throws Exception {
    arrive(
        arrival(PEER.withLimits(PeerLimits.DEFAULT.withContentOctets(99))),
        apdu(Samples.report("subject"), new byte[100]),
        50);

    assertThat(only().draft().failed()).isEmpty();
    assertThat(only().draft().content().length()).isZero();
    assertThat(only().draft().envelope().report().orElseThrow().returned())
        .isEqualTo(org.heliograph.model.Report.Returned.NOTHING);
  }

  @Test
  void quarantinesAConstructedContentJoined() throws Exception {
    byte[] apdu = Apdus.named("88std-apdu").clone();
    int time = new String(apdu, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("2611231");
    apdu[time] = 'x';

    arrive(apdu, 64);

    String octets = store.quarantined().getFirst().octets().toString();
    assertThat(octets).contains(java.util.HexFormat.of().formatHex(apdu, time, time + 13));
    assertThat(octets)
        .contains(
            java.util.HexFormat.of()
                .formatHex("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  @Test
  void whatComesBackOnceIsToBeRerouted() throws Exception {
    Envelope envelope =
        Samples.message("m", 2)
            .change()
            .trace(List.of(Samples.trace(Samples.BRAVO), Samples.trace(Samples.ALPHA)))
            .build();

    arrive(apdu(envelope, new byte[1]), 100);

    assertThat(only().draft().failed()).isEmpty();
    assertThat(only().draft().envelope().trace().getLast().action())
        .isEqualTo(TraceElement.Action.REROUTED);
    assertThat(only().draft().envelope().internalTrace().getLast().action())
        .isEqualTo(TraceElement.Action.REROUTED);
  }

  @Test
  void aLoopAfterReroutingFailsEveryRecipient() throws Exception {
    Envelope envelope =
        Samples.message("m", 2)
            .change()
            .trace(
                List.of(
                    Samples.rerouted(Samples.trace(Samples.BRAVO)), Samples.trace(Samples.ALPHA)))
            .build();

    arrive(apdu(envelope, new byte[1]), 100);

    assertThat(only().draft().failed()).hasSize(2);
    assertThat(only().draft().failed().values())
        .allMatch(f -> f.x400().equals(Optional.of(X400Code.LOOP_DETECTED)));
  }

  @Test
  void addressesAreRewrittenAtTheBorder() throws Exception {
    Rewriting in =
        new Rewriting(
            List.of(OrAttribute.of(OrAttribute.Type.PRMD, "bravo")),
            List.of(
                OrAttribute.of(OrAttribute.Type.ADMD, "GOLD"),
                OrAttribute.of(OrAttribute.Type.PRMD, "INNER")));
    agreements =
        new Agreements(
            Map.of(
                PEER.name(),
                new Agreement(
                    Optional.empty(),
                    List.of(in),
                    List.of(),
                    Optional.empty(),
                    Acceptable.ALL,
                    Optional.empty())));

    arrive(apdu(Samples.message("m", 1), new byte[1]), 100);

    Envelope came = only().draft().envelope();
    assertThat(came.recipients().getFirst().address().display())
        .isEqualTo("/C=XX/ADMD=GOLD/PRMD=INNER/S=R1/");
    assertThat(came.originator().orElseThrow().display())
        .isEqualTo("/C=XX/ADMD= /PRMD=ALPHA/S=Sender/");
  }

  @Test
  void aPeerThatIsNotClearedForALabelIsTold() throws Exception {
    agreements =
        new Agreements(
            Map.of(
                PEER.name(),
                new Agreement(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(Clearance.upTo(2, true)),
                    Acceptable.ALL,
                    Optional.empty())));
    Label secret = new Label(Optional.empty(), OptionalInt.of(4), Optional.empty(), List.of());

    arrive(
        apdu(Samples.message("m", 1).change().label(Optional.of(secret)).build(), new byte[1]),
        100);

    assertThat(only().draft().failed().values())
        .allMatch(f -> f.x400().equals(Optional.of(X400Code.SECURITY_POLICY_VIOLATION)));
  }

  @Test
  void checksOfOriginPassUntouchedUnlessTheyAreToBeVerified() throws Exception {
    Signer signer = new Signer(Samples.address("ALPHA", "Sender"));
    List<Extension> elements =
        List.of(
            new Extension(
                new Extension.Standard((int) X411.ORIGINATOR_CERTIFICATE),
                Set.of(),
                Bytes.of(signer.originatorCertificate().toByteArray())),
            new Extension(
                new Extension.Standard((int) X411.MESSAGE_ORIGIN_AUTHENTICATION_CHECK),
                Set.of(Extension.Criticality.DELIVERY),
                Bytes.of(
                    Signature.CODEC
                        .encode(
                            signer.sign(
                                AlgorithmIdentifier.CODEC.encodeDer(Signer.ECDSA),
                                Octets.ofHex("0402 0102")))
                        .toByteArray())));
    Envelope signed = Samples.message("m", 1).change().extensions(elements).build();

    arrive(apdu(signed, new byte[] {9, 9}), 100);
    assertThat(only().draft().failed()).isEmpty();
    assertThat(only().draft().envelope().extensions()).containsAll(elements);

    agreements =
        new Agreements(
            Map.of(
                PEER.name(),
                new Agreement(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Acceptable.ALL,
                    Optional.of(
                        new OriginChecks(new PathValidator(List.of(signer.anchor), List.of()))))));
    arrive(apdu(named(signed, "good"), new byte[] {1, 2}), 100);
    arrive(apdu(named(signed, "bad"), new byte[] {1, 3}), 100);
    assertThat(store.accepted().get(1).draft().failed()).isEmpty();
    assertThat(store.accepted().get(2).draft().failed().values())
        .allMatch(f -> f.x400().equals(Optional.of(X400Code.of(X400Code.REASON_SECURITY, 61))))
        .hasSize(1);
  }

  private static Envelope named(Envelope envelope, String name) {
    return envelope.change().identification(Samples.message(name, 1).identification()).build();
  }

  @Test
  void aSecondCopyIsRecognisedWhereverItComesFrom() throws Exception {
    byte[] apdu = apdu(Samples.message("m", 1), new byte[9]);

    arrive(arrival(PEER), apdu, 100);
    arrive(
        arrival(
            PeerSettings.of(
                "other", Credentials.ia5("mta.bravo", "b"), Credentials.ia5("mta.other", "a"))),
        apdu,
        7);
    arrive(apdu(Samples.message("m", 1), new byte[8]), 100);

    assertThat(store.accepted()).hasSize(2);
  }

  @Test
  void aBrokenBoundFailsTheRecipientItConcerns() throws Exception {
    Envelope envelope =
        Samples.message("m", 1)
            .change()
            .recipient(Recipient.of(2, Samples.address("BRAVO", "S".repeat(41)))) // ub-surname 40
            .build();

    arrive(apdu(envelope, new byte[1]), 100);

    assertThat(only().draft().failed().keySet()).containsExactly(new RecipientId(2));
    Failure failure = only().draft().failed().values().iterator().next();
    assertThat(failure.x400()).contains(Codes.BOUND_BROKEN);
    assertThat(failure.text()).contains("surname");
  }

  @Test
  void aBrokenBoundOfTheMessageFailsAll() throws Exception {
    arrive(apdu(Samples.message("l".repeat(33), 2), new byte[1]), 100); // ub-local-id-length 32

    assertThat(only().draft().failed()).hasSize(2);
  }

  @Test
  void anUnknownExtensionCriticalForTransferFails() throws Exception {
    Extension unknown =
        new Extension(
            new Extension.Private(new Oid("1.2.3.4")),
            java.util.Set.of(Extension.Criticality.TRANSFER),
            Bytes.ofHex("0500"));
    Extension harmless =
        new Extension(
            new Extension.Standard(200),
            java.util.Set.of(Extension.Criticality.DELIVERY),
            Bytes.ofHex("0500"));
    Envelope envelope =
        Samples.message("m", 1)
            .change()
            .recipient(
                Recipient.of(2, Samples.address("BRAVO", "R2"))
                    .withExtensions(List.of(unknown, harmless)))
            .build();

    arrive(apdu(envelope, new byte[1]), 100);
    assertThat(only().draft().failed().keySet()).containsExactly(new RecipientId(2));
    assertThat(only().draft().failed().values().iterator().next().x400())
        .contains(X400Code.UNSUPPORTED_CRITICAL_FUNCTION);
    assertThat(only().draft().envelope().recipients().get(1).extensions())
        .containsExactlyInAnyOrder(unknown, harmless);
  }

  @Test
  void aStoreThatFailsRefusesForNow() throws Exception {
    byte[] apdu = apdu(Samples.message("m", 1), new byte[100]);
    Arrival arrival = arrival(PEER);
    arrival.segment(ByteBuffer.wrap(apdu));
    store.fail(true);

    assertThatThrownBy(arrival::end)
        .isInstanceOfSatisfying(ApduRefused.class, e -> assertThat(e.temporary()).isTrue());
    store.fail(false);
    assertThat(store.accepted()).isEmpty();

    arrive(apdu, 100);
    assertThat(store.accepted()).hasSize(1);
  }

  @Test
  void aStoreThatFailsWhileContentComesIsAnError() throws Exception {
    byte[] apdu = apdu(Samples.message("m", 1), new byte[100]);
    store.fail(true);

    assertThatThrownBy(() -> arrival(PEER).segment(ByteBuffer.wrap(apdu)))
        .isInstanceOf(IOException.class);
  }
}
