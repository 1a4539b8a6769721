package org.heliograph.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.heliograph.model.OrAttribute.Type;

/**
 * O/R addresses as text: the one place where they are read and written.
 *
 * <ul>
 *   <li><i>std-or</i> (RFC 2156 4.1.3): {@code /G=Anna/S=Smith/O=HQ/PRMD=MOD/ADMD= /C=GB/}, the
 *       most significant attribute last, {@code $} before a slash or an equals sign, teletex as
 *       {@code printable*teletex} with octets as <code>{252}</code>;
 *   <li>the <i>semicolon</i> form (X.402 annex F.3.2, RFC 1685): {@code G=Anna; S=Smith; O=HQ;
 *       P=MOD; A=; C=GB};
 *   <li>the <i>labelled</i> form of configuration: like std-or, the most significant attribute
 *       first, every attribute by a label of its own. It says everything: after a second {@code *}
 *       the universal form, characters beyond ASCII as they are, attributes that this switch does
 *       not understand as {@code EXT42=hex}.
 * </ul>
 *
 * <p>What is read may be any of the three, with labels of all of them in any order and case.
 * Presentation addresses (RFC 1278) and directory names have no text here.
 */
public final class OrText {
  private OrText() {}

  /**
   * Reads an address that people wrote. A value beyond PrintableString becomes the teletex form, or
   * the universal one where T.61 lacks a character. A country without ADMD means an ADMD of one
   * space (X.402 annex F.4).
   *
   * @throws OrTextException naming the attribute and the rule: syntax, alphabets, bounds
   */
  public static OrAddress parse(String text) {
    OrAddress address = parsePrefix(text);
    boolean country = address.value(Type.COUNTRY).isPresent();
    if (country && address.value(Type.ADMD).isEmpty()) {
      List<OrAttribute> more = new ArrayList<>(address.attributes());
      more.add(OrAttribute.of(Type.ADMD, " "));
      return new OrAddress(canonical(more), address.unknown(), address.directoryName());
    }
    return address;
  }

  /**
   * Reads some attributes, such as the beginning of an address that a route is for. Nothing is
   * added. {@code /} alone has no attributes.
   *
   * @throws OrTextException naming the attribute and the rule
   */
  public static OrAddress parsePrefix(String text) {
    OrAddress address = new OrTextReader(false).read(text);
    OrBounds.problem(address).ifPresent(OrText::refuse);
    address.attributes().stream()
        .flatMap(a -> OrBounds.alphabet(a).stream())
        .findFirst()
        .ifPresent(OrText::refuse);
    return address;
  }

  /**
   * Reads a whole address in the syntax of RFC 2156 4.1.3 (std-or-address-input), which takes
   * PrintableString and <code>{ddd}</code> only. Bounds are not checked.
   *
   * @throws OrTextException naming the attribute and the rule
   */
  public static OrAddress parseStdOr(String text) {
    OrAddress address = new OrTextReader(true).read(text);
    if (address.attributes().isEmpty()) {
      throw new OrTextException("no attribute in it (RFC 2156 4.1.3)");
    }
    if (address.value(Type.COUNTRY).isPresent() && address.value(Type.ADMD).isEmpty()) {
      List<OrAttribute> more = new ArrayList<>(address.attributes());
      more.add(OrAttribute.of(Type.ADMD, " "));
      return new OrAddress(canonical(more));
    }
    return address;
  }

  /** The labelled form; every address has one. */
  public static String labelled(OrAddress address) {
    return OrTextWriter.labelled(address);
  }

  /** The form with semicolons (X.402 annex F); every address has one. */
  public static String semicolons(OrAddress address) {
    return OrTextWriter.semicolons(address);
  }

  /**
   * The std-or form.
   *
   * @throws OrTextException if an attribute has no such form: an unknown one, or a universal one
   *     alone with characters beyond T.61
   */
  public static String stdOr(OrAddress address) {
    if (!address.unknown().isEmpty()) {
      throw new OrTextException(
          "extension attribute "
              + address.unknown().getFirst().type()
              + " has no std-or form (RFC 2156"
              + " 4.1.1)");
    }
    return OrTextWriter.stdOr(address.attributes());
  }

  /** The std-or form of attributes alone; empty if there are none. */
  public static String stdOr(List<OrAttribute> attributes) {
    return OrTextWriter.stdOr(attributes);
  }

  /**
   * Attributes in the order of the standard; domain-defined ones keep theirs.
   *
   * @throws OrTextException if one stands twice
   */
  public static List<OrAttribute> canonical(List<OrAttribute> attributes) {
    List<OrAttribute> sorted = new ArrayList<>(attributes);
    sorted.sort(Comparator.comparing(OrAttribute::type).thenComparingInt(OrText::formOrder));
    for (int i = 1; i < sorted.size(); i++) {
      OrAttribute a = sorted.get(i);
      OrAttribute b = sorted.get(i - 1);
      if (a.type() != Type.DOMAIN_DEFINED && a.type() == b.type() && formOrder(a) == formOrder(b)) {
        throw new OrTextException(a.type().label() + " stands twice (X.402 18.3)");
      }
    }
    return sorted;
  }

  private static int formOrder(OrAttribute a) {
    return a.type() == Type.DOMAIN_DEFINED || a.form() == OrAttribute.Form.NUMERIC
        ? 0
        : a.form().ordinal();
  }

  private static void refuse(String problem) {
    throw new OrTextException(problem);
  }
}
