package org.heliograph.osi.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.transport.TPrimitive;
import org.heliograph.osi.transport.TPrimitive.TAccept;
import org.heliograph.osi.transport.TPrimitive.TConnect;
import org.heliograph.osi.transport.TPrimitive.TData;
import org.heliograph.osi.transport.TPrimitive.TDisconnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session entity between two sinks. */
class SessionTest {
  private static final String CN = "0d 15 0509 130100 160103 1a0100 1402 0249 c104 31020500";
  private static final String AC = "0e 15 0509 130100 160102 1a0100 1402 0249 c104 31020500";

  private final List<String> above = new ArrayList<>();
  private final List<String> below = new ArrayList<>();
  private final StringBuilder tsdu = new StringBuilder();
  private final Session session = session(false);

  private Session session(boolean versionOne) {
    return new Session(
        indication ->
            above.add(
                indication instanceof SPrimitive.SData(ByteBuffer octets, boolean last)
                    ? (last ? "last " : "piece ") + hex(octets)
                    : indication.getClass().getSimpleName()),
        this::down,
        Octets.utf8("ta"),
        Octets.utf8("tb"),
        versionOne);
  }

  private void down(TPrimitive request) {
    if (request instanceof TData(ByteBuffer octets, boolean last)) {
      tsdu.append(hex(octets));
      if (last) {
        below.add(tsdu.toString());
        tsdu.setLength(0);
      }
    } else {
      below.add(request.getClass().getSimpleName());
    }
  }

  private static String hex(ByteBuffer octets) {
    byte[] copy = new byte[octets.remaining()];
    octets.get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private void receive(String hex) throws Exception {
    session.fromBelow(
        new TData(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), true));
  }

  private void initiate() throws Exception {
    session.fromAbove(
        new SPrimitive.SConnect(
            Octets.empty(), Octets.empty(), Reference.NONE, Octets.ofHex("31020500")));
    session.fromBelow(new TAccept());
    receive(AC);
    above.clear();
    below.clear();
  }

