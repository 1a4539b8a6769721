package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.CharacterEncoding;
import org.heliograph.asn1.x411.UniversalOrBMPString;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.X420;
import org.heliograph.model.TeletexText;

/**
 * Subjects: TeletexString of at most 128 octets where T.61 can say it; what it cannot say goes,
 * beside the nearest in T.61, into the extended-subject extension of X.420 in Unicode, up to 256
 * characters.
 *
 * @param plain the heading's subject
 * @param extended the extension, if one is needed
 * @param whole whether the two say all of it
 */
record SubjectText(Text plain, Optional<IPMSExtension> extended, boolean whole) {
  private static final int PLAIN = 128;
  private static final int EXTENDED = 256;

  static SubjectText of(String subject) {
    Optional<byte[]> exact = TeletexText.encode(subject).filter(t -> t.length <= PLAIN);
    if (exact.isPresent()) {
      return new SubjectText(Naming.teletex(exact.get()), Optional.empty(), true);
    }
    Text near = Naming.teletex(Naming.cut(TeletexText.approximate(subject), PLAIN));
    int characters = subject.codePointCount(0, subject.length());
    String cut =
        characters <= EXTENDED
            ? subject
            : subject.substring(0, subject.offsetByCodePoints(0, EXTENDED));
    boolean wide = cut.chars().anyMatch(c -> Character.isSurrogate((char) c));
    CharacterEncoding encoding =
        wide
            ? new CharacterEncoding.FourOctets(Text.Kind.UNIVERSAL.of(cut))
            : new CharacterEncoding.TwoOctets(Text.Kind.BMP.of(cut));
    return new SubjectText(
        near,
        Optional.of(
            new IPMSExtension(
                X420.ID_HEX_EXTENDED_SUBJECT,
                Any.of(UniversalOrBMPString.CODEC, new UniversalOrBMPString(encoding, null)))),
        characters <= EXTENDED);
  }

  /** The text of an extended subject. */
  static String read(IPMSExtension extension) throws DecodeException {
    Any value = extension.value();
    if (value == null) {
      return "";
    }
    return switch (value.as(UniversalOrBMPString.CODEC).characterEncoding()) {
      case CharacterEncoding.TwoOctets two -> Naming.text(two.value());
      case CharacterEncoding.FourOctets four -> Naming.text(four.value());
    };
  }
}
