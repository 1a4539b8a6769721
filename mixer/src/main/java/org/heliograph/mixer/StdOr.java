package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;

/**
 * The text form of O/R addresses (RFC 2156 4.1): {@code /S=Linnimouth/O=Widget/ADMD=BTT/C=TC/}, the
 * most significant attribute on the right.
 */
public final class StdOr {
  /** The order of output, left to right. */
  private static final List<Type> ORDER =
      List.of(
          Type.UNFORMATTED_POSTAL_ADDRESS,
          Type.UNIQUE_POSTAL_NAME,
          Type.POSTE_RESTANTE,
          Type.PO_BOX,
          Type.STREET_ADDRESS,
          Type.LOCAL_POSTAL_ATTRIBUTES,
          Type.PD_EXTENSION_DELIVERY,
          Type.PD_EXTENSION_OR_COMPONENTS,
          Type.PD_PERSONAL_NAME,
          Type.PD_ORGANIZATION,
          Type.PD_OFFICE_NUMBER,
          Type.PD_OFFICE_NAME,
          Type.POSTAL_CODE,
          Type.PD_COUNTRY,
          Type.PDS_NAME,
          Type.EXTENDED_NETWORK_ADDRESS,
          Type.TERMINAL_TYPE,
          Type.TERMINAL_IDENTIFIER,
          Type.X121_ADDRESS,
          Type.NUMERIC_USER_IDENTIFIER,
          Type.DOMAIN_DEFINED,
          Type.COMMON_NAME,
          Type.GIVEN_NAME,
          Type.INITIALS,
          Type.SURNAME,
          Type.GENERATION_QUALIFIER,
          Type.OU4,
          Type.OU3,
          Type.OU2,
          Type.OU1,
          Type.ORGANIZATION,
          Type.PRMD,
          Type.ADMD,
          Type.COUNTRY);

  private static final Pattern DOMAIN_DEFINED_KEY =
      Pattern.compile("DDA?[1-4]?[.:](.+)", Pattern.CASE_INSENSITIVE);
  private static final List<Type> UNITS = List.of(Type.OU1, Type.OU2, Type.OU3, Type.OU4);
  private static final Map<String, Type> KEYS = new LinkedHashMap<>();

  static {
    for (Type type : Type.values()) {
      KEYS.put(key(type), type);
    }
    UNITS.forEach(unit -> KEYS.put(unit.label(), unit));
    KEYS.remove("OU");
    String[] aliases = {
      "A=ADMD",
      "P=PRMD",
      "Q=GQ",
      "X.121=X121",
      "N-ID=UA-ID",
      "PD-OFFICE NUMBER=PD-OFFICE-NUM",
      "PD-OFN=PD-OFFICE-NUM",
      "PD-EA=PD-EXT-ADDRESS",
      "PD-ED=PD-EXT-DELIVERY",
      "PD-OF=PD-OFFICE",
      "PD-S=PD-STREET",
      "PD-U=PD-UNIQUE",
      "PD-L=PD-LOCAL",
      "PD-R=PD-RESTANTE",
      "PD-B=PD-BOX",
      "PD-PC=PD-CODE",
      "PD-SN=PD-SERVICE",
      "E.164=NET-NUM",
      "PSAP=NET-NUM",
      "NET-PSAP=NET-NUM",
      "PD-A=PD-ADDRESS"
    };
    for (String alias : aliases) {
      int equals = alias.indexOf('=');
      KEYS.put(alias.substring(0, equals), KEYS.get(alias.substring(equals + 1)));
    }
  }

  private StdOr() {}

  private static String key(Type type) {
    return switch (type) {
      case OU1, OU2, OU3, OU4 -> "OU";
      case PDS_NAME -> "PD-SERVICE";
      case PD_OFFICE_NUMBER -> "PD-OFFICE-NUM";
      case EXTENDED_NETWORK_ADDRESS -> "NET-NUM";
      default -> type.label();
    };
  }

  /**
   * The text form of all attributes of {@code address}.
   *
   * @throws AddressMappingException if an attribute has no text form
   */
  public static String format(OrAddress address) throws AddressMappingException {
    if (!address.unknown().isEmpty()) {
      throw new AddressMappingException(
          "extension attribute " + address.unknown().getFirst().type() + " has no text form");
    }
    return format(address.attributes());
  }

