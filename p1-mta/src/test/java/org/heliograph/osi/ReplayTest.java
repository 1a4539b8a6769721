package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.acse.AAREApdu;
import org.heliograph.asn1.acse.AARQApdu;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.presentation.CPNormal;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.rtse.ConnectionData;
import org.heliograph.osi.session.SpduFacts;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of an independent switch, replayed against ours. */
@Timeout(60)
class ReplayTest {
  private final Wire wire = new Wire();
  private final Collecting responder = new Collecting();

  @AfterEach
  void close() {
    wire.close();
  }

  private InetSocketAddress listen(Responder who) throws Exception {
    return wire.listen(
            new ListenerSettings(
                "osi", new InetSocketAddress(Wire.loopback(), 0), 10, 10, Optional.empty()),
            new Acceptor(AcceptorSettings.DEFAULT, who))
        .address();
  }

  private static byte[] tsdu(byte[] packet) {
    return Arrays.copyOfRange(packet, 7, packet.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"88std 1", "88normal 1", "88-ndr 1", "88-ndr 2", "bind-pings 1"})
  void ourResponderAnswersTheRecordedInitiator(String name) throws Exception {
    Recording recording = Recording.of(name);
    List<byte[]> sent = recording.sent(true);
    try (Raw raw = Raw.connect(listen(responder))) {
      raw.send(sent.get(0));
      byte[] cc = raw.tpdu();
      byte[] recordedCc = recording.sent(false).getFirst();
      assertThat(Arrays.copyOfRange(cc, 0, 4))
          .as("CC to its reference")
          .isEqualTo(Arrays.copyOfRange(recordedCc, 4, 8));
      assertThat(Arrays.copyOfRange(cc, 6, cc.length))
          .as("class 0, TPDU size 2048")
          .isEqualTo(Arrays.copyOfRange(recordedCc, 10, recordedCc.length));

      raw.send(sent.get(1));
      byte[] ac = raw.tsdu();
      byte[] recordedAc = tsdu(recording.sent(false).get(1));
      assertThat(SpduFacts.withoutUserData(ac)).isEqualTo(SpduFacts.withoutUserData(recordedAc));
      assertThat(Octetwise.cpa(ac).presentationContextDefinitionResultList())
          .isEqualTo(Octetwise.cpa(recordedAc).presentationContextDefinitionResultList());
      OpenIndication opened = responder.opened.remove();
      assertThat(opened.checkpointing()).isEqualTo(new Checkpointing(63, 3));
      assertThat(opened.bindArgument().at(0)).isEqualTo(0xB0);
      assertThat(opened.calling().transport().length()).isEqualTo(3);

      if (sent.size() > 4) {
        raw.send(sent.get(2));
        raw.send(sent.get(3));
        // In the recording the data and the activity end travel in one segment.
        byte[] data = sent.get(3);
        int first = (data[2] & 0xFF) << 8 | data[3] & 0xFF;
        byte[] apdu =
            Octetwise.apdu(Octetwise.rttr(Arrays.copyOfRange(data, 7, first))).toByteArray();
        if (first == data.length) {
          raw.send(sent.get(4));
        }
        byte[] aea = raw.tsdu();
        assertThat(aea).isEqualTo(tsdu(recording.sent(false).get(2)));
        assertThat(responder.apdu()).isEqualTo(apdu);
      }
      byte[] release =
          sent.stream()
              .filter(p -> p.length > 8 && p[5] == (byte) 0xF0 && p[7] == 9)
              .findFirst()
              .orElseThrow();
      raw.send(release);
      byte[] dn = raw.tsdu();
      byte[] recordedDn =
          recording.sent(false).stream()
              .filter(p -> p[5] == (byte) 0xF0 && p[7] == 10)
              .findFirst()
              .orElseThrow();
      assertThat(dn).isEqualTo(tsdu(recordedDn));
      // PP sends a DR before it closes.
      raw.send(sent.getLast());
    }
    assertThat(Collecting.next(responder.ended)).isEqualTo("orderly: released");
  }

