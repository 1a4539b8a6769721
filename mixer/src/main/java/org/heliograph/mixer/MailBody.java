package org.heliograph.mixer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BerReader;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.mixer.MultipartType;
import org.heliograph.asn1.p772.ForwardedParameters;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IA5TextBodyPart;
import org.heliograph.asn1.x420.IA5TextParameters;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.MessageBodyPart;
import org.heliograph.asn1.x420.MessageParameters;
import org.heliograph.asn1.x420.Repertoire;
import org.heliograph.asn1.x420.X420;
import org.heliograph.mail.CharacterSets;
import org.heliograph.mail.Disposition;
import org.heliograph.mail.Entity;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.TransferEncoding;
import org.heliograph.model.StoreUnavailable;

/**
 * Body parts made of MIME parts (RFC 2157 2.1, 5.3). Octets of parts are referred to where they lie
 * in the stored message.
 */
final class MailBody {
  private static final String MIME_VERSION = "mime-version:";
  private static final String HEADERS = "rfc-822-headers:";

  private final MixerSettings settings;
  private final Naming naming;
  private final Desk desk;
  private final EncodedTypes types;
  private final boolean military;
  private final Author author;
  private final List<String> kinds = new ArrayList<>();
  private boolean extended;
  private int generated;

  /**
   * @param military whether forwarded messages are military ones (RFC 6477 6)
   * @param author who gives identifiers in military messages
   */
  MailBody(MixerSettings settings, Naming naming, Desk desk, boolean military, Author author) {
    this.settings = settings;
    this.naming = naming;
    this.desk = desk;
    this.types = new EncodedTypes();
    this.military = military;
    this.author = author;
  }

  /**
   * A message's body.
   *
   * @param carried lines for its heading's rfc-822-field extension
   * @param extensions further heading extensions
   */
  record Made(List<BodyPart> parts, List<String> carried, List<IPMSExtension> extensions) {}

  EncodedTypes types() {
    return types;
  }

  /** Names of the kinds of body parts made, in order. */
  List<String> kinds() {
    return kinds;
  }

  /** Whether something was used that content type 2 has not (RFC 2156 5.1.3). */
  boolean extended() {
    return extended;
  }

  /** The body of {@code message}, outermost or nested. */
  Made body(Entity message) throws StoreUnavailable {
    try {
      return read(message);
    } catch (IOException e) {
      throw Desk.unavailable(e);
    }
  }

  private Made read(Entity message) throws IOException, StoreUnavailable {
    MediaType type = message.type();
    List<String> carried = new ArrayList<>();
    List<HeaderField> fields =
        message.header().fields().stream()
            .filter(
                f ->
                    f.name().toLowerCase(Locale.ROOT).startsWith("content-")
                        && !f.is("Content-Language"))
            .toList();
    if (!message.isMultipart() || opaque(type)) {
      BodyPart part = part(message, fields, 1, carried);
      return new Made(List.of(part), carried, List.of());
    }
    fields.stream()
        .filter(f -> !f.is("Content-Type") && !f.is("Content-Transfer-Encoding"))
        .forEach(f -> carried.add(PartFields.line(f)));
    return sequence(message, true, carried);
  }

  /** Multiparts whose octets are signed or are nothing but a wrapping (RFC 2157 7.3, 7.4). */
  private static boolean opaque(MediaType type) {
    return type.is("multipart", "signed") || type.is("multipart", "encrypted");
  }

  private Made sequence(Entity multipart, boolean message, List<String> carried)
      throws IOException, StoreUnavailable {
    List<BodyPart> parts = new ArrayList<>();
    for (Entity part : multipart.parts()) {
      parts.add(part(part, part.header().fields(), parts.size() + 1, carried));
    }
    List<IPMSExtension> extensions = new ArrayList<>();
    MediaType type = multipart.type();
    if (!type.subtype().equals("mixed") || !message) {
      extensions.add(
          new IPMSExtension(
              MIXER.ID_HEX_MULTIPART_MESSAGE_V2,
              Any.of(MultipartType.CODEC, new MultipartType(Text.ia5(type.subtype()), message))));
    }
    // one part alone would come back as the whole message, and messages alone as a digest
    boolean other =
        extensions.isEmpty()
            && (parts.size() == 1
                || multipart.parts().stream().allMatch(p -> p.message().isPresent()));
    if (type.parameters().size() > 1 || other) {
      carried.add(PartFields.exact("Content-Type", type.text()));
    }
    return new Made(parts, carried, extensions);
  }

