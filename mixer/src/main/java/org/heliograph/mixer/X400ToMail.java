package org.heliograph.mixer;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.Priority;
import org.heliograph.asn1.x411.X411;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MailWriter;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.SioLabel;
import org.heliograph.mail.TransferEncoding;
import org.heliograph.model.Address;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.x400.Labels;

/** X.400 messages as mail: header, body and envelope (RFC 2156 5.3, RFC 2157, RFC 6477). */
final class X400ToMail {
  private static final int ENVELOPE_ID = 100;

  private final MixerSettings settings;
  private final Naming naming;
  private final Source source;

  X400ToMail(MixerSettings settings, Source source) {
    this.settings = settings;
    this.naming = new Naming(settings.addresses());
    this.source = source;
  }

  /**
   * A message that is ready to be written.
   *
   * @param fields of the heading; trace and envelope stand before them
   * @param notification whether it notifies of another message: then nobody is told about it
   */
  record Mail(
      List<HeaderField> fields,
      MimePart body,
      String messageId,
      Optional<String> ipmIdentifier,
      boolean notification) {
    Mail withFields(List<HeaderField> others) {
      return new Mail(others, body, messageId, ipmIdentifier, notification);
    }
  }

  /**
   * What a content becomes.
   *
   * @throws ConversionException if it is not what its type says
   */
  Mail mail(ContentType type, Octets octets, String made, Desk desk)
      throws ConversionException, IOException {
    boolean military = type.equals(ContentTypes.P772);
    if (!military && !type.equals(ContentTypes.P2) && !type.equals(ContentTypes.P22)) {
      return opaque(type, octets, made);
    }
    try {
      return switch (IpmContents.read(octets, military, desk)) {
        case IpmContents.Message message -> message(message.ipm(), desk);
        case IpmContents.Notification notification ->
            notification(type, notification.ipn(), made, desk);
      };
    } catch (DecodeException e) {
      throw new ConversionException(
          Failure.Cause.CONTENT_SYNTAX,
          "the content is no " + type + ": " + e.getMessage() + " at octet " + e.offset());
    }
  }

  /** RFC 3854 3.5: a content that a gateway does not look into. */
  private static Mail opaque(ContentType type, Octets octets, String made) {
    MediaType media =
        new MediaType("application", "x400-content", Map.of("content-type", type.toString()));
    return new Mail(
        List.of(HeaderField.of("Message-ID", "<" + made + ">")),
        new MimePart.Leaf(media, List.of(), octets, TransferEncoding.BASE64),
        made,
        Optional.empty(),
        false);
  }

  private Mail message(IPM ipm, Desk desk) throws DecodeException, IOException {
    Heading heading = ipm.heading();
    List<HeaderField> carried = PartFields.read(heading.extensions());
    MimePart body = new IpmBody(naming, desk).body(ipm, carried);
    return new Mail(
        IpmHeading.whole(heading, naming, carried, false, desk),
        body,
        IpmHeading.messageId(heading, carried),
        Optional.of(Naming.ipmId(heading.thisIPM()).text()),
        false);
  }

  private Mail notification(ContentType type, IPN ipn, String made, Desk desk)
      throws DecodeException, IOException {
    return new Notifications(settings, naming).mail(type, ipn, made, desk);
  }

  /** What became of the recipients of a dispatch. */
  MailToX400.Mapping recipients(Dispatch dispatch, Envelope envelope) {
    List<Recipient> mapped = new ArrayList<>();
    Map<RecipientId, RecipientId> origin = new LinkedHashMap<>();
    Map<RecipientId, Failure> failed = new LinkedHashMap<>();
    for (Recipient r : envelope.recipients()) {
      if (!dispatch.recipients().contains(r.id())) {
        continue;
      }
      try {
        Criticality.check(r.extensions());
        RecipientId id = new RecipientId(mapped.size() + 1);
        mapped.add(
            r.withId(id)
                .withAddress(mailbox(r.address()))
                .withOriginalRecipient(original(r))
                .withExtensions(List.of()));
        origin.put(id, r.id());
      } catch (AddressMappingException e) {
        failed.put(
            r.id(),
            new ConversionException(
                    Failure.Cause.UNKNOWN_RECIPIENT,
                    "the address has no mail form: " + e.getMessage())
                .failure());
      } catch (ConversionException e) {
        failed.put(r.id(), e.failure());
      }
    }
    return new MailToX400.Mapping(mapped, origin, failed);
  }

  /** ORCPT only says what came as such (RFC 2156 appendix A 3.2). */
  private static Optional<OriginalRecipient> original(Recipient r) {
    return r.originalRecipient().filter(o -> o.address().chars().allMatch(c -> c < 0x7F));
  }

