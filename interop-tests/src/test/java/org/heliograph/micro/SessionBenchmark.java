package org.heliograph.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.session.SActivity;
import org.heliograph.osi.session.SPrimitive;
import org.heliograph.osi.session.Session;
import org.heliograph.osi.transport.TPrimitive;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A transfer of 2 kB as X.225 sees it, between two session entities: activity start, data, activity
 * end and its confirmation; and one of 1 MiB with a checkpoint every 64 KiB.
 */
@State(Scope.Benchmark)
public class SessionBenchmark {
  private static final Octets ACTIVITY = Octets.ofHex("020101");
  private static final Octets USER = Octets.ofHex("31020500");
  private static final int SMALL = 2 * 1024;
  private static final int LARGE = 1 << 20;
  private static final int CHECKPOINT = 64 * 1024;

  private final Deque<TPrimitive> toSender = new ArrayDeque<>();
  private final Deque<TPrimitive> toReceiver = new ArrayDeque<>();
  private final byte[] data = new byte[CHECKPOINT];
  private final Session sender =
      new Session(this::atSender, copy(toReceiver), Octets.utf8("a"), Octets.utf8("b"), false);
  private final Session receiver =
      new Session(this::atReceiver, copy(toSender), Octets.empty(), Octets.empty(), false);
  private long received;
  private long confirmed;

  private static org.heliograph.osi.layer.Sink<TPrimitive> copy(Deque<TPrimitive> to) {
    return what -> {
      if (what instanceof TPrimitive.TData(ByteBuffer octets, boolean last)) {
        to.add(
            new TPrimitive.TData(ByteBuffer.allocate(octets.remaining()).put(octets).flip(), last));
      } else {
        to.add(what);
      }
    };
  }

  private void atSender(SPrimitive what) {
    if (what instanceof SActivity.EndConfirm || what instanceof SActivity.SyncMinorConfirm) {
      confirmed++;
    }
  }

  private void atReceiver(SPrimitive what) throws ProtocolError, IOException, InterruptedException {
    switch (what) {
      case SPrimitive.SConnect wanted -> receiver.fromAbove(new SPrimitive.SAccept(USER));
      case SPrimitive.SData(ByteBuffer octets, boolean last) -> received += octets.remaining();
      case SActivity.SyncMinor point ->
          receiver.fromAbove(new SActivity.SyncMinorConfirm(point.serial()));
      case SActivity.End end -> receiver.fromAbove(new SActivity.EndConfirm());
      default -> {
        // The start of an activity asks for nothing.
      }
    }
  }

  private void exchange() throws ProtocolError, IOException, InterruptedException {
    while (!toReceiver.isEmpty() || !toSender.isEmpty()) {
      while (!toReceiver.isEmpty()) {
        receiver.fromBelow(toReceiver.remove());
      }
      while (!toSender.isEmpty()) {
        sender.fromBelow(toSender.remove());
      }
    }
  }

  @Setup
  public void connect() throws ProtocolError, IOException, InterruptedException {
    sender.fromAbove(new SPrimitive.SConnect(Octets.empty(), Octets.empty(), Reference.NONE, USER));
    exchange();
  }

  private long transfer(int octets) throws ProtocolError, IOException, InterruptedException {
    received = 0;
    long before = confirmed;
    sender.fromAbove(new SActivity.Start(ACTIVITY));
    for (int at = 0; at < octets; at += CHECKPOINT) {
      int n = Math.min(CHECKPOINT, octets - at);
      sender.fromAbove(new SPrimitive.SData(ByteBuffer.wrap(data, 0, n), true));
      if (at + n < octets) {
        sender.fromAbove(new SActivity.SyncMinor(0, true));
      }
      exchange();
    }
    sender.fromAbove(new SActivity.End(0));
    exchange();
    if (received != octets || confirmed == before) {
      throw new IllegalStateException(received + " of " + octets + " octets arrived");
    }
    return received;
  }

  @Benchmark
  public long transferOf2kB() throws ProtocolError, IOException, InterruptedException {
    return transfer(SMALL);
  }

  @Benchmark
  public long transferOf1MiB() throws ProtocolError, IOException, InterruptedException {
    return transfer(LARGE);
  }
}
