package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Decoded;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Octets of real sessions decode, and what is made of them again means the same. */
class WireTest {
  /** Definite lengths, no default values sent, components in the order of the standard. */
  private static final Set<String> IDENTICAL =
      Set.of(
          "88ndr-cp",
          "88ndr-cpa",
          "88ndr-finish",
          "88ndr-disconnect",
          "88ndr-back-cp",
          "88ndr-back-cpa",
          "bind-pings-1027-cp",
          "bind-pings-1027-cpr",
          "bind-pings-1028-cpr",
          "ping-cpa");

  static List<Samples.Sample> samples() {
    return Samples.ALL;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void decodesAndEncodesAgain(Samples.Sample sample) throws Exception {
    check(sample, sample.codec());
  }

  private static <T> void check(Samples.Sample sample, Codec<T> codec) throws Exception {
    Decoded<T> decoded = codec.decodeChecked(Octets.of(sample.octets()), Limits.DEFAULT);
    assertThat(decoded.violations()).isEmpty();

    byte[] again = codec.encodeToArray(decoded.value());
    if (IDENTICAL.contains(sample.name())) {
      assertThat(again).isEqualTo(sample.octets());
    }
    assertThat(Leaves.of(again)).containsExactlyInAnyOrderElementsOf(expected(sample));
    assertThat(codec.decode(again)).isEqualTo(decoded.value());

    // DER drops trailing zero bits of named bit lists, so only its own value is the same again.
    Octets der = codec.encodeDer(decoded.value());
    assertThat(codec.encodeDer(codec.decode(der))).isEqualTo(der);
  }

  /**
   * What was on the wire, without values that the standards make the default, and with the
   * extension types that PP tags EXPLICIT where the standard says IMPLICIT put right.
   */
  private static List<String> expected(Samples.Sample sample) {
    return Leaves.of(sample.octets()).stream()
        .filter(leaf -> !leaf.equals("/31/a1/82=00")) // dialogueMode monologue
        .filter(leaf -> !leaf.equals("/31/a1/81=03")) // windowSize 3
        .map(
            leaf ->
                sample.type().equals("USER-DATA") ? leaf : leaf.replace("/30/a0/02=", "/30/80="))
        .toList();
  }
}
