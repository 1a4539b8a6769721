package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.acse.AAREApdu;
import org.heliograph.asn1.acse.AARQApdu;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.acse.AEQualifier;
import org.heliograph.asn1.acse.APTitle;
import org.heliograph.asn1.presentation.CPNormal;
import org.heliograph.asn1.presentation.CPRNormal;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.ContextItem;
import org.heliograph.asn1.presentation.ModeSelector;
import org.heliograph.asn1.presentation.PDVList;
import org.heliograph.asn1.presentation.PresentationDataValues;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.rtse.RTORQapdu;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.osi.session.SpduFacts;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Setting up an association: what a peer may vary, and every way to be refused. */
@Timeout(60)
class BindTest {
  private static final byte[] CR = hex("0300000b 06 e0 0000 0007 00");

  private final Wire wire = new Wire();
  private final Collecting responder = new Collecting();

  @AfterEach
  void close() {
    wire.close();
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** A CN with a CP as user data, version 2, all else as little as can be. */
  private static byte[] cn(Octets cp) {
    Octets item = Octets.ofHex("0509 130100 160102 1a0100 14020249");
    byte[] data = cp.toByteArray();
    int length = (int) item.length() + 4 + data.length;
    byte[] cn = new byte[4 + length];
    cn[0] = 13;
    cn[1] = (byte) 0xFF;
    cn[2] = (byte) (length >> 8);
    cn[3] = (byte) length;
    item.read(0, cn, 4, (int) item.length());
    int at = 4 + (int) item.length();
    cn[at] = (byte) (data.length > 512 ? 194 : 193);
    cn[at + 1] = (byte) 0xFF;
    cn[at + 2] = (byte) (data.length >> 8);
    cn[at + 3] = (byte) data.length;
    System.arraycopy(data, 0, cn, at + 4, data.length);
    return cn;
  }

  private static final CPNormal RECORDED_CP;
  private static final AARQApdu RECORDED_AARQ;

  static {
    CPNormal cp;
    try {
      byte[] packet = Recording.of("88std 1").sent(true).get(1);
      cp = Octetwise.cp(Arrays.copyOfRange(packet, 7, packet.length));
      RECORDED_AARQ = Octetwise.aarq(cp);
    } catch (Exception broken) {
      throw new ExceptionInInitializerError(broken);
    }
    RECORDED_CP = cp;
  }

  private static Octets cp(CPNormal normal, AARQApdu aarq) {
    return CPType.CODEC.encode(
        new CPType(
            new ModeSelector(1),
            null,
            normal.toBuilder()
                .userData(fully(1, ACSEApdu.CODEC.encode(new ACSEApdu.Aarq(aarq))))
                .build()));
  }

  private static UserData fully(long context, Octets value) {
    return new UserData.FullyEncodedData(
        List.of(
            new PDVList(null, context, new PresentationDataValues.SingleASN1Type(new Any(value)))));
  }

  /** What our responder says to a CN: the TSDU, empty if it just closes. */
  private byte[] answer(byte[] cn) throws Exception {
    InetSocketAddress address =
        wire.listen(
                new ListenerSettings(
                    "osi", new InetSocketAddress(Wire.loopback(), 0), 10, 10, Optional.empty()),
                new Acceptor(AcceptorSettings.DEFAULT, responder))
            .address();
    try (Raw raw = Raw.connect(address)) {
      raw.send(CR);
      raw.tpdu();
      raw.sendTsdu(cn);
      return raw.tsdu();
    }
  }

  private static CPRNormal cpr(byte[] rf) throws Exception {
    assertThat(rf[0]).isEqualTo((byte) 12);
    return ((CPRPPDU.NormalModeParameters) CPRPPDU.CODEC.decode(SpduFacts.userData(rf))).value();
  }

  private static AAREApdu aare(byte[] rf) throws Exception {
    return ((ACSEApdu.Aare) Octetwise.acse(cpr(rf).userData())).value();
  }

  @Test
  void titlesOfThePeerAreReadPast() throws Exception {
    AARQApdu titled =
        RECORDED_AARQ.toBuilder()
            .calledAPTitle(new APTitle.ApTitleForm2(ObjectIdentifier.of("1.2.3")))
            .callingAPTitle(new APTitle.ApTitleForm2(ObjectIdentifier.of("1.2.4")))
            .callingAEQualifier(new AEQualifier.AeQualifierForm2(7L))
            .callingAPInvocationIdentifier(9L)
            .build();
    byte[] answer = answer(cn(cp(RECORDED_CP, titled)));
    assertThat(answer[0]).as("AC").isEqualTo((byte) 14);
    assertThat(responder.opened).hasSize(1);
  }

  @Test
  void contextsInAnyOrderWithAnyIdentifiersAndStrangersAmongThem() throws Exception {
    List<ContextItem> items = Octetwise.contexts(RECORDED_CP);
    ContextItem stranger =
        new ContextItem(99, ObjectIdentifier.of("1.2.3.4"), List.of(ObjectIdentifier.of("2.1.1")));
    CPNormal cp =
        RECORDED_CP.toBuilder()
            .presentationContextDefinitionList(
                List.of(stranger, items.get(2), items.get(1), items.get(0)))
            .build();
    byte[] answer = answer(cn(cp(cp, RECORDED_AARQ)));
    assertThat(answer[0]).as("AC").isEqualTo((byte) 14);
    assertThat(HexFormat.of().formatHex(answer))
        .as("the stranger is rejected, abstract syntax not supported")
        .contains("a523" + "3006800102820101" + "300780010081025101");
  }

  @Test
  void selectorsAreShown() throws Exception {
    CPNormal cp =
        RECORDED_CP.toBuilder()
            .callingPresentationSelector(Octets.utf8("pa"))
            .calledPresentationSelector(Octets.utf8("pb"))
            .build();
    byte[] answer = answer(cn(cp(cp, RECORDED_AARQ)));
    assertThat(answer[0]).as("AC").isEqualTo((byte) 14);
    OpenIndication opened = responder.opened.remove();
    assertThat(opened.calling().presentation()).isEqualTo(Octets.utf8("pa"));
    assertThat(opened.called().presentation()).isEqualTo(Octets.utf8("pb"));
  }

  @Test
  void anotherApplicationContextIsRefused() throws Exception {
    AARQApdu other =
        RECORDED_AARQ.toBuilder().applicationContextName(ObjectIdentifier.of("2.6.0.1.7")).build();
    AAREApdu aare = aare(answer(cn(cp(RECORDED_CP, other))));
    assertThat(aare.result()).isEqualTo(1);
    assertThat(aare.resultSourceDiagnostic().toString()).contains("value=2");
    assertThat(responder.opened).isEmpty();
  }

  @Test
  void recoveryIsRefusedAsTemporarySoThatThePeerOpensAnew() throws Exception {
    // The RTORQ of a recorded recovery.
    Octets recover =
        Octets.ofHex(
            "b023 80013f 820100 a31ba119 14085065 72636976 616c170d 30353130 30313134 35313038 5a");
    External information = Octetwise.information(RECORDED_AARQ);
    AARQApdu aarq =
        RECORDED_AARQ.toBuilder()
            .userInformation(
                List.of(
                    new External(
                        information.directReference(),
                        3L,
                        null,
                        new External.Encoding.SingleAsn1Type(new Any(recover)))))
            .build();
    AAREApdu aare = aare(answer(cn(cp(RECORDED_CP, aarq))));
    assertThat(aare.result()).as("transient").isEqualTo(2);
    assertThat(responder.opened).isEmpty();
  }

  @Test
  void twoWayAlternateIsTold() throws Exception {
    External information = Octetwise.information(RECORDED_AARQ);
    RTORQapdu rtorq = Octetwise.rtorq(RECORDED_AARQ);
    RTORQapdu twa =
        new RTORQapdu(
            rtorq.checkpointSize(), rtorq.windowSize(), 1, rtorq.connectionDataRQ(), null);
    AARQApdu aarq =
        RECORDED_AARQ.toBuilder()
            .userInformation(
                List.of(
                    new External(
                        information.directReference(),
                        3L,
                        null,
                        new External.Encoding.SingleAsn1Type(
                            new Any(RTSEApdus.CODEC.encode(new RTSEApdus.RtorqApdu(twa)))))))
            .build();
    answer(cn(cp(RECORDED_CP, aarq)));
    assertThat(responder.opened.remove().twoWayAlternate()).isTrue();
  }

  @Test
  void missingContextsAreRefused() throws Exception {
    List<ContextItem> items = Octetwise.contexts(RECORDED_CP);
    for (int missing = 0; missing < 3; missing++) {
      List<ContextItem> two =
          List.of(items.get(missing == 0 ? 1 : 0), items.get(missing == 2 ? 1 : 2));
      CPNormal cp = RECORDED_CP.toBuilder().presentationContextDefinitionList(two).build();
      byte[] answer = answer(cn(cp(cp, RECORDED_AARQ)));
      assertThat(answer[0]).as("RF").isEqualTo((byte) 12);
    }
    assertThat(responder.opened).isEmpty();
  }

  @Test
  void everyTruncationOfTheCpIsRefusedAndTheNextConnectionWorks() throws Exception {
    byte[] good = cp(RECORDED_CP, RECORDED_AARQ).toByteArray();
    for (int n = 1; n < good.length; n += 3) {
      byte[] answer = answer(cn(Octets.of(Arrays.copyOf(good, n))));
      assertThat(cpr(answer).providerReason()).as("user data not readable").isEqualTo(6);
    }
    assertThat(answer(cn(Octets.of(good)))[0]).as("AC").isEqualTo((byte) 14);
  }

  @Test
  void everyLyingLengthOfTheCpIsRefused() throws Exception {
    byte[] good = cp(RECORDED_CP, RECORDED_AARQ).toByteArray();
    int refused = 0;
    for (int at = 1; at < good.length; at += 2) {
      byte[] lying = good.clone();
      lying[at] = (byte) 0x7E;
      byte[] answer = answer(cn(Octets.of(lying)));
      assertThat(answer[0]).as("RF, AB or AC").isIn((byte) 12, (byte) 25, (byte) 14);
      refused += answer[0] == 14 ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(good.length / 4);
  }

  // Our initiator against peers that refuse.

  private BindRefused refusedBy(byte[] answer) throws Exception {
    ServerSocket server = new ServerSocket(0, 1, Wire.loopback());
    Thread.ofVirtual()
        .start(
            () -> {
              try (server;
                  Raw raw = new Raw(server.accept())) {
                byte[] cr = raw.tpdu();
                if (answer[5] == (byte) 0x80) {
                  raw.send(answer);
                } else {
                  raw.send(new byte[] {3, 0, 0, 11, 6, (byte) 0xD0, cr[4], cr[5], 0, 1, 0});
                  raw.tsdu();
                  raw.sendTsdu(Arrays.copyOfRange(answer, 7, answer.length));
                }
                raw.ended();
              } catch (IOException gone) {
                // The initiator has seen enough.
              }
            });
    try {
      Association.open(
              wire,
              AssociationSettings.to((InetSocketAddress) server.getLocalSocketAddress()),
              Collecting.ARGUMENT)
          .close();
    } catch (BindRefused refused) {
      return refused;
    }
    throw new AssertionError("not refused");
  }

  @ParameterizedTest
  @CsvSource({
    "0300000b 06 80 1234 0001 03, TRANSPORT, true, selector unknown",
    "0300000b 06 80 1234 0001 01, TRANSPORT, false, congestion",
    "0300000f 02f080 0c06 110101 320181, SESSION, true, session selector unknown",
    "0300000f 02f080 0c06 110101 320101, SESSION, false, congested",
    "03000014 02f080 0c0b 110101 3206 02 3003 8a0103, PRESENTATION, true, address unknown",
    "03000014 02f080 0c0b 110101 3206 02 3003 8a0101, PRESENTATION, false, congestion",
    "03000014 02f080 0c0b 110101 3206 02 3103800102, PRESENTATION, true, X.410-1984",
  })
  void everyLayerCanRefuse(String hex, String by, boolean permanent, String text) throws Exception {
    BindRefused refused = refusedBy(hex(hex));
    assertThat(refused.by()).hasToString(by);
    assertThat(refused.permanent()).isEqualTo(permanent);
    assertThat(refused).hasMessageContaining(text);
    assertThat(refused.bindError()).isEmpty();
  }

  @Test
  void refusedByAcseWithoutUserData() throws Exception {
    Octets aare = Octets.ofHex("6114 a106 0604 56000106 a203 020101 a305 a103 020102");
    Octets cpr =
        CPRPPDU.CODEC.encode(
            new CPRPPDU.NormalModeParameters(CPRNormal.builder().userData(fully(1, aare)).build()));
    byte[] rf = hex("00000000000000 0c00 110101 3200 02");
    byte[] whole = Arrays.copyOf(rf, rf.length + (int) cpr.length());
    cpr.read(0, whole, rf.length, (int) cpr.length());
    whole[8] = (byte) (whole.length - 9);
    whole[13] = (byte) (cpr.length() + 1);
    BindRefused refused = refusedBy(whole);
    assertThat(refused.by()).isEqualTo(BindRefused.By.ACSE);
    assertThat(refused.permanent()).isTrue();
    assertThat(refused).hasMessageContaining("application context not supported");
  }

  @Test
  void noAnswerEndsAfterTheSetUpTime() throws Exception {
    Times impatient =
        new Times(
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            0);
    try (ServerSocket silent = new ServerSocket(0, 5, Wire.loopback())) {
      AssociationSettings settings =
          AssociationSettings.to((InetSocketAddress) silent.getLocalSocketAddress())
              .withTimes(impatient);
      assertThatThrownBy(() -> Association.open(wire, settings, Collecting.ARGUMENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no answer within");
    }
  }

  @Test
  void peerThatSpeaksSomethingElse() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, Wire.loopback())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Raw raw = new Raw(server.accept())) {
                  raw.send("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                  raw.ended();
                } catch (IOException gone) {
                  // Seen enough.
                }
              });
      AssociationSettings settings =
          AssociationSettings.to((InetSocketAddress) server.getLocalSocketAddress());
      assertThatThrownBy(() -> Association.open(wire, settings, Collecting.ARGUMENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("tpkt, TPKT, octet 0: version 50");
    }
  }

  @Test
  void peerThatVanishesAfterTheActivityEnd() throws Exception {
    Recording recording = Recording.of("88std 1");
    try (ServerSocket server = new ServerSocket(0, 5, Wire.loopback())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Raw raw = new Raw(server.accept())) {
                  byte[] cr = raw.tpdu();
                  raw.send(new byte[] {3, 0, 0, 11, 6, (byte) 0xD0, cr[4], cr[5], 0, 1, 0});
                  raw.tsdu();
                  raw.send(recording.sent(false).get(1));
                  raw.tsdu();
                  raw.tsdu();
                  raw.tsdu();
                } catch (IOException gone) {
                  // The test sees it from the other side.
                }
              });
      AssociationSettings settings =
          AssociationSettings.to((InetSocketAddress) server.getLocalSocketAddress());
      try (Association association = Association.open(wire, settings, Collecting.ARGUMENT)) {
        TransferResult result =
            association.transfer(ApduSource.of(Octets.ofHex("a000")), TransferObserver.none());
        assertThat(result).isInstanceOf(TransferResult.Broken.class);
        assertThat(((TransferResult.Broken) result).mayHaveArrived()).isTrue();
        assertThat(association.usable()).isFalse();
      }
    }
  }

  @Test
  void peerThatVanishesInTheMiddle() throws Exception {
    Recording recording = Recording.of("88std 1");
    try (ServerSocket server = new ServerSocket(0, 5, Wire.loopback())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Raw raw = new Raw(server.accept())) {
                  byte[] cr = raw.tpdu();
                  raw.send(new byte[] {3, 0, 0, 11, 6, (byte) 0xD0, cr[4], cr[5], 0, 1, 0});
                  raw.tsdu();
                  raw.send(recording.sent(false).get(1));
                  raw.tsdu();
                  raw.tsdu();
                } catch (IOException gone) {
                  // The test sees it from the other side.
                }
              });
      AssociationSettings settings =
          AssociationSettings.to((InetSocketAddress) server.getLocalSocketAddress());
      try (Association association = Association.open(wire, settings, Collecting.ARGUMENT)) {
        // The recorded answer grants checkpoints of 1 KiB with a window of 3.
        assertThat(association.checkpointing()).isEqualTo(new Checkpointing(1, 3));
        TransferResult result =
            association.transfer(
                ApduSource.of(Octets.of(new byte[100_000])), TransferObserver.none());
        assertThat(result).isInstanceOf(TransferResult.Broken.class);
        assertThat(((TransferResult.Broken) result).mayHaveArrived()).isFalse();
      }
    }
  }
}
