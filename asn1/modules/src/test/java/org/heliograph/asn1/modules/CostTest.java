package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.asn1.x411.PerRecipientMessageTransferFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What decoding and encoding cost, in time and in memory. */
class CostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 4_000;

  /** 1 MiB of content goes through decode and encode by reference. */
  @Test
  void largeContentIsNotCopied() throws Exception {
    byte[] content = new byte[1 << 20];
    Arrays.fill(content, (byte) 'x');
    byte[] apdu = MTSAPDU.CODEC.encodeToArray(message(1, Octets.of(content)));
    Octets encoded = roundTrip(apdu);
    assertThat(encoded).isEqualTo(Octets.of(apdu));

    long before = THREADS.getCurrentThreadAllocatedBytes();
    roundTrip(apdu);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(64 * 1024);
  }

  /**
   * DESIGN wants at most three times the time of the hand-written codec; the bound here leaves room
   * for noise.
   */
  @Test
  @Tag("long")
  void fourKilobytesAgainstTheSliceCodec() throws Exception {
    byte[] apdu = MTSAPDU.CODEC.encodeToArray(message(54, Octets.of(new byte[960])));
    assertThat(apdu.length).isBetween(3900, 4300);
    assertThat(SliceCodec.encode(SliceCodec.decode(apdu), apdu)).isEqualTo(apdu);
    assertThat(roundTrip(apdu)).isEqualTo(Octets.of(apdu));

    double ours = Double.MAX_VALUE;
    double slices = Double.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      slices =
          Math.min(slices, microseconds(() -> SliceCodec.encode(SliceCodec.decode(apdu), apdu)));
      ours = Math.min(ours, microseconds(() -> roundTrip(apdu)));
    }
    System.out.printf(
        "%d octets, decode and encode: generated %.1f us, slices %.1f us, ratio %.1f%n",
        apdu.length, ours, slices, ours / slices);
    assertThat(ours / slices).isLessThan(8);
  }

  private static double microseconds(Callable<?> work) throws Exception {
    int sink = 0;
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      sink += work.call().hashCode() & 1;
    }
    long end = System.nanoTime();
    assertThat(sink).isNotNegative();
    return (end - start) / 1000.0 / ROUNDS;
  }

  private static Octets roundTrip(byte[] apdu) throws Exception {
    return MTSAPDU.CODEC.encode(MTSAPDU.CODEC.decode(apdu));
  }

  private static MTSAPDU message(int recipients, Octets content) throws Exception {
    MTSAPDU sample = MTSAPDU.CODEC.decode(Samples.named("88ndr-apdu").octets());
    Message message = ((MTSAPDU.Message) sample).value();
    List<PerRecipientMessageTransferFields> all = new ArrayList<>();
    for (int i = 0; i < recipients; i++) {
      all.add(message.envelope().perRecipientFields().getFirst());
    }
    return new MTSAPDU.Message(
        new Message(message.envelope().toBuilder().perRecipientFields(all).build(), content));
  }
}
