package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Splitter;
import org.heliograph.asn1.show.Show;
import org.heliograph.asn1.x411.MTSAPDU;

/**
 * Any octets end in a value or a {@link DecodeException}, and a value is written as octets that
 * read the same. As tests these replay the corpora beside them; under {@code ./heliograph test
 * --long} Jazzer looks for more.
 */
class DecoderFuzzTest {
  private static final List<String> TYPES = Show.names();

  /** The first octet chooses among the outermost types, the others are decoded. */
  @FuzzTest(maxDuration = "10m")
  void everyOutermostType(byte[] input) throws DecodeException {
    if (input.length == 0) {
      return;
    }
    Codec<?> codec = Show.type(TYPES.get((input[0] & 0xFF) % TYPES.size())).orElseThrow();
    there(codec, Octets.of(Arrays.copyOfRange(input, 1, input.length)));
  }

  private static <T> void there(Codec<T> codec, Octets octets) throws DecodeException {
    T value;
    try {
      value = codec.decode(octets);
    } catch (DecodeException refused) {
      assertThat(refused.offset()).isBetween(0L, octets.length());
      return;
    }
    Octets written = codec.encode(value);
    assertThat(codec.encode(codec.decode(written))).isEqualTo(written);
  }

  /** The tree that people look at never fails. */
  @FuzzTest(maxDuration = "10m")
  void theTree(byte[] input) {
    assertThat(new Show().show(Octets.of(input))).isNotNull();
  }

  /** The first octet says in pieces of what length the others come. */
  @FuzzTest(maxDuration = "10m")
  void splitterInPieces(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    int length = 1 + (input[0] & 0x3F);
    long[] streamed = {0};
    Splitter<MTSAPDU> splitter =
        new Splitter<>(MTSAPDU.CODEC, Limits.DEFAULT, 64 * 1024, new Counting(streamed));
    try {
      for (int at = 1; at < input.length; at += length) {
        splitter.accept(input, at, Math.min(length, input.length - at));
      }
      if (splitter.complete()) {
        splitter.finish();
      }
    } catch (DecodeException refused) {
      assertThat(refused.offset()).isBetween(0L, (long) input.length);
    }
    assertThat(streamed[0]).isLessThanOrEqualTo(input.length);
  }

  private record Counting(long[] streamed) implements Splitter.Sink {
    @Override
    public void start(String path) {
      assertThat(path).isNotEmpty();
    }

    @Override
    public void accept(byte[] octets, int at, int count) {
      streamed[0] += count;
    }

    @Override
    public void end() {
      // Only the octets count.
    }
  }
}
