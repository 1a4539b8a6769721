package org.heliograph.server.user;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ContentsType;
import org.heliograph.asn1.x420.DocumentType;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.FileAttributes;
import org.heliograph.asn1.x420.FileTransferData;
import org.heliograph.asn1.x420.FileTransferParameters;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IA5TextBodyPart;
import org.heliograph.asn1.x420.IA5TextParameters;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.Importance;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.asn1.x420.NumberAttribute;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.PathnameAttribute;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.asn1.x420.X420;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Precedence;
import org.heliograph.model.TeletexText;
import org.heliograph.x400.OrNames;

/**
 * Writes interpersonal and military messages (X.420, STANAG 4406) as a user agent would: P2, P22 or
 * P772, a text and files.
 *
 * @param primary recipients in the heading
 * @param copy likewise
 * @param precedence in the heading of a military message
 */
public record Composer(
    OrAddress originator,
    List<OrAddress> primary,
    List<OrAddress> copy,
    String subject,
    String text,
    List<File> files,
    Optional<Importance> importance,
    Precedence precedence) {
  private static final ObjectIdentifier UNSTRUCTURED_BINARY = ObjectIdentifier.of("1.0.8571.2.4");

  /** A file that goes along: as file transfer body part, in P2 as bilaterally defined one. */
  public record File(String name, byte[] octets) {}

  /**
   * The content.
   *
   * @param type P2, P22 or P772
   * @param identifier the user-relative part of the IPM identifier, at most 64 characters
   * @throws IllegalArgumentException naming what cannot be said in it
   */
  public Octets content(ContentType type, String identifier) {
    boolean military = type.equals(ContentTypes.P772);
    boolean old = type.equals(ContentTypes.P2);
    if (!military && !old && !type.equals(ContentTypes.P22)) {
      throw new IllegalArgumentException(
          "content type " + type + " is not composed here; give its octets as a file");
    }
    Heading.Builder heading =
        Heading.builder()
            .thisIPM(
                new IPMIdentifier(
                    OrNames.name(originator),
                    Text.Kind.PRINTABLE.of(military ? padded(identifier) : identifier)))
            .originator(descriptor(originator))
            .primaryRecipients(primary.stream().map(Composer::specifier).toList())
            .copyRecipients(copy.stream().map(Composer::specifier).toList())
            .subject(subject.isEmpty() ? null : teletex(subject));
    importance.ifPresent(heading::importance);
    if (military) {
      heading.extensions(
          List.of(
              new IPMSExtension(
                  P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE,
                  Any.of(Codecs.INTEGER, (long) precedence.mmhs()))));
    }
    IPM ipm = new IPM(heading.build(), body(old));
    return military
        ? org.heliograph.asn1.p772.InformationObject.CODEC.encode(
            new org.heliograph.asn1.p772.InformationObject.Mm(ipm))
        : InformationObject.CODEC.encode(new InformationObject.Ipm(ipm));
  }

  /** A military identifier has at least 15 characters (RFC 6477 6). */
  private static String padded(String identifier) {
    return identifier + " ".repeat(Math.max(0, 15 - identifier.length()));
  }

  private static ORDescriptor descriptor(OrAddress address) {
    return new ORDescriptor(OrNames.name(address), null, null);
  }

  private static RecipientSpecifier specifier(OrAddress address) {
    return new RecipientSpecifier(descriptor(address), BitString.EMPTY, false, List.of());
  }

  private static Text teletex(String text) {
    return new Text(
        Text.Kind.TELETEX,
        Octets.of(
            TeletexText.encode(text)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "the subject has characters that T.61 lacks (X.420 7.2.11)"))));
  }

  private List<BodyPart> body(boolean old) {
    List<BodyPart> parts = new ArrayList<>();
    if (!text.isEmpty() || files.isEmpty()) {
      if (text.chars().anyMatch(c -> c > 0x7E)) {
        throw new IllegalArgumentException(
            "the text has characters that IA5 lacks; send it as a file");
      }
      String lines = text.replace("\r\n", "\n").replace("\n", "\r\n");
      parts.add(
          new BodyPart.Ia5Text(
              new IA5TextBodyPart(
                  new IA5TextParameters(),
                  new Text(Text.Kind.IA5, Octets.of(lines.getBytes(StandardCharsets.US_ASCII))))));
    }
    for (File file : files) {
      parts.add(old ? new BodyPart.BilaterallyDefined(Octets.of(file.octets())) : transfer(file));
    }
    return parts;
  }

  /** X.420 7.4.12. */
  private static BodyPart transfer(File file) {
    FileAttributes attributes =
        FileAttributes.builder()
            .pathname(
                new PathnameAttribute.IncompletePathname(
                    List.of(Text.Kind.GRAPHIC.of(file.name().replaceAll("[^ -~]", "_")))))
            .objectSize(new NumberAttribute.ActualValues((long) file.octets().length))
            .build();
    FileTransferParameters parameters =
        FileTransferParameters.builder()
            .contentsType(
                new ContentsType.DocumentType(
                    new DocumentType(X420.ID_DOC_UNSTRUCTURED_BINARY, null)))
            .fileAttributes(attributes)
            .build();
    External data =
        new External(
            UNSTRUCTURED_BINARY,
            null,
            null,
            new External.Encoding.OctetAligned(Octets.of(file.octets())));
    return new BodyPart.Extended(
        new ExtendedBodyPart(
            External.of(X420.ID_EP_FILE_TRANSFER, Any.of(FileTransferParameters.CODEC, parameters)),
            External.of(X420.ID_ET_FILE_TRANSFER, Any.of(FileTransferData.CODEC, List.of(data)))));
  }

  /** An identifier that is new. */
  public static String newIdentifier(String prefix) {
    return prefix
        + " "
        + Long.toString(Instant.now().toEpochMilli(), 36)
        + "-"
        + Long.toString(System.nanoTime() & 0xFFFFFF, 36);
  }
}
