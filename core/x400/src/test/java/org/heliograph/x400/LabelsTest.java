package org.heliograph.x400;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.DecodeException;
import org.heliograph.model.Bytes;
import org.heliograph.model.Label;
import org.heliograph.model.Oid;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Label SECRET =
      new Label(
          Optional.of(new Oid("1.3.26.1.3.1")),
          OptionalInt.of(4),
          Optional.of("NATO SECRET"),
          List.of(new Label.Category(new Oid("2.16.840.1.101.2.1.8.3.2"), Bytes.ofHex("3000"))));

  @Test
  void writesDerAndReadsItBack() throws Exception {
    String octets = Labels.encodeEss(SECRET).toString();

    assertThat(octets).startsWith("31").contains("020104", "06052b1a010301", "a1023000");
    assertThat(octets.indexOf("020104")).isLessThan(octets.indexOf("06052b1a010301"));
    assertThat(Labels.decodeEss(Labels.encodeEss(SECRET))).isEqualTo(SECRET);
    assertThat(Labels.decodeX411(Labels.encodeX411(SECRET))).isEqualTo(SECRET);
    assertThat(Labels.read(Labels.x411(SECRET))).isEqualTo(SECRET);
  }

  @Test
  void essNeedsAPolicyAndX411DoesNot() throws Exception {
    Label bare = new Label(Optional.empty(), OptionalInt.of(0), Optional.empty(), List.of());

    assertThat(Labels.encodeX411(bare)).isEqualTo(Bytes.ofHex("3103020100"));
    assertThat(Labels.decodeX411(Bytes.ofHex("3103020100"))).isEqualTo(bare);
    assertThatThrownBy(() -> Labels.encodeEss(bare))
        .hasMessageContaining("without security policy");
  }

  @Test
  void writesForeignLettersOfAPrivacyMarkWhereItCan() throws Exception {
    Label label =
        new Label(
            Optional.of(new Oid("1.2.3")), OptionalInt.empty(), Optional.of("SEKRÉT"), List.of());

    assertThat(Labels.decodeEss(Labels.encodeEss(label))).isEqualTo(label);
    assertThat(Labels.read(Labels.x411(label)).privacyMark()).contains("SEKR?T");
  }

  @Test
  void refusesAClassificationOutOfBounds() {
    assertThatThrownBy(() -> Labels.decodeX411(Bytes.ofHex("310402020101")))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("257");
  }
}
