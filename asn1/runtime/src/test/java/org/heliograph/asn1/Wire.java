package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;

/** Short words for tests of octets. */
final class Wire {
  private Wire() {}

  /** Octets from hexadecimal pieces, each with its meaning beside it in the test. */
  static byte[] hex(String... pieces) {
    return Octets.ofHex(String.join("", pieces)).toByteArray();
  }

  static <T extends Object> T decode(Codec<T> codec, String... pieces) throws DecodeException {
    return codec.decode(hex(pieces));
  }

  /** Decodes, expects the value, and expects the same octets when it is encoded again. */
  static <T extends Object> void same(Codec<T> codec, T value, String... pieces)
      throws DecodeException {
    assertThat(decode(codec, pieces)).isEqualTo(value);
    assertThat(codec.encodeToArray(value)).isEqualTo(hex(pieces));
  }

  /** The message of the refusal. */
  static String refusal(Codec<?> codec, String... pieces) {
    return refusal(codec, hex(pieces));
  }

  static String refusal(Codec<?> codec, byte[] octets) {
    DecodeException e = catchThrowableOfType(DecodeException.class, () -> codec.decode(octets));
    assertThat(e).as("refusal of %s", Octets.of(octets)).isNotNull();
    return e.getMessage();
  }

  /** Every proper prefix is refused, and never with an offset beyond its end. */
  static void refusesEveryTruncation(Codec<?> codec, String... pieces) {
    byte[] whole = hex(pieces);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      DecodeException e = catchThrowableOfType(DecodeException.class, () -> codec.decode(cut));
      assertThat(e).as("first %d octets", length).isNotNull();
      assertThat(e.offset()).isBetween(0L, (long) length);
    }
  }
}
