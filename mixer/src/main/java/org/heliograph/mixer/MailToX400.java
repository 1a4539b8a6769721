package org.heliograph.mixer;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.mail.Entity;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MmhsFields;
import org.heliograph.mail.MmhsReader;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.Address;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.x400.Labels;

/** Mail as X.400 messages: heading, body and envelope (RFC 2156 5.1, RFC 2157, RFC 6477). */
final class MailToX400 {
  private final MixerSettings settings;
  private final Naming naming;
  private final Source source;

  MailToX400(MixerSettings settings, Source source) {
    this.settings = settings;
    this.naming = new Naming(settings.addresses());
    this.source = source;
  }

  /**
   * A content made of mail.
   *
   * @param kinds of body parts, for people
   * @param extensions of the heading
   */
  record Content(
      ContentType type,
      Octets octets,
      EncodedInformationTypes types,
      String kinds,
      Optional<String> ipmIdentifier,
      List<IPMSExtension> extensions) {}

  /** Reads mail. */
  static Entity read(Desk desk) throws ConversionException, StoreUnavailable {
    try {
      return MailReader.read(desk.content(), desk.limits().mail());
    } catch (MailSyntaxException e) {
      throw new ConversionException(
          Failure.Cause.CONTENT_SYNTAX, "the message cannot be read: " + e.getMessage());
    }
  }

  /**
   * The content that a message becomes.
   *
   * @param author who counts as its originator
   * @param identifier its identifier if it has none
   */
  Content content(Entity message, Author author, String identifier, Desk desk)
      throws StoreUnavailable {
    Optional<Content> whole = x400Content(message, desk);
    if (whole.isPresent()) {
      return whole.get();
    }
    Made made = ipm(message, false, author, identifier, desk);
    MailBody body = made.body();
    IPM ipm = made.ipm();
    List<IPMSExtension> extensions = ipm.heading().extensions();
    boolean military = made.military();
    ContentType type =
        military
            ? ContentTypes.P772
            : extensions.isEmpty() && !body.extended() ? ContentTypes.P2 : ContentTypes.P22;
    Octets octets =
        military
            ? org.heliograph.asn1.p772.InformationObject.CODEC.encode(
                new org.heliograph.asn1.p772.InformationObject.Mm(ipm))
            : InformationObject.CODEC.encode(new InformationObject.Ipm(ipm));
    return new Content(
        type,
        octets,
        body.types().types(),
        String.join(" ", body.kinds()),
        ipmIdentifier(ipm),
        extensions);
  }

  /**
   * An interpersonal message.
   *
   * @param military whether it is one of STANAG 4406
   */
  record Made(IPM ipm, MailBody body, boolean military) {}

  /**
   * The interpersonal message that mail becomes.
   *
   * @param nested whether it has no envelope of its own
   * @param identifier its identifier if it has none
   */
  Made ipm(Entity message, boolean nested, Author author, String identifier, Desk desk)
      throws StoreUnavailable {
    Header header = message.header();
    boolean military =
        MmhsReader.read(header).military() || author.believed() && KeptHeading.military(header);
    MailBody body = new MailBody(settings, naming, desk, military, author);
    MailBody.Made parts = body.body(message);
    MailHeading.Made heading =
        MailHeading.make(header, naming, nested, military, author, identifier);
    List<String> carried = new ArrayList<>(heading.carried());
    marking(header).filter(line -> !nested).ifPresent(carried::add);
    carried.addAll(parts.carried());
    List<IPMSExtension> extensions = new ArrayList<>(heading.extensions());
    extensions.addAll(parts.extensions());
    PartFields.extension(carried).ifPresent(extensions::add);
    IPM ipm = new IPM(heading.heading().extensions(extensions).build(), parts.parts());
    return new Made(ipm, body, military);
  }

