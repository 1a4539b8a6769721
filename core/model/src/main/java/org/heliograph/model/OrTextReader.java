package org.heliograph.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.model.OrAddress.UnknownAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;

/** Reads the text forms of O/R addresses; see {@link OrText}. */
final class OrTextReader {
  private static final int MAX_TEXT = 8192;
  private static final Pattern PREFACE =
      Pattern.compile("\\s*X\\.?400:\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern DOMAIN_DEFINED =
      Pattern.compile("DDA?[1-4]?[.:](.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern EXTENSION = Pattern.compile("EXT([0-9]{1,5})");

  private final boolean strict;
  private final List<OrAttribute> found = new ArrayList<>();
  private final List<List<OrAttribute>> units = new ArrayList<>();
  private final List<UnknownAttribute> unknown = new ArrayList<>();

  /**
   * @param strict only what RFC 2156 says
   */
  OrTextReader(boolean strict) {
    this.strict = strict;
  }

  OrAddress read(String text) {
    if (text.length() > MAX_TEXT) {
      throw new OrTextException("an O/R address of " + text.length() + " characters");
    }
    Matcher preface = PREFACE.matcher(text);
    String body = preface.lookingAt() && !strict ? text.substring(preface.end()) : text;
    boolean slashes = body.startsWith("/");
    for (String pair : pairs(body, slashes)) {
      pair(pair, slashes);
    }
    if (units.size() > OrKeywords.UNITS.size()) {
      throw new OrTextException(
          "OU stands "
              + units.size()
              + " times; at most 4 (X.411 annex B, ub-organizational-units)");
    }
    for (int i = 0; i < units.size(); i++) {
      Type unit = OrKeywords.UNITS.get(i);
      units.get(i).forEach(u -> found.add(new OrAttribute(unit, u.form(), "", u.value())));
    }
    return new OrAddress(OrText.canonical(found), unknown, Optional.empty());
  }

  /** Splits at delimiters; a pair of delimiters is one in the value (X.402 annex F.3.2.1). */
  private List<String> pairs(String text, boolean slashes) {
    List<String> pairs = new ArrayList<>();
    StringBuilder pair = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean more = i + 1 < text.length();
      boolean delimiter = c == ';' || c == '/' && (slashes || startsPair(text, i + 1));
      if (c == '$' && more) {
        pair.append(c).append(text.charAt(++i));
      } else if (delimiter && more && text.charAt(i + 1) == c && !pair.isEmpty() && !strict) {
        pair.append('$').append(text.charAt(++i));
      } else if (delimiter) {
        add(pairs, pair);
      } else {
        pair.append(c);
      }
    }
    add(pairs, pair);
    return pairs;
  }

  /** A slash is also a delimiter between semicolons if a known label follows (RFC 2156 4.1.3). */
  private static boolean startsPair(String text, int at) {
    int equals = text.indexOf('=', at);
    if (equals < 0) {
      return false;
    }
    String key = text.substring(at, equals).strip();
    return key.equalsIgnoreCase("OU")
        || OrKeywords.type(key).isPresent()
        || DOMAIN_DEFINED.matcher(key).matches();
  }

  private static void add(List<String> pairs, StringBuilder pair) {
    if (!pair.toString().isBlank()) {
      pairs.add(pair.toString());
    }
    pair.setLength(0);
  }

  private void pair(String pair, boolean slashes) {
    int equals = equals(pair);
    if (equals <= 0) {
      throw new OrTextException(
          "'"
              + Show.safe(pair, 60)
              + "' is not LABEL=value; expected such as"
              + (slashes ? " /PRMD=BRAVO/ADMD= /C=XX/" : " S=Smith; P=BRAVO; A=; C=XX")
              + " (RFC 2156 4.1.3, X.402 annex F)");
    }
    String key = unquote(pair.substring(0, equals).replace("==", "$=")).strip();
    String value = unquote(pair.substring(equals + 1));
    attribute(key, slashes ? value : value.strip());
  }

  private static int equals(String pair) {
    for (int i = 0; i < pair.length(); i++) {
      if (pair.charAt(i) == '$') {
        i++;
      } else if (pair.startsWith("==", i)
          && DOMAIN_DEFINED.matcher(pair.substring(0, i)).matches()) {
        i++; // an equals sign in the type of a domain-defined attribute (X.402 annex F.3.2.3)
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

  private void attribute(String key, String value) {
    String upper = key.toUpperCase(Locale.ROOT);
    Matcher domainDefined = DOMAIN_DEFINED.matcher(key);
    Matcher extension = EXTENSION.matcher(upper);
    if (upper.equals("RFC-822")) {
      found.addFirst(OrAttribute.domainDefined("RFC-822", value));
    } else if (upper.equals("OU")) {
      units.addFirst(forms(Type.OU1, value));
    } else if (domainDefined.matches()) {
      domainDefined(domainDefined.group(1), value);
    } else if (upper.equals("PN")) {
      found.addAll(
          EncodedPersonalName.parse(value)
              .orElseThrow(
                  () ->
                      new OrTextException(
                          "PN is '"
                              + Show.safe(value, 60)
                              + "'; expected Given.I.Surname (RFC 2156 4.1.2)")));
    } else if (upper.matches("PD-A[1-6]")) {
      line(value);
    } else if (upper.equals("NET-SUB")) {
      subAddress(value);
    } else if (extension.matches() && !strict) {
      extension(Integer.parseInt(extension.group(1)), key, value);
    } else {
      Type type = OrKeywords.type(key).orElseThrow(() -> new OrTextException(unknown(key)));
      found.addAll(forms(type, type == Type.ADMD && value.isEmpty() ? " " : value));
    }
  }

  private static String unknown(String key) {
    String what = "'" + Show.safe(key, 60) + "' is no attribute of an O/R address";
    if (key.equalsIgnoreCase("PSAP") || key.equalsIgnoreCase("NET-PSAP")) {
      return what + " that is read here: presentation addresses (RFC 1278) have no text form";
    }
    return what
        + "; expected C, A, P, O, OU1 to OU4, CN, S, G, I, Q, N-ID, X.121, DDA:type or another of RFC"
        + " 2156 4.1.1 and X.402 annex F";
  }

  private void extension(int number, String key, String hex) {
    try {
      unknown.add(new UnknownAttribute(number, Bytes.of(HexFormat.of().parseHex(hex))));
    } catch (IllegalArgumentException e) {
      throw new OrTextException(key + " is not hexadecimal octets: " + e.getMessage());
    }
  }

  /** Key and value have the same form (RFC 2156 4.1.3). */
  private void domainDefined(String name, String value) {
    if (strict || isPlain(name) && isPlain(value)) {
      boolean teletex = value.contains("{") || name.contains("{");
      found.addFirst(
          new OrAttribute(
              Type.DOMAIN_DEFINED,
              teletex ? Form.TELETEX : Form.PRINTABLE,
              teletex ? octets(Type.DOMAIN_DEFINED, name) : name,
              teletex ? octets(Type.DOMAIN_DEFINED, value) : value));
      return;
    }
    Optional<byte[]> key = TeletexText.encode(name);
    Optional<byte[]> text = TeletexText.encode(value);
    boolean teletex = key.isPresent() && text.isPresent();
    found.addFirst(
        new OrAttribute(
            Type.DOMAIN_DEFINED,
            teletex ? Form.TELETEX : Form.UNIVERSAL,
            teletex ? latin(key.orElseThrow()) : name,
            teletex ? latin(text.orElseThrow()) : value));
  }

  private static boolean isPlain(String text) {
    return PrintableText.isPrintable(text.replaceAll("[{}]", ""));
  }

  private void line(String value) {
    extend(Type.UNFORMATTED_POSTAL_ADDRESS, "\n", value);
  }

  private void subAddress(String value) {
    if (!extend(Type.EXTENDED_NETWORK_ADDRESS, ".", value)) {
      throw new OrTextException("NET-SUB before NET-NUM (RFC 2156 4.1.1)");
    }
  }

  private boolean extend(Type type, String between, String value) {
    for (int i = 0; i < found.size(); i++) {
      OrAttribute a = found.get(i);
      if (a.type() == type) {
        found.set(i, new OrAttribute(type, a.form(), "", a.value() + between + value));
        return true;
      }
    }
    if (type == Type.EXTENDED_NETWORK_ADDRESS) {
      return false;
    }
    found.add(OrAttribute.of(type, value));
    return true;
  }

  /**
   * RFC 2156 3.3.4: {@code printable}, {@code printable*teletex}; ours: a third part, universal.
   */
  private List<OrAttribute> forms(Type type, String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean either =
        switch (type) {
          case COUNTRY, ADMD, PRMD, PD_COUNTRY, POSTAL_CODE -> digits;
          case X121_ADDRESS, NUMERIC_USER_IDENTIFIER, EXTENDED_NETWORK_ADDRESS -> true;
          default -> false;
        };
    boolean lines = type == Type.UNFORMATTED_POSTAL_ADDRESS;
    int star = value.indexOf('*');
    String text = lines && star < 0 ? value.replace('|', '\n') : value;
    if (PrintableText.isPrintable(text.replace("\n", ""))) {
      return List.of(new OrAttribute(type, either ? Form.NUMERIC : Form.PRINTABLE, "", text));
    }
    if (!OrKeywords.hasForms(type)) {
      throw new OrTextException(
          type.label()
              + " is '"
              + Show.safe(value, 40)
              + "'; it may hold letters, digits, space and"
              + " '()+,-./:=? only (PrintableString, X.402 18.3)");
    }
    if (star < 0) {
      return List.of(beyond(type, text));
    }
    List<OrAttribute> all = new ArrayList<>();
    int second = strict ? -1 : text.indexOf('*', star + 1);
    if (star > 0) {
      String plain = text.substring(0, star);
      all.add(OrAttribute.of(type, printable(type, lines ? plain.replace('|', '\n') : plain)));
    }
    String teletex = text.substring(star + 1, second < 0 ? text.length() : second);
    if (!teletex.isEmpty() || second < 0) {
      all.add(new OrAttribute(type, Form.TELETEX, "", octets(type, teletex)));
    }
    if (second >= 0) {
      all.add(
          new OrAttribute(type, Form.UNIVERSAL, "", characters(type, text.substring(second + 1))));
    }
    return all;
  }

  private static String printable(Type type, String text) {
    if (!PrintableText.isPrintable(text.replace("\n", ""))) {
      throw new OrTextException(
          type.label() + ": what stands before '*' is not of PrintableString (RFC 2156 3.3.4)");
    }
    return text;
  }

  /** A value without a star that is not printable. */
  private OrAttribute beyond(Type type, String text) {
    if (strict || text.contains("{")) {
      if (strict && !isPlain(text)) {
        throw new OrTextException("the value of " + type.label() + " is not of PrintableString");
      }
      return new OrAttribute(type, Form.TELETEX, "", octets(type, text));
    }
    return TeletexText.encode(text)
        .map(t -> new OrAttribute(type, Form.TELETEX, "", latin(t)))
        .orElseGet(() -> new OrAttribute(type, Form.UNIVERSAL, "", text));
  }

  /** Octets of T.61, one character each; <code>{ddd}</code> are octets (RFC 2156 3.3.4). */
  private String octets(Type type, String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        int close = text.indexOf('}', i);
        String digits = close < 0 ? "" : text.substring(i + 1, close);
        if (!digits.matches("([0-9]{3})+")) {
          throw new OrTextException(
              type.label() + ": '{' without three digits and '}' (RFC 2156 3.3.4)");
        }
        for (int k = 0; k < digits.length(); k += 3) {
          int octet = Integer.parseInt(digits.substring(k, k + 3));
          if (octet > 255) {
            throw new OrTextException(
                type.label() + ": " + octet + " is no octet (RFC 2156 3.3.4)");
          }
          out.append((char) octet);
        }
        i = close;
      } else if (c < 0x80) {
        out.append(c);
      } else {
        String one = String.valueOf(c);
        out.append(
            latin(
                TeletexText.encode(one)
                    .orElseThrow(
                        () ->
                            new OrTextException(
                                type.label()
                                    + ": T.61 has no character "
                                    + Show.safe(one, 8)
                                    + "; write it as the universal form, behind a second '*'"))));
      }
    }
    return out.toString();
  }

  /** The universal form; <code>{u2A}</code> is a character by its number. */
  private static String characters(Type type, String text) {
    StringBuilder out = new StringBuilder();
    Matcher escape = Pattern.compile("\\{u([0-9A-Fa-f]{1,6})\\}").matcher(text);
    while (escape.find()) {
      int point = Integer.parseInt(escape.group(1), 16);
      if (!Character.isValidCodePoint(point)) {
        throw new OrTextException(type.label() + ": {u" + escape.group(1) + "} is no character");
      }
      escape.appendReplacement(out, Matcher.quoteReplacement(Character.toString(point)));
    }
    return escape.appendTail(out).toString();
  }

  private static String latin(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