  /**
   * TCP answers octets that nobody reads with a reset, which takes what was sent before with it.
   */
  @Test
  void anAbortIsReadByAPeerThatIsStillSending() throws Exception {
    Recording recording = Recording.of("88std 1");
    try (Raw raw = Raw.connect(listen(responder))) {
      raw.send(recording.sent(true).get(0));
      raw.tpdu();
      raw.send(recording.sent(true).get(1));
      raw.tsdu();
      byte[] unknownSpdu = {99, 0};
      raw.sendTsdu(unknownSpdu);
      byte[] more = new byte[60_000];
      for (int i = 0; i < 100; i++) {
        raw.sendTsdu(more);
      }
      byte[] abort = raw.tsdu();
      assertThat(abort[0]).as("AB").isEqualTo((byte) 25);
    }
  }

  @Test
  void ourResponderRefusesAsTheRecordedOneDid() throws Exception {
    Recording recording = Recording.of("bind-pings 4");
    // It leaves the tag [18] of X.419 out, which our P1 would write.
    Octets error = Octets.ofHex("020102");
    try (Raw raw = Raw.connect(listen(Collecting.refusing(Optional.of(error), true)))) {
      raw.send(recording.sent(true).get(0));
      raw.tpdu();
      raw.send(recording.sent(true).get(1));
      byte[] rf = raw.tsdu();
      byte[] recorded = tsdu(recording.sent(false).get(1));
      assertThat(rf[0]).as("RF").isEqualTo(recorded[0]);
      assertThat(refusal(rf)).isEqualTo(refusal(recorded));
      assertThat(raw.ended()).isTrue();
    }
  }

  /** Result and user information of the AARE: who refuses it, and the bind error. */
  private static String refusal(byte[] rf) throws Exception {
    CPRPPDU cpr = CPRPPDU.CODEC.decode(SpduFacts.userData(rf));
    AAREApdu aare =
        ((ACSEApdu.Aare) Octetwise.acse(((CPRPPDU.NormalModeParameters) cpr).value().userData()))
            .value();
    return aare.result() + " " + aare.resultSourceDiagnostic() + " " + aare.userInformation();
  }

