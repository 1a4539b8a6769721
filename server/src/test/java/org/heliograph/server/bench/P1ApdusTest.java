package org.heliograph.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.model.Precedence;
import org.heliograph.osi.ApduSource;
import org.junit.jupiter.api.Test;

class P1ApdusTest {
  private static byte[] octets(ApduSource source) throws Exception {
    try (InputStream in = source.open()) {
      return in.readAllBytes();
    }
  }

  @Test
  void apdusAreWhatTheCodecMakesOfThem() throws Exception {
    ApduSource source = new P1Apdus(Precedence.FLASH, 2048).message(4711);
    byte[] octets = octets(source);
    assertThat(source.length()).isEqualTo(octets.length);
    MTSAPDU apdu = MTSAPDU.CODEC.decode(Octets.of(octets));
    assertThat(((MTSAPDU.Message) apdu).value().content().length()).isEqualTo(2048);
    assertThat(MTSAPDU.CODEC.encode(apdu).toByteArray()).isEqualTo(octets);
    assertThat(P1Apdus.number(octets, octets.length)).isEqualTo(4711);
  }

  @Test
  void noTwoAreTheSame() throws Exception {
    P1Apdus apdus = new P1Apdus(Precedence.ROUTINE, 10);
    assertThat(octets(apdus.message(1))).isNotEqualTo(octets(apdus.message(2)));
  }

  @Test
  void contentOfAGibibyteTakesNoMemory() {
    assertThat(new P1Apdus(Precedence.ROUTINE, 1L << 30).message(0).length())
        .isGreaterThan(1L << 30);
  }
}
