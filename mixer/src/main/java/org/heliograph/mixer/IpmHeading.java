package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.x420.AutoSubmitted;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.Importance;
import org.heliograph.asn1.x420.Languages;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.asn1.x420.X420;
import org.heliograph.mail.AddressList;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailAddress;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MessageIds;
import org.heliograph.mail.MmhsFields;
import org.heliograph.mail.MmhsWriter;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message, made of the heading of an interpersonal message (RFC 2156 5.3.4, RFC
 * 6477). A field that was carried exactly stands in place of the one that its component gives, if
 * it maps to that component; otherwise it is not believed.
 */
final class IpmHeading {
  /** The group that stands where no recipient is named (RFC 2156 5.3.2). */
  static final String NOBODY = "list";

  static final String DISCARDED = "Discarded-X400-IPMS-Extensions";

  private final Naming naming;
  private final Heading heading;
  private final List<HeaderField> carried;
  private final List<HeaderField> fields = new ArrayList<>();

  private IpmHeading(Naming naming, Heading heading, List<HeaderField> carried) {
    this.naming = naming;
    this.heading = heading;
    this.carried = carried;
  }

  /**
   * The fields for {@code heading}, without Date and trace.
   *
   * @param carried what its rfc-822-field extension holds
   * @throws DecodeException if an extension or address is not of its type
   */
  static List<HeaderField> fields(Heading heading, Naming naming, List<HeaderField> carried)
      throws DecodeException {
    IpmHeading self = new IpmHeading(naming, heading, carried);
    self.addresses();
    self.identifiers();
    self.subject();
    self.flags();
    self.extensions();
    self.carry();
    return self.fields;
  }

  /**
   * The fields for {@code heading}, and one that holds what they do not say.
   *
   * @param nested whether it is the heading of a forwarded message
   */
  static List<HeaderField> whole(
      Heading heading, Naming naming, List<HeaderField> carried, boolean nested, Desk desk)
      throws DecodeException {
    List<HeaderField> fields = new ArrayList<>(fields(heading, naming, carried));
    KeptHeading.of(heading, fields, naming, nested, desk).ifPresent(fields::add);
    return fields;
  }

  /** The Message-ID of {@code heading}, without angle brackets. */
  static String messageId(Heading heading, List<HeaderField> carried) throws DecodeException {
    Optional<String> exact =
        PartFields.exactly(carried, "Message-ID")
            .flatMap(b -> MessageIds.parse(b).stream().findFirst());
    if (exact.isPresent()
        && IpmIds.toIpm(exact.get())
            .relative()
            .equals(Naming.ipmId(heading.thisIPM()).relative().stripTrailing())) {
      return exact.get();
    }
    return Naming.messageId(heading.thisIPM());
  }

  private void add(String name, String body) {
    fields.add(HeaderField.of(name, body));
  }

  private void addresses() throws DecodeException {
    List<ORDescriptor> originator = list(heading.originator());
    List<ORDescriptor> authorizing = some(heading.authorizingUsers());
    descriptors("From", authorizing.isEmpty() ? originator : authorizing);
    if (!authorizing.isEmpty()) {
      descriptors("Sender", originator);
    }
    descriptors("Reply-To", some(heading.replyRecipients()));
    descriptors("To", recipients(heading.primaryRecipients()));
    descriptors("Cc", recipients(heading.copyRecipients()));
    List<RecipientSpecifier> blind = heading.blindCopyRecipients();
    if (blind != null) {
      descriptors("Bcc", recipients(blind));
      if (fields.stream().noneMatch(f -> f.is("Bcc"))) {
        add("Bcc", "");
      }
    }
    requests();
    if (fields.stream().noneMatch(f -> f.is("To") || f.is("Cc") || f.is("Bcc"))) {
      add("To", NOBODY + ":;"); // RFC 2156 5.3.2
    }
  }

