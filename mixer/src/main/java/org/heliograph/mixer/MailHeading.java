package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.mail.AddressList;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailAddress;
import org.heliograph.mail.MailDate;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MessageIds;
import org.heliograph.mail.MmhsFields;
import org.heliograph.mail.MmhsReader;
import org.heliograph.model.OrAddress;

/**
 * The heading of an interpersonal message, made of a header (RFC 2156 5.1.3, 5.1.7; RFC 6477). What
 * no component says, and what one says less exactly, is carried in the rfc-822-field extension.
 */
final class MailHeading {
  /** Bits of notification-requests (X.420 7.1.5). */
  static final int RECEIPT = 0;

  static final int NON_RECEIPT = 1;

  private final Naming naming;
  private final HeaderFields fields;
  private final List<IPMSExtension> extensions = new ArrayList<>();
  private BitString requests = BitString.EMPTY;

  private MailHeading(Naming naming, HeaderFields fields) {
    this.naming = naming;
    this.fields = fields;
  }

  /**
   * What became of a header.
   *
   * @param heading without the extensions
   * @param extensions those that say something of their own
   * @param carried lines for the rfc-822-field extension
   */
  record Made(Heading.Builder heading, List<IPMSExtension> extensions, List<String> carried) {}

  /**
   * Makes a heading.
   *
   * @param nested whether it is of a forwarded message, which has no envelope
   * @param military whether the content is of STANAG 4406
   * @param author who gives the identifier if the content is military
   * @param made the identifier if the header has none, without angle brackets
   */
  static Made make(
      Header header, Naming naming, boolean nested, boolean military, Author author, String made) {
    MailHeading self = new MailHeading(naming, new HeaderFields(header, nested));
    Heading.Builder heading = Heading.builder();
    self.identifiers(heading, military, author.user(), made);
    self.addresses(heading);
    self.subject(heading);
    Indications.make(self.fields, heading, self.extensions);
    if (military) {
      self.military(header);
    }
    self.kept(heading, header.all(KeptHeading.FIELD), author.believed());
    header.all(KeptNotification.FIELD).forEach(f -> self.fields.carried().add(PartFields.line(f)));
    return new Made(heading, self.extensions, self.fields.carried());
  }

  /** Takes over what a gateway kept, if that is believed; else it is carried. */
  private void kept(Heading.Builder heading, List<HeaderField> held, boolean believed) {
    Optional<Heading> kept =
        believed && held.size() == 1 ? KeptHeading.read(held.getFirst()) : Optional.empty();
    kept.ifPresent(k -> KeptHeading.restore(k, heading, extensions, naming));
    if (kept.isEmpty()) {
      held.forEach(f -> fields.carried().add(PartFields.line(f)));
    }
  }

  private void identifiers(
      Heading.Builder heading, boolean military, Optional<OrAddress> user, String made) {
    Optional<String> field = fields.body("message-id");
    Optional<String> id = field.flatMap(f -> MessageIds.parse(f).stream().findFirst());
    if (field.isPresent() && id.isEmpty()) {
      fields.carry("message-id", field.get());
    }
    IpmIds.IpmId own = IpmIds.toIpm(id.orElse(made));
    if (military) {
      own = user.isPresent() ? IpmIds.military(own, user.get()) : own;
    }
    IPMIdentifier identifier = Naming.identifier(own);
    heading.thisIPM(identifier);
    id.filter(i -> !comesBack(identifier, i))
        .ifPresent(i -> fields.exact("message-id", "<" + i + ">"));
    List<IPMIdentifier> related = new ArrayList<>();
    List<IPMIdentifier> replied = ids("in-reply-to");
    if (replied.size() == 1) {
      heading.repliedToIPM(replied.getFirst());
    } else {
      related.addAll(replied);
    }
    related.addAll(ids("references"));
    heading.relatedIPMs(related);
    List<IPMIdentifier> obsoleted = new ArrayList<>(ids("supersedes"));
    obsoleted.addAll(ids("obsoletes"));
    heading.obsoletedIPMs(obsoleted);
  }

  private static boolean comesBack(IPMIdentifier identifier, String id) {
    try {
      return Naming.messageId(identifier).equals(id);
    } catch (DecodeException e) {
      return false;
    }
  }

  private List<IPMIdentifier> ids(String name) {
    List<IPMIdentifier> found = new ArrayList<>();
    for (String body : fields.all(name)) {
      List<String> ids = MessageIds.parse(body);
      if (ids.isEmpty()) {
        fields.carry(name, body); // a phrase, or nothing that can be read
      }
      boolean whole = true;
      for (String id : ids) {
        IPMIdentifier identifier = Naming.identifier(IpmIds.toIpm(id));
        whole &= comesBack(identifier, id);
        found.add(identifier);
      }
      if (!whole) {
        fields.exact(name, MessageIds.format(ids));
      }
    }
    return found;
  }

