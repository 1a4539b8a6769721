package org.heliograph.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {
  @Test
  void saysWhatAShaperDid() {
    assertThat(
            Sentence.of(
                "wrapped",
                Map.of(
                    "layers", "signed(enveloped(signed(1.3.26.0.4406.0.4.1)))",
                    "signature", "SHA-256 with EC",
                    "encryption", "AES-128-CBC",
                    "keys-for", "2",
                    "label", "secret",
                    "octets-in", "645",
                    "octets-out", "3747",
                    "ms", "12")))
        .contains(
            "wrapped signed(enveloped(signed(P772))): signatures SHA-256 with EC, content AES-128-CBC,"
                + " keys for 2, label secret, 645 to 3747 octets, 12 ms");
  }

  @Test
  void leavesOutWhatOnlyConcernsTheQueueAndNothingThatItDoesNotKnow() {
    assertThat(Sentence.of("made", Map.of())).isEmpty();
    assertThat(Sentence.of("accepted", Map.of("channel", "queue"))).isEmpty();
    assertThat(Sentence.of("surprise", Map.of("a", "b"))).contains("surprise {a=b}");
  }
}
