package org.heliograph.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Addresses of either world as people write them into files: {@code anna@bravo.example}, or an O/R
 * address as {@link OrText} reads it; and attributes as patterns, whose values need not be legal
 * ones: blank, or with an asterisk at the end.
 */
public final class AddressText {
  private AddressText() {}

  /**
   * Reads an address; what begins with a slash, or has an equals sign and no at sign, is an O/R
   * address.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Address parse(String text) {
    boolean or = text.startsWith("/") || (text.indexOf('=') > 0 && text.indexOf('@') < 0);
    if (!or) {
      return Mailbox.parse(text);
    }
    OrAddress address = OrText.parse(text);
    if (address.attributes().isEmpty()) {
      throw new IllegalArgumentException("an O/R address without attributes");
    }
    return address;
  }

  /**
   * Reads patterns of attributes, {@code /PRMD=/X121=2342*} or with semicolons, in the order in
   * which they stand; the values as they are, {@code $} before a delimiter that belongs to one.
   *
   * @throws IllegalArgumentException naming the first that is none
   */
  public static List<OrAttribute> attributes(String text) {
    List<OrAttribute> read = new ArrayList<>();
    for (String part : text.split(text.startsWith("/") ? "(?<!\\$)/" : "(?<!\\$);")) {
      if (!part.isBlank()) {
        read.add(attribute(part, text));
      }
    }
    return read;
  }

  private static OrAttribute attribute(String part, String text) {
    int equals = part.indexOf('=');
    String key = equals < 1 ? "" : part.substring(0, equals).strip();
    String value =
        part.substring(equals + 1).replace("$/", "/").replace("$;", ";").replace("$=", "=");
    String label = key.toUpperCase(Locale.ROOT);
    if (label.startsWith("DD.") || label.startsWith("DDA:")) {
      return OrAttribute.domainDefined(key.substring(label.startsWith("DD.") ? 3 : 4), value);
    }
    return OrKeywords.type(label)
        .map(type -> OrAttribute.of(type, value))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not an attribute of an O/R address: '"
                        + Show.safe(part, 60)
                        + "' in '"
                        + Show.safe(text, 100)
                        + "'; expected such as /PRMD=BRAVO/ADMD= /C=XX/"));
  }
}