  private void addresses(Heading.Builder heading) {
    List<ORDescriptor> from = descriptors("from");
    List<ORDescriptor> sender = descriptors("sender");
    if (sender.isEmpty()) {
      from.stream().findFirst().ifPresent(heading::originator);
      if (from.size() > 1) {
        heading.authorizingUsers(from);
      }
    } else {
      heading.originator(sender.getFirst());
      if (!from.isEmpty()) {
        heading.authorizingUsers(from);
      }
    }
    List<ORDescriptor> reply = descriptors("reply-to");
    if (!reply.isEmpty()) {
      heading.replyRecipients(reply);
    }
    requests();
    heading.primaryRecipients(recipients("to"));
    heading.copyRecipients(recipients("cc"));
    if (fields.has("bcc")) {
      heading.blindCopyRecipients(recipients("bcc"));
    }
  }

  private List<RecipientSpecifier> recipients(String name) {
    return descriptors(name).stream()
        .map(d -> new RecipientSpecifier(d, requests, false, null))
        .toList();
  }

  /**
   * Disposition-Notification-To (RFC 8098 2.1) as a request for notifications: they go to the
   * originator, so it must name that one.
   */
  private void requests() {
    Optional<String> body = fields.body("disposition-notification-to");
    Optional<String> from =
        fields.all(fields.has("sender") ? "sender" : "from").stream().findFirst();
    if (body.isEmpty()) {
      return;
    }
    try {
      List<MailAddress> to = AddressList.parse(body.get()).addresses();
      List<MailAddress> by = from.isEmpty() ? List.of() : AddressList.parse(from.get()).addresses();
      if (to.size() == 1
          && !by.isEmpty()
          && to.getFirst().mailbox().equals(by.getFirst().mailbox())) {
        requests = BitString.ofBits(RECEIPT, NON_RECEIPT);
        if (!to.getFirst().mailbox().text().equals(body.get())) {
          fields.exact("disposition-notification-to", body.get());
        }
        return;
      }
    } catch (MailSyntaxException e) {
      // carried
    }
    fields.carry("disposition-notification-to", body.get());
  }

  private List<ORDescriptor> descriptors(String name) {
    List<ORDescriptor> found = new ArrayList<>();
    for (String body : fields.all(name)) {
      try {
        AddressList list = AddressList.parse(body);
        if (list.addresses().isEmpty() && list.groups().equals(List.of(IpmHeading.NOBODY))) {
          continue; // what a gateway writes where nobody is named (RFC 2156 5.3.2)
        }
        boolean whole = list.groups().isEmpty() || list.addresses().isEmpty();
        for (MailAddress address : list.addresses()) {
          ORDescriptor descriptor = naming.descriptor(address);
          found.add(descriptor);
          whole &= comesBack(descriptor, address);
        }
        for (String group : list.groups()) { // RFC 2156 4.7.1
          Text shown = Naming.freeForm(group);
          found.add(new ORDescriptor(null, shown, null));
          whole &= Naming.text(shown).equals(group);
        }
        if (!whole) {
          fields.exact(name, body);
        }
      } catch (MailSyntaxException e) {
        fields.carry(name, body);
      }
    }
    return found;
  }

  /** Whether name and, by our own table, mailbox can be told from the descriptor. */
  private boolean comesBack(ORDescriptor descriptor, MailAddress address) {
    Text shown = descriptor.freeFormName();
    Optional<String> name = Optional.ofNullable(shown).map(Naming::text);
    return descriptor.formalName() != null && name.equals(address.name().filter(n -> !n.isEmpty()));
  }

  private void subject(Heading.Builder heading) {
    Optional<String> body = fields.body("subject");
    if (body.isEmpty()) {
      return;
    }
    SubjectText subject = SubjectText.of(EncodedWords.decode(body.get()));
    heading.subject(subject.plain());
    subject.extended().ifPresent(extensions::add);
    if (!subject.whole()) {
      fields.exact("subject", body.get());
    }
  }

  private void military(Header header) {
    MmhsReader.Result read = MmhsReader.read(header);
    MmhsFields military = read.fields();
    if (military.extendedAuthorisation().isEmpty()) {
      military = Military.authorisedAt(military, header.body("Date").flatMap(MailDate::parse));
    }
    extensions.addAll(Military.extensions(military, naming));
    read.notUnderstood().forEach(f -> fields.carried().add(PartFields.line(f)));
    if (military.subjectIndicatorCodes().size() > 8) {
      header
          .body("MMHS-Subject-Indicator-Codes")
          .ifPresent(b -> fields.exact("MMHS-Subject-Indicator-Codes", b));
    }
  }
}
