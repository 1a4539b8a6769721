package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.X410Accept;
import org.heliograph.asn1.presentation.X410Connect;
import org.heliograph.asn1.rtse.ConnectionData;
import org.heliograph.osi.rtse.OpenRefusal;
import org.heliograph.osi.session.SpduFacts;
import org.heliograph.test.Tap;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** X.410-1984 mode: recorded sessions both ways, and both of our sides with each other. */
@Timeout(60)
class X410Test {
  private final Wire wire = new Wire();
  private Octets result = Octets.ofHex("a103 800162");
  private final Collecting responder =
      new Collecting() {
        @Override
        public Answer open(OpenIndication indication) {
          opened.add(indication);
          return new Answer.Accept(result, association());
        }
      };

  @AfterEach
  void close() {
    wire.close();
  }

  private InetSocketAddress listen(Responder who) throws Exception {
    return listen(who, AcceptorSettings.DEFAULT);
  }

  private InetSocketAddress listen(Responder who, AcceptorSettings settings) throws Exception {
    return wire.listen(
            new ListenerSettings(
                "osi", new InetSocketAddress(Wire.loopback(), 0), 10, 10, Optional.empty()),
            new Acceptor(settings, who))
        .address();
  }

  private static byte[] joined(Recording recording, boolean initiator) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    recording.sent(initiator).forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** TSDUs of one side of a recording. */
  private static List<byte[]> tsdus(Recording recording, boolean initiator) {
    return Reassembly.units(joined(recording, initiator)).stream()
        .map(Reassembly.Unit::octets)
        .toList();
  }

  private static Octets argument(byte[] cn) throws Exception {
    X410Connect rtorq =
        Objects.requireNonNull(CPType.CODEC.decode(SpduFacts.userData(cn)).x410ModeParameters());
    return ((ConnectionData.Open) rtorq.connectionDataRQ()).value().octets();
  }

  private static Octets answer(byte[] ac) throws Exception {
    X410Accept rtoac =
        Objects.requireNonNull(CPAPPDU.CODEC.decode(SpduFacts.userData(ac)).x410ModeParameters());
    return ((ConnectionData.Open) rtoac.connectionDataAC()).value().octets();
  }

