package org.heliograph.mixer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.GeneralTextParameters;
import org.heliograph.asn1.x420.X420;

/**
 * GeneralText body parts (RFC 2157 6.2): text in the parts of ISO 8859, its character sets by their
 * registration numbers and announced by escape sequences.
 */
final class GeneralText {
  /** id-cs-eit-authority: encoded information types of character sets. */
  private static final String EIT = "1.0.10021.7.1.0.";

  private static final int ASCII = 6;

  /** Of each character set the registration number and the final octet of its designation to G1. */
  private record Part(int registration, char designation) {}

  private static final Map<String, Part> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("ISO-8859-1", new Part(100, 'A'));
    PARTS.put("ISO-8859-2", new Part(101, 'B'));
    PARTS.put("ISO-8859-9", new Part(148, 'M'));
    PARTS.put("ISO-8859-5", new Part(144, 'L'));
    PARTS.put("ISO-8859-7", new Part(126, 'F'));
    PARTS.put("ISO-8859-3", new Part(109, 'C'));
    PARTS.put("ISO-8859-4", new Part(110, 'D'));
    PARTS.put("ISO-8859-6", new Part(127, 'G'));
    PARTS.put("ISO-8859-8", new Part(138, 'H'));
  }

  private GeneralText() {}

  /** A body part, and the character set that was chosen. */
  record Made(BodyPart part, String charset) {}

  /** What a body part says. */
  record Read(String text, String charset) {}

  /** {@code text} in the first part of ISO 8859 that can say it; empty if none can. */
  static Optional<Made> make(String text, EncodedTypes types) {
    for (Map.Entry<String, Part> entry : PARTS.entrySet()) {
      Optional<byte[]> octets = encode(text, Charset.forName(entry.getKey()));
      if (octets.isPresent()) {
        Part part = entry.getValue();
        types.add(ObjectIdentifier.of(EIT + ASCII));
        types.add(ObjectIdentifier.of(EIT + part.registration()));
        Octets whole =
            Octets.join(List.of(Octets.of(announce(part.designation())), Octets.of(octets.get())));
        List<Long> sets = List.of((long) ASCII, (long) part.registration());
        return Optional.of(new Made(part(sets, whole), entry.getKey()));
      }
    }
    return Optional.empty();
  }

  /** ESC 28 42, ESC 2D xx, ESC 21 41, ESC 7E. */
  private static byte[] announce(char designation) {
    return new byte[] {
      0x1B, 0x28, 0x42, 0x1B, 0x2D, (byte) designation, 0x1B, 0x21, 0x41, 0x1B, 0x7E
    };
  }

  private static BodyPart part(List<Long> sets, Octets octets) {
    External parameters =
        External.of(X420.ID_EP_GENERAL_TEXT, Any.of(GeneralTextParameters.CODEC, sets));
    External data =
        External.of(
            X420.ID_ET_GENERAL_TEXT,
            Any.of(Codecs.GENERAL_STRING, new Text(Text.Kind.GENERAL, octets)));
    return new BodyPart.Extended(new ExtendedBodyPart(parameters, data));
  }

  /**
   * The text of a body part.
   *
   * @param most octets that are looked at
   * @return empty if it is in other sets than those of one part of ISO 8859, or longer
   */
  static Optional<Read> read(ExtendedBodyPart part, int most) throws DecodeException {
    if (!(part.data().encoding() instanceof External.Encoding.SingleAsn1Type single)
        || single.value().octets().length() > most + 16L) {
      return Optional.empty();
    }
    byte[] octets = single.value().as(Codecs.GENERAL_STRING).octets().toByteArray();
    TreeSet<Long> sets = new TreeSet<>();
    if (part.parameters() != null
        && part.parameters().encoding() instanceof External.Encoding.SingleAsn1Type p) {
      sets.addAll(p.value().as(GeneralTextParameters.CODEC));
    }
    // controls, and the two names of ASCII's seat in G0
    sets.removeAll(List.of(1L, 2L, (long) ASCII));
    if (sets.isEmpty()) {
      return plain(octets, "ISO-8859-1");
    }
    for (Map.Entry<String, Part> entry : PARTS.entrySet()) {
      if (sets.equals(new TreeSet<>(List.of((long) entry.getValue().registration())))) {
        return plain(octets, entry.getKey());
      }
    }
    return Optional.empty();
  }

  /** Octets of the encoded text. */
  static long size(ExtendedBodyPart part) {
    return part.data().encoding() instanceof External.Encoding.SingleAsn1Type single
        ? single.value().octets().length()
        : 0;
  }

  private static Optional<Read> plain(byte[] octets, String charset) {
    byte[] plain = withoutEscapes(octets);
    return decode(plain, Charset.forName(charset)).map(text -> new Read(text, charset));
  }

  /** Takes out designations and shifts at the front; text with escapes further on is left alone. */
  private static byte[] withoutEscapes(byte[] octets) {
    int at = 0;
    while (at + 1 < octets.length && octets[at] == 0x1B) {
      int next = octets[at + 1] & 0xFF;
      boolean intermediate = next >= 0x20 && next <= 0x2F;
      at += 2;
      while (intermediate && at < octets.length && octets[at] >= 0x20 && octets[at] <= 0x2F) {
        at++;
      }
      at += intermediate ? 1 : 0;
    }
    int from = Math.min(at, octets.length);
    return java.util.Arrays.copyOfRange(octets, from, octets.length);
  }

  /** {@code text} in {@code charset}; empty if that cannot say all of it. */
  static Optional<byte[]> encode(String text, Charset charset) {
    try {
      ByteBuffer octets =
          charset
              .newEncoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] array = new byte[octets.remaining()];
      octets.get(array);
      return Optional.of(array);
    } catch (CharacterCodingException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** The text that {@code octets} are in {@code charset}; empty if they are none. */
  static Optional<String> decode(byte[] octets, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(octets))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
