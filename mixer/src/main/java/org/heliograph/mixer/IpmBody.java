package org.heliograph.mixer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.mixer.MimeParameter;
import org.heliograph.asn1.mixer.MimeParameters;
import org.heliograph.asn1.mixer.MultipartType;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.MessageParameters;
import org.heliograph.asn1.x420.X420;
import org.heliograph.mail.CharacterSets;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.TransferEncoding;
import org.heliograph.model.TeletexText;
import org.jspecify.annotations.Nullable;

/** MIME parts made of body parts (RFC 2157 2.2, 5.4). Octets are referred to where they lie. */
final class IpmBody {
  private static final int DEPTH = 20;
  private static final int HEAD = 64 * 1024;
  private static final Map<ObjectIdentifier, MediaType> OCTETS =
      Map.of(
          MIXER.ID_MIME_JPEG_BODY, new MediaType("image", "jpeg", Map.of()),
          MIXER.ID_MIME_GIF_BODY, new MediaType("image", "gif", Map.of()),
          MIXER.ID_MIME_POSTSCRIPT_BODY, new MediaType("application", "postscript", Map.of()),
          X420.ID_ET_BILATERALLY_DEFINED, MediaType.OCTETS);

  private final Naming naming;
  private final Desk desk;
  private int depth;

  IpmBody(Naming naming, Desk desk) {
    this.naming = naming;
    this.desk = desk;
  }

  /**
   * The part that the body of {@code ipm} becomes.
   *
   * @param carried what its heading's rfc-822-field extension holds
   */
  MimePart body(IPM ipm, List<HeaderField> carried) throws DecodeException, IOException {
    if (++depth > DEPTH) {
      throw new DecodeException(0, "forwarded messages nested deeper than " + DEPTH);
    }
    try {
      Optional<MultipartType> type = multipart(ipm.heading());
      boolean multipart =
          PartFields.exactly(carried, "Content-Type")
              .filter(t -> t.startsWith("multipart/"))
              .isPresent();
      if (ipm.body().size() == 1 && type.isEmpty() && !multipart) {
        return part(ipm.body().getFirst(), PartFields.ofPart(carried, 1), true);
      }
      return sequence(ipm.body(), type, carried);
    } finally {
      depth--;
    }
  }

  private static Optional<MultipartType> multipart(Heading heading) throws DecodeException {
    for (IPMSExtension e : heading.extensions()) {
      if (e.type().equals(MIXER.ID_HEX_MULTIPART_MESSAGE_V2) && e.value() != null) {
        return Optional.of(e.value().as(MultipartType.CODEC));
      }
    }
    return Optional.empty();
  }

  private MimePart sequence(
      List<BodyPart> body, Optional<MultipartType> said, List<HeaderField> carried)
      throws DecodeException, IOException {
    List<MimePart> parts = new ArrayList<>();
    for (BodyPart part : body) {
      parts.add(part(part, PartFields.ofPart(carried, parts.size() + 1), false));
    }
    boolean messages =
        !parts.isEmpty() && parts.stream().allMatch(p -> p instanceof MimePart.Message);
    Optional<MediaType> exact =
        PartFields.exactly(carried, "Content-Type")
            .flatMap(MediaType::parse)
            .filter(t -> t.type().equals("multipart"));
    String subtype =
        said.map(t -> t.subtype().toString().toLowerCase(Locale.ROOT))
            .filter(t -> t.matches("[a-z0-9.+-]{1,60}"))
            .or(() -> exact.map(MediaType::subtype))
            .orElse(messages ? "digest" : "mixed");
    MediaType type =
        exact
            .filter(t -> t.is("multipart", subtype))
            .orElse(new MediaType("multipart", subtype, Map.of()));
    return new MimePart.Multi(type, List.of(), parts);
  }

