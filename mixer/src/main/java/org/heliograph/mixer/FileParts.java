package org.heliograph.mixer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.x420.ContentsType;
import org.heliograph.asn1.x420.DateAndTimeAttribute;
import org.heliograph.asn1.x420.EnvironmentParameter;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.FileAttributes;
import org.heliograph.asn1.x420.FileTransferData;
import org.heliograph.asn1.x420.FileTransferParameters;
import org.heliograph.asn1.x420.GeneralIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.PathnameAttribute;
import org.heliograph.asn1.x420.X420;
import org.heliograph.mail.Disposition;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.TransferEncoding;
import org.jspecify.annotations.Nullable;

/** MIME parts made of file transfer body parts (RFC 2157 2.3, 3.1.1, 3.3, 6.4). */
final class FileParts {
  private static final ObjectIdentifier UNKNOWN_ATTACHMENT =
      ObjectIdentifier.of("2.16.840.1.113694.2.2.1.1");
  private static final ObjectIdentifier OLD_UNKNOWN_ATTACHMENT =
      ObjectIdentifier.of("1.2.840.1.113694.2.2.1.1");

  private FileParts() {}

  /**
   * The part for a file.
   *
   * @param carried fields that were carried for it
   * @return empty if it has to be encapsulated: several files, compression, another document type
   */
  static Optional<MimePart> read(ExtendedBodyPart part, List<HeaderField> carried, Desk desk)
      throws DecodeException, IOException {
    if (!(part.data().encoding() instanceof External.Encoding.SingleAsn1Type single)) {
      return Optional.empty();
    }
    List<External> files = single.value().as(FileTransferData.CODEC);
    Optional<Octets> octets =
        files.size() == 1 ? IpmBody.octets(files.getFirst()) : Optional.empty();
    @Nullable External said = part.parameters();
    if (octets.isEmpty()
        || said != null && !(said.encoding() instanceof External.Encoding.SingleAsn1Type)) {
      return Optional.empty();
    }
    FileTransferParameters parameters =
        said != null && said.encoding() instanceof External.Encoding.SingleAsn1Type p
            ? p.value().as(FileTransferParameters.CODEC)
            : new FileTransferParameters(null, null, null, null, null, null);
    if (parameters.compression() != null || !binary(parameters.contentsType())) {
      return Optional.empty();
    }
    List<HeaderField> fields = new ArrayList<>(fields(parameters));
    fields.addAll(carried);
    return Optional.of(part(parameters, fields, octets.get(), desk));
  }

  private static boolean binary(@Nullable ContentsType type) {
    return type == null
        || type instanceof ContentsType.DocumentType document
            && document.value().documentTypeName().equals(X420.ID_DOC_UNSTRUCTURED_BINARY);
  }

  private static List<HeaderField> fields(FileTransferParameters parameters)
      throws DecodeException {
    List<IPMSExtension> extensions = parameters.extensions();
    return extensions == null ? List.of() : PartFields.read(extensions);
  }

  private static MimePart part(
      FileTransferParameters parameters, List<HeaderField> said, Octets octets, Desk desk)
      throws IOException {
    Optional<MediaType> type =
        said.stream()
            .filter(f -> f.is("Content-Type"))
            .findFirst()
            .flatMap(f -> MediaType.parse(f.body()))
            .filter(t -> !t.type().equals("multipart"));
    boolean unknown =
        said.stream()
            .filter(f -> f.is("Content-Transfer-Encoding"))
            .anyMatch(f -> TransferEncoding.of(Optional.of(f.body())) == TransferEncoding.UNKNOWN);
    List<HeaderField> fields =
        new ArrayList<>(
            said.stream()
                .filter(
                    f ->
                        !f.is("Content-Type")
                            && !f.is("MIME-Version")
                            && (unknown || !f.is("Content-Transfer-Encoding")))
                .toList());
    if (fields.stream().noneMatch(f -> f.is("Content-Disposition"))) {
      disposition(parameters.fileAttributes(), type.isPresent())
          .ifPresent(d -> fields.add(HeaderField.of("Content-Disposition", d.text())));
    }
    description(parameters.environment())
        .filter(d -> fields.stream().noneMatch(f -> f.is("Content-Description")))
        .ifPresent(d -> fields.add(HeaderField.of("Content-Description", EncodedWords.encode(d))));
    TransferEncoding encoding = TransferEncoding.BASE64;
    MediaType media = type.orElseGet(() -> media(parameters.environment()));
    Scan scan = Scan.of(octets, desk);
    if (unknown && scan.ascii()) {
      encoding = TransferEncoding.UNKNOWN;
    } else if (scan.sevenBit() && (media.type().equals("text") || media.type().equals("message"))) {
      encoding = TransferEncoding.SEVEN_BIT;
    } else if (media.type().equals("text")
        && scan.lines()
        && octets.length() <= desk.limits().textOctets()) {
      encoding = TransferEncoding.QUOTED_PRINTABLE;
    }
    return new MimePart.Leaf(media, fields, octets, encoding);
  }

  /** RFC 2157 3.3: a file of an application that mail has no type for keeps its identifier. */
  private static MediaType media(@Nullable EnvironmentParameter environment) {
    if (environment != null
        && environment.applicationReference() instanceof GeneralIdentifier.RegisteredIdentifier id
        && !id.value().equals(MIXER.ID_MIME_FTBP_DATA)
        && !id.value().equals(UNKNOWN_ATTACHMENT)
        && !id.value().equals(OLD_UNKNOWN_ATTACHMENT)) {
      return new MediaType("application", FileTransfer.FOREIGN + id.value(), Map.of());
    }
    return MediaType.OCTETS;
  }

  private static Optional<String> description(@Nullable EnvironmentParameter environment) {
    List<Text> strings = environment == null ? null : environment.userVisibleString();
    return strings == null || strings.isEmpty()
        ? Optional.empty()
        : Optional.of(Naming.text(strings.getFirst())).filter(s -> !s.isEmpty());
  }

  /**
   * What the attributes say.
   *
   * @param mime whether the file was born as a MIME part: then a part without any name had no
   *     disposition
   */
  private static Optional<Disposition> disposition(
      @Nullable FileAttributes attributes, boolean mime) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (attributes != null) {
      path(attributes.pathname()).ifPresent(name -> parameters.put("filename", name));
      date(parameters, "creation-date", attributes, FileAttributes::dateAndTimeOfCreation);
      date(
          parameters,
          "modification-date",
          attributes,
          FileAttributes::dateAndTimeOfLastModification);
      date(parameters, "read-date", attributes, FileAttributes::dateAndTimeOfLastReadAccess);
    }
    return parameters.isEmpty() && mime
        ? Optional.empty()
        : Optional.of(new Disposition("attachment", parameters));
  }

  private static Optional<String> path(@Nullable PathnameAttribute path) {
    if (path == null) {
      return Optional.empty();
    }
    List<Text> names =
        switch (path) {
          case PathnameAttribute.IncompletePathname incomplete -> incomplete.value();
          case PathnameAttribute.CompletePathname complete -> complete.value();
        };
    String joined = String.join("/", names.stream().map(Naming::text).toList());
    return Optional.of(joined).filter(j -> !j.isEmpty());
  }

  private static void date(
      Map<String, String> parameters,
      String name,
      FileAttributes attributes,
      Function<FileAttributes, @Nullable DateAndTimeAttribute> which) {
    if (which.apply(attributes) instanceof DateAndTimeAttribute.ActualValues actual) {
      parameters.put(name, FileTransfer.date(actual.value()));
    }
  }
}
