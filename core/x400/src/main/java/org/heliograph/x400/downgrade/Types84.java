package org.heliograph.x400.downgrade;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.heliograph.model.EncodedInformationTypes;

/**
 * Encoded information types in the bits of 1984: those named by an object identifier are said as
 * undefined (0).
 */
final class Types84 {
  private static final int UNDEFINED = 0;
  private static final int IA5_TEXT = 2;

  private Types84() {}

  static EncodedInformationTypes down(EncodedInformationTypes in) {
    return in.extended().isEmpty() ? in : with(in, UNDEFINED);
  }

  /** What there is after body parts were enclosed in IA5 text. */
  static EncodedInformationTypes enclosed(EncodedInformationTypes in) {
    Set<Integer> bits = new TreeSet<>(in.builtIn());
    bits.remove(UNDEFINED);
    bits.add(IA5_TEXT);
    return new EncodedInformationTypes(bits, List.of());
  }

  private static EncodedInformationTypes with(EncodedInformationTypes in, int bit) {
    Set<Integer> bits = new TreeSet<>(in.builtIn());
    bits.add(bit);
    return new EncodedInformationTypes(bits, List.of());
  }
}
