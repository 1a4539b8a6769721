package org.heliograph.mixer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ContentsType;
import org.heliograph.asn1.x420.DateAndTimeAttribute;
import org.heliograph.asn1.x420.DocumentType;
import org.heliograph.asn1.x420.EnvironmentParameter;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.FileAttributes;
import org.heliograph.asn1.x420.FileTransferData;
import org.heliograph.asn1.x420.FileTransferParameters;
import org.heliograph.asn1.x420.GeneralIdentifier;
import org.heliograph.asn1.x420.NumberAttribute;
import org.heliograph.asn1.x420.PathnameAttribute;
import org.heliograph.asn1.x420.X420;
import org.heliograph.mail.Disposition;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.Entity;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.jspecify.annotations.Nullable;

/**
 * File transfer body parts made of MIME parts (RFC 2157 2.3, 3.1.1). Octets are referred to, not
 * copied.
 */
final class FileTransfer {
  /** FTAM unstructured binary abstract syntax (ISO 8571-2). */
  static final ObjectIdentifier UNSTRUCTURED_BINARY = ObjectIdentifier.of("1.0.8571.2.4");

  static final String FOREIGN = "x-ftbp.";

  private FileTransfer() {}

  /**
   * A file transfer body part of a MIME part.
   *
   * @param octets of the file
   * @param others fields of the part besides those that have a place of their own
   */
  static BodyPart make(Entity part, Octets octets, List<HeaderField> others) {
    List<String> lines = new ArrayList<>();
    ObjectIdentifier application = application(part);
    for (HeaderField field : others) {
      boolean named =
          field.is("Content-Type") && !application.equals(MIXER.ID_MIME_FTBP_DATA)
              || field.is("Content-Description") && plain(field.body())
              || field.is("Content-Transfer-Encoding") && known(part);
      if (!named && !(field.is("Content-Disposition") && said(part))) {
        lines.add(PartFields.line(field));
      }
    }
    if (application.equals(MIXER.ID_MIME_FTBP_DATA)
        && others.stream().noneMatch(f -> f.is("Content-Type"))) {
      lines.add(PartFields.line("Content-Type", part.type().text()));
    }
    Optional<String> description =
        part.header().body("Content-Description").map(EncodedWords::decode);
    EnvironmentParameter environment =
        new EnvironmentParameter(
            new GeneralIdentifier.RegisteredIdentifier(application),
            null,
            null,
            description.isEmpty() ? null : List.of(graphic(description.get())));
    FileTransferParameters parameters =
        new FileTransferParameters(
            null,
            new ContentsType.DocumentType(new DocumentType(X420.ID_DOC_UNSTRUCTURED_BINARY, null)),
            environment,
            null,
            attributes(part, octets.length()),
            PartFields.extension(lines).map(List::of).orElse(null));
    External data =
        new External(UNSTRUCTURED_BINARY, null, null, new External.Encoding.OctetAligned(octets));
    return new BodyPart.Extended(
        new ExtendedBodyPart(
            External.of(X420.ID_EP_FILE_TRANSFER, Any.of(FileTransferParameters.CODEC, parameters)),
            External.of(X420.ID_ET_FILE_TRANSFER, Any.of(FileTransferData.CODEC, List.of(data)))));
  }

  private static boolean known(Entity part) {
    return part.encoding() != org.heliograph.mail.TransferEncoding.UNKNOWN;
  }

  /** RFC 2157 3.3 the other way: the application of a file that came out of X.400. */
  private static ObjectIdentifier application(Entity part) {
    String subtype = part.type().subtype();
    if (part.type().type().equals("application") && subtype.startsWith(FOREIGN)) {
      try {
        return ObjectIdentifier.of(subtype.substring(FOREIGN.length()));
      } catch (IllegalArgumentException e) {
        // another type of that name
      }
    }
    return MIXER.ID_MIME_FTBP_DATA;
  }

  /** Whether the file attributes say all of Content-Disposition. */
  private static boolean said(Entity part) {
    Optional<Disposition> disposition = part.disposition();
    return disposition.isPresent()
        && disposition.get().kind().equals("attachment")
        && disposition.get().parameters().keySet().equals(java.util.Set.of("filename"))
        && plain(disposition.get().filename().orElse("\n"));
  }

  private static boolean plain(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
  }

  private static FileAttributes attributes(Entity part, long length) {
    Map<String, String> said = part.disposition().map(Disposition::parameters).orElse(Map.of());
    FileAttributes.Builder attributes =
        FileAttributes.builder().objectSize(new NumberAttribute.ActualValues(length));
    part.filename()
        .filter(name -> !name.isEmpty())
        .ifPresent(
            name ->
                attributes.pathname(
                    new PathnameAttribute.IncompletePathname(List.of(graphic(name)))));
    date(said.get("creation-date")).ifPresent(attributes::dateAndTimeOfCreation);
    date(said.get("modification-date")).ifPresent(attributes::dateAndTimeOfLastModification);
    date(said.get("read-date")).ifPresent(attributes::dateAndTimeOfLastReadAccess);
    return attributes.build();
  }

  private static Optional<DateAndTimeAttribute> date(@Nullable String said) {
    return Optional.ofNullable(said)
        .flatMap(MailDate::parse)
        .map(date -> new DateAndTimeAttribute.ActualValues(Time.generalized(date.toInstant())));
  }

  static String date(Time time) {
    Instant at = time.instant();
    return MailDate.format(OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  /** Graphic characters; others become question marks here and stand exactly in their field. */
  private static Text graphic(String text) {
    // ASCII is what every reader of a GraphicString knows (RFC 2157 2.3.1)
    String apart =
        java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "");
    StringBuilder out = new StringBuilder();
    apart.codePoints().forEach(c -> out.append(c >= 0x20 && c < 0x7F ? (char) c : '?'));
    return Text.Kind.GRAPHIC.of(out.toString());
  }
}
