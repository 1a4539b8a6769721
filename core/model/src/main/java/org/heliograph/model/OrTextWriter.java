package org.heliograph.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;

/** Writes the text forms of O/R addresses; see {@link OrText}. */
final class OrTextWriter {
  private OrTextWriter() {}

  static String stdOr(List<OrAttribute> attributes) {
    StringBuilder out = new StringBuilder();
    for (Type type : OrKeywords.STD_OR) {
      List<OrAttribute> same = attributes.stream().filter(a -> a.type() == type).toList();
      if (type == Type.DOMAIN_DEFINED) {
        for (OrAttribute a : same.reversed()) {
          String name = octets(a.name(), a.form());
          String key = name.equals("RFC-822") ? name : "DD." + quote(name);
          out.append('/').append(key).append('=').append(quote(octets(a.value(), a.form())));
        }
      } else if (type == Type.EXTENDED_NETWORK_ADDRESS && !same.isEmpty()) {
        String[] parts = same.getFirst().value().split("\\.", 2);
        out.append("/NET-NUM=").append(parts[0]);
        out.append(parts.length > 1 ? "/NET-SUB=" + parts[1] : "");
      } else if (!same.isEmpty()) {
        out.append('/').append(OrKeywords.stdOr(type)).append('=').append(quote(stdOrForms(same)));
      }
    }
    return out.isEmpty() ? "" : out.append('/').toString();
  }

  /** RFC 2156 3.3.4: printable, or printable*teletex if they differ, or *teletex alone. */
  private static String stdOrForms(List<OrAttribute> same) {
    String printable = "";
    String teletex = "";
    for (OrAttribute a : same) {
      if (a.form() == Form.PRINTABLE || a.form() == Form.NUMERIC) {
        printable = a.value().replace("\n", "|");
      } else if (a.form() == Form.TELETEX || teletex.isEmpty() && printable.isEmpty()) {
        teletex = octets(a.value(), a.form());
      }
    }
    if (teletex.isEmpty() || teletex.equals(printable)) {
      return printable;
    }
    return printable.isEmpty() && PrintableText.isPrintable(teletex)
        ? teletex
        : printable + "*" + teletex;
  }

  private static String octets(String value, Form form) {
    if (form == Form.PRINTABLE || form == Form.NUMERIC) {
      return value;
    }
    String octets =
        form == Form.TELETEX
            ? value
            : TeletexText.encode(value)
                .map(t -> new String(t, StandardCharsets.ISO_8859_1))
                .orElseThrow(
                    () -> new OrTextException("an attribute holds a character outside of T.61"));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      out.append(PrintableText.isPrintable(c) ? String.valueOf(c) : number(c));
    }
    return out.toString().replace("}{", "");
  }

  private static String number(char octet) {
    return String.format(Locale.ROOT, "{%03d}", (int) octet);
  }

  private static String quote(String text) {
    return text.replace("/", "$/").replace("=", "$=");
  }

  static String labelled(OrAddress address) {
    StringBuilder out = new StringBuilder();
    for (Type type : Type.values()) {
      for (String[] pair : pairs(address, type, type.label(), "DD.")) {
        out.append('/').append(quoted(pair[0], "$/=")).append('=').append(quoted(pair[1], "$/=;"));
      }
    }
    address.unknown().forEach(u -> out.append("/EXT").append(u.type()).append('=').append(hex(u)));
    return out.append('/').toString();
  }

  static String semicolons(OrAddress address) {
    List<String> pairs = new ArrayList<>();
    for (Type type : OrKeywords.ANNEX_F) {
      for (String[] pair : pairs(address, type, OrKeywords.annexF(type), "DDA:")) {
        String value = type == Type.ADMD && pair[1].isBlank() ? "" : pair[1];
        pairs.add(
            pair[0].replace("=", "==").replace(";", ";;")
                + "="
                + quoted(value, value.indexOf('=') < 0 ? "$" : "$/").replace(";", ";;"));
      }
    }
    address.unknown().forEach(u -> pairs.add("EXT" + u.type() + "=" + hex(u)));
    return String.join("; ", pairs);
  }

  private static String hex(OrAddress.UnknownAttribute u) {
    return HexFormat.of().formatHex(u.value().toArray());
  }

  private static String quoted(String text, String which) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      out.append(which.indexOf(text.charAt(i)) >= 0 ? "$" : "").append(text.charAt(i));
    }
    return out.toString();
  }

  private static List<String[]> pairs(OrAddress address, Type type, String key, String dd) {
    List<OrAttribute> same = address.attributes().stream().filter(a -> a.type() == type).toList();
    if (same.isEmpty()) {
      return List.of();
    }
    if (type != Type.DOMAIN_DEFINED) {
      return List.<String[]>of(new String[] {key, allForms(same)});
    }
    List<String[]> pairs = new ArrayList<>();
    for (OrAttribute a : same.reversed()) {
      boolean teletex = a.form() == Form.TELETEX;
      pairs.add(
          new String[] {
            dd + (teletex ? readable(a.name()) : a.name()),
            teletex ? readable(a.value()) : a.value()
          });
    }
    return pairs;
  }

  /** {@code printable*teletex*universal}, ends that are not there left out. */
  private static String allForms(List<OrAttribute> same) {
    String printable = "";
    String teletex = "";
    Optional<String> universal = Optional.empty();
    for (OrAttribute a : same) {
      switch (a.form()) {
        case PRINTABLE, NUMERIC -> printable = a.value().replace("\n", "|");
        case TELETEX -> teletex = "*" + readable(a.value());
        case UNIVERSAL -> universal = Optional.of(a.value());
      }
    }
    if (universal.isEmpty()) {
      boolean plain =
          printable.isEmpty() && !teletex.isEmpty() && isBeyond(teletex.substring(1), true);
      return plain ? teletex.substring(1) : printable + teletex;
    }
    if (printable.isEmpty() && teletex.isEmpty() && isBeyond(universal.get(), false)) {
      return universal.get();
    }
    return printable + (teletex.isEmpty() ? "*" : teletex) + "*" + escaped(universal.get());
  }

  /** Whether the reader will take {@code text} without stars for teletex, or for universal. */
  private static boolean isBeyond(String text, boolean teletex) {
    return !PrintableText.isPrintable(text)
        && text.chars().noneMatch(c -> c < 0x20 || "*{}|".indexOf(c) >= 0)
        && TeletexText.encode(text).isPresent() == teletex;
  }

  private static String escaped(String universal) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < universal.length(); i++) {
      char c = universal.charAt(i);
      boolean plain = c >= 0x20 && c != '{' && c != '*';
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "{u%X}", (int) c));
    }
    return out.toString();
  }

  /** Characters where T.61 has them, octets as <code>{ddd}</code> where they do not come back. */
  private static String readable(String octets) {
    byte[] raw = octets.getBytes(StandardCharsets.ISO_8859_1);
    String text = TeletexText.decode(raw);
    boolean same =
        TeletexText.encode(text).map(t -> java.util.Arrays.equals(t, raw)).orElse(false)
            && text.chars().noneMatch(c -> c < 0x20 || "*{}|".indexOf(c) >= 0);
    return same ? text : octets(octets, Form.TELETEX);
  }
}