  static String format(List<OrAttribute> attributes) throws AddressMappingException {
    StringBuilder out = new StringBuilder();
    for (Type type : ORDER) {
      List<OrAttribute> same = attributes.stream().filter(a -> a.type() == type).toList();
      if (type == Type.DOMAIN_DEFINED) {
        for (OrAttribute a : same.reversed()) {
          pair(out, quote(text(a.name(), a.form())), text(a.value(), a.form()), true);
        }
      } else if (!same.isEmpty()) {
        pair(out, key(type), forms(same), false);
      }
    }
    return out.isEmpty() ? "" : out.append('/').toString();
  }

  private static void pair(StringBuilder out, String key, String value, boolean domainDefined) {
    boolean gateway = domainDefined && key.equals("RFC-822");
    out.append('/').append(domainDefined && !gateway ? "DD." : "").append(key);
    out.append('=').append(quote(value));
  }

  /** RFC 2156 3.3.4: printable, or printable*teletex if they differ, or *teletex alone. */
  private static String forms(List<OrAttribute> same) throws AddressMappingException {
    String printable = "";
    String teletex = "";
    for (OrAttribute a : same) {
      if (a.form() == Form.PRINTABLE || a.form() == Form.NUMERIC) {
        printable = a.value().replace("\n", "|");
      } else if (a.form() == Form.TELETEX || teletex.isEmpty() && printable.isEmpty()) {
        teletex = text(a.value(), a.form());
      }
    }
    if (teletex.isEmpty() || teletex.equals(printable)) {
      return printable;
    }
    return printable.isEmpty() && PrintableText.isPrintable(teletex)
        ? teletex
        : printable + "*" + teletex;
  }

  private static String text(String value, Form form) throws AddressMappingException {
    if (form == Form.PRINTABLE || form == Form.NUMERIC) {
      return value;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (PrintableText.isPrintable(c)) {
        out.append(c);
      } else if (c < 256) {
        out.append(String.format(Locale.ROOT, "{%03d}", (int) c));
      } else {
        throw new AddressMappingException("an attribute holds a character outside of T.61");
      }
    }
    return out.toString().replace("}{", "");
  }

  private static String quote(String text) {
    return text.replace("/", "$/").replace("=", "$=");
  }

  /**
   * Reads the text form; separators are {@code /} and {@code ;}, keys in any case, aliases of F.401
   * included. Bounds are not checked.
   *
   * @throws AddressMappingException naming the key or character that is wrong
   */
  public static OrAddress parse(String text) throws AddressMappingException {
    List<OrAttribute> found = new ArrayList<>();
    List<List<OrAttribute>> units = new ArrayList<>();
    for (String pair : split(text)) {
      int equals = unquotedEquals(pair);
      if (equals <= 0) {
        throw new AddressMappingException("'" + pair + "' is not key=value (RFC 2156 4.1.3)");
      }
      String key = pair.substring(0, equals).strip();
      String value = unquote(pair.substring(equals + 1));
      if (key.equalsIgnoreCase("OU")) {
        units.addFirst(forms(Type.OU1, value));
      } else {
        attribute(key, value, found);
      }
    }
    if (found.isEmpty() && units.isEmpty()) {
      throw new AddressMappingException("no attribute in it");
    }
    if (units.size() > UNITS.size()) {
      throw new AddressMappingException("more than four organizational units");
    }
    for (int i = 0; i < units.size(); i++) {
      Type unit = UNITS.get(i);
      units.get(i).forEach(u -> found.add(new OrAttribute(unit, u.form(), "", u.value())));
    }
    boolean country = found.stream().anyMatch(a -> a.type() == Type.COUNTRY);
    if (country && found.stream().noneMatch(a -> a.type() == Type.ADMD)) {
      found.add(OrAttribute.of(Type.ADMD, " "));
    }
    return canonical(found);
  }

  /** Attributes in the order of the standard; domain-defined ones keep theirs. */
  static OrAddress canonical(List<OrAttribute> attributes) throws AddressMappingException {
    List<OrAttribute> sorted = new ArrayList<>(attributes);
    sorted.sort(Comparator.comparing(OrAttribute::type));
    for (int i = 1; i < sorted.size(); i++) {
      OrAttribute a = sorted.get(i);
      OrAttribute b = sorted.get(i - 1);
      if (a.type() != Type.DOMAIN_DEFINED && a.type() == b.type() && a.form() == b.form()) {
        throw new AddressMappingException("attribute " + a.type().label() + " stands twice");
      }
    }
    return new OrAddress(sorted);
  }

