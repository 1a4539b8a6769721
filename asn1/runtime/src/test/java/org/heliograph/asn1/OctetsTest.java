package org.heliograph.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Octets by reference, and reading and writing over stored content without copies. */
class OctetsTest {
  /** A large stored content that notes what is asked of it. */
  private static class Source implements OctetSource {
    final byte[] head;
    final long length;
    final List<String> reads = new ArrayList<>();
    long octetsRead;

    Source(byte[] head, long length) {
      this.head = head;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void read(long offset, byte[] into, int at, int count) {
      reads.add(offset + "+" + count);
      octetsRead += count;
      for (int i = 0; i < count; i++) {
        long from = offset + i;
        into[at + i] = from < head.length ? head[(int) from] : (byte) (from * 31);
      }
    }
  }

  @Test
  void slicesAreViews() {
    byte[] array = {1, 2, 3, 4, 5};
    Octets slice = Octets.of(array, 1, 3);
    array[2] = 9;
    assertThat(slice.at(1)).isEqualTo(9);
    assertThat(slice.slice(1, 2)).isEqualTo(Octets.of(new byte[] {9, 4}));
    assertThat(slice.hex(2)).isEqualTo("0209...");
    assertThat(slice).hasToString("3 octets 020904");
    assertThatThrownBy(() -> slice.slice(2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void joinedPiecesReadAsOne() throws Exception {
    Octets joined =
        Octets.join(
            List.of(
                Octets.ofHex("0102"), Octets.empty(), Octets.ofHex("03"), Octets.ofHex("040506")));
    Octets whole = Octets.ofHex("010203040506");
    assertThat(joined).isEqualTo(whole).hasSameHashCodeAs(whole);
    for (int from = 0; from <= 6; from++) {
      for (int to = from; to <= 6; to++) {
        assertThat(joined.slice(from, to - from)).isEqualTo(whole.slice(from, to - from));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    joined.writeTo(out::write);
    assertThat(out.toByteArray()).isEqualTo(whole.toByteArray());
    assertThat(joined.inputStream().readAllBytes()).isEqualTo(whole.toByteArray());
    assertThat(Octets.join(List.of())).isEqualTo(Octets.empty());
  }

  @Test
  void streamReadsSkipsAndEnds() throws Exception {
    var in = Octets.ofHex("01020304").inputStream();
    assertThat(in.read()).isEqualTo(1);
    assertThat(in.skip(2)).isEqualTo(2);
    assertThat(in.available()).isEqualTo(1);
    assertThat(in.read(new byte[0])).isZero();
    assertThat(in.read(new byte[9])).isEqualTo(1);
    assertThat(in.read(new byte[9])).isEqualTo(-1);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void decodingStoredContentReadsHeadersOnly() throws Exception {
    long size = 3L << 30;
    byte[] head = Wire.hex("30 86 0000C000000B", "04 85 00C0000000");
    // SEQUENCE { OCTET STRING of 3 GiB, INTEGER }, the last one after it
    long content = 8 + 7;
    Source source =
        new Source(head, content + size + 3) {
          @Override
          public void read(long offset, byte[] into, int at, int count) {
            super.read(offset, into, at, count);
            byte[] tail = {2, 1, 7};
            for (int i = 0; i < count; i++) {
              long behind = offset + i - content - size;
              if (behind >= 0) {
                into[at + i] = tail[(int) behind];
              }
            }
          }
        };
    System.arraycopy(lengthOf(content + size + 3 - 8), 0, head, 2, 6);
    List<Any> values = Codecs.sequenceOf(Codecs.ANY).decode(Octets.of(source));

    assertThat(values).hasSize(2);
    assertThat(values.get(0).octets().length()).isEqualTo(size + 7);
    assertThat(values.get(1).as(Codecs.INTEGER)).isEqualTo(7);
    assertThat(source.octetsRead).isLessThan(40_000);
  }

  private static byte[] lengthOf(long value) {
    byte[] octets = new byte[6];
    for (int i = 5, shift = 0; i >= 0; i--, shift += 8) {
      octets[i] = (byte) (value >> shift);
    }
    return octets;
  }

  @Test
  void encodingRefersToLargeContent() throws Exception {
    Source source = new Source(new byte[0], 1L << 30);
    Octets encoded = Codecs.OCTET_STRING.explicit(Tag.context(0)).encode(Octets.of(source));
    assertThat(source.reads).isEmpty();
    assertThat(encoded.length()).isEqualTo((1L << 30) + 12);
    assertThat(encoded.slice(0, 12)).isEqualTo(Octets.ofHex("A0 84 40000006 04 84 40000000"));

    long[] total = {0};
    int[] largest = {0};
    encoded
        .slice(0, 1 << 22)
        .writeTo(
            (octets, at, count) -> {
              total[0] += count;
              largest[0] = Math.max(largest[0], count);
            });
    assertThat(total[0]).isEqualTo(1 << 22);
    assertThat(largest[0]).isLessThanOrEqualTo(16 * 1024);
  }

  @Test
  void equalityIsByContent() {
    Source source = new Source(new byte[] {1, 2, 3}, 3);
    assertThat(Octets.of(source))
        .isEqualTo(Octets.ofHex("010203"))
        .hasSameHashCodeAs(Octets.ofHex("010203"));
    assertThat(Octets.of(source)).isNotEqualTo(Octets.ofHex("010204"));
    assertThat(Octets.ofHex("01")).isNotEqualTo(Octets.ofHex("0101"));
    byte[] large = new byte[40_000];
    byte[] other = Arrays.copyOf(large, large.length);
    other[39_999] = 1;
    assertThat(Octets.of(large)).isNotEqualTo(Octets.of(other)).hasSameHashCodeAs(Octets.of(other));
  }

  @Test
  void hugeContentIsNoArray() {
    Octets huge = Octets.of(new Source(new byte[0], 1L << 33));
    assertThatThrownBy(huge::toByteArray).isInstanceOf(IllegalStateException.class);
  }
}
