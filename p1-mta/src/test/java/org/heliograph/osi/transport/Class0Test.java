package org.heliograph.osi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.transport.TPrimitive.TAccept;
import org.heliograph.osi.transport.TPrimitive.TConnect;
import org.heliograph.osi.transport.TPrimitive.TData;
import org.heliograph.osi.transport.TPrimitive.TDisconnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transport entity between two sinks. */
class Class0Test {
  private final List<String> above = new ArrayList<>();
  private final List<String> below = new ArrayList<>();
  private Class0 transport = entity(0);

  private Class0 entity(int tpduSize) {
    return new Class0(
        indication ->
            above.add(
                switch (indication) {
                  case TData data -> (data.last() ? "last " : "piece ") + hex(data.octets());
                  case TConnect connect ->
                      "connect " + connect.calling().hex(99) + " " + connect.called().hex(99);
                  case TAccept accept -> "accept";
                  case TDisconnect end -> "disconnect " + end.reason();
                }),
        octets -> below.add(hex(octets)),
        0x1234,
        tpduSize);
  }

  private static String hex(ByteBuffer octets) {
    byte[] copy = new byte[octets.remaining()];
    octets.get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private void receive(String hex) throws Exception {
    transport.fromBelow(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private void connect() throws Exception {
    transport.fromAbove(new TConnect(Octets.utf8("a"), Octets.utf8("b")));
    receive("0300000b 06 d0 1234 0001 00");
  }

  @Test
  void initiator() throws Exception {
    connect();
    assertThat(below).containsExactly("0300001" + "1" + "0ce00000123400c10161c20162");
    assertThat(above).containsExactly("accept");
    assertThat(transport.open()).isTrue();
  }

  @Test
  void responder() throws Exception {
    receive("03000011 0c e0 0000 0007 00 c10161 c20162");
    assertThat(above).containsExactly("connect 61 62");
    transport.fromAbove(new TAccept());
    assertThat(below).containsExactly("0300000b06d00007123400");
    assertThat(transport.open()).isTrue();
  }

  @Test
  void responderRefuses() throws Exception {
    receive("0300000b 06 e0 0000 0007 00");
    transport.fromAbove(new TDisconnect(DisconnectReason.ADDRESS_UNKNOWN));
    assertThat(below).containsExactly("0300000b06800007123403");
    receive("0300000b 06 e0 0000 0007 00 ff".substring(0, 24));
    assertThat(above).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 1", "3, 3", "128, 128", "130, 130", "133, 133"})
  void refusedWithAnyReason(int octet, int reason) throws Exception {
    transport.fromAbove(new TConnect(Octets.empty(), Octets.empty()));
    receive("0300000b 06 80 1234 0000 " + HexFormat.of().toHexDigits((byte) reason));
    assertThat(above).containsExactly("disconnect " + reason);
    assertThat(DisconnectReason.text(reason)).isNotEmpty();
    assertThat(octet).isNotNegative();
  }

  @Test
  void classTwoAloneIsRefusedWithTheRightReason() {
    assertThatThrownBy(() -> receive("0300000b 06 e0 0000 0007 20"))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("class 2");
    assertThat(below).containsExactly("0300000b06800007123482");
    assertThat(above).isEmpty();
  }

  @Test
  void classTwoWithAlternativeZeroIsAnsweredWithZero() throws Exception {
    receive("0300000e 09 e0 0000 0007 20 c70100");
    transport.fromAbove(new TAccept());
    assertThat(below).containsExactly("0300000b06d00007123400");
  }

  @ParameterizedTest
  @CsvSource({
    // proposed, ours, answered
    "c0010b, 0, c0010b",
    "c0010a, 0, c0010a",
    "c0010b, 512, c00109",
    "c0010d, 0, c0010b",
  })
  void tpduSizeIsGranted(String proposed, int ours, String answered) throws Exception {
    transport = entity(ours);
    receive("0300000e 09 e0 0000 0007 00 " + proposed);
    transport.fromAbove(new TAccept());
    assertThat(below).containsExactly("0300000e09d00007123400" + answered);
  }

  @ParameterizedTest
  @CsvSource({"0110, 0, 0010", "0111, 0, 0011", "020200, 0, 01ff", "0110, 1024, 0008"})
  void preferredTpduSizeIsAnsweredInItsOwnForm(String proposed, int ours, String units)
      throws Exception {
    transport = entity(ours);
    int length = 9 + proposed.length() / 2 - 2;
    receive(
        "030000"
            + HexFormat.of().toHexDigits((byte) (length + 5))
            + HexFormat.of().toHexDigits((byte) length)
            + "e0 0000 0007 00 f0"
            + proposed);
    transport.fromAbove(new TAccept());
    assertThat(below).containsExactly("0300000f0ad00007123400f002" + units);
  }

  @Test
  void dataInOneWriteAndBack() throws Exception {
    connect();
    below.clear();
    above.clear();
    transport.fromAbove(new TData(ByteBuffer.wrap(new byte[] {1, 2}), false));
    transport.fromAbove(new TData(ByteBuffer.wrap(new byte[] {3}), true));
    assertThat(below).containsExactly("0300000a02f080010203");
    receive("0300000a 02f080 010203");
    assertThat(above).containsExactly("last 010203");
  }

  @Test
  void longTsduIsCutAndTheLastOneSaysSo() throws Exception {
    transport = entity(128);
    transport.fromAbove(new TConnect(Octets.empty(), Octets.empty()));
    receive("0300000e 09 d0 1234 0001 00 c00107");
    below.clear();
    transport.fromAbove(new TData(ByteBuffer.wrap(new byte[300]), true));
    assertThat(below).hasSize(1);
    String sent = below.getFirst();
    assertThat(sent).startsWith("0300008402f000");
    assertThat(sent.substring(2 * 132)).startsWith("0300008402f000");
    assertThat(sent.substring(4 * 132)).startsWith("0300003902f080");
    // Exactly full: one TPDU, no empty one behind it.
    below.clear();
    transport.fromAbove(new TData(ByteBuffer.wrap(new byte[125]), true));
    assertThat(below.getFirst()).startsWith("0300008402f080").hasSize(2 * 132);
    below.clear();
    above.clear();
    receive("0300000a 02f000 010203 0300000a 02f080 040506");
    assertThat(above).containsExactly("piece 010203", "last 040506");
  }

  @Test
  void largestTpdu() throws Exception {
    connect();
    below.clear();
    transport.fromAbove(new TData(ByteBuffer.wrap(new byte[65528]), true));
    assertThat(below).hasSize(1);
    assertThat(below.getFirst()).startsWith("0300ffff02f080");
  }

  @Test
  void disconnectOfThePeer() throws Exception {
    connect();
    receive("0300000b 06 80 1234 0001 80");
    assertThat(above).containsExactly("accept", "disconnect 128");
    receive("0300000a 02f080 010203");
    assertThat(above).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "02, TPKT, version 2",
    "47455420, TPKT, version 71",
    "03000006, TPKT, less than 7",
    "0300000b 06 d0 1234 0001 00, CC, not expected",
    "0300000b 06 80 1234 0001 00, DR, not expected",
    "03000008 02f080 00, DT, not expected",
    "03000008 03f080 00, DT, length indicator",
    "0300000b 06 70 1234 0001 00, ER, broke the protocol",
    "0300000b 06 30 1234 0001 00, TPDU, not of class 0",
    "0300000b 06 e0 0001 0001 00, CR, destination reference",
  })
  void brokenBeforeAConnectionStands(String hex, String pdu, String rule) {
    assertThatThrownBy(() -> receive(hex))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining(", " + pdu + ", octet ")
        .hasMessageContaining(rule);
  }

  @Test
  void brokenAnswers() throws Exception {
    transport.fromAbove(new TConnect(Octets.empty(), Octets.empty()));
    assertThatThrownBy(() -> receive("0300000b 06 d0 9999 0001 00"))
        .hasMessageContaining("destination reference");
    assertThatThrownBy(() -> receive("0300000b 06 d0 1234 0001 20"))
        .hasMessageContaining("class 2");
  }

  @Test
  void endlessControlTpduIsRefused() {
    assertThatThrownBy(() -> receive("0300ffff ff e0" + "00".repeat(600)))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("512");
  }

  @Test
  void mistakesOfOurOwnAreNotProtocolErrors() {
    assertThatThrownBy(() -> transport.fromAbove(new TData(ByteBuffer.allocate(1), true)))
        .isInstanceOf(IllegalStateException.class);
  }
}