  /**
   * One body part.
   *
   * @param fields of the part that are to be kept
   * @param number of the part in its sequence, from 1
   * @param carried takes lines for what the body part does not say
   */
  private BodyPart part(Entity part, List<HeaderField> fields, int number, List<String> carried)
      throws IOException, StoreUnavailable {
    MediaType type = part.type();
    if (opaque(type)
        || type.type().equals("multipart") && !part.isMultipart()
        || type.is("message", "external-body")
        || type.is("message", "partial")) {
      Optional<BodyPart> whole = harpoon(part, fields);
      if (whole.isPresent()) {
        return whole.get();
      }
    } else if (part.isMultipart()) {
      return nested(part);
    } else if (part.message().isPresent()) {
      carry(fields, number, carried, List.of("Content-Type", "Content-Transfer-Encoding"));
      return forwarded(part.message().get());
    } else if (type.is("application", "x400-bp")) {
      Optional<BodyPart> original = original(part);
      if (original.isPresent()) {
        return original.get();
      }
    } else if ((type.is("text", "plain") || isStatus(type)) && isInline(part)) {
      Optional<BodyPart> text = text(part, fields, number, carried);
      if (text.isPresent()) {
        return text.get();
      }
    } else if (type.is("application", "octet-stream")
        && settings.attachments() == MixerSettings.Attachments.BILATERAL
        && part.filename().isEmpty()) {
      types.undefined();
      kinds.add("bilaterally-defined");
      carry(fields, number, carried, List.of("Content-Type", "Content-Transfer-Encoding"));
      return new BodyPart.BilaterallyDefined(desk.decoded(part));
    }
    extended = true;
    types.add(X420.ID_EIT_FILE_TRANSFER);
    kinds.add("file-transfer");
    return FileTransfer.make(part, desk.decoded(part), fields);
  }

  /** Texts for people although they have types of their own (RFC 2156 5.1.8.3). */
  private static boolean isStatus(MediaType type) {
    return type.is("message", "delivery-status")
        || type.is("message", "disposition-notification")
        || type.is("text", "rfc822-headers");
  }

  private static boolean isInline(Entity part) {
    return part.filename().isEmpty()
        && part.disposition().map(Disposition::kind).orElse("inline").equals("inline")
        && part.encoding() != TransferEncoding.UNKNOWN;
  }

  private static void carry(
      List<HeaderField> fields, int number, List<String> carried, List<String> said) {
    fields.stream()
        .filter(f -> said.stream().noneMatch(f::is))
        .forEach(f -> carried.add(PartFields.ofPart(number, f)));
  }

  /** RFC 2157 6.1 and 6.2; empty if the text has to be carried as a file. */
  private Optional<BodyPart> text(
      Entity part, List<HeaderField> fields, int number, List<String> carried)
      throws IOException, StoreUnavailable {
    Octets octets = desk.decoded(part);
    String charset = part.type().parameter("charset").orElse("us-ascii").toLowerCase(Locale.ROOT);
    boolean known = CharacterSets.known(charset);
    boolean superset =
        charset.matches("us-ascii|utf-8|iso-8859-[0-9]{1,2}|windows-125[0-9]|koi8-[ru]");
    boolean onlyCharset =
        part.type().is("text", "plain")
            && part.type().parameters().keySet().stream().allMatch(p -> p.equals("charset"));
    if (superset && Scan.of(octets, desk).ascii() && !misleading(octets)) {
      types.ia5Text();
      kinds.add("ia5-text");
      carry(
          fields,
          number,
          carried,
          onlyCharset
              ? List.of("Content-Type", "Content-Transfer-Encoding")
              : List.of("Content-Transfer-Encoding"));
      return Optional.of(ia5(octets));
    }
    if (!known
        || octets.length() > desk.limits().textOctets()
        || charset.equals("us-ascii")
        || !desk.hold(2 * octets.length())) {
      return Optional.empty();
    }
    Optional<GeneralText.Made> made =
        GeneralText.decode(
                octets.toByteArray(), CharacterSets.of(charset, StandardCharsets.US_ASCII))
            .filter(text -> text.indexOf('\u001b') < 0)
            .flatMap(text -> GeneralText.make(text, types));
    if (made.isPresent()) {
      extended = true;
      kinds.add("general-text");
      boolean same =
          onlyCharset && Charset.forName(charset).equals(Charset.forName(made.get().charset()));
      carry(
          fields,
          number,
          carried,
          same
              ? List.of("Content-Type", "Content-Transfer-Encoding")
              : List.of("Content-Transfer-Encoding"));
    }
    return made.map(GeneralText.Made::part);
  }

