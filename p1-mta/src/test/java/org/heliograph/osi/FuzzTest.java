package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.heliograph.osi.layer.ProtocolError;
import org.junit.jupiter.api.Test;

/**
 * Real sessions with octets changed, put into a stack of layers. The only way out is the one
 * protocol error. A failure prints the seed that repeats it.
 */
class FuzzTest {
  private static final int RUNS = 3000;

  private static byte[] all(List<byte[]> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    packets.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static Mode mode(Recording recording) {
    String cn = new String(recording.sent(true).get(1), StandardCharsets.ISO_8859_1);
    return cn.endsWith("\u0084\u0001\u000c")
        ? Mode.X410_12
        : cn.endsWith("\u0084\u0001\u0001") ? Mode.X410_1 : Mode.NORMAL;
  }

  private static byte[] mutated(byte[] octets, Random random) {
    List<Byte> list = new ArrayList<>(octets.length);
    for (byte b : octets) {
      list.add(b);
    }
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !list.isEmpty(); i++) {
      int at = random.nextInt(list.size());
      switch (random.nextInt(6)) {
        case 0 -> list.set(at, (byte) random.nextInt(256));
        case 1 -> list.set(at, (byte) (list.get(at) ^ 1 << random.nextInt(8)));
        case 2 -> list.remove(at);
        case 3 -> list.add(at, (byte) random.nextInt(256));
        case 4 -> list.set(at, new byte[] {0, -1, -128, 0x7F, 1, (byte) 0x84}[random.nextInt(6)]);
        default -> {
          int n = Math.min(list.size() - at, 1 + random.nextInt(40));
          list.addAll(at, new ArrayList<>(list.subList(at, at + n)));
        }
      }
    }
    byte[] result = new byte[list.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = list.get(i);
    }
    return result;
  }

  @Test
  void responderSurvivesChangedInitiators() throws Exception {
    List<byte[]> bases = new ArrayList<>();
    Recording.all().forEach(r -> bases.add(all(r.sent(true))));
    bases.add(checkpointed());
    Map<String, Integer> outcomes = new HashMap<>();
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      byte[] octets = mutated(bases.get(random.nextInt(bases.size())), random);
      UnpluggedStack side = new UnpluggedStack();
      try {
        ProtocolError error = side.feed(octets, random);
        outcomes.merge(error == null ? "none" : error.in().name(), 1, Integer::sum);
      } catch (RuntimeException escape) {
        fail("responder, seed " + seed, escape);
      }
      assertThat(side.sent.size()).as("octets sent, seed " + seed).isLessThan(4096);
      assertThat(side.apduOctets).isLessThanOrEqualTo(octets.length);
    }
    // The changes really reach every layer.
    assertThat(outcomes.keySet())
        .contains("none", "TPKT", "TRANSPORT", "SESSION", "PRESENTATION", "ACSE", "RTSE");
  }

  @Test
  void initiatorSurvivesChangedResponders() throws Exception {
    List<Recording> bases = Recording.all();
    Map<String, Integer> outcomes = new HashMap<>();
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      Recording base = bases.get(random.nextInt(bases.size()));
      UnpluggedStack side = new UnpluggedStack(500, mode(base));
      side.open();
      byte[] cr = side.sent.toByteArray();
      byte[] octets = all(base.sent(false));
      octets[6] = cr[8];
      octets[7] = cr[9];
      octets = mutated(octets, random);
      try {
        ProtocolError error = side.feed(octets, random);
        outcomes.merge(error == null ? "none" : error.in().name(), 1, Integer::sum);
      } catch (RuntimeException escape) {
        fail("initiator, seed " + seed, escape);
      }
      assertThat(side.sent.size()).as("octets sent, seed " + seed).isLessThan(4096);
    }
    assertThat(outcomes.keySet())
        .contains("none", "TPKT", "TRANSPORT", "SESSION", "PRESENTATION", "ACSE");
  }

  @Test
  void randomOctetsAreRefused() throws Exception {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      byte[] octets = new byte[random.nextInt(300)];
      random.nextBytes(octets);
      if (octets.length > 6 && seed % 2 == 0) {
        octets[0] = 3;
        octets[2] = 0;
        octets[5] = (byte) new int[] {0xE0, 0xD0, 0xF0, 0x80, 0x70}[random.nextInt(5)];
      }
      UnpluggedStack side = new UnpluggedStack();
      try {
        side.feed(octets, random);
      } catch (RuntimeException escape) {
        fail("random octets, seed " + seed, escape);
      }
      assertThat(side.seen).isEmpty();
    }
  }

  @Test
  void unchangedSessionsGoThroughInAnyPieces() throws Exception {
    for (Recording recording : Recording.all()) {
      byte[] octets = all(recording.sent(true));
      if (octets.length < 600) {
        continue; // a bind without a transfer
      }
      for (int seed = 0; seed < 50; seed++) {
        UnpluggedStack side = new UnpluggedStack();
        assertThat(side.feed(octets, new Random(seed))).isNull();
        assertThat(side.seen).containsEntry("End", 1).containsEntry("Close", 1);
      }
    }
  }

  /** What our own initiator says when it sends 8 KiB with checkpoints of 1 KiB. */
  private static byte[] checkpointed() throws Exception {
    UnpluggedStack initiator = new UnpluggedStack(8 * 1024);
    UnpluggedStack responder = new UnpluggedStack();
    initiator.open(1);
    exchange(initiator, responder);
    assertThat(responder.seen).containsEntry("Checkpoint", 8).containsEntry("Close", 1);
    return initiator.sent.toByteArray();
  }

  private static void exchange(UnpluggedStack a, UnpluggedStack b) throws Exception {
    int fromA = 0;
    int fromB = 0;
    while (fromA < a.sent.size() || fromB < b.sent.size()) {
      byte[] toB = a.sent.toByteArray();
      b.stack.fromWire(ByteBuffer.wrap(toB, fromA, toB.length - fromA));
      fromA = toB.length;
      byte[] toA = b.sent.toByteArray();
      a.stack.fromWire(ByteBuffer.wrap(toA, fromB, toA.length - fromB));
      fromB = toA.length;
    }
  }
}
