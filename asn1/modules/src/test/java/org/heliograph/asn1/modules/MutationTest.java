package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Splitter;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.catalog.Catalog;
import org.heliograph.asn1.cms.ContentInfo;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.asn1.x411.Report;
import org.heliograph.asn1.x420.InformationObject;
import org.junit.jupiter.api.Test;

/**
 * Damaged octets end in a value or a {@link DecodeException}, never in anything else, and cost no
 * more memory than a small multiple of their length. A failure names seed and round, which repeat
 * it.
 */
class MutationTest {
  private static final int ROUNDS = 120_000;
  private static final long SEED = 4406;
  private static final long MOST_OCTETS_ALLOCATED = 128 * 1024;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Target(byte[] octets, Codec<?> codec) {}

  @Test
  void damagedSamplesEndInDecodeExceptions() throws Exception {
    List<Target> targets = targets();
    for (Target target : targets) {
      roundTrip(target.codec(), target.octets());
    }
    Random random = new Random(SEED);
    int accepted = 0;
    long most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Target target = targets.get(random.nextInt(targets.size()));
      byte[] octets = damaged(target.octets(), random);
      boolean sound = survives(target.codec(), octets, round);
      accepted += sound ? 1 : 0;
      // The first look at a construct loads classes; what is left when it is looked at again is its
      // own cost.
      long cost = cost(target.codec(), octets, round);
      most =
          Math.max(most, cost < MOST_OCTETS_ALLOCATED ? cost : cost(target.codec(), octets, round));
    }
    assertThat(accepted)
        .as("some damage is not noticed, much is")
        .isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
    assertThat(most).isLessThan(MOST_OCTETS_ALLOCATED);
  }

  private static long cost(Codec<?> codec, byte[] octets, int round) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    survives(codec, octets, round);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Whether the octets are accepted. */
  private static boolean survives(Codec<?> codec, byte[] octets, int round) {
    try {
      roundTrip(codec, octets);
      return true;
    } catch (DecodeException expected) {
      if (expected.offset() < 0 || expected.offset() > octets.length) {
        throw new AssertionError("round " + round + ": " + expected.getMessage(), expected);
      }
      return false;
    } catch (RuntimeException | Error escaped) {
      throw new AssertionError(
          "seed " + SEED + ", round " + round + ": " + Octets.of(octets).hex(4000), escaped);
    }
  }

  @Test
  void damagedSamplesEndTheSplitterInDecodeExceptions() throws Exception {
    List<Samples.Sample> samples = Samples.ofType("MTS-APDU");
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS / 6; round++) {
      byte[] octets = damaged(samples.get(random.nextInt(samples.size())).octets(), random);
      Splitter<MTSAPDU> splitter = new Splitter<>(MTSAPDU.CODEC, Limits.DEFAULT, 4096, nowhere());
      try {
        int piece = 1 + random.nextInt(100);
        for (int at = 0; at < octets.length; at += piece) {
          splitter.accept(octets, at, Math.min(piece, octets.length - at));
        }
        splitter.finish();
      } catch (DecodeException expected) {
        assertThat(expected.offset()).isBetween(0L, (long) octets.length);
      } catch (RuntimeException | Error escaped) {
        throw new AssertionError(
            "seed " + SEED + ", round " + round + ": " + Octets.of(octets).hex(4000), escaped);
      }
    }
  }

  /** Every type of every module meets noise that begins with a tag it may take. */
  @Test
  void noiseEndsEveryTypeInDecodeExceptions() {
    Random random = new Random(SEED);
    for (String name : Catalog.typeNames()) {
      Codec<?> codec = Catalog.type(name).orElseThrow();
      for (int round = 0; round < 60; round++) {
        byte[] octets = noise(random, 1 + random.nextInt(60), 0);
        try {
          roundTrip(codec, octets);
        } catch (DecodeException expected) {
          assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException | Error escaped) {
          throw new AssertionError(name + ": " + Octets.of(octets).hex(4000), escaped);
        }
      }
    }
  }

  private static <T extends Object> void roundTrip(Codec<T> codec, byte[] octets)
      throws DecodeException {
    T value = codec.decodeChecked(Octets.of(octets), Limits.DEFAULT).value();
    Octets again = codec.encode(value);
    if (!codec.encode(codec.decode(again)).equals(again)) {
      throw new AssertionError("what was encoded reads as something else");
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] octets = sound.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(octets.length);
      switch (random.nextInt(6)) {
        case 0 -> octets[at] = (byte) random.nextInt(256);
        case 1 -> octets[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            octets[at] =
                new byte[] {0, -1, -128, 0x7F, 0x30, 0x31, (byte) 0x84, 0x24}[random.nextInt(8)];
        case 3 -> octets = java.util.Arrays.copyOf(octets, Math.max(1, at));
        case 4 -> octets = spliced(octets, at, random.nextInt(octets.length - at), random);
        default -> octets = doubled(octets, at, random);
      }
    }
    return octets;
  }

  private static byte[] spliced(byte[] octets, int at, int without, Random random) {
    byte[] result = new byte[Math.max(1, octets.length - without % 8)];
    System.arraycopy(octets, 0, result, 0, Math.min(at, result.length));
    int from = Math.min(octets.length, at + without % 8);
    int count = Math.min(octets.length - from, result.length - Math.min(at, result.length));
    System.arraycopy(octets, from, result, Math.min(at, result.length), count);
    result[random.nextInt(result.length)] ^= 1;
    return result;
  }

  /** Some octets twice. */
  private static byte[] doubled(byte[] octets, int at, Random random) {
    int count = random.nextInt(Math.min(64, octets.length - at)) + 1;
    byte[] result = new byte[octets.length + count];
    System.arraycopy(octets, 0, result, 0, at + count);
    System.arraycopy(octets, at, result, at + count, octets.length - at);
    return result;
  }

  private static byte[] noise(Random random, int length, int depth) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write(
        random.nextBoolean()
            ? new int[] {0x30, 0x31, 0xA0, 0xA1, 0x60, 0x61}[random.nextInt(6)]
            : random.nextInt(256));
    byte[] content = new byte[length];
    random.nextBytes(content);
    if (depth < 4 && random.nextInt(3) > 0) {
      content = noise(random, length / 2 + 1, depth + 1);
    }
    out.write(random.nextInt(20) == 0 ? random.nextInt(256) : content.length & 0x7F);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static Splitter.Sink nowhere() {
    return new Splitter.Sink() {
      @Override
      public void start(String path) {}

      @Override
      public void accept(byte[] octets, int at, int count) {}

      @Override
      public void end() {}
    };
  }

  private static Target target(Codec<?> codec, String... octets) {
    return new Target(Octets.ofHex(String.join("", octets)).toByteArray(), codec);
  }

  private static List<Target> targets() throws DecodeException {
    List<Target> targets = new java.util.ArrayList<>();
    for (Samples.Sample sample : Samples.ALL) {
      targets.add(new Target(sample.octets(), sample.codec()));
      if (sample.codec().decode(sample.octets())
          instanceof MTSAPDU.Message(Message(var envelope, var content))) {
        targets.add(new Target(content.toByteArray(), InformationObject.CODEC));
      } else if (sample.codec().decode(sample.octets()) instanceof MTSAPDU.Report(Report report)) {
        targets.add(
            new Target(
                java.util.Objects.requireNonNull(report.content().returnedContent()).toByteArray(),
                InformationObject.CODEC));
      }
    }
    // RTORQ with a bind argument, AARQ without user information, SignedData of no signers.
    targets.add(
        target(RTSEApdus.CODEC, "B0 12", "80013F", "820100", "A30A A008 A106 800450502D41"));
    targets.add(target(ACSEApdu.CODEC, "60 08", "A106 060456000106"));
    targets.add(
        target(
            ContentInfo.CODEC,
            "30 23 06092A864886F70D010702 A016 3014",
            "020101 3100 300B06092A864886F70D010701 3100"));
    return targets;
  }
}
