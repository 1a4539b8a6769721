package org.heliograph.osi;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.rtse.AbortCause;
import org.heliograph.osi.rtse.ConnectionName;
import org.heliograph.osi.rtse.RtPrimitive;
import org.jspecify.annotations.Nullable;

/** One APDU on its way to the peer. */
final class Transfer {
  private static final int PIECE = 64 * 1024;

  /**
   * How much of an RTTR is still sent to a peer that has refused the APDU; beyond it the connection
   * is closed.
   */
  private static final long WORTH_FINISHING = 1 << 20;

  private static final Duration FOREVER = Duration.ofDays(365);

  private final long begun = System.nanoTime();
  private final Association association;
  private final Driver driver;
  private final Octets activity;
  private final long length;
  private final TransferObserver observer;
  private final byte[] chunk = new byte[PIECE];
  private Optional<TransferPoint> safe = Optional.empty();
  private boolean resuming;

  /** Whether the activity end is out. */
  private boolean ending;

  private boolean taken;
  private @Nullable RtPrimitive last;
  private RtPrimitive.@Nullable NotTaken exception;

  Transfer(
      Association association,
      Driver driver,
      Octets activity,
      long length,
      TransferObserver observer) {
    this.association = association;
    this.driver = driver;
    this.activity = activity;
    this.length = length;
    this.observer = observer;
  }

  /** What RTSE says while this is under way. */
  void indicated(RtPrimitive indication) {
    switch (indication) {
      case RtPrimitive.Secured secured -> {
        safe =
            association
                .connectionName()
                .map(
                    name ->
                        new TransferPoint(
                            name,
                            activity,
                            secured.serial(),
                            secured.octets(),
                            association.mode(),
                            association.checkpointing()));
        if (safe.isPresent()) {
          observer.secured(safe.get());
        } else {
          observer.secured(secured.octets());
        }
      }
      case RtPrimitive.NotTaken said -> exception = said;
      case RtPrimitive.AlreadyTaken already -> {
        exception = new RtPrimitive.NotTaken(false, "the peer has it already");
        taken = true;
      }
      default -> last = indication;
    }
  }

  /** From the first octet. */
  TransferResult begin(ApduSource apdu) throws IOException, InterruptedException {
    try (InputStream octets = apdu.open()) {
      return finish(new RtPrimitive.Begin(activity, length), octets, length);
    }
  }

  /** Behind a checkpoint. */
  TransferResult resume(ApduSource apdu, TransferPoint from)
      throws IOException, InterruptedException {
    resuming = true;
    long behind = driver.stack().rtse().behind(from.serial(), length);
    boolean here = association.connectionName().equals(Optional.of(from.connection()));
    safe = Optional.of(from);
    try (InputStream octets = apdu.open(behind)) {
      return finish(
          new RtPrimitive.Resume(
              activity,
              from.activity(),
              here ? Optional.empty() : Optional.of(new ConnectionName(from.connection())),
              from.serial(),
              length),
          octets,
          length - behind);
    }
  }

  private TransferResult finish(RtPrimitive first, InputStream octets, long left)
      throws IOException, InterruptedException {
    try {
      return send(first, octets, left);
    } catch (Driver.Lost lost) {
      if (resuming && driver.cause() == AbortCause.TRANSFER_COMPLETED) {
        return new TransferResult.Confirmed();
      }
      if (resuming && driver.cause() == AbortCause.UNRECOGNIZED_ACTIVITY) {
        return new TransferResult.NotKnown(driver.why());
      }
      return new TransferResult.Broken(ending, driver.why());
    }
  }

  private TransferResult send(RtPrimitive first, InputStream octets, long all)
      throws IOException, InterruptedException, Driver.Lost {
    long left = all;
    driver.order(first);
    while (left > 0) {
      long owed = driver.stack().rtse().owed();
      if (owed == 0 && exception != null) {
        return discard();
      }
      boolean late = late();
      if (late && (owed == 0 || owed > WORTH_FINISHING)) {
        return giveUpLate(owed);
      }
      if (owed == 0 && observer.yieldWanted(left)) {
        return safe.isPresent() ? interrupt() : discard();
      }
      RtPrimitive.NotTaken said = exception;
      if (said != null && owed > WORTH_FINISHING) {
        association.abort();
        return refused(said);
      }
      long room = said != null || late ? owed : driver.stack().rtse().room();
      if (room == 0) {
        driver.await(untilLate());
        continue;
      }
      int n = (int) Math.min(Math.min(room, left), PIECE);
      read(octets, n);
      piece(n);
      left -= n;
      driver.poll();
    }
    while (!(last instanceof RtPrimitive.EndConfirm)) {
      if (exception != null) {
        return discard();
      }
      if (late()) {
        association.abort();
        return new TransferResult.Broken(true, "no confirmation of its end" + tooLong());
      }
      driver.await(untilLate());
    }
    return new TransferResult.Confirmed();
  }

  private boolean late() {
    return observer.limit().isPresent() && untilLate().isZero();
  }

  private Duration untilLate() {
    Duration limit = observer.limit().orElse(FOREVER);
    Duration left = limit.minusNanos(System.nanoTime() - begun);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private String tooLong() {
    return " within " + observer.limit().orElse(FOREVER).toSeconds() + " s";
  }

  private TransferResult giveUpLate(long owed) throws InterruptedException, Driver.Lost {
    String text = "not transferred" + tooLong();
    if (owed > 0) {
      association.abort();
    } else if (safe.isPresent()) {
      interrupt();
    } else {
      discard();
    }
    return new TransferResult.TooSlow(text);
  }

  private void piece(int n) throws InterruptedException, Driver.Lost {
    try {
      driver.order(new RtPrimitive.Piece(ByteBuffer.wrap(chunk, 0, n)));
    } finally {
      ending |= driver.stack().rtse().ending();
    }
  }

  private void read(InputStream octets, int n)
      throws IOException, InterruptedException, Driver.Lost {
    int have;
    try {
      have = octets.readNBytes(chunk, 0, n);
    } catch (IOException unreadable) {
      giveUp();
      throw unreadable;
    }
    if (have < n) {
      giveUp();
      throw new EOFException("the APDU is shorter than its source said");
    }
  }

  /**
   * The source failed: discards if the protocol is at a point where that can be said, else aborts.
   */
  private void giveUp() throws InterruptedException, Driver.Lost {
    if (driver.stack().rtse().owed() > 0) {
      association.abort();
    } else {
      discard();
    }
  }

  private TransferResult discard() throws InterruptedException, Driver.Lost {
    RtPrimitive.NotTaken said = exception;
    driver.order(new RtPrimitive.Discard(true));
    while (!(last instanceof RtPrimitive.Discarded)) {
      driver.await();
    }
    return taken
        ? new TransferResult.Confirmed()
        : said == null ? new TransferResult.Yielded() : refused(said);
  }

  private static TransferResult refused(RtPrimitive.NotTaken said) {
    return new TransferResult.Refused(said.temporary(), said.text());
  }

  private TransferResult interrupt() throws InterruptedException, Driver.Lost {
    driver.order(new RtPrimitive.Interrupt());
    while (!(last instanceof RtPrimitive.Interrupted)) {
      driver.await();
    }
    return new TransferResult.Yielded(safe);
  }
}
