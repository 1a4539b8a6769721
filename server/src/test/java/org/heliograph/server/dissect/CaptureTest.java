package org.heliograph.server.dissect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures of an independent switch, in every kind of file. */
class CaptureTest {
  @TempDir Path directory;

  private List<Pdu> pdus(byte[] capture) throws IOException {
    List<Pdu> pdus = new ArrayList<>();
    Path file = Files.write(directory.resolve("a.pcap"), capture);
    assertThat(CaptureFile.isOne(file)).isTrue();
    Conversations conversations =
        new Conversations((connection, pdu) -> pdus.add(pdu), true, port -> port == 102);
    CaptureFile.read(file, conversations);
    assertThat(conversations.connections()).isEqualTo(1);
    return pdus;
  }

  @ParameterizedTest
  @CsvSource({"88std,normal", "88x410,X.410-1984", "84,X.410-1984"})
  void takesEveryLayerApartInEveryMode(String session, String mode) throws IOException {
    List<Pdu> pdus =
        pdus(
            Recorded.pcap(
                ByteOrder.LITTLE_ENDIAN, 101, Recorded.packets(Recorded.session(session))));
    assertThat(pdus)
        .extracting(Pdu::name)
        .containsSubsequence("CR", "CC", "CN", "CP", "RTORQ", "MTABindArgument", "AC", "CPA")
        .containsSubsequence("AS", "DT", "RTTR", "AE", "Message", "AEA", "FN", "DN")
        .doesNotContain("not understood", "malformed");
    assertThat(pdus).allSatisfy(p -> assertThat(p.facts()).doesNotContainKey("not decoded"));
    assertThat(named(pdus, "CP").facts()).containsEntry("mode", mode);
    assertThat(named(pdus, "MTABindArgument").summary()).contains("\"PP-A\"");
    assertThat(named(pdus, "Message").tree()).contains("local-identifier", "mta.ppa.te");
    assertThat(named(pdus, "MTABindArgument").tree()).doesNotContain("secret");
  }

  private static Pdu named(List<Pdu> pdus, String name) {
    return pdus.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> lines(List<Pdu> pdus) {
    return pdus.stream().map(Pdu::line).toList();
  }

  @Test
  void readsEveryKindOfFileAlike() throws IOException {
    List<byte[]> packets = Recorded.packets(Recorded.session("88std"));
    List<byte[]> frames = packets.stream().map(Recorded::ethernet).toList();
    List<String> expected = lines(pdus(Recorded.pcap(ByteOrder.LITTLE_ENDIAN, 101, packets)));
    assertThat(lines(pdus(Recorded.pcap(ByteOrder.BIG_ENDIAN, 1, frames)))).isEqualTo(expected);
    assertThat(lines(pdus(Recorded.pcapng(ByteOrder.LITTLE_ENDIAN, 1, frames))))
        .isEqualTo(expected);
    assertThat(lines(pdus(Recorded.pcapng(ByteOrder.BIG_ENDIAN, 228, packets))))
        .isEqualTo(expected);
  }

  @Test
  void putsSegmentsInOrderAndForgetsRepeatedOnes() throws IOException {
    List<byte[]> packets = Recorded.packets(Recorded.session("88std"));
    List<String> expected = lines(pdus(Recorded.pcap(ByteOrder.LITTLE_ENDIAN, 101, packets)));
    List<Recorded.Piece> halves = new ArrayList<>();
    for (Recorded.Piece piece : Recorded.session("88std")) {
      int middle = piece.octets().length / 2;
      halves.add(new Recorded.Piece(piece.fromInitiator(), Arrays.copyOf(piece.octets(), middle)));
      halves.add(
          new Recorded.Piece(
              piece.fromInitiator(),
              Arrays.copyOfRange(piece.octets(), middle, piece.octets().length)));
    }
    List<byte[]> mixed = Recorded.packets(halves);
    for (int i = 2; i + 1 < mixed.size(); i += 2) {
      java.util.Collections.swap(mixed, i, i + 1);
    }
    mixed.add(5, mixed.get(3));
    assertThat(lines(pdus(Recorded.pcap(ByteOrder.LITTLE_ENDIAN, 101, mixed)))).isEqualTo(expected);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    List<byte[]> packets = new ArrayList<>(Recorded.packets(Recorded.session("88std")));
    byte[] cut = packets.get(4);
    packets.set(4, Arrays.copyOf(cut, cut.length - 20));
    List<Pdu> pdus = pdus(Recorded.pcap(ByteOrder.LITTLE_ENDIAN, 101, packets));
    assertThat(pdus)
        .filteredOn(p -> p.name().equals("not understood"))
        .first()
        .satisfies(p -> assertThat(p.summary()).contains("not in the capture"));
    byte[] whole = Recorded.pcap(ByteOrder.LITTLE_ENDIAN, 101, packets);
    Path file = Files.write(directory.resolve("b.pcap"), Arrays.copyOf(whole, whole.length - 5));
    assertThatThrownBy(
            () -> CaptureFile.read(file, new Conversations((c, p) -> {}, false, p -> true)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends within a packet, at octet");
  }

  @Test
  void bearsAnyOctets() throws IOException {
    Random random = new Random(1006);
    List<Recorded.Piece> session = Recorded.session("88std");
    for (int i = 0; i < 500; i++) {
      List<Pdu> pdus = new ArrayList<>();
      Dissector dissector = new Dissector(pdus::add, i % 10 == 0);
      for (Recorded.Piece piece : session) {
        byte[] octets = piece.octets().clone();
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        dissector.octets(piece.fromInitiator(), 0, octets, 0, octets.length);
      }
      assertThat(pdus).isNotEmpty();
      byte[] file = Recorded.pcapng(ByteOrder.LITTLE_ENDIAN, 101, Recorded.packets(session));
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      Path path = Files.write(directory.resolve("c.pcap"), file);
      try {
        CaptureFile.read(path, new Conversations((c, p) -> {}, false, p -> true));
      } catch (IOException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }
}