  private static void attribute(String key, String value, List<OrAttribute> found)
      throws AddressMappingException {
    String upper = key.toUpperCase(Locale.ROOT);
    if (upper.equals("RFC-822")) {
      found.addFirst(OrAttribute.domainDefined("RFC-822", value));
      return;
    }
    Matcher domainDefined = DOMAIN_DEFINED_KEY.matcher(key);
    if (domainDefined.matches()) {
      String name = unquote(domainDefined.group(1));
      boolean teletex = value.contains("{") || name.contains("{");
      found.addFirst(
          new OrAttribute(
              Type.DOMAIN_DEFINED,
              teletex ? Form.TELETEX : Form.PRINTABLE,
              teletex ? teletex(name) : name,
              teletex ? teletex(value) : value));
      return;
    }
    if (upper.equals("PN")) {
      found.addAll(
          EncodedPersonalName.parse(value)
              .orElseThrow(() -> new AddressMappingException("PN=" + value + " (RFC 2156 4.1.2)")));
      return;
    }
    if (upper.matches("PD-A[1-6]")) {
      line(value, found);
      return;
    }
    Type type = KEYS.get(upper);
    if (type == null || type == Type.DOMAIN_DEFINED) {
      throw new AddressMappingException("no such attribute: '" + key + "' (RFC 2156 4.1.1)");
    }
    found.addAll(forms(type, value));
  }

  private static void line(String value, List<OrAttribute> found) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).type() == Type.UNFORMATTED_POSTAL_ADDRESS) {
        String lines = found.get(i).value() + "\n" + value;
        found.set(i, OrAttribute.of(Type.UNFORMATTED_POSTAL_ADDRESS, lines));
        return;
      }
    }
    found.add(OrAttribute.of(Type.UNFORMATTED_POSTAL_ADDRESS, value));
  }

  private static List<OrAttribute> forms(Type type, String value) throws AddressMappingException {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean domain = type == Type.COUNTRY || type == Type.ADMD || type == Type.PRMD;
    boolean numeric =
        type == Type.X121_ADDRESS || type == Type.NUMERIC_USER_IDENTIFIER || domain && digits;
    int star = value.indexOf('*');
    if (star < 0 && !value.contains("{")) {
      String text = type == Type.UNFORMATTED_POSTAL_ADDRESS ? value.replace('|', '\n') : value;
      if (!PrintableText.isPrintable(text.replace("\n", ""))) {
        throw new AddressMappingException(
            "the value of " + type.label() + " is not of PrintableString");
      }
      return List.of(new OrAttribute(type, numeric ? Form.NUMERIC : Form.PRINTABLE, "", text));
    }
    List<OrAttribute> both = new ArrayList<>();
    if (star > 0) {
      both.add(OrAttribute.of(type, value.substring(0, star)));
    }
    both.add(new OrAttribute(type, Form.TELETEX, "", teletex(value.substring(star + 1))));
    return both;
  }

  private static String teletex(String text) throws AddressMappingException {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '{') {
        out.append(c);
        continue;
      }
      int close = text.indexOf('}', i);
      String digits = close < 0 ? "" : text.substring(i + 1, close);
      if (!digits.matches("([0-9]{3})+")) {
        throw new AddressMappingException("'{' without three digits and '}' (RFC 2156 3.3.4)");
      }
      for (int k = 0; k < digits.length(); k += 3) {
        int octet = Integer.parseInt(digits.substring(k, k + 3));
        if (octet > 255) {
          throw new AddressMappingException(octet + " is no octet (RFC 2156 3.3.4)");
        }
        out.append((char) octet);
      }
      i = close;
    }
    return out.toString();
  }

  private static List<String> split(String text) {
    List<String> pairs = new ArrayList<>();
    StringBuilder pair = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '$' && i + 1 < text.length()) {
        pair.append(c).append(text.charAt(++i));
      } else if (c == '/' || c == ';') {
        if (!pair.toString().isBlank()) {
          pairs.add(pair.toString());
        }
        pair.setLength(0);
      } else {
        pair.append(c);
      }
    }
    if (!pair.toString().isBlank()) {
      pairs.add(pair.toString());
    }
    return pairs;
  }

  private static int unquotedEquals(String pair) {
    for (int i = 0; i < pair.length(); i++) {
      if (pair.charAt(i) == '$') {
        i++;
      } else if (pair.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }

  private static String unquote(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '$' && i + 1 < text.length() ? text.charAt(++i) : c);
    }
    return out.toString();
  }
}