  /** The mailbox of {@code address}. */
  Mailbox mailbox(Address address) throws AddressMappingException {
    return switch (address) {
      case Mailbox already -> already;
      case OrAddress or -> settings.addresses().toRfc822(or).value();
    };
  }

  private Mailbox originator(Envelope x400) throws ConversionException {
    if (x400.originator().isEmpty()) {
      throw new ConversionException(
          Failure.Cause.CONVERSION_FAILED, "an X.400 message without originator");
    }
    try {
      return mailbox(x400.originator().get());
    } catch (AddressMappingException e) {
      throw new ConversionException(
          Failure.Cause.CONVERSION_FAILED,
          "the originator's address has no mail form: " + e.getMessage());
    }
  }

  /** The envelope of the mail. */
  Envelope envelope(Dispatch dispatch, Envelope x400, Mail mail, List<Recipient> recipients)
      throws ConversionException {
    Identification names =
        Identification.none()
            .withMessageId(Optional.of(mail.messageId()))
            .withEnvelopeId(Optional.of(envelopeId(dispatch, x400)))
            .withIpmIdentifier(mail.ipmIdentifier());
    Handling handling =
        new Handling(
            java.util.Set.of(), x400.handling().contentReturn(), Handling.BodyType.SEVEN_BIT);
    EnvelopeBuilder made = Envelope.message(ContentTypes.MAIL, x400.submitted(), source);
    if (!mail.notification()) { // RFC 8098 3: the reverse-path of a notification is null
      made = made.originator(originator(x400));
    }
    return made.recipients(
            mail.notification()
                ? recipients.stream().map(r -> r.withReportRequest(ReportRequest.never())).toList()
                : recipients)
        .precedence(x400.precedence())
        .identification(names)
        .handling(handling)
        .deferUntil(x400.deferUntil())
        .latestDelivery(x400.latestDelivery())
        .label(x400.label())
        .build();
  }

  /** Appendix A 3.2; a shorter name of our own where that is longer than ENVID may be. */
  private String envelopeId(Dispatch dispatch, Envelope x400) {
    Optional<String> id =
        x400.identification()
            .mtsIdentifier()
            .map(mts -> Correlators.MTS_IDENTIFIER + mts)
            .filter(text -> text.chars().allMatch(c -> c >= 0x20 && c < 0x7F))
            .filter(
                text ->
                    text.length()
                            + 2 * text.chars().filter(c -> c == '=' || c == ' ' || c == '+').count()
                        <= ENVELOPE_ID);
    return id.orElseGet(() -> "mixer." + dispatch.message() + "@" + settings.mailHost());
  }

  /** Fields that the envelope gives: trace first, then those of RFC 2156 5.3.6 and 5.3.7. */
  List<HeaderField> envelopeFields(
      Envelope x400, Mail mail, MailToX400.Mapping mapping, OffsetDateTime now)
      throws ConversionException {
    List<HeaderField> fields =
        new ArrayList<>(new TraceFields(settings).toMail(x400.trace(), x400.internalTrace(), now));
    if (mail.body() instanceof MimePart.Multi && !mail.notification()) {
      fields.add(HeaderField.of("Message-Type", "Multiple Part"));
    }
    fields.add(HeaderField.of("Date", MailDate.format(submitted(x400))));
    fields.add(HeaderField.of("X400-Originator", originator(x400).text()));
    boolean open =
        mapping.recipients().size() == 1
            || x400.handling().has(Handling.Flag.DISCLOSURE_OF_OTHER_RECIPIENTS);
    if (open) {
      List<String> all = new ArrayList<>();
      for (Recipient r : mapping.recipients()) {
        all.add(r.address().display() + redirected(received(x400, mapping, r)));
      }
      fields.add(HeaderField.of("X400-Recipients", String.join(", ", all)));
    }
    x400.identification()
        .mtsIdentifier()
        .ifPresent(id -> fields.add(HeaderField.of("X400-MTS-Identifier", id.toString())));
    x400.identification()
        .contentIdentifier()
        .ifPresent(id -> fields.add(HeaderField.of("X400-Content-Identifier", id)));
    fields.add(HeaderField.of("X400-Content-Type", type(x400.contentType())));
    if (!x400.encodedInformationTypes().isEmpty()) {
      fields.add(
          HeaderField.of(
              "Original-Encoded-Information-Types",
              EncodedTypes.text(x400.encodedInformationTypes())));
    }
    Priority priority = settings.pairing().pair(x400.precedence()).priority();
    if (priority == Priority.URGENT) {
      fields.add(HeaderField.of("Priority", "urgent"));
    } else if (x400.precedence() == Precedence.DEFERRED) {
      fields.add(HeaderField.of("Priority", "non-urgent"));
    }
    if (x400.handling().has(Handling.Flag.IMPLICIT_CONVERSION_PROHIBITED)) {
      fields.add(HeaderField.of("Conversion", "Prohibited"));
    }
    if (x400.handling().has(Handling.Flag.CONVERSION_WITH_LOSS_PROHIBITED)) {
      fields.add(HeaderField.of("Conversion-With-Loss", "Prohibited"));
    }
    x400.deferUntil()
        .ifPresent(at -> fields.add(HeaderField.of("Deferred-Delivery", Clock.text(at))));
    x400.latestDelivery()
        .ifPresent(at -> fields.add(HeaderField.of("Latest-Delivery-Time", Clock.text(at))));
    List<Extension> extensions = new ArrayList<>(x400.extensions());
    mapping.recipients().forEach(r -> extensions.addAll(received(x400, mapping, r).extensions()));
    fields.addAll(Criticality.fields(extensions, settings.addresses()));
    return fields;
  }