  /** A request for notifications, which go to the originator, as RFC 8098 2.1 writes it. */
  private void requests() throws DecodeException {
    List<RecipientSpecifier> all = new ArrayList<>(heading.primaryRecipients());
    all.addAll(heading.copyRecipients());
    List<RecipientSpecifier> blind = heading.blindCopyRecipients();
    all.addAll(blind == null ? List.of() : blind);
    ORDescriptor originator = heading.originator();
    Optional<MailAddress> to = originator == null ? Optional.empty() : naming.address(originator);
    boolean asked =
        all.stream()
            .map(RecipientSpecifier::notificationRequests)
            .anyMatch(b -> b.isSet(MailHeading.RECEIPT) || b.isSet(MailHeading.NON_RECEIPT));
    if (asked && to.isPresent()) {
      MailAddress address = to.get();
      add(
          "Disposition-Notification-To",
          PartFields.exactly(carried, "Disposition-Notification-To")
              .filter(body -> same(body, List.of(address), List.of()))
              .orElse(address.mailbox().text()));
    }
  }

  private static List<ORDescriptor> list(@Nullable ORDescriptor one) {
    return one == null ? List.of() : List.of(one);
  }

  private static List<ORDescriptor> some(@Nullable List<ORDescriptor> many) {
    return many == null ? List.of() : many;
  }

  private static List<ORDescriptor> recipients(List<RecipientSpecifier> specifiers) {
    return specifiers.stream().map(RecipientSpecifier::recipient).toList();
  }

  private void descriptors(String name, List<ORDescriptor> descriptors) throws DecodeException {
    List<MailAddress> addresses = new ArrayList<>();
    List<String> nameless = new ArrayList<>();
    for (ORDescriptor descriptor : descriptors) {
      Optional<MailAddress> address = naming.address(descriptor);
      address.ifPresent(addresses::add);
      Text shown = descriptor.freeFormName();
      if (address.isEmpty() && shown != null) {
        nameless.add(Naming.text(shown));
      }
    }
    Optional<String> exact =
        PartFields.exactly(carried, name).filter(body -> same(body, addresses, nameless));
    if (exact.isPresent()) {
      add(name, exact.get());
    } else if (!addresses.isEmpty() || !nameless.isEmpty()) {
      add(name, AddressList.format(addresses, nameless)); // RFC 2156 4.7.2
    }
  }

  private static boolean same(String body, List<MailAddress> addresses, List<String> groups) {
    try {
      AddressList list = AddressList.parse(body);
      List<String> names =
          list.groups().stream().map(g -> Naming.text(Naming.freeForm(g))).toList();
      return names.equals(groups)
          && list.addresses().stream()
              .map(MailAddress::mailbox)
              .toList()
              .equals(addresses.stream().map(MailAddress::mailbox).toList());
    } catch (MailSyntaxException e) {
      return false;
    }
  }

  private void identifiers() throws DecodeException {
    add("Message-ID", "<" + messageId(heading, carried) + ">");
    IPMIdentifier replied = heading.repliedToIPM();
    ids("In-Reply-To", replied == null ? List.of() : List.of(replied));
    ids("References", heading.relatedIPMs());
    ids("Supersedes", heading.obsoletedIPMs());
  }

  private void ids(String name, List<IPMIdentifier> identifiers) throws DecodeException {
    List<String> ids = new ArrayList<>();
    for (IPMIdentifier identifier : identifiers) {
      ids.add(Naming.messageId(identifier));
    }
    Optional<List<String>> exact =
        PartFields.exactly(carried, name).map(MessageIds::parse).filter(e -> same(e, ids));
    if (!ids.isEmpty()) {
      add(name, MessageIds.format(exact.orElse(ids)));
    }
  }

  private static boolean same(List<String> exact, List<String> ids) {
    try {
      List<String> mapped = new ArrayList<>();
      for (String id : exact) {
        mapped.add(Naming.messageId(Naming.identifier(IpmIds.toIpm(id))));
      }
      return mapped.equals(ids);
    } catch (DecodeException e) {
      return false;
    }
  }