  /**
   * One part.
   *
   * @param fields that were carried for it
   * @param alone whether it is the only part of the message
   */
  private MimePart part(BodyPart part, List<HeaderField> fields, boolean alone)
      throws DecodeException, IOException {
    return switch (part) {
      case BodyPart.Ia5Text text -> ia5(text.value().data().octets(), fields, alone);
      case BodyPart.BilaterallyDefined octets ->
          leaf(MediaType.OCTETS, fields, octets.value(), TransferEncoding.BASE64);
      case BodyPart.Message message ->
          forwarded(message.value().data(), Optional.of(message.value().parameters()), fields);
      case BodyPart.Teletex teletex -> {
        Optional<MimePart> text = teletex(teletex.value().data(), fields);
        yield text.isPresent() ? text.get() : encapsulated(part, Integer.toString(5), fields);
      }
      case BodyPart.Extended extended -> extended(part, extended.value(), fields, alone);
      case BodyPart.G3Facsimile other -> encapsulated(part, "3", fields);
      case BodyPart.G4Class1 other -> encapsulated(part, "4", fields);
      case BodyPart.Videotex other -> encapsulated(part, "6", fields);
      case BodyPart.NationallyDefined other -> encapsulated(part, "7", fields);
      case BodyPart.Encrypted other -> encapsulated(part, "8", fields);
      case BodyPart.MixedMode other -> encapsulated(part, "11", fields);
      case BodyPart.Unknown unknown ->
          encapsulated(part, Integer.toString(unknown.value().octets().at(0) & 0x1F), fields);
    };
  }

  private static MimePart leaf(
      MediaType otherwise, List<HeaderField> fields, Octets octets, TransferEncoding encoding) {
    MediaType type =
        fields.stream()
            .filter(f -> f.is("Content-Type"))
            .findFirst()
            .flatMap(f -> MediaType.parse(f.body()))
            .filter(t -> !t.type().equals("multipart") && !t.is("message", "rfc822"))
            .orElse(otherwise);
    return new MimePart.Leaf(type, others(fields), octets, encoding);
  }

  private static List<HeaderField> others(List<HeaderField> fields) {
    return fields.stream()
        .filter(
            f ->
                !f.is("Content-Type")
                    && !f.is("Content-Transfer-Encoding")
                    && !f.is("MIME-Version"))
        .toList();
  }

  /** RFC 2157 6.1, and 3.1.3 where the text begins as an encapsulated part does. */
  private MimePart ia5(Octets octets, List<HeaderField> fields, boolean alone) throws IOException {
    Optional<MimePart> harpoon = harpoon(octets, alone);
    if (harpoon.isPresent()) {
      return harpoon.get();
    }
    Scan scan = Scan.of(octets, desk);
    if (alone && scan.sevenBit() && fields.isEmpty()) {
      return new MimePart.Plain(octets);
    }
    MediaType type =
        scan.ascii()
            ? MediaType.PLAIN_TEXT
            : new MediaType("text", "plain", Map.of("charset", "iso-8859-1"));
    return leaf(type, fields, octets, encoding(scan, octets));
  }

  /** What text needs: quoted-printable where it stays readable, base64 where lines are no lines. */
  private TransferEncoding encoding(Scan scan, Octets octets) {
    if (scan.sevenBit()) {
      return TransferEncoding.SEVEN_BIT;
    }
    return scan.lines() && octets.length() <= desk.limits().textOctets()
        ? TransferEncoding.QUOTED_PRINTABLE
        : TransferEncoding.BASE64;
  }

