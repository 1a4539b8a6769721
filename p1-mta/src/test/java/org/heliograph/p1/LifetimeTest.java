package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An association is kept for the next message, but not for ever. */
@Timeout(60)
class LifetimeTest {
  @Test
  void anOldAssociationIsReleasedAfterItsTransfer() throws Exception {
    try (Pair pair = new Pair(Pair.anywhere(), InstantSource.system())) {
      P1Outbound keeping = pair.outbound(pair.toBravo());
      pair.transfers(keeping, "one");
      pair.transfers(keeping, "two");
      assertThat(keeping.associations()).isEqualTo(1);
      assertThat(pair.bravo().associations()).isEqualTo(1);

      P1Outbound ending =
          pair.outbound(
              pair.toBravo().withLimits(PeerLimits.DEFAULT.withLifetime(Duration.ofNanos(1))));
      pair.transfers(ending, "three");
      assertThat(ending.associations()).isZero();
      await().untilAsserted(() -> assertThat(pair.bravo().associations()).isEqualTo(1));
    }
  }
}
