package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;

/**
 * The whole stack below P1, transport to RTSE, fed with what a peer might say. The only way out is
 * the one protocol error; what the stack answers stays small. As tests these replay the corpora
 * beside them; under {@code ./heliograph test --long} Jazzer looks for more.
 */
class StackFuzzTest {
  private static final int MOST_ANSWERED = 8 * 1024;

  /** All that an initiator says, from its CR on. */
  @FuzzTest(maxDuration = "10m")
  void responder(byte[] input) throws Exception {
    UnpluggedStack stack = new UnpluggedStack();
    stack.feed(input, new Random(input.length));
    assertThat(stack.sent.size()).isLessThan(MOST_ANSWERED);
    assertThat(stack.apduOctets).isLessThanOrEqualTo(input.length);
  }

  /** All that a responder answers, in the mode that the first octet chooses. */
  @FuzzTest(maxDuration = "10m")
  void initiator(byte[] input) throws Exception {
    if (input.length < 10) {
      return;
    }
    Mode mode = Mode.values()[(input[0] & 0xFF) % Mode.values().length];
    UnpluggedStack stack = new UnpluggedStack(500, mode);
    stack.open();
    byte[] answers = java.util.Arrays.copyOfRange(input, 1, input.length);
    // The CC names our reference, which nobody who has not seen the CR can know.
    byte[] cr = stack.sent.toByteArray();
    answers[6] = cr[8];
    answers[7] = cr[9];
    stack.feed(answers, new Random(input.length));
    assertThat(stack.sent.size()).isLessThan(MOST_ANSWERED);
  }
}