  @ParameterizedTest
  @CsvSource({"84 1, X410_1", "88x410 1, X410_12", "bind-pings 2, X410_12", "bind-pings 3, X410_1"})
  void ourResponderAnswersTheRecordedInitiator(String name, Mode mode) throws Exception {
    Recording recording = Recording.of(name);
    List<byte[]> said = tsdus(recording, true);
    List<byte[]> recorded = tsdus(recording, false);
    result = answer(recorded.getFirst());
    AcceptorSettings sparing = new AcceptorSettings(new Checkpointing(1, 3), 0, Times.DEFAULT);
    try (Raw raw = Raw.connect(listen(responder, sparing))) {
      raw.send(recording.sent(true).getFirst());
      raw.tpdu();
      raw.sendTsdu(said.get(0));
      byte[] ac = raw.tsdu();
      assertThat(SpduFacts.withoutUserData(ac))
          .isEqualTo(SpduFacts.withoutUserData(recorded.getFirst()));
      assertThat(CPAPPDU.CODEC.decode(SpduFacts.userData(ac)))
          .isEqualTo(CPAPPDU.CODEC.decode(SpduFacts.userData(recorded.getFirst())));
      OpenIndication opened = responder.opened.remove();
      assertThat(opened.mode()).isEqualTo(mode);
      assertThat(opened.checkpointing()).isEqualTo(new Checkpointing(1, 3));
      assertThat(opened.bindArgument()).isEqualTo(argument(said.get(0)));
      assertThat(opened.bindArgument().at(0)).as("no [16] around it").isEqualTo(0xA1);
      if (said.size() > 2) {
        raw.sendTsdu(said.get(1));
        raw.sendTsdu(said.get(2));
        raw.sendTsdu(said.get(3));
        assertThat(raw.tsdu()).as("AEA").isEqualTo(recorded.get(1));
        assertThat(responder.apdu())
            .isEqualTo(Reassembly.data(Reassembly.units(joined(recording, true))));
      }
      raw.sendTsdu(said.getLast());
      assertThat(raw.tsdu()).as("DN").isEqualTo(recorded.getLast());
    }
    assertThat(Collecting.next(responder.ended)).isEqualTo("orderly: released");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bind-pings 5", "bind-pings 6"})
  void ourResponderRefusesAsTheRecordedOneDid(String name) throws Exception {
    Recording recording = Recording.of(name);
    try (Raw raw =
        Raw.connect(
            listen(
                indication ->
                    new Responder.Answer.Refuse(
                        Optional.of(Octets.ofHex("b203020102")),
                        true,
                        OpenRefusal.VALIDATION_FAILURE)))) {
      raw.send(recording.sent(true).getFirst());
      raw.tpdu();
      raw.send(recording.sent(true).get(1));
      byte[] rf = raw.tsdu();
      byte[] recorded = tsdus(recording, false).getFirst();
      assertThat(SpduFacts.userData(rf)).isEqualTo(Octets.ofHex("3103800102"));
      // The recorded one leaves the version out.
      assertThat(SpduFacts.withoutUserData(rf).replace("version=2", "version=1"))
          .isEqualTo(SpduFacts.withoutUserData(recorded));
      assertThat(raw.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"84 1, X410_1", "88x410 1, X410_12", "bind-pings 2, X410_12", "bind-pings 3, X410_1"})
  void ourInitiatorSaysWhatTheRecordedOneSays(String name, Mode mode) throws Exception {
    Recording recording = Recording.of(name);
    List<byte[]> said = new ArrayList<>();
    List<byte[]> recorded = tsdus(recording, true);
    play(recording, mode, said).get(20, TimeUnit.SECONDS);

    byte[] cr = said.get(0);
    byte[] recordedCr = recording.sent(true).getFirst();
    byte[] sameCr = Arrays.copyOfRange(recordedCr, 4, recordedCr.length);
    sameCr[4] = cr[4];
    sameCr[5] = cr[5];
    assertThat(cr).isEqualTo(sameCr);
    assertThat(SpduFacts.structure(said.get(1)))
        .isEqualTo(SpduFacts.structure(recorded.getFirst()));
    assertThat(CPType.CODEC.decode(SpduFacts.userData(said.get(1))))
        .isEqualTo(CPType.CODEC.decode(SpduFacts.userData(recorded.getFirst())));
    // AS, DT, AE, FN octet by octet.
    for (int i = 1; i < recorded.size(); i++) {
      assertThat(said.get(i + 1)).as("TSDU " + i).isEqualTo(recorded.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({"bind-pings 5, X410_12", "bind-pings 6, X410_1"})
  void theRecordedRefusalIsRead(String name, Mode mode) throws Exception {
    Recording recording = Recording.of(name);
    assertThatThrownBy(() -> play(recording, mode, new ArrayList<>()).get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            BindRefused.class,
            refused -> {
              assertThat(refused.by()).isEqualTo(BindRefused.By.USER);
              assertThat(refused.permanent()).isTrue();
              assertThat(refused.reason()).contains(OpenRefusal.VALIDATION_FAILURE);
              assertThat(refused).hasMessageEndingWith("validation failure");
            });
  }

  /** Our initiator against the recorded responder. */
  private CompletableFuture<Boolean> play(Recording recording, Mode mode, List<byte[]> said)
      throws Exception {
    List<byte[]> theirs = tsdus(recording, true);
    List<byte[]> answers = tsdus(recording, false);
    ServerSocket server = new ServerSocket(0, 1, Wire.loopback());
    Thread.ofVirtual()
        .start(
            () -> {
              try (server;
                  Raw raw = new Raw(server.accept())) {
                byte[] cr = raw.tpdu();
                said.add(cr);
                byte[] cc = recording.sent(false).getFirst().clone();
                cc[6] = cr[4];
                cc[7] = cr[5];
                raw.send(cc);
                for (int i = 0, answered = 0; i < theirs.size(); i++) {
                  said.add(raw.tsdu());
                  boolean waits = i == 0 || i == theirs.size() - 1 || i == theirs.size() - 2;
                  if (waits && answered < answers.size()) {
                    raw.sendTsdu(answers.get(answered++));
                  }
                }
                raw.ended();
              } catch (Exception end) {
                // The assertions on what was said tell what is missing.
              }
            });
    byte[] cr = recording.sent(true).getFirst();
    AssociationSettings settings =
        AssociationSettings.to((InetSocketAddress) server.getLocalSocketAddress())
            .withMode(mode)
            .withSelectors(
                Selectors.transport(new String(cr, 13, 3, StandardCharsets.US_ASCII)),
                Selectors.transport(new String(cr, 18, 3, StandardCharsets.US_ASCII)))
            .withTpduSize(2048)
            .withReference("vm")
            .withCheckpointing(new Checkpointing(63, 3));
    byte[] data = Reassembly.data(Reassembly.units(joined(recording, true)));
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Association association =
                  Association.open(wire, settings, argument(theirs.getFirst()))) {
                if (data.length > 0) {
                  assertThat(
                          association.transfer(
                              ApduSource.of(Octets.of(data)), TransferObserver.none()))
                      .isEqualTo(new TransferResult.Confirmed());
                }
                association.release();
                done.complete(true);
              } catch (Throwable failed) {
                done.completeExceptionally(failed);
              }
            });
    return done;
  }

  private static byte[] random(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsOnTheWireIsTheApdu(Mode mode) throws Exception {
    try (Tap tap = new Tap(listen(responder));
        Association association =
            Association.open(
                wire,
                AssociationSettings.to(tap.address())
                    .withMode(mode)
                    .withCheckpointing(new Checkpointing(2, 3)),
                Octets.ofHex("a103 800161"))) {
      assertThat(association.bindResult()).isEqualTo(result);
      for (int length : new int[] {1, 2047, 2048, 2049, 100_000}) {
        byte[] apdu = random(length);
        assertThat(association.transfer(ApduSource.of(Octets.of(apdu)), TransferObserver.none()))
            .isEqualTo(new TransferResult.Confirmed());
        assertThat(responder.apdu()).isEqualTo(apdu);
      }
      association.release();
      assertThat(Collecting.next(responder.ended)).isEqualTo("orderly: released");
      List<Reassembly.Unit> units = Reassembly.units(tap.sessions().getFirst().fromInitiator());
      int activity = 0;
      List<Reassembly.Unit> one = new ArrayList<>();
      int[] lengths = {1, 2047, 2048, 2049, 100_000};
      for (Reassembly.Unit unit : units) {
        one.add(unit);
        if (unit.si() == 0x29) {
          byte[] sent = mode.x410() ? Reassembly.data(one) : Reassembly.rttrs(one);
          byte[] apdu = random(lengths[activity++]);
          assertThat(Arrays.copyOfRange(sent, sent.length - apdu.length, sent.length))
              .isEqualTo(apdu);
          if (mode.x410()) {
            assertThat(sent).hasSameSizeAs(apdu);
          }
          assertThat(one.stream().filter(u -> u.si() == 0x31).count())
              .as("minor synchronization points")
              .isEqualTo((sent.length - 1) / 2048);
          one.clear();
        }
      }
      assertThat(activity).isEqualTo(5);
    }
  }

  @Test
  void anotherApplicationProtocolIsRefused() throws Exception {
    byte[] cn = tsdus(Recording.of("88x410 1"), true).getFirst().clone();
    assertThat(cn[cn.length - 1]).isEqualTo((byte) 12);
    cn[cn.length - 1] = 3;
    try (Raw raw = Raw.connect(listen(responder))) {
      raw.send(Recording.of("88x410 1").sent(true).getFirst());
      raw.tpdu();
      raw.sendTsdu(cn);
      assertThat(SpduFacts.userData(raw.tsdu())).isEqualTo(Octets.ofHex("3103800102"));
      assertThat(raw.ended()).isTrue();
    }
    assertThat(responder.opened).isEmpty();
  }

  @Test
  void anAbortFitsIntoNineOctets() throws Exception {
    Recording recording = Recording.of("84 1");
    Collecting refusing =
        new Collecting() {
          @Override
          ApduSink sink(Octets activityId) {
            throw new IllegalStateException("a fault");
          }
        };
    try (Raw raw = Raw.connect(listen(refusing))) {
      raw.send(recording.sent(true).getFirst());
      raw.tpdu();
      raw.sendTsdu(tsdus(recording, true).get(0));
      raw.tsdu();
      raw.sendTsdu(tsdus(recording, true).get(1));
      byte[] ab = raw.tsdu();
      assertThat(ab[0]).as("AB").isEqualTo((byte) 25);
      assertThat(SpduFacts.userData(ab)).isEqualTo(Octets.ofHex("3103800103"));
    }
  }
}