  private static Optional<String> ipmIdentifier(IPM ipm) {
    try {
      return Optional.of(Naming.ipmId(ipm.heading().thisIPM()).text());
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** RFC 3854 3.5 the other way: a message that is nothing but an X.400 content. */
  private static Optional<Content> x400Content(Entity message, Desk desk) throws StoreUnavailable {
    Optional<String> said = message.type().parameter("content-type");
    if (!message.type().is("application", "x400-content") || said.isEmpty()) {
      return Optional.empty();
    }
    try {
      ContentType type = ContentType.parse(said.get().strip());
      if (type instanceof ContentType.Mail) {
        return Optional.empty();
      }
      EncodedTypes types = new EncodedTypes();
      types.undefined();
      return Optional.of(
          new Content(
              type,
              desk.decoded(message),
              types.types(),
              "x400-content",
              Optional.empty(),
              List.of()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a label field says besides the label is carried: a marking, a label in another form. */
  private static Optional<String> marking(Header header) {
    Optional<HeaderField> field = header.first(SioLabel.FIELD);
    if (field.isEmpty()) {
      return Optional.empty();
    }
    try {
      SioLabel label = SioLabel.parse(field.get().body());
      boolean said =
          label.marking().isEmpty() && label.label().flatMap(MailToX400::label).isPresent();
      return said ? Optional.empty() : Optional.of(PartFields.line(field.get()));
    } catch (MailSyntaxException e) {
      return Optional.of(PartFields.line(field.get()));
    }
  }

  private static Optional<Label> label(SioLabel.Encoded encoded) {
    try {
      return switch (encoded.type()) {
        case SioLabel.ESS -> Optional.of(Labels.decodeEss(encoded.octets()));
        case SioLabel.X411 -> Optional.of(Labels.decodeX411(encoded.octets()));
        default -> Optional.empty();
      };
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** The label of a message: the envelope's, else that of its SIO-Label field. */
  static Optional<Label> label(Envelope envelope, Header header) {
    if (envelope.label().isPresent()) {
      return envelope.label();
    }
    try {
      Optional<String> body = header.body(SioLabel.FIELD);
      return body.isEmpty()
          ? Optional.empty()
          : SioLabel.parse(body.get()).label().flatMap(MailToX400::label);
    } catch (MailSyntaxException e) {
      return Optional.empty();
    }
  }

  /** What became of the recipients of a dispatch. */
  record Mapping(
      List<Recipient> recipients,
      Map<RecipientId, RecipientId> origin,
      Map<RecipientId, Failure> failed) {}

  /** The recipients of {@code dispatch} with O/R addresses. */
  Mapping recipients(Dispatch dispatch, Envelope envelope) {
    List<Recipient> made = new ArrayList<>();
    Map<RecipientId, RecipientId> origin = new LinkedHashMap<>();
    Map<RecipientId, Failure> failed = new LinkedHashMap<>();
    for (Recipient r : envelope.recipients()) {
      if (!dispatch.recipients().contains(r.id())) {
        continue;
      }
      try {
        RecipientId id = new RecipientId(made.size() + 1);
        made.add(r.withId(id).withAddress(or(r.address())));
        origin.put(id, r.id());
      } catch (AddressMappingException e) {
        failed.put(
            r.id(),
            new ConversionException(
                    Failure.Cause.UNKNOWN_RECIPIENT,
                    "the address has no X.400 form: " + e.getMessage())
                .failure());
      }
    }
    return new Mapping(made, origin, failed);
  }

  /** The O/R address of {@code address}. */
  OrAddress or(Address address) throws AddressMappingException {
    return switch (address) {
      case OrAddress already -> already;
      case Mailbox mailbox -> settings.addresses().toX400(mailbox).value();
    };
  }

  /** Who answers for a message without originator. */
  private Mailbox postmaster() {
    return new Mailbox("postmaster", settings.mailHost());
  }

  /**
   * The envelope of the X.400 message.
   *
   * @param identifier its own
   * @param believed whether the sender may ask for a precedence above routine
   * @param header of the mail
   * @param content what it became
   */
  Envelope envelope(
      MtsIdentifier identifier,
      boolean believed,
      Envelope mail,
      Header header,
      Content content,
      List<Recipient> recipients,
      OffsetDateTime now)
      throws ConversionException {
    OrAddress originator = originator(mail);
    boolean silent = mail.originator().isEmpty();
    TraceFields.Traces traces =
        new TraceFields(settings).ofMail(header, Optional.of(originator), content.types(), now);
    Identification names =
        Identification.none()
            .withMtsIdentifier(identifier)
            .withContentIdentifier(Correlators.identifier(header))
            .withContentCorrelator(
                Optional.of(Correlators.of(header, mail.identification().envelopeId())))
            .withIpmIdentifier(content.ipmIdentifier());
    EnvelopeBuilder made =
        Envelope.message(content.type(), mail.submitted(), source)
            .originator(originator)
            .recipients(
                silent
                    ? recipients.stream()
                        .map(r -> r.withReportRequest(ReportRequest.never()))
                        .toList()
                    : recipients)
            .encodedInformationTypes(content.types())
            .precedence(precedence(mail, header, believed))
            .identification(names)
            .handling(handling(mail, header))
            .deferUntil(mail.deferUntil())
            .latestDelivery(mail.latestDelivery())
            .trace(traces.trace())
            .internalTrace(traces.internal())
            .label(label(mail, header))
            .extensions(ExpansionHistory.extension(header, this));
    return made.build();
  }

  OrAddress originator(Envelope mail) throws ConversionException {
    try {
      return or(mail.originator().orElseGet(this::postmaster));
    } catch (AddressMappingException e) {
      throw new ConversionException(
          Failure.Cause.CONVERSION_FAILED,
          "the originator's address has no X.400 form: " + e.getMessage());
    }
  }

  private static Handling handling(Envelope mail, Header header) {
    Handling.ContentReturn wanted =
        mail.handling().contentReturn() == Handling.ContentReturn.HEADERS
            ? Handling.ContentReturn.HEADERS
            : Handling.ContentReturn.FULL; // RFC 2156 5.2
    Handling handling =
        new Handling(java.util.Set.of(), wanted, Handling.BodyType.SEVEN_BIT)
            .with(Handling.Flag.ALTERNATE_RECIPIENT_ALLOWED);
    if (prohibited(header, "Conversion")) {
      handling = handling.with(Handling.Flag.IMPLICIT_CONVERSION_PROHIBITED);
    }
    if (prohibited(header, "Conversion-With-Loss")) {
      handling = handling.with(Handling.Flag.CONVERSION_WITH_LOSS_PROHIBITED);
    }
    return handling;
  }

  private static boolean prohibited(Header header, String field) {
    return header
        .body(field)
        .filter(b -> b.toLowerCase(Locale.ROOT).startsWith("prohibited"))
        .isPresent();
  }

  /**
   * The precedence that a message gets: what its header asks for; if its sender may not ask for
   * more, at most routine or what its envelope was granted.
   */
  private static Precedence precedence(Envelope mail, Header header, boolean believed) {
    Precedence asked = asked(mail, header, believed);
    Precedence granted =
        mail.precedence().above(Precedence.ROUTINE) ? mail.precedence() : Precedence.ROUTINE;
    return believed || !asked.above(granted) ? asked : granted;
  }

  /** The heading's precedence for action addressees, else for the others, else the envelope's. */
  static Precedence asked(Envelope mail, Header header, boolean believed) {
    MmhsFields fields = MmhsReader.read(header).fields();
    OptionalInt number =
        fields.primaryPrecedence().isPresent()
                && (header.first("To").isPresent() || fields.copyPrecedence().isEmpty())
            ? fields.primaryPrecedence()
            : fields.copyPrecedence();
    if (number.isPresent()) {
      return Precedence.ofMmhs(number.getAsInt());
    }
    if (mail.precedence() != Precedence.ROUTINE) {
      return mail.precedence();
    }
    return switch (header.body("Priority").orElse("").toLowerCase(Locale.ROOT)) {
      case "urgent" -> Precedence.FLASH;
      // many programs write it into every mail, and then it asks for nothing
      case "normal" -> believed ? Precedence.PRIORITY : Precedence.ROUTINE;
      case "non-urgent" -> Precedence.DEFERRED;
      default -> Precedence.ROUTINE;
    };
  }

  /** The time to the second, as X.400 writes it. */
  static OffsetDateTime now(Desk desk) {
    return desk.now().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Stores what a content consists of. */
  static ContentRef store(Content content, Desk desk) throws StoreUnavailable {
    return desk.store(content.octets());
  }
}