  @Test
  void theRecordedBindErrorIsReadByOurInitiator() throws Exception {
    Recording recording = Recording.of("bind-pings 4");
    assertThatThrownBy(() -> play(recording, new ArrayList<>()).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BindRefused.class)
        .cause()
        .isInstanceOfSatisfying(
            BindRefused.class,
            refused -> {
              assertThat(refused.by()).isEqualTo(BindRefused.By.USER);
              assertThat(refused.permanent()).isTrue();
              assertThat(refused.bindError()).contains(Octets.ofHex("020102"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"88std 1", "88normal 1", "88-ndr 1", "88-ndr 2"})
  void ourInitiatorSaysWhatTheRecordedOneSays(String name) throws Exception {
    Recording recording = Recording.of(name);
    List<byte[]> said = new ArrayList<>();
    assertThat(play(recording, said).get(10, TimeUnit.SECONDS))
        .isEqualTo(new TransferResult.Confirmed());
    List<byte[]> recorded = recording.sent(true);
    sameBind(said, recorded);

    // AS, AE and FN octet by octet; the APDU within its EXTERNAL within an RTTR.
    assertThat(said.get(2)).isEqualTo(tsdu(recorded.get(2)));
    byte[] data = recorded.get(3);
    int first = (data[2] & 0xFF) << 8 | data[3] & 0xFF;
    assertThat(Octetwise.apdu(Octetwise.rttr(said.get(3))))
        .isEqualTo(Octetwise.apdu(Octetwise.rttr(Arrays.copyOfRange(data, 7, first))));
    byte[] ae = Arrays.copyOfRange(data, first + 7, data.length);
    assertThat(said.get(4)).isEqualTo(ae.length > 0 ? ae : tsdu(recorded.get(4)));
    assertThat(said.get(5)).isEqualTo(tsdu(recorded.get(recorded.size() - 2)));
  }

  /** A bind and a release, with nothing between them. */
  @Test
  void ourInitiatorPingsAsTheRecordedOneDoes() throws Exception {
    Recording recording = Recording.of("bind-pings 1");
    List<byte[]> said = new ArrayList<>();
    assertThat(play(recording, said).get(10, TimeUnit.SECONDS))
        .isEqualTo(new TransferResult.Confirmed());

    sameBind(said, recording.sent(true));
    assertThat(said.get(2)).as("FN").isEqualTo(tsdu(recording.sent(true).get(2)));
  }

  private static boolean transfers(Recording recording) {
    return recording.sent(false).size() > 3;
  }

  private static void sameBind(List<byte[]> said, List<byte[]> recorded) throws Exception {
    byte[] cr = said.get(0);
    byte[] recordedCr = Arrays.copyOfRange(recorded.get(0), 4, recorded.get(0).length);
    cr[4] = recordedCr[4];
    cr[5] = recordedCr[5];
    assertThat(cr).isEqualTo(recordedCr);

    byte[] cn = said.get(1);
    byte[] recordedCn = tsdu(recorded.get(1));
    assertThat(SpduFacts.structure(cn)).isEqualTo(SpduFacts.structure(recordedCn));
    CPNormal cp = Octetwise.cp(cn);
    CPNormal recordedCp = Octetwise.cp(recordedCn);
    assertThat(cp.toBuilder().userData(null).build())
        .isEqualTo(recordedCp.toBuilder().userData(null).build());
    AARQApdu aarq = Octetwise.aarq(cp);
    AARQApdu recordedAarq = Octetwise.aarq(recordedCp);
    assertThat(aarq.toBuilder().userInformation(null).build())
        .isEqualTo(recordedAarq.toBuilder().userInformation(null).build());
    External information = Octetwise.information(aarq);
    External recordedInformation = Octetwise.information(recordedAarq);
    assertThat(information.directReference()).isEqualTo(recordedInformation.directReference());
    assertThat(information.indirectReference()).isEqualTo(recordedInformation.indirectReference());
    assertThat(Octetwise.rtorq(aarq)).isEqualTo(Octetwise.rtorq(recordedAarq));
  }

  /** Our initiator against the recorded responder: bind, the recorded APDU, release. */
  private CompletableFuture<TransferResult> play(Recording recording, List<byte[]> said)
      throws Exception {
    ServerSocket server = new ServerSocket(0, 1, Wire.loopback());
    Thread.ofVirtual()
        .start(
            () -> {
              try (server;
                  Raw raw = new Raw(server.accept())) {
                List<byte[]> answers = recording.sent(false);
                byte[] cr = raw.tpdu();
                said.add(cr);
                byte[] cc = answers.get(0).clone();
                cc[6] = cr[4];
                cc[7] = cr[5];
                raw.send(cc);
                said.add(raw.tsdu());
                raw.send(answers.get(1));
                if (transfers(recording)) {
                  said.add(raw.tsdu());
                  said.add(raw.tsdu());
                  said.add(raw.tsdu());
                  raw.send(answers.get(2));
                }
                said.add(raw.tsdu());
                raw.send(answers.get(transfers(recording) ? 3 : 2));
                raw.ended();
              } catch (Exception end) {
                // The assertions on what was said tell what is missing.
              }
            });
    byte[] recordedCr = recording.sent(true).getFirst();
    byte[] recordedCn = tsdu(recording.sent(true).get(1));
    Octets argument =
        ((ConnectionData.Open)
                Octetwise.rtorq(Octetwise.aarq(Octetwise.cp(recordedCn))).connectionDataRQ())
            .value()
            .octets();
    AssociationSettings settings =
        AssociationSettings.to((InetSocketAddress) server.getLocalSocketAddress())
            .withSelectors(
                Selectors.transport(new String(recordedCr, 13, 3, StandardCharsets.US_ASCII)),
                Selectors.transport(new String(recordedCr, 18, 3, StandardCharsets.US_ASCII)))
            .withTpduSize(2048)
            .withReference("vm")
            .withCheckpointing(new Checkpointing(63, 3));
    CompletableFuture<TransferResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Association association = Association.open(wire, settings, argument)) {
                TransferResult done = new TransferResult.Confirmed();
                if (transfers(recording)) {
                  byte[] data = recording.sent(true).get(3);
                  int first = (data[2] & 0xFF) << 8 | data[3] & 0xFF;
                  Octets apdu = Octetwise.apdu(Octetwise.rttr(Arrays.copyOfRange(data, 7, first)));
                  done = association.transfer(ApduSource.of(apdu), TransferObserver.none());
                }
                association.release();
                result.complete(done);
              } catch (Exception failed) {
                result.completeExceptionally(failed);
              }
            });
    return result;
  }
}