  private void subject() throws DecodeException {
    Text plain = heading.subject();
    Optional<IPMSExtension> extended = extension(X420.ID_HEX_EXTENDED_SUBJECT);
    if (plain == null && extended.isEmpty()) {
      return;
    }
    Optional<String> exact = PartFields.exactly(carried, "Subject");
    if (exact.isPresent()) {
      SubjectText mapped = SubjectText.of(EncodedWords.decode(exact.get()));
      if (mapped.plain().equals(plain) && mapped.extended().equals(extended)) {
        add("Subject", exact.get());
        return;
      }
    }
    String text =
        extended.isPresent()
            ? SubjectText.read(extended.get())
            : plain == null ? "" : Naming.text(plain);
    add("Subject", EncodedWords.encode(text));
  }

  private void flags() {
    Time expires = heading.expiryTime();
    if (expires != null) {
      add("Expires", Clock.text(expires));
    }
    Time reply = heading.replyTime();
    if (reply != null) {
      add("Reply-By", Clock.text(reply));
    }
    if (heading.importance() != Importance.NORMAL) {
      add("Importance", heading.importance().toString());
    }
    if (heading.sensitivity() != null) {
      add("Sensitivity", title(heading.sensitivity().toString()));
    }
    if (heading.autoForwarded()) {
      add("Autoforwarded", "TRUE");
    }
  }

  /** {@code company-confidential} as {@code Company-Confidential}. */
  private static String title(String word) {
    StringBuilder out = new StringBuilder();
    for (String part : word.split("-", -1)) {
      out.append(out.isEmpty() ? "" : "-")
          .append(part.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(part.substring(1));
    }
    return out.toString();
  }

  private Optional<IPMSExtension> extension(ObjectIdentifier type) {
    return heading.extensions().stream()
        .filter(e -> e.type().equals(type) && e.value() != null)
        .findFirst();
  }

  private void extensions() throws DecodeException {
    Set<String> discarded = new LinkedHashSet<>();
    for (IPMSExtension e : heading.extensions()) {
      if (e.type().equals(X420.ID_HEX_INCOMPLETE_COPY)) {
        add("Incomplete-Copy", "");
      } else if (e.type().equals(X420.ID_HEX_LANGUAGES) && e.value() != null) {
        languages(e.value().as(Languages.CODEC));
      } else if (e.type().equals(X420.ID_HEX_AUTO_SUBMITTED) && e.value() != null) {
        AutoSubmitted value = e.value().as(AutoSubmitted.CODEC);
        add("Autosubmitted", value.toString());
      } else if (!Military.MAPPED.contains(e.type())
          && !e.type().equals(X420.ID_HEX_EXTENDED_SUBJECT)
          && !e.type().equals(MIXER.ID_RFC_822_FIELD_LIST)
          && !e.type().equals(MIXER.ID_HEX_MULTIPART_MESSAGE_V2)) {
        discarded.add(e.type().toString());
      }
    }
    if (!discarded.isEmpty()) {
      add(DISCARDED, String.join(", ", discarded));
    }
    MmhsFields military = Military.read(heading.extensions(), naming);
    for (HeaderField field : MmhsWriter.fields(military)) {
      Optional<String> exact = PartFields.exactly(carried, field.name());
      boolean longer =
          exact.isPresent()
              && exact.get().replace(" ", "").startsWith(field.body().replace(" ", ""));
      fields.add(longer ? HeaderField.of(field.name(), exact.get()) : field);
    }
  }

  private void languages(List<Text> tags) {
    boolean more = carried.stream().anyMatch(f -> f.is("Content-Language"));
    if (!more && !tags.isEmpty()) {
      add("Content-Language", String.join(", ", tags.stream().map(Naming::text).toList()));
    }
  }

  /** Fields that only the extension holds; one that would stand twice is told apart. */
  private void carry() {
    for (HeaderField field : carried) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean body = name.equals("content-type") || name.equals("content-transfer-encoding");
      if (PartFields.isExact(field) || body || name.equals("mime-version")) {
        continue;
      }
      boolean twice = SINGLE.contains(name) && fields.stream().anyMatch(f -> f.is(name));
      fields.add(twice ? HeaderField.of("X-Other-" + field.name(), field.body()) : field);
    }
  }

  private static final Set<String> SINGLE =
      Set.of(
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "bcc",
          "message-id",
          "in-reply-to",
          "references",
          "subject",
          "importance",
          "sensitivity",
          "expires",
          "reply-by",
          "disposition-notification-to");
}
