package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.rtse.RtPrimitive;
import org.heliograph.osi.rtse.Terms;
import org.heliograph.osi.session.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Real sessions with octets changed, put into a stack of layers. The only way out is the one
 * protocol error. A failure prints the seed that repeats it.
 */
class FuzzTest {
  private static final int RUNS = 3000;

  /** A stack without a socket and what its user would do. */
  private static final class Side {
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final Map<String, Integer> seen = new HashMap<>();
    final Stack stack;
    private final int apdu;
    private final Mode mode;
    private long left;
    long apduOctets;

    /** A responder, or an initiator of small APDUs. */
    Side() {
      this(500);
    }

    Side(int apdu) {
      this(apdu, Mode.NORMAL);
    }

    Side(int apdu, Mode mode) {
      this.apdu = apdu;
      this.mode = mode;
      stack =
          new Stack(
              this::indicated,
              octets -> {
                byte[] copy = new byte[octets.remaining()];
                octets.get(copy);
                sent.writeBytes(copy);
              },
              Selectors.NONE,
              Selectors.NONE,
              0,
              new Checkpointing(63, 3),
              mode.x410(),
              false);
    }

    void open() throws Exception {
      open(63);
    }

    void open(int checkpoint) throws Exception {
      stack
          .rtse()
          .fromAbove(
              new RtPrimitive.Open(
                  Address.NONE,
                  Address.NONE,
                  Reference.NONE,
                  new Terms(checkpoint, 3, false, mode.applicationProtocol()),
                  Optional.empty(),
                  Collecting.ARGUMENT));
    }

    private void indicated(RtPrimitive what) throws ProtocolError {
      seen.merge(what.getClass().getSimpleName(), 1, Integer::sum);
      try {
        switch (what) {
          case RtPrimitive.Open open ->
              stack.rtse().fromAbove(new RtPrimitive.Accept(Collecting.RESULT));
          case RtPrimitive.Resume resume -> stack.rtse().fromAbove(new RtPrimitive.Unrecognized());
          case RtPrimitive.Piece piece -> apduOctets += piece.octets().remaining();
          case RtPrimitive.Checkpoint point -> stack.rtse().fromAbove(point);
          case RtPrimitive.End end -> stack.rtse().fromAbove(new RtPrimitive.EndConfirm());
          case RtPrimitive.Close close -> stack.rtse().fromAbove(new RtPrimitive.CloseConfirm());
          case RtPrimitive.Accept accept -> {
            stack.rtse().fromAbove(new RtPrimitive.Begin(Octets.ofHex("020101"), apdu));
            left = apdu;
            send();
          }
          case RtPrimitive.Secured secured -> send();
          case RtPrimitive.EndConfirm end -> stack.rtse().fromAbove(new RtPrimitive.Close());
          case RtPrimitive.NotTaken exception -> {
            if (stack.rtse().owed() == 0) {
              stack.rtse().fromAbove(new RtPrimitive.Discard(true));
            }
          }
          default -> {
            // Nothing follows.
          }
        }
      } catch (IOException | InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private void send() throws ProtocolError, IOException, InterruptedException {
      while (left > 0 && stack.rtse().room() > 0) {
        int n = (int) Math.min(left, stack.rtse().room());
        left -= n;
        stack.rtse().fromAbove(new RtPrimitive.Piece(ByteBuffer.allocate(n)));
      }
    }

    /** Feeds octets in pieces; returns the error they raised, if any. */
    @Nullable ProtocolError feed(byte[] octets, Random random) throws Exception {
      try {
        int at = 0;
        while (at < octets.length) {
          int n =
              Math.min(
                  octets.length - at,
                  random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 1 + random.nextInt(700));
          stack.fromWire(ByteBuffer.wrap(octets.clone(), at, n));
          at += n;
        }
        return null;
      } catch (ProtocolError expected) {
        stack.abortFor(expected);
        assertThat(expected.offset()).isNotNegative();
        return expected;
      }
    }
  }

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
      Side side = new Side();
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
      Side side = new Side(500, mode(base));
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
      Side side = new Side();
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
        Side side = new Side();
        assertThat(side.feed(octets, new Random(seed))).isNull();
        assertThat(side.seen).containsEntry("End", 1).containsEntry("Close", 1);
      }
    }
  }

  /** What our own initiator says when it sends 8 KiB with checkpoints of 1 KiB. */
  private static byte[] checkpointed() throws Exception {
    Side initiator = new Side(8 * 1024);
    Side responder = new Side();
    initiator.open(1);
    exchange(initiator, responder);
    assertThat(responder.seen).containsEntry("Checkpoint", 8).containsEntry("Close", 1);
    return initiator.sent.toByteArray();
  }

  private static void exchange(Side a, Side b) throws Exception {
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