  /** Text that the way back would take for something else. */
  private static boolean misleading(Octets octets) {
    byte[] first = octets.slice(0, Math.min(32, octets.length())).toByteArray();
    String start = new String(first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return start.startsWith(MIME_VERSION) || start.startsWith(HEADERS);
  }

  private static BodyPart ia5(Octets octets) {
    return new BodyPart.Ia5Text(
        new IA5TextBodyPart(
            new IA5TextParameters(Repertoire.IA5), new Text(Text.Kind.IA5, octets)));
  }

  /** RFC 2157 3.1.3: the part as it stands, in an IA5 text; empty if it is not of seven bits. */
  private Optional<BodyPart> harpoon(Entity part, List<HeaderField> fields)
      throws IOException, StoreUnavailable {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes("MIME-Version: 1.0\r\n".getBytes(StandardCharsets.US_ASCII));
    fields.stream()
        .filter(f -> !f.is("MIME-Version") && !f.name().isEmpty())
        .forEach(f -> head.writeBytes(f.octets().toArray()));
    head.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    Octets octets = Octets.join(List.of(Octets.of(head.toByteArray()), desk.stored(part.body())));
    if (!Scan.of(octets, desk).ascii()) {
      return Optional.empty();
    }
    types.ia5Text();
    kinds.add("mime-in-ia5-text");
    return Optional.of(ia5(octets));
  }

  /** RFC 2157 6.6: a multipart within a multipart. */
  private BodyPart nested(Entity multipart) throws IOException, StoreUnavailable {
    int place = kinds.size();
    List<String> carried = new ArrayList<>();
    multipart.header().fields().stream()
        .filter(f -> !f.is("Content-Type") && !f.is("Content-Transfer-Encoding"))
        .forEach(f -> carried.add(PartFields.line(f)));
    Made body = sequence(multipart, false, carried);
    kinds.add(place, "multipart(" + String.join("+", take(place)) + ")");
    IpmIds.IpmId id = IpmIds.toIpm(generatedId());
    Heading heading =
        Heading.builder()
            .thisIPM(
                Naming.identifier(
                    military && author.user().isPresent()
                        ? IpmIds.military(id, author.user().get())
                        : id))
            .subject(Naming.freeForm(title(multipart.type().subtype())))
            .extensions(extensions(body))
            .build();
    extended = true;
    return new BodyPart.Message(
        new MessageBodyPart(new MessageParameters(null, null), new IPM(heading, body.parts())));
  }

  private List<String> take(int from) {
    List<String> inner = List.copyOf(kinds.subList(from, kinds.size()));
    kinds.subList(from, kinds.size()).clear();
    return inner;
  }

  private String generatedId() {
    generated++;
    return "part-" + generated + "." + desk.content().length() + "@" + settings.mailHost();
  }

  private static String title(String subtype) {
    return switch (subtype) {
      case "mixed" -> "Multipart Message";
      case "alternative" -> "Alternative Body Parts containing the same information";
      case "digest" -> "Message Digest";
      case "parallel" -> "Body Parts interpreted in parallel";
      default -> "Multipart Message (" + subtype + ")";
    };
  }

  static List<IPMSExtension> extensions(Made body) {
    List<IPMSExtension> all = new ArrayList<>(body.extensions());
    PartFields.extension(body.carried()).ifPresent(all::add);
    return all;
  }

  /** RFC 2157 6.5, RFC 6477 6. */
  private BodyPart forwarded(Entity message) throws IOException, StoreUnavailable {
    int place = kinds.size();
    MailHeading.Made heading =
        MailHeading.make(message.header(), naming, true, military, author, generatedId());
    Made body = read(message);
    kinds.add(place, "message(" + String.join("+", take(place)) + ")");
    List<String> carried = new ArrayList<>(heading.carried());
    carried.addAll(body.carried());
    List<IPMSExtension> extensions = new ArrayList<>(heading.extensions());
    extensions.addAll(body.extensions());
    PartFields.extension(carried).ifPresent(extensions::add);
    extended |= !extensions.isEmpty();
    IPM ipm = new IPM(heading.heading().extensions(extensions).build(), body.parts());
    if (!military) {
      return new BodyPart.Message(new MessageBodyPart(new MessageParameters(null, null), ipm));
    }
    extended = true;
    types.add(P772.ID_NATO_MMHS_ET_MM_MESSAGE);
    return new BodyPart.Extended(
        new ExtendedBodyPart(
            External.of(
                P772.ID_NATO_MMHS_ET_MM_MESSAGE_PARAMETERS,
                Any.of(ForwardedParameters.CODEC, new ForwardedParameters(null, null))),
            External.of(P772.ID_NATO_MMHS_ET_MM_MESSAGE, Any.of(IPM.CODEC, ipm))));
  }

  /** RFC 2157 3.2 the other way; empty if the octets are no body part. */
  private Optional<BodyPart> original(Entity part) throws StoreUnavailable {
    try {
      BodyPart body = BodyPart.CODEC.decode(new BerReader(desk.decoded(part), desk.limits().ber()));
      if (body instanceof BodyPart.Extended) {
        extended = true;
      }
      types.undefined();
      kinds.add("x400-body-part");
      return Optional.of(body);
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
