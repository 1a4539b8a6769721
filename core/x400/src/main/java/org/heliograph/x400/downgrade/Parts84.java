package org.heliograph.x400.downgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.mixer.MimeParameter;
import org.heliograph.asn1.mixer.MimeParameters;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.EncryptedBodyPart;
import org.heliograph.asn1.x420.EncryptedParameters;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.G3FacsimileBodyPart;
import org.heliograph.asn1.x420.G3FacsimileParameters;
import org.heliograph.asn1.x420.G4Class1BodyPart;
import org.heliograph.asn1.x420.IA5TextBodyPart;
import org.heliograph.asn1.x420.IA5TextParameters;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.MessageBodyPart;
import org.heliograph.asn1.x420.MessageParameters;
import org.heliograph.asn1.x420.MixedModeBodyPart;
import org.heliograph.asn1.x420.Repertoire;
import org.heliograph.asn1.x420.TeletexBodyPart;
import org.heliograph.asn1.x420.TeletexParameters;
import org.heliograph.asn1.x420.VideotexBodyPart;
import org.heliograph.asn1.x420.VideotexParameters;
import org.heliograph.asn1.x420.X420;
import org.jspecify.annotations.Nullable;

/**
 * Body parts without forwarded messages (RFC 1496 3): an extended body part that has a basic form
 * takes it, what 1984 has no form for becomes an IA5 text that begins with MIME fields.
 */
final class Parts84 {
  /** Telex, voice and simple formatted document: alternatives of 1984 that later ones dropped. */
  private static final List<Integer> OLD = List.of(1, 2, 10);

  private static final int CONTEXT = 0x80;
  private static final int CLASS = 0xC0;
  private static final int NUMBER = 0x1F;

  private static final Map<ObjectIdentifier, String> MEDIA =
      Map.of(
          MIXER.ID_MIME_JPEG_BODY, "image/jpeg",
          MIXER.ID_MIME_GIF_BODY, "image/gif",
          MIXER.ID_MIME_POSTSCRIPT_BODY, "application/postscript");

  private Parts84() {}

  /** The basic form of {@code part}, if there is one of the same information. */
  static Optional<BodyPart> basic(BodyPart part) throws DecodeException {
    return switch (part) {
      case BodyPart.Extended e -> basic(e.value());
      case BodyPart.Unknown u -> {
        int first = u.value().octets().at(0);
        yield (first & CLASS) == CONTEXT && OLD.contains(first & NUMBER)
            ? Optional.of(part)
            : Optional.empty();
      }
      default -> Optional.of(part);
    };
  }

  private static Optional<BodyPart> basic(ExtendedBodyPart in) throws DecodeException {
    ObjectIdentifier type = in.data().directReference();
    if (type == null) {
      return Optional.empty();
    }
    if (type.equals(X420.ID_ET_IA5_TEXT)) {
      return Optional.of(
          new BodyPart.Ia5Text(
              new IA5TextBodyPart(
                  parameters(in, IA5TextParameters.CODEC, new IA5TextParameters(Repertoire.IA5)),
                  data(in, Codecs.IA5_STRING))));
    }
    if (type.equals(X420.ID_ET_G3_FACSIMILE)) {
      return Optional.of(
          new BodyPart.G3Facsimile(
              new G3FacsimileBodyPart(
                  parameters(
                      in, G3FacsimileParameters.CODEC, new G3FacsimileParameters(null, null)),
                  data(in, Codecs.sequenceOf(Codecs.BIT_STRING)))));
    }
    if (type.equals(X420.ID_ET_TELETEX)) {
      return Optional.of(
          new BodyPart.Teletex(
              new TeletexBodyPart(
                  parameters(in, TeletexParameters.CODEC, new TeletexParameters(null, false, null)),
                  data(in, Codecs.sequenceOf(Codecs.TELETEX_STRING)))));
    }
    if (type.equals(X420.ID_ET_VIDEOTEX)) {
      return Optional.of(
          new BodyPart.Videotex(
              new VideotexBodyPart(
                  parameters(in, VideotexParameters.CODEC, new VideotexParameters(null)),
                  data(in, Codecs.VIDEOTEX_STRING))));
    }
    if (type.equals(X420.ID_ET_MESSAGE)) {
      return Optional.of(
          new BodyPart.Message(
              new MessageBodyPart(
                  parameters(in, MessageParameters.CODEC, new MessageParameters()),
                  data(in, IPM.CODEC))));
    }
    return withoutParameters(type, in);
  }

