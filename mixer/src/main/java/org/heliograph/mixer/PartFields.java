package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.mixer.RFC822FieldList;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.HeaderField;

/**
 * Header fields in RFC822FieldList (RFC 2156 5.1.2): each unfolded in one IA5String, no space
 * before the colon.
 *
 * <p>A field whose mapped form does not say all of it is carried beside that under its name with
 * {@value #EXACT} before it; the way back takes it in place of what the mapped form gives, if it
 * maps to the same. What belongs to the body part with number n has {@code Part-n-} behind that
 * prefix. Other gateways see fields that they do not know, and nothing stands twice.
 */
final class PartFields {
  static final String EXACT = "X-MIXER-";
  private static final String OTHER = "X-Other-";
  private static final int MOST = 2000;

  private PartFields() {}

  /** The text in a list for a field as it came. */
  static String line(HeaderField field) {
    return line(field.name(), field.body());
  }

  /** Whether other gateways would believe a field of that name. */
  private static boolean kept(String name) {
    return name.equalsIgnoreCase(KeptHeading.FIELD)
        || name.equalsIgnoreCase(KeptNotification.FIELD);
  }

  static String line(String name, String body) {
    boolean field = name.matches("[!-9;-~]{1,200}");
    boolean ours = name.regionMatches(true, 0, EXACT, 0, EXACT.length()) || kept(name);
    String safe = field ? (ours ? OTHER + name : name) : "X-Not-A-Field";
    String clean = body.replaceAll("[\\r\\n\\u0000]+", " ").strip();
    return safe + ": " + ascii(clean);
  }

  /** The text for what a field says exactly. */
  static String exact(String name, String body) {
    return EXACT + line(name, body);
  }

  /** The text for a field of the body part with number {@code part}, from 1. */
  static String ofPart(int part, HeaderField field) {
    return EXACT + "Part-" + part + "-" + line(field.name(), field.body());
  }

  private static String ascii(String body) {
    return body.chars().allMatch(c -> c < 0x7F) ? body : EncodedWords.encode(body);
  }

  /** The heading extension for these fields; empty if there are none. */
  static Optional<IPMSExtension> extension(List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<Text> texts = lines.stream().map(Text::ia5).toList();
    return Optional.of(
        new IPMSExtension(MIXER.ID_RFC_822_FIELD_LIST, Any.of(RFC822FieldList.CODEC, texts)));
  }

  /** The fields in a list of extensions. */
  static List<HeaderField> read(List<IPMSExtension> extensions) throws DecodeException {
    List<HeaderField> fields = new ArrayList<>();
    for (IPMSExtension extension : extensions) {
      if (extension.type().equals(MIXER.ID_RFC_822_FIELD_LIST) && extension.value() != null) {
        for (Text text : extension.value().as(RFC822FieldList.CODEC)) {
          field(text).ifPresent(fields::add);
          if (fields.size() > MOST) {
            throw new DecodeException(0, "more than " + MOST + " header fields in a list");
          }
        }
      }
    }
    return fields;
  }

  private static Optional<HeaderField> field(Text text) {
    if (text.octets().length() > 64 * 1024) {
      return Optional.empty();
    }
    String line = text.toString();
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).strip();
    if (!name.matches("[!-9;-~]{1,200}")) {
      return Optional.of(HeaderField.of("X-Not-A-Field", line));
    }
    // a heading kept for a gateway is never said by a field of X.400
    String shown = kept(name) ? OTHER + name : name;
    return Optional.of(HeaderField.of(shown, line.substring(colon + 1).strip()));
  }

  /** The body of the field {@code name} as it was said exactly. */
  static Optional<String> exactly(List<HeaderField> carried, String name) {
    return carried.stream().filter(f -> f.is(EXACT + name)).findFirst().map(HeaderField::body);
  }

  /** The fields of the body part with number {@code part}, under their own names. */
  static List<HeaderField> ofPart(List<HeaderField> carried, int part) {
    String prefix = (EXACT + "Part-" + part + "-").toLowerCase(Locale.ROOT);
    return carried.stream()
        .filter(f -> f.name().toLowerCase(Locale.ROOT).startsWith(prefix))
        .filter(f -> f.name().length() > prefix.length())
        .map(f -> HeaderField.of(f.name().substring(prefix.length()), f.body()))
        .toList();
  }

  /** Whether a carried field is one of those that only say something exactly. */
  static boolean isExact(HeaderField field) {
    return field.name().regionMatches(true, 0, EXACT, 0, EXACT.length());
  }
}
