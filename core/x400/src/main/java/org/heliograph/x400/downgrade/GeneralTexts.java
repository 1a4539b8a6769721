package org.heliograph.x400.downgrade;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.GeneralTextParameters;

/**
 * General text (X.420 7.4.11) whose character sets are ASCII and the right half of one part of ISO
 * 8859, as plain octets of that part.
 */
final class GeneralTexts {
  private static final int ESCAPE = 0x1B;
  private static final int SHIFT_OUT = 0x0E;
  private static final int SHIFT_IN = 0x0F;

  /** Longer text is not looked at. */
  private static final int MOST = 1024 * 1024;

  /** ISO 2375 registration of a right half to the part of ISO 8859. */
  private static final Map<Long, Integer> PARTS =
      Map.of(100L, 1, 101L, 2, 109L, 3, 110L, 4, 144L, 5, 127L, 6, 126L, 7, 138L, 8, 148L, 9);

  /**
   * Text without its announcing escape sequences.
   *
   * @param part of ISO 8859; 0 for ASCII alone
   */
  record Plain(Octets octets, int part) {}

  private GeneralTexts() {}

  /** Empty for text in other sets, with escape sequences inside, or longer than 1 MiB. */
  static Optional<Plain> read(ExtendedBodyPart in) throws DecodeException {
    if (!(in.data().encoding() instanceof External.Encoding.SingleAsn1Type single)
        || single.value().octets().length() > MOST) {
      return Optional.empty();
    }
    TreeSet<Long> sets = new TreeSet<>();
    if (in.parameters() != null
        && in.parameters().encoding() instanceof External.Encoding.SingleAsn1Type p) {
      sets.addAll(p.value().as(GeneralTextParameters.CODEC));
    }
    // Controls, and the two numbers of ASCII.
    sets.remove(1L);
    sets.remove(6L);
    int part = sets.isEmpty() ? 0 : sets.size() == 1 ? PARTS.getOrDefault(sets.first(), -1) : -1;
    Octets text = single.value().as(Codecs.GENERAL_STRING).octets();
    byte[] all = text.toByteArray();
    int start = announcement(all);
    boolean high = false;
    for (int i = start; i < all.length; i++) {
      if (all[i] == ESCAPE || all[i] == SHIFT_OUT || all[i] == SHIFT_IN) {
        return Optional.empty();
      }
      high |= all[i] < 0;
    }
    if (part < 0 || part == 0 && high) {
      return Optional.empty();
    }
    return Optional.of(new Plain(text.slice(start, text.length() - start), high ? part : 0));
  }

  /** How many octets the escape sequences at the beginning take (ISO 2022). */
  private static int announcement(byte[] text) {
    int at = 0;
    while (at < text.length && text[at] == ESCAPE) {
      int end = at + 1;
      while (end < text.length && text[end] >= 0x20 && text[end] <= 0x2F) {
        end++;
      }
      at = Math.min(text.length, end + 1);
    }
    return at;
  }
}
