package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
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

/** A stack without a socket and what its user would do. */
final class UnpluggedStack {
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  final Map<String, Integer> seen = new HashMap<>();
  final Stack stack;
  private final int apdu;
  private final Mode mode;
  private long left;
  long apduOctets;

  /** A responder, or an initiator of small APDUs. */
  UnpluggedStack() {
    this(500);
  }

  UnpluggedStack(int apdu) {
    this(apdu, Mode.NORMAL);
  }

  UnpluggedStack(int apdu, Mode mode) {
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
