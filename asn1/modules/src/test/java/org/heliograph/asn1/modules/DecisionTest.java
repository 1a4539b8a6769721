package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.directory.AlgorithmIdentifier;
import org.heliograph.asn1.x411.ContentType;
import org.heliograph.asn1.x411.ExtensionType;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.MessageTransferEnvelope;
import org.junit.jupiter.api.Test;

/**
 * The octets of the decision for a generator of our own (docs/adr/0002): what other runtimes do not
 * decode.
 */
class DecisionTest {
  private static final Octets APDU =
      Octets.ofHex(
          "A0 81B1" // MTS-APDU, message
              + "31 81AA" // envelope
              + "64 16 6310 61041302 4742 62031301 20 1303 505041 1602 4D31" // message-identifier
              + "60 1B 3019 61041302 4742 62031301 20 A2051303 505041 A5058003 6D6178" // originator-name
              + "06 0B 2A864886F70D0109100106" // content-type
              + "69 28 3026 6310 61041302 4742 62031301 20 1303 505041" // trace-information
              + "3112 800D 3236313132333132313832315A 8201 00"
              + "A3 14 3012 8001 11 A20D 300B 0609 608648016503040102" // extension 17
              + "A2 26 3124 601B 3019 61041302 4742 62031301 20 A2051303 505041 A5058003 726578" // recipient
              + "8001 01 8102 0090"
              + "04 02 6869"); // content

  @Test
  void decodesAndLeavesUnchanged() throws Exception {
    var decoded = MTSAPDU.CODEC.decodeChecked(APDU, Limits.DEFAULT);

    assertThat(decoded.violations()).isEmpty();
    MessageTransferEnvelope envelope = ((MTSAPDU.Message) decoded.value()).value().envelope();
    assertThat(envelope.messageIdentifier().localIdentifier()).hasToString("M1");
    assertThat(envelope.contentType())
        .isEqualTo(new ContentType.Extended(ObjectIdentifier.of("1.2.840.113549.1.9.16.1.6")));
    var extension = envelope.extensions().getFirst();
    assertThat(extension.type()).isEqualTo(new ExtensionType.StandardExtension(17L));
    AlgorithmIdentifier algorithm =
        Objects.requireNonNull(extension.value()).as(AlgorithmIdentifier.CODEC);
    assertThat(algorithm.algorithm()).hasToString("2.16.840.1.101.3.4.1.2");
    assertThat(MTSAPDU.CODEC.encode(decoded.value())).isEqualTo(APDU);
  }
}