  private Optional<MimePart> harpoon(Octets octets, boolean alone) throws IOException {
    byte[] head = octets.slice(0, Math.min(HEAD, octets.length())).toByteArray();
    String text = new String(head, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    boolean begins =
        text.toLowerCase(Locale.ROOT).startsWith("mime-version: 1.0")
            || text.toLowerCase(Locale.ROOT).startsWith("mime-version:1.0");
    if (!begins || end < 0) {
      return Optional.empty();
    }
    try (InputStream in = new ByteArrayInputStream(head, 0, end + 4)) {
      Header header = MailReader.readHeader(in, MailLimits.DEFAULT);
      boolean strange =
          header.fields().stream().anyMatch(f -> f.name().isEmpty())
              || header.first("Content-Type").isEmpty();
      Octets body = octets.slice(end + 4L, octets.length() - end - 4L);
      if (strange || !Scan.of(body, desk).ascii()) {
        return Optional.empty();
      }
      List<HeaderField> fields =
          header.fields().stream()
              .filter(
                  f ->
                      alone && f.is("MIME-Version")
                          || f.name().toLowerCase(Locale.ROOT).startsWith("content-"))
              .toList();
      return Optional.of(new MimePart.Raw(fields, body));
    } catch (MailSyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<MimePart> teletex(List<Text> pages, List<HeaderField> fields)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (Text page : pages) {
      if (text.length() + page.octets().length() > desk.limits().textOctets()
          || !desk.hold(2 * page.octets().length())) {
        return Optional.empty();
      }
      text.append(TeletexText.decode(page.octets().toByteArray()));
      if (!text.isEmpty() && text.charAt(text.length() - 1) != '\f') {
        text.append('\f');
      }
    }
    return Optional.of(text(text.toString(), StandardCharsets.UTF_8, fields));
  }

  private MimePart text(String text, Charset charset, List<HeaderField> fields) throws IOException {
    // where the sender's own character set is known and can say it, it is used again
    Charset wanted =
        fields.stream()
            .filter(f -> f.is("Content-Type"))
            .findFirst()
            .flatMap(f -> MediaType.parse(f.body()))
            .flatMap(t -> t.parameter("charset"))
            .map(name -> CharacterSets.of(name, charset))
            .orElse(charset);
    Optional<byte[]> encoded = GeneralText.encode(text, wanted);
    Charset used = encoded.isPresent() ? wanted : StandardCharsets.UTF_8;
    Octets octets = Octets.of(encoded.orElseGet(() -> text.getBytes(StandardCharsets.UTF_8)));
    MediaType plain =
        new MediaType("text", "plain", Map.of("charset", used.name().toLowerCase(Locale.ROOT)));
    List<HeaderField> kept = encoded.isPresent() ? fields : others(fields);
    return leaf(plain, kept, octets, encoding(Scan.of(octets, desk), octets));
  }

  /** RFC 2157 6.5 and 6.6: a message, or a multipart in the form of one. */
  private MimePart forwarded(
      IPM ipm, Optional<MessageParameters> parameters, List<HeaderField> fields)
      throws DecodeException, IOException {
    List<HeaderField> carried = PartFields.read(ipm.heading().extensions());
    Optional<MultipartType> type = multipart(ipm.heading());
    if (type.isPresent() && !type.get().isAMessage()) {
      if (++depth > DEPTH) {
        throw new DecodeException(0, "multiparts nested deeper than " + DEPTH);
      }
      MimePart.Multi multi = (MimePart.Multi) sequence(ipm.body(), type, carried);
      depth--;
      List<HeaderField> own = carried.stream().filter(f -> !PartFields.isExact(f)).toList();
      return new MimePart.Multi(multi.type(), others(own), multi.parts());
    }
    List<HeaderField> header =
        new ArrayList<>(IpmHeading.whole(ipm.heading(), naming, carried, true, desk));
    parameters.ifPresent(p -> envelope(p, header));
    return new MimePart.Message(others(fields), header, body(ipm, carried));
  }

  private static void envelope(MessageParameters p, List<HeaderField> header) {
    if (p.deliveryEnvelope() != null && header.stream().noneMatch(f -> f.is("Date"))) {
      header.add(HeaderField.of("Date", Clock.text(p.deliveryEnvelope().messageSubmissionTime())));
    }
    if (p.deliveryTime() != null) {
      header.add(HeaderField.of("Delivery-Date", Clock.text(p.deliveryTime())));
    }
  }

  private MimePart extended(
      BodyPart whole, ExtendedBodyPart part, List<HeaderField> fields, boolean alone)
      throws DecodeException, IOException {
    ObjectIdentifier type = part.data().directReference();
    String name = type == null ? "15" : type.toString();
    if (type == null) {
      return encapsulated(whole, name, fields);
    }
    Optional<MimePart> made = Optional.empty();
    if (type.equals(X420.ID_ET_FILE_TRANSFER)) {
      made = FileParts.read(part, fields, desk);
    } else if (type.equals(X420.ID_ET_GENERAL_TEXT)) {
      Optional<GeneralText.Read> text =
          GeneralText.size(part) <= desk.limits().textOctets()
                  && desk.hold(2 * GeneralText.size(part))
              ? GeneralText.read(part, desk.limits().textOctets())
              : Optional.empty();
      if (text.isPresent()) {
        made = Optional.of(text(text.get().text(), Charset.forName(text.get().charset()), fields));
      }
    } else if (type.equals(X420.ID_ET_IA5_TEXT)) {
      Optional<Octets> octets = value(part, Codecs.IA5_STRING).map(Text::octets);
      made = octets.isPresent() ? Optional.of(ia5(octets.get(), fields, alone)) : made;
    } else if (type.equals(MIXER.ID_MIME_BP_DATA)) {
      made = mime(part);
    } else if (OCTETS.containsKey(type)) {
      MediaType media = OCTETS.get(type);
      made = octets(part).map(o -> leaf(media, fields, o, TransferEncoding.BASE64));
    } else if (type.equals(X420.ID_ET_MESSAGE) || type.equals(P772.ID_NATO_MMHS_ET_MM_MESSAGE)) {
      Optional<IPM> ipm = value(part, IPM.CODEC);
      made = ipm.isPresent() ? Optional.of(forwarded(ipm.get(), Optional.empty(), fields)) : made;
    } else if (type.equals(X420.ID_ET_CONTENT_P2)
        || type.equals(X420.ID_ET_CONTENT_P22)
        || type.equals(X420.ID_ET_CONTENT_P772)) {
      made = content(part, type, fields);
    }
    return made.isPresent() ? made.get() : encapsulated(whole, name, fields);
  }

  /** A forwarded content: what the content body part holds (X.420 7.4.16). */
  private Optional<MimePart> content(
      ExtendedBodyPart part, ObjectIdentifier type, List<HeaderField> fields)
      throws IOException, DecodeException {
    Optional<Octets> octets = octets(part);
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    Optional<IPM> ipm =
        IpmContents.message(octets.get(), type.equals(X420.ID_ET_CONTENT_P772), desk);
    return ipm.isEmpty()
        ? Optional.empty()
        : Optional.of(forwarded(ipm.get(), Optional.empty(), fields));
  }

  private static <T extends Object> Optional<T> value(
      ExtendedBodyPart part, org.heliograph.asn1.Codec<T> codec) throws DecodeException {
    return part.data().encoding() instanceof External.Encoding.SingleAsn1Type single
        ? Optional.of(single.value().as(codec))
        : Optional.empty();
  }

  /** Octets in either of the two forms that are seen (RFC 2157 5.5). */
  static Optional<Octets> octets(ExtendedBodyPart part) {
    return octets(part.data());
  }

  static Optional<Octets> octets(External data) {
    return switch (data.encoding()) {
      case External.Encoding.OctetAligned aligned -> Optional.of(aligned.value());
      case External.Encoding.SingleAsn1Type single -> {
        try {
          yield Optional.of(single.value().as(Codecs.OCTET_STRING));
        } catch (DecodeException e) {
          yield Optional.empty();
        }
      }
      case External.Encoding.Arbitrary bits -> Optional.empty();
    };
  }

  /** RFC 2157 3.1.2 the other way. */
  private static Optional<MimePart> mime(ExtendedBodyPart part) throws DecodeException {
    Optional<Octets> octets = octets(part);
    @Nullable External said = part.parameters();
    if (octets.isEmpty()
        || said == null
        || !(said.encoding() instanceof External.Encoding.SingleAsn1Type single)) {
      return Optional.empty();
    }
    MimeParameters parameters = single.value().as(MimeParameters.CODEC);
    Optional<MediaType> type = MediaType.parse(parameters.contentType().toString());
    if (type.isEmpty() || type.get().type().equals("multipart")) {
      return Optional.empty();
    }
    MediaType full = type.get();
    for (MimeParameter p : parameters.contentParameters()) {
      String value = p.parameterValue().toString();
      boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      full =
          full.with(
              p.parameter().toString().toLowerCase(Locale.ROOT),
              quoted ? value.substring(1, value.length() - 1).replace("\\", "") : value);
    }
    List<HeaderField> fields = new ArrayList<>();
    for (Text line : parameters.otherHeaderFields()) {
      String text = line.toString();
      int colon = text.indexOf(':');
      if (colon > 0 && text.substring(0, colon).matches("[!-9;-~]{1,200}")) {
        fields.add(HeaderField.of(text.substring(0, colon), text.substring(colon + 1).strip()));
      }
    }
    return Optional.of(
        new MimePart.Leaf(full, others(fields), octets.get(), TransferEncoding.BASE64));
  }

  /** RFC 2157 3.2: the body part as it is, for a gateway further on. */
  private static MimePart encapsulated(BodyPart part, String type, List<HeaderField> fields) {
    return new MimePart.Leaf(
        new MediaType("application", "x400-bp", Map.of("bp-type", type)),
        others(fields),
        BodyPart.CODEC.encode(part),
        TransferEncoding.BASE64);
  }
}