  private void respond() throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    receive(CN);
    session.fromAbove(new SPrimitive.SAccept(Octets.ofHex("31020500")));
    above.clear();
    below.clear();
  }

  private void begin() throws Exception {
    receive("0100 2d 05 2903 020101");
  }

  @Test
  void connectAsInitiator() throws Exception {
    session.fromAbove(
        new SPrimitive.SConnect(
            Octets.empty(), Octets.empty(), Reference.NONE, Octets.ofHex("31020500")));
    session.fromBelow(new TAccept());
    receive(AC);
    assertThat(below).containsExactly("TConnect", CN.replace(" ", ""));
    assertThat(above).containsExactly("SAccept");
  }

  @Test
  void connectAsResponder() throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    receive(CN);
    session.fromAbove(new SPrimitive.SAccept(Octets.ofHex("31020500")));
    assertThat(below).containsExactly("TAccept", AC.replace(" ", ""));
    assertThat(above).containsExactly("SConnect");
  }

  @Test
  void versionOneAlone() throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    receive(CN.replace("160103", "160101"));
    session.fromAbove(new SPrimitive.SAccept(Octets.ofHex("31020500")));
    assertThat(below.getLast()).isEqualTo(AC.replace("160102", "160101").replace(" ", ""));
  }

  @Test
  void versionOneAloneWhenWeOpen() throws Exception {
    Session old = session(true);
    assertThatThrownBy(
            () ->
                old.fromAbove(
                    new SPrimitive.SConnect(
                        Octets.empty(), Octets.empty(), Reference.NONE, Octets.of(new byte[513]))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("513 octets")
        .hasMessageContaining("at most 512");
    assertThat(below).as("nothing is sent").isEmpty();
    old.fromAbove(
        new SPrimitive.SConnect(
            Octets.empty(), Octets.empty(), Reference.NONE, Octets.ofHex("31020500")));
    old.fromBelow(new TAccept());
    assertThat(below).containsExactly("TConnect", CN.replace("160103", "160101").replace(" ", ""));
  }

  @Test
  void anAnswerThatVersionOneCannotCarryIsRefused() throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    receive(CN.replace("160103", "160101"));
    assertThatThrownBy(() -> session.fromAbove(new SPrimitive.SAccept(Octets.of(new byte[513]))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("513 octets");
    assertThat(below.getLast()).as("RF, a limit").startsWith("0c").endsWith("320186");
  }

  @ParameterizedTest
  @CsvSource({
    "160103, 160104, 84", // no common version
    "1402 0249, 1402 0009, 85", // functional units
    "1402 0249, 1402 0248, 85",
    "1a0100, 1a0101, 85", // data token on our side
    "1a0100, 1a0140, 85", // release token on our side
  })
  void refusedAtSessionLevel(String part, String instead, String reason) throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    assertThatThrownBy(() -> receive(CN.replace(part, instead))).isInstanceOf(ProtocolError.class);
    assertThat(below.getLast()).startsWith("0c").endsWith("3201" + reason);
    assertThat(above).isEmpty();
  }

  @Test
  void tokensForUsToChooseStayWithTheInitiator() throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    receive(CN.replace("1a0100", "1a01aa"));
    assertThat(above).containsExactly("SConnect");
  }

  @Test
  void refusedByThePeer() throws Exception {
    session.fromAbove(
        new SPrimitive.SConnect(
            Octets.empty(), Octets.empty(), Reference.NONE, Octets.ofHex("31020500")));
    session.fromBelow(new TAccept());
    receive("0c 06 110101 320181");
    assertThat(above).containsExactly("SRefuse");
  }

  @Test
  void transportRefused() throws Exception {
    session.fromAbove(
        new SPrimitive.SConnect(
            Octets.empty(), Octets.empty(), Reference.NONE, Octets.ofHex("31020500")));
    session.fromBelow(new TDisconnect(3));
    assertThat(above).containsExactly("SPAbort");
  }

  @Test
  void activityAsReceiver() throws Exception {
    respond();
    begin();
    receive("0100 0100 616263");
    receive("0100 31 03 2a01 31");
    session.fromAbove(new SActivity.SyncMinorConfirm(1));
    receive("0100 0100 64");
    receive("0100 29 03 2a01 32");
    session.fromAbove(new SActivity.EndConfirm());
    assertThat(above).containsExactly("Start", "last 616263", "SyncMinor", "last 64", "End");
    assertThat(below).containsExactly("020032032a0131", "02002a032a0132");
    begin();
    assertThat(above.getLast()).isEqualTo("Start");
  }

  @Test
  void activityAsSender() throws Exception {
    initiate();
    session.fromAbove(new SActivity.Start(Octets.ofHex("020101")));
    session.fromAbove(new SPrimitive.SData(ByteBuffer.wrap(new byte[] {1}), false));
    session.fromAbove(new SPrimitive.SData(ByteBuffer.wrap(new byte[] {2}), true));
    session.fromAbove(new SActivity.SyncMinor(0, true));
    receive("0200 32 03 2a01 31");
    session.fromAbove(new SActivity.End(0));
    receive("0200 2a 03 2a01 32");
    assertThat(below)
        .containsExactly("01002d052903020101", "010001000102", "010031032a0131", "010029032a0132");
    assertThat(above).containsExactly("SyncMinorConfirm", "EndConfirm");
  }

  @Test
  void exceptionIsAnsweredByDiscard() throws Exception {
    respond();
    begin();
    session.fromAbove(new SActivity.UserException(0));
    // What was under way is legal.
    receive("0100 0100 616263");
    receive("0100 31 03 2a01 31");
    receive("0100 29 03 2a01 32");
    receive("0100 39 03 320100");
    session.fromAbove(new SActivity.DiscardConfirm());
    assertThat(above).containsExactly("Start", "last 616263", "Discard");
    assertThat(below).containsExactly("02003003320100", "02003a00");
    begin();
    assertThat(above.getLast()).isEqualTo("Start");
  }

  @Test
  void exceptionReceived() throws Exception {
    initiate();
    session.fromAbove(new SActivity.Start(Octets.ofHex("020101")));
    receive("0200 30 03 320106");
    session.fromAbove(new SActivity.Discard(0));
    // Sent before the peer saw our AD.
    receive("0200 30 03 320106");
    receive("0200 3a 00");
    assertThat(above).containsExactly("UserException", "DiscardConfirm");
    session.fromAbove(new SActivity.Start(Octets.ofHex("020102")));
  }

  @Test
  void exceptionAfterActivityEnd() throws Exception {
    initiate();
    session.fromAbove(new SActivity.Start(Octets.ofHex("020101")));
    session.fromAbove(new SActivity.End(0));
    receive("0200 30 03 320106");
    session.fromAbove(new SActivity.Discard(0));
    receive("0200 3a 00");
    assertThat(above).containsExactly("UserException", "DiscardConfirm");
  }

  @Test
  void interruptAndResume() throws Exception {
    respond();
    begin();
    receive("0100 19 03 320105");
    session.fromAbove(new SActivity.InterruptConfirm());
    receive("0100 1d 0f 2108 2903 020101 2a01 33 2903 020102");
    assertThat(above).containsExactly("Start", "Interrupt", "Resume");
    assertThat(below).containsExactly("02001a00");
    // The serial numbers go on behind the one that was resumed from.
    receive("0100 31 03 2a01 34");
    assertThat(above.getLast()).isEqualTo("SyncMinor");
  }

  @Test
  void release() throws Exception {
    initiate();
    session.fromAbove(new SPrimitive.SRelease(Octets.ofHex("6100")));
    receive("0a 04 c102 6100");
    assertThat(below).containsExactly("0907110101c1026100");
    assertThat(above).containsExactly("SReleaseConfirm");
  }

  @Test
  void released() throws Exception {
    respond();
    receive("09 07 110101 c102 6100");
    session.fromAbove(new SPrimitive.SReleaseConfirm(Octets.ofHex("6100")));
    assertThat(below).containsExactly("0a04c1026100");
    assertThat(above).containsExactly("SRelease");
    receive("09 07 110101 c102 6100");
    assertThat(above).hasSize(1);
  }

  @Test
  void abortInEveryDirection() throws Exception {
    respond();
    begin();
    receive("19 03 110103");
    assertThat(above).containsExactly("Start", "SUAbort");
    assertThat(session.abortable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"110101, SPAbort", "110105, SPAbort", "110109, SPAbort", "110103, SUAbort"})
  void abortOfAnyKind(String parameter, String primitive) throws Exception {
    initiate();
    receive("19 03 " + parameter);
    assertThat(above).containsExactly(primitive);
  }

  @Test
  void ourAbort() throws Exception {
    initiate();
    session.fromAbove(new SPrimitive.SUAbort(Octets.ofHex("a000")));
    assertThat(below).containsExactly("1907110103c102a000");
  }

  @Test
  void ourAbortForTheirError() throws Exception {
    respond();
    session.abortForProtocolError();
    assertThat(below).containsExactly("1903110105");
  }

  @Test
  void abortWithinAnSsduOnlyClosesBecauseNothingElseCanBeSaid() throws Exception {
    initiate();
    session.fromAbove(new SActivity.Start(Octets.ofHex("020101")));
    session.fromAbove(new SPrimitive.SData(ByteBuffer.wrap(new byte[] {1}), false));
    below.clear();
    session.fromAbove(new SPrimitive.SUAbort(Octets.empty()));
    assertThat(below).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100 29 03 2a01 31", // AE outside an activity
        "0100 31 03 2a01 31", // MIP
        "0100 0100 61", // DT
        "0100 39 03 320100", // AD
        "0200 3a 00", // ADA
        "0200 2a 03 2a01 31", // AEA
        "0d 00", // CN again
        "0e 00", // AC
        "16 00", // GTA without GTC
        "0a 00", // DN without FN
        "1a 00", // AA without AB
        "01 03 100101", // data token given
      })
  void notExpectedWhenIdle(String hex) throws Exception {
    respond();
    assertThatThrownBy(() -> receive(hex))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("session, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100 2d 05 2903 020101", // AS within an activity
        "0100 31 03 2a01 32", // MIP with a gap
        "0100 29 03 2a01 32", // AE with a gap
        "0200 32 03 2a01 31", // MIA for nothing
        "09 03 110101", // FN within an activity
      })
  void notExpectedInAnActivity(String hex) throws Exception {
    respond();
    begin();
    assertThatThrownBy(() -> receive(hex)).isInstanceOf(ProtocolError.class);
  }

  @Test
  void tokenPleaseIsHeard() throws Exception {
    initiate();
    receive("02 03 100101");
    assertThat(above).containsExactly("TokenPlease");
  }

  @Test
  void dataInPiecesOfOneOctet() throws Exception {
    respond();
    begin();
    byte[] dt = HexFormat.of().parseHex("0100" + "0103190103" + "616263");
    for (int i = 0; i < dt.length; i++) {
      session.fromBelow(new TData(ByteBuffer.wrap(dt, i, 1), i == dt.length - 1));
    }
    assertThat(above).containsExactly("Start", "piece 61", "piece 62", "last 63");
  }

  @Test
  void ssduInSeveralTsdus() throws Exception {
    respond();
    begin();
    receive("0100 0103 190101 61");
    receive("0100 0103 190100 62");
    receive("0100 0103 190102 63");
    assertThat(above).containsExactly("Start", "piece 61", "piece 62", "last 63");
  }

  @Test
  void endlessControlSpduIsRefused() throws Exception {
    session.fromBelow(new TConnect(Octets.empty(), Octets.empty()));
    byte[] much = new byte[40_000];
    much[0] = 0x0d;
    session.fromBelow(new TData(ByteBuffer.wrap(much), false));
    assertThatThrownBy(() -> session.fromBelow(new TData(ByteBuffer.wrap(much), false)))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("64 KiB");
  }

  @Test
  void mistakesOfOurOwnAreNotProtocolErrors() throws Exception {
    initiate();
    assertThatThrownBy(() -> session.fromAbove(new SActivity.EndConfirm()))
        .isInstanceOf(IllegalStateException.class);
  }
}
