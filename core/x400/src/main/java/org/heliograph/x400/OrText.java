package org.heliograph.x400;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;

/**
 * The text of an O/R address in a report's original recipient: {@code /KEY=value/} with {@code $}
 * before a slash or an equals sign, most significant attribute last (RFC 2156 4.1.3). One form of
 * each attribute; the gateway has the whole of that chapter.
 */
final class OrText {
  private OrText() {}

  static String format(OrAddress address) {
    StringBuilder out = new StringBuilder();
    for (Type type : List.of(Type.values()).reversed()) {
      for (OrAttribute a : address.attributes()) {
        boolean otherForm =
            address.attributes().stream()
                .anyMatch(
                    b ->
                        b.type() == type
                            && b.name().equals(a.name())
                            && b.form().compareTo(a.form()) < 0);
        if (a.type() == type && !otherForm) {
          out.append('/')
              .append(type == Type.DOMAIN_DEFINED ? "DD." + quote(a.name()) : type.label());
          out.append('=').append(quote(a.value()));
        }
      }
    }
    return out.append('/').toString();
  }

  /** Empty if it is no such text. */
  static Optional<OrAddress> parse(String text) {
    List<OrAttribute> found = new ArrayList<>();
    for (String pair : text.split("(?<!\\$)/")) {
      if (pair.isBlank()) {
        continue;
      }
      String[] parts = pair.split("(?<!\\$)=", 2);
      Optional<OrAttribute> attribute =
          parts.length < 2 ? Optional.empty() : attribute(plain(parts[0]), plain(parts[1]));
      if (attribute.isEmpty()) {
        return Optional.empty();
      }
      found.add(attribute.get());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(new OrAddress(found));
  }

  private static Optional<OrAttribute> attribute(String key, String value) {
    if (key.toUpperCase(Locale.ROOT).startsWith("DD.")) {
      return Optional.of(OrAttribute.domainDefined(key.substring(3), value));
    }
    for (Type type : Type.values()) {
      if (type.label().equalsIgnoreCase(key)) {
        boolean printable = value.chars().allMatch(c -> c < 0x80);
        return Optional.of(
            new OrAttribute(type, printable ? Form.PRINTABLE : Form.TELETEX, "", value));
      }
    }
    return Optional.empty();
  }

  private static String quote(String text) {
    return text.replace("/", "$/").replace("=", "$=");
  }

  private static String plain(String text) {
    return text.replace("$/", "/").replace("$=", "=");
  }
}
