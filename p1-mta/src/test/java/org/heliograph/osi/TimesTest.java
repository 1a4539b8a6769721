package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that say too little: nothing at all, nothing more of a transfer, or too slowly. */
@Timeout(60)
class TimesTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);

  /** AB, X.225 8.3.9. */
  private static final byte ABORT = 25;

  private final Wire wire = new Wire();
  private final Collecting responder = new Collecting();
  private final Recording recording = Recording.of("88std 1");

  @AfterEach
  void close() {
    wire.close();
  }

  private Raw listening(Times times) throws Exception {
    InetSocketAddress at =
        wire.listen(
                new ListenerSettings(
                    "osi", new InetSocketAddress(Wire.loopback(), 0), 10, 10, Optional.empty()),
                new Acceptor(new AcceptorSettings(Checkpointing.DEFAULT, 0, times), responder))
            .address();
    return Raw.connect(at);
  }

  /** Up to the activity start. */
  private void bind(Raw raw) throws Exception {
    raw.send(recording.sent(true).get(0));
    raw.tpdu();
    raw.send(recording.sent(true).get(1));
    raw.tsdu();
  }

  private byte[] apdu() {
    return recording.sent(true).get(3);
  }

  @Test
  void anAssociationThatIsNotSetUpIsDropped() throws Exception {
    try (Raw raw = listening(new Times(SHORT, LONG, LONG, LONG, 0))) {
      raw.send(recording.sent(true).get(0));
      raw.tpdu();
      assertThat(raw.ended()).isTrue();
    }
    assertThat(responder.opened).isEmpty();
  }

  @Test
  void anAssociationWithoutTransferIsAbortedWhenIdle() throws Exception {
    try (Raw raw = listening(new Times(LONG, LONG, SHORT, LONG, 0))) {
      bind(raw);
      assertThat(raw.tsdu()[0]).isEqualTo(ABORT);
    }
    assertThat(Collecting.next(responder.ended)).contains("nothing from the peer for");
  }

  @Test
  void aTransferOfWhichNothingMoreComesIsAborted() throws Exception {
    try (Raw raw = listening(new Times(LONG, SHORT, LONG, LONG, 0))) {
      bind(raw);
      raw.send(recording.sent(true).get(2));
      raw.send(Arrays.copyOf(apdu(), 40));
      assertThat(raw.tsdu()[0]).isEqualTo(ABORT);
    }
    assertThat(Collecting.next(responder.ended)).contains("nothing from the peer for");
    assertThat(responder.apdus).isEmpty();
  }

  /** It never rests as long as the time of inactivity, and would go on for a quarter of an hour. */
  @Test
  void aTransferBelowTheLeastRateIsAborted() throws Exception {
    try (Raw raw = listening(new Times(LONG, Duration.ofSeconds(1), LONG, LONG, 1000))) {
      bind(raw);
      raw.send(recording.sent(true).get(2));
      Thread.ofVirtual().start(() -> trickle(raw));
      assertThat(raw.tsdu()[0]).isEqualTo(ABORT);
    }
    assertThat(Collecting.next(responder.ended)).isEqualTo("slower than 1000 octets per second");
    assertThat(responder.apdus).isEmpty();
  }

  private void trickle(Raw raw) {
    try {
      for (byte octet : apdu()) {
        raw.send(new byte[] {octet});
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    } catch (java.io.IOException cut) {
      // That is what is tested.
    }
  }

  /** At the least rate a transfer may take as long as it likes. */
  @Test
  void aTransferThatIsFastEnoughIsTaken() throws Exception {
    try (Raw raw = listening(new Times(LONG, SHORT, LONG, LONG, 1))) {
      bind(raw);
      List<byte[]> sent = recording.sent(true);
      raw.send(sent.get(2));
      byte[] apdu = apdu();
      for (int at = 0; at < apdu.length; at += 100) {
        raw.send(Arrays.copyOfRange(apdu, at, Math.min(at + 100, apdu.length)));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
      }
      if (sent.size() > 6) {
        raw.send(sent.get(4));
      }
      assertThat(responder.apdu()).isNotEmpty();
    }
  }
}