  private static Optional<BodyPart> withoutParameters(ObjectIdentifier type, ExtendedBodyPart in)
      throws DecodeException {
    if (type.equals(X420.ID_ET_G4_CLASS1)) {
      return Optional.of(new BodyPart.G4Class1(data(in, G4Class1BodyPart.CODEC)));
    }
    if (type.equals(X420.ID_ET_MIXED_MODE)) {
      return Optional.of(new BodyPart.MixedMode(data(in, MixedModeBodyPart.CODEC)));
    }
    if (type.equals(X420.ID_ET_BILATERALLY_DEFINED)) {
      return Optional.of(new BodyPart.BilaterallyDefined(data(in, Codecs.OCTET_STRING)));
    }
    if (type.equals(X420.ID_ET_NATIONALLY_DEFINED)) {
      return Optional.of(new BodyPart.NationallyDefined(data(in, Codecs.ANY)));
    }
    if (type.equals(X420.ID_ET_ENCRYPTED) && in.parameters() != null) {
      return Optional.of(
          new BodyPart.Encrypted(
              new EncryptedBodyPart(
                  value(in.parameters(), EncryptedParameters.CODEC), data(in, Codecs.BIT_STRING))));
    }
    if (type.equals(X420.ID_ET_GENERAL_TEXT)) {
      return GeneralTexts.read(in).filter(t -> t.part() == 0).map(t -> ia5(t.octets()));
    }
    return Optional.empty();
  }

  private static <T extends Object> T data(ExtendedBodyPart in, Codec<T> codec)
      throws DecodeException {
    return value(in.data(), codec);
  }

  private static <T extends Object> T parameters(ExtendedBodyPart in, Codec<T> codec, T absent)
      throws DecodeException {
    return in.parameters() == null ? absent : value(in.parameters(), codec);
  }

  private static <T extends Object> T value(External in, Codec<T> codec) throws DecodeException {
    return switch (in.encoding()) {
      case External.Encoding.SingleAsn1Type s -> s.value().as(codec);
      case External.Encoding.OctetAligned o -> codec.decode(o.value());
      case External.Encoding.Arbitrary a -> codec.decode(a.value().octets());
    };
  }

  /** IA5 text of these octets. */
  static BodyPart ia5(Octets octets) {
    return new BodyPart.Ia5Text(
        new IA5TextBodyPart(
            new IA5TextParameters(Repertoire.IA5), new Text(Text.Kind.IA5, octets)));
  }

  /** {@code part} as an IA5 text with MIME fields (RFC 1496 3.2); this never fails. */
  static BodyPart enclosed(BodyPart part) throws DecodeException {
    if (part instanceof BodyPart.Extended e && e.value().data().directReference() != null) {
      ObjectIdentifier type = e.value().data().directReference();
      String media = MEDIA.get(type);
      if (media != null) {
        return enclosed(media, "", data(e.value(), Codecs.OCTET_STRING));
      }
      if (type.equals(MIXER.ID_MIME_BP_DATA) && e.value().parameters() != null) {
        MimeParameters mime = value(e.value().parameters(), MimeParameters.CODEC);
        return enclosed(media(mime), fields(mime), data(e.value(), Codecs.OCTET_STRING));
      }
      if (type.equals(X420.ID_ET_GENERAL_TEXT)) {
        Optional<GeneralTexts.Plain> text = GeneralTexts.read(e.value());
        if (text.isPresent()) {
          return enclosed(
              "text/plain; charset=ISO-8859-" + text.get().part(), "", text.get().octets());
        }
      }
    }
    // RFC 2157 3.2: the whole body part with its tag.
    return enclosed(
        "application/x400-bp; bp-type=" + number(part), "", BodyPart.CODEC.encode(part));
  }

  /** How people and RFC 2157 3.2 call it: tag or object identifier. */
  static String number(BodyPart part) {
    if (part instanceof BodyPart.Extended e) {
      ObjectIdentifier type = e.value().data().directReference();
      return type == null ? "15" : type.toString();
    }
    return Integer.toString(BodyPart.CODEC.encode(part).at(0) & NUMBER);
  }

  private static String media(MimeParameters mime) {
    StringBuilder out = new StringBuilder(line(mime.contentType()));
    for (MimeParameter p : mime.contentParameters()) {
      out.append(";\r\n ").append(line(p.parameter())).append("=\"");
      out.append(line(p.parameterValue()).replace("\\", "\\\\").replace("\"", "\\\""));
      out.append('"');
    }
    return out.toString();
  }

  private static String fields(MimeParameters mime) {
    StringBuilder out = new StringBuilder();
    for (Text field : mime.otherHeaderFields()) {
      String text = line(field);
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-") && !lower.startsWith("content-t")) {
        out.append(text).append("\r\n");
      }
    }
    return out.toString();
  }

  /** Without what would begin a line of its own. */
  private static String line(@Nullable Text text) {
    return text == null ? "" : text.toString().replaceAll("[\\x00-\\x1F]+", " ");
  }

  private static BodyPart enclosed(String type, String more, Octets octets) {
    List<Octets> pieces = new ArrayList<>();
    pieces.add(
        Octets.utf8(
            "MIME-version: 1.0\r\nContent-type: "
                + type
                + "\r\nContent-transfer-encoding: base64\r\n"
                + more
                + "\r\n"));
    pieces.add(Octets.of(new Lines64(octets)));
    return ia5(Octets.join(pieces));
  }

  /** An IA5 text of the fields of mail that no heading of 1984 has (RFC 2156 appendix B). */
  static BodyPart mailFields(Any list) throws DecodeException {
    StringBuilder out = new StringBuilder("RFC-822-Headers:\r\n");
    list.as(org.heliograph.asn1.mixer.RFC822FieldList.CODEC)
        .forEach(field -> out.append(line(field)).append("\r\n"));
    return ia5(Octets.utf8(out.toString()));
  }
}