  /** The recipient that {@code made} was made of. */
  private static Recipient received(Envelope x400, MailToX400.Mapping mapping, Recipient made) {
    return Optional.ofNullable(mapping.origin().get(made.id()))
        .flatMap(x400::recipient)
        .orElse(made);
  }

  /** What redirected a recipient, as a comment behind its address (RFC 2156 4.6.2). */
  private String redirected(Recipient r) throws ConversionException {
    StringBuilder out = new StringBuilder();
    for (Extension e : r.extensions()) {
      if (e.is((int) X411.REDIRECTION_HISTORY)) {
        try {
          String comment = Redirections.comment(e, settings.addresses());
          out.append(" (").append(comment.replaceAll("[()\\\\]", "'")).append(')');
        } catch (DecodeException broken) {
          throw new ConversionException(
              Failure.Cause.CONTENT_SYNTAX,
              "the redirection history cannot be read: " + broken.getMessage());
        }
      }
    }
    return out.toString();
  }

  /** When the message was submitted: what its trace begins with. */
  private static OffsetDateTime submitted(Envelope x400) {
    return x400.trace().stream()
        .findFirst()
        .map(TraceElement::arrival)
        .orElseGet(() -> x400.submitted().atOffset(ZoneOffset.UTC));
  }

  /** {@code mts-content-type}: a labelled integer, or an object identifier. */
  static String type(ContentType type) {
    if (type.equals(ContentTypes.P2)) {
      return "P2-1984 (2)";
    }
    return type.equals(ContentTypes.P22) ? "P2-1988 (22)" : type.toString();
  }

  /**
   * The label as SIO-Label: the field that was carried if it says the same label, with its marking
   * and colours, else one made of the envelope's.
   *
   * @param fields of the heading; a carried label field is taken out of them
   */
  static List<HeaderField> labelled(Optional<Label> label, List<HeaderField> fields) {
    List<HeaderField> others =
        new ArrayList<>(fields.stream().filter(f -> !f.is(SioLabel.FIELD)).toList());
    Optional<HeaderField> carried = fields.stream().filter(f -> f.is(SioLabel.FIELD)).findFirst();
    if (label.isEmpty()) {
      carried.ifPresent(others::add);
      return others;
    }
    boolean ess = label.get().policy().isPresent();
    SioLabel.Encoded encoded =
        ess
            ? new SioLabel.Encoded(SioLabel.ESS, Labels.encodeEss(label.get()))
            : new SioLabel.Encoded(SioLabel.X411, Labels.encodeX411(label.get()));
    Optional<SioLabel> shown = carried.flatMap(X400ToMail::parse);
    boolean same = shown.flatMap(SioLabel::label).filter(encoded::equals).isPresent();
    boolean marking = same || label.get().privacyMark().isEmpty();
    SioLabel made =
        same && shown.isPresent()
            ? shown.get()
            : new SioLabel(
                marking ? Optional.empty() : label.get().privacyMark(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(encoded));
    others.add(HeaderField.of(SioLabel.FIELD, made.text()));
    return others;
  }

  private static Optional<SioLabel> parse(HeaderField field) {
    try {
      return Optional.of(SioLabel.parse(field.body()));
    } catch (MailSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Writes a message. */
  static void write(List<HeaderField> envelope, Mail mail, MailWriter out, Desk desk)
      throws IOException {
    List<HeaderField> all = new ArrayList<>(envelope);
    all.addAll(mail.fields());
    MimePart.write(mail.body(), all, true, out, desk);
  }
}
