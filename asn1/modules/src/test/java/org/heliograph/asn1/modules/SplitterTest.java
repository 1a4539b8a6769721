package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Splitter;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.asn1.x411.Report;
import org.heliograph.asn1.x411.TransferredAPDU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The envelope is collected while the content goes by. */
class SplitterTest {
  /** What a splitter passed on. */
  private static final class Sink implements Splitter.Sink {
    final List<String> events = new ArrayList<>();
    final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public void start(String path) {
      events.add(path);
    }

    @Override
    public void accept(byte[] octets, int at, int count) {
      content.write(octets, at, count);
    }

    @Override
    public void end() {
      events.add("end");
    }
  }

  static List<Samples.Sample> samples() {
    return Stream.of("MTS-APDU", "TRANSFERRED").flatMap(t -> Samples.ofType(t).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void splitsWhateverThePieces(Samples.Sample sample) throws Exception {
    MTSAPDU whole = apdu(sample.codec(), sample.codec().decode(sample.octets()));
    for (int piece : new int[] {1, 2, 3, 7, 64, 4096}) {
      Sink sink = new Sink();
      MTSAPDU envelope = apdu(sample.codec(), split(sample.codec(), sample.octets(), piece, sink));
      if (whole instanceof MTSAPDU.Message(Message(var expected, var content))) {
        assertThat(((MTSAPDU.Message) envelope).value().envelope()).isEqualTo(expected);
        assertThat(((MTSAPDU.Message) envelope).value().content()).isEqualTo(Octets.empty());
        assertThat(Octets.of(sink.content.toByteArray())).isEqualTo(content);
        String path = sample.type().equals("MTS-APDU") ? "" : "encoding.";
        assertThat(sink.events).containsExactly(path + "message.content", "end");
      } else {
        Report report = ((MTSAPDU.Report) whole).value();
        Report split = ((MTSAPDU.Report) envelope).value();
        assertThat(split.envelope()).isEqualTo(report.envelope());
        assertThat(
                split.content().toBuilder()
                    .returnedContent(report.content().returnedContent())
                    .build())
            .isEqualTo(report.content());
        assertThat(Octets.of(sink.content.toByteArray()))
            .isEqualTo(report.content().returnedContent());
        assertThat(sink.events.getFirst()).endsWith("report.content.returned-content");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyTruncationIsNoticed(Samples.Sample sample) {
    for (int length = 0; length < sample.octets().length; length++) {
      byte[] cut = java.util.Arrays.copyOf(sample.octets(), length);
      assertThatThrownBy(() -> split(sample.codec(), cut, 5, new Sink()))
          .isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void offsetsAreThoseOfWhatCame() {
    // The surname of the originator in 84-apdu gets an unknown tag.
    byte[] octets = Samples.named("84-apdu").octets().clone();
    int surname = 0;
    while (octets[surname] != 'r' || octets[surname + 1] != 'o' || octets[surname + 2] != 'o') {
      surname++;
    }
    octets[surname - 2] = (byte) 0x87;
    int at = surname - 2;
    assertThatThrownBy(() -> split(MTSAPDU.CODEC, octets, 11, new Sink()))
        .hasMessageStartingWith(
            "octet "
                + at
                + ", message.envelope.originator-name.built-in-standard-attributes.personal-name");
    assertThatThrownBy(() -> MTSAPDU.CODEC.decode(octets))
        .hasMessageStartingWith("octet " + at + ",");
  }

  @Test
  void refusesMoreThanTheLimitBesideTheContent() {
    byte[] octets = Samples.named("84-apdu").octets();
    Splitter<MTSAPDU> splitter = new Splitter<>(MTSAPDU.CODEC, Limits.DEFAULT, 100, new Sink());
    assertThatThrownBy(() -> splitter.accept(octets, 0, octets.length))
        .hasMessageContaining("more than 100 octets beside the content");
  }

  @Test
  void refusesWhatFollowsTheValue() throws Exception {
    byte[] octets = Samples.named("84-apdu").octets();
    Splitter<MTSAPDU> splitter = new Splitter<>(MTSAPDU.CODEC, Limits.DEFAULT, 9999, new Sink());
    splitter.accept(octets, 0, octets.length);
    assertThat(splitter.complete()).isTrue();
    assertThatThrownBy(() -> splitter.accept(new byte[1], 0, 1))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("octets after the end");
  }

  private static <T> T split(Codec<T> codec, byte[] octets, int piece, Splitter.Sink sink)
      throws DecodeException, IOException {
    Splitter<T> splitter = new Splitter<>(codec, Limits.DEFAULT, 100_000, sink);
    for (int at = 0; at < octets.length; at += piece) {
      splitter.accept(octets, at, Math.min(piece, octets.length - at));
    }
    return splitter.finish();
  }

  private static MTSAPDU apdu(Codec<?> codec, Object value) {
    return codec.equals(TransferredAPDU.CODEC)
        ? ((TransferredAPDU) value).encoding()
        : (MTSAPDU) value;
  }
}
