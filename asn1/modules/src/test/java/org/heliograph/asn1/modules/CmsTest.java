package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.catalog.Catalog;
import org.heliograph.asn1.cms.ContentInfo;
import org.heliograph.asn1.show.Show;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outline of CMS on the examples of RFC 4134. */
class CmsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.1", "3.2", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.10", "4.11", "5.1", "5.2",
        "6.0", "7.1", "7.2"
      })
  void decodesAndEncodesAgain(String name) throws Exception {
    byte[] octets = example(name);
    ContentInfo info = ContentInfo.CODEC.decode(octets);
    var entry = Catalog.CONTENTS.find(info.contentType());
    // Digested (6.0) and encrypted data (7) are not in the outline and stay octets.
    if (entry.isPresent()) {
      inner(entry.get().codec(), Objects.requireNonNull(info.content()).octets());
    } else {
      assertThat(name).matches("[67].*");
    }
    assertThat(ContentInfo.CODEC.decode(ContentInfo.CODEC.encode(info))).isEqualTo(info);
    assertThat(new Show().show(Octets.of(octets))).doesNotContain("stopped at", " ! ");
  }

  private static <T extends Object> void inner(Codec<T> codec, Octets octets)
      throws DecodeException {
    var decoded = codec.decodeChecked(octets, Limits.DEFAULT);
    assertThat(decoded.violations()).isEmpty();
    assertThat(Leaves.of(codec.encode(decoded.value()).toByteArray()))
        .isEqualTo(Leaves.of(octets.toByteArray()));
  }

  @Test
  void namesTheLayers() throws Exception {
    assertThat(new Show().show(Octets.of(example("4.2"))))
        .contains(
            "contentType OBJECT IDENTIFIER  1.2.840.113549.1.7.2 (id-signedData)",
            "(id-signedData) SEQUENCE",
            "eContent [0]",
            "\"This is some sample content.\"");
    assertThat(new Show().show(Octets.of(example("5.1"))))
        .contains("(id-envelopedData) SEQUENCE", "ktri SEQUENCE", "encryptedContent [0]");
  }

  private static byte[] example(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CmsTest.class.getResourceAsStream("/rfc4134/" + name + ".bin"))) {
      return in.readAllBytes();
    }
  }
}
