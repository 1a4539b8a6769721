package org.heliograph.x400;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.ess.ESSPrivacyMark;
import org.heliograph.asn1.ess.ESSSecurityLabel;
import org.heliograph.asn1.x411.SecurityCategory;
import org.heliograph.asn1.x411.SecurityLabel;
import org.heliograph.model.Bytes;
import org.heliograph.model.Label;
import org.heliograph.model.Oid;
import org.jspecify.annotations.Nullable;

/**
 * Security labels: the model's against X.411 SecurityLabel (8.5.9) and ESSSecurityLabel (RFC 2634
 * section 3.2).
 *
 * <p>X.411 has no character set for a privacy mark but PrintableString: other characters become
 * question marks there, since the mark decides nothing. ESS writes such a mark in UTF-8.
 */
public final class Labels {
  private static final int MOST_PRIVACY_MARK = 128;

  private Labels() {}

  /**
   * Reads an X.411 label.
   *
   * @throws DecodeException if the classification or the number of categories is out of bounds
   */
  public static Label read(SecurityLabel label) throws DecodeException {
    List<Label.Category> categories = new ArrayList<>();
    if (label.securityCategories() != null) {
      label.securityCategories().forEach(c -> categories.add(category(c.type(), c.value())));
    }
    return label(
        Optional.ofNullable(label.securityPolicyIdentifier()).map(Raw::oid),
        label.securityClassification(),
        Optional.ofNullable(label.privacyMark()).map(Raw::characters),
        categories);
  }

  /**
   * Reads an ESS label.
   *
   * @throws DecodeException if the classification or the number of categories is out of bounds
   */
  public static Label read(ESSSecurityLabel label) throws DecodeException {
    List<Label.Category> categories = new ArrayList<>();
    if (label.securityCategories() != null) {
      label.securityCategories().forEach(c -> categories.add(category(c.type(), c.value())));
    }
    return label(
        Optional.of(Raw.oid(label.securityPolicyIdentifier())),
        label.securityClassification(),
        Optional.ofNullable(label.privacyMark()).map(m -> Raw.characters((Text) m.value())),
        categories);
  }

  /** Reads the BER octets of an ESSSecurityLabel. */
  public static Label decodeEss(Bytes octets) throws DecodeException {
    return read(ESSSecurityLabel.CODEC.decode(Raw.octets(octets)));
  }

  /** Reads the BER octets of an X.411 SecurityLabel. */
  public static Label decodeX411(Bytes octets) throws DecodeException {
    return read(SecurityLabel.CODEC.decode(Raw.octets(octets)));
  }

  /** The X.411 label. */
  public static SecurityLabel x411(Label label) {
    return new SecurityLabel(
        label.policy().map(Raw::oid).orElse(null),
        classification(label),
        label.privacyMark().map(Labels::printable).orElse(null),
        label.categories().isEmpty()
            ? null
            : label.categories().stream()
                .map(c -> new SecurityCategory(Raw.oid(c.type()), Raw.any(c.value())))
                .toList());
  }

  /**
   * The ESS label.
   *
   * @throws IllegalArgumentException if the label names no policy, which ESS demands
   */
  public static ESSSecurityLabel ess(Label label) {
    Oid policy =
        label
            .policy()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a label without security policy has no ESS form (RFC 2634 3.2)"));
    return new ESSSecurityLabel(
        Raw.oid(policy),
        classification(label),
        label.privacyMark().map(Labels::mark).orElse(null),
        label.categories().isEmpty()
            ? null
            : label.categories().stream()
                .map(
                    c ->
                        new org.heliograph.asn1.ess.SecurityCategory(
                            Raw.oid(c.type()), Raw.any(c.value())))
                .toList());
  }

  /** DER octets of the X.411 label. */
  public static Bytes encodeX411(Label label) {
    return Raw.bytes(SecurityLabel.CODEC.encodeDer(x411(label)));
  }

  /**
   * DER octets of the ESS label.
   *
   * @throws IllegalArgumentException if the label names no policy
   */
  public static Bytes encodeEss(Label label) {
    return Raw.bytes(ESSSecurityLabel.CODEC.encodeDer(ess(label)));
  }

  private static Label.Category category(
      org.heliograph.asn1.ObjectIdentifier type, org.heliograph.asn1.Any value) {
    return new Label.Category(Raw.oid(type), Raw.bytes(value.octets()));
  }

  private static Label label(
      Optional<Oid> policy,
      @Nullable Long classification,
      Optional<String> mark,
      List<Label.Category> categories)
      throws DecodeException {
    try {
      return new Label(
          policy,
          classification == null
              ? OptionalInt.empty()
              : OptionalInt.of(Math.toIntExact(classification)),
          mark,
          categories);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DecodeException(0, "security label: " + e.getMessage());
    }
  }

  private static @Nullable Long classification(Label label) {
    return label.classification().isPresent()
        ? (Long) (long) label.classification().getAsInt()
        : null;
  }

  private static ESSPrivacyMark mark(String text) {
    boolean printable =
        text.length() <= MOST_PRIVACY_MARK && text.chars().allMatch(Labels::isPrintable);
    return printable
        ? new ESSPrivacyMark.PString(Raw.printable(text))
        : new ESSPrivacyMark.Utf8String(Text.utf8(text));
  }

  private static Text printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(MOST_PRIVACY_MARK)
        .forEach(c -> out.append(isPrintable(c) ? (char) c : '?'));
    return Raw.printable(out.toString());
  }

  private static boolean isPrintable(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || " '()+,-./:=?".indexOf(c) >= 0;
  }
}
