package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Null;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x420.AutoSubmitted;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.Importance;
import org.heliograph.asn1.x420.Languages;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.asn1.x420.Sensitivity;
import org.heliograph.asn1.x420.X420;
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
  /** Fields that say what X.400 says anew (RFC 2156 5.1.7), and what the envelope says. */
  private static final Set<String> DROPPED =
      Set.of(
          "x400-originator",
          "x400-recipients",
          "x400-mts-identifier",
          "x400-content-type",
          "message-type",
          "discarded-x400-mts-extensions",
          "discarded-x400-ipms-extensions",
          "return-path");

  /** Fields that the envelope of a message takes over; in a nested message they are carried. */
  private static final Set<String> ENVELOPE =
      Set.of(
          "received",
          "x400-received",
          "date",
          "priority",
          "conversion",
          "conversion-with-loss",
          "dl-expansion-history",
          "x400-content-identifier",
          "sio-label");

  private final Naming naming;
  private final boolean nested;
  private final Map<String, List<String>> bodies = new LinkedHashMap<>();
  private final List<String> carried = new ArrayList<>();
  private final List<IPMSExtension> extensions = new ArrayList<>();

  private MailHeading(Naming naming, boolean nested) {
    this.naming = naming;
    this.nested = nested;
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
   * @param user who gives the identifier if the content is military
   * @param made the identifier if the header has none, without angle brackets
   */
  static Made make(
      Header header,
      Naming naming,
      boolean nested,
      boolean military,
      Optional<OrAddress> user,
      String made) {
    MailHeading self = new MailHeading(naming, nested);
    self.sort(header);
    Heading.Builder heading = Heading.builder();
    self.identifiers(heading, military, user, made);
    self.addresses(heading);
    self.subject(heading);
    self.flags(heading);
    if (military) {
      self.military(header);
    }
    return new Made(heading, self.extensions, self.carried);
  }

  /** Fields by name, lower case; those that are only carried are carried at once, in order. */
  private void sort(Header header) {
    for (HeaderField field : header.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (KNOWN.contains(name)) {
        bodies.computeIfAbsent(name, n -> new ArrayList<>()).add(field.body());
      } else if (ENVELOPE.contains(name)) {
        if (nested) {
          carried.add(PartFields.line(field));
        }
      } else if (!DROPPED.contains(name)
          && !name.startsWith("content-")
          && !name.equals("mime-version")
          && !MmhsFields.isMilitary(name)) {
        carried.add(PartFields.line(field));
      }
    }
  }

  private static final Set<String> KNOWN =
      Set.of(
          "message-id",
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "bcc",
          "in-reply-to",
          "references",
          "supersedes",
          "obsoletes",
          "subject",
          "content-language",
          "importance",
          "sensitivity",
          "expires",
          "expiry-date",
          "reply-by",
          "autoforwarded",
          "autosubmitted",
          "incomplete-copy");

  private Optional<String> body(String name) {
    List<String> all = bodies.getOrDefault(name, List.of());
    all.stream().skip(1).forEach(more -> carry(name, more));
    return all.stream().findFirst();
  }

  private void carry(String name, String body) {
    carried.add(PartFields.line(title(name), body));
  }

  private void exact(String name, String body) {
    carried.add(PartFields.exact(title(name), body));
  }

  /** {@code in-reply-to} as {@code In-Reply-To}. */
  private static String title(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : name.split("-", -1)) {
      String first = word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT);
      out.append(out.isEmpty() ? "" : "-")
          .append(first)
          .append(word, first.length(), word.length());
    }
    return out.toString().replace("Message-Id", "Message-ID");
  }

  private void identifiers(
      Heading.Builder heading, boolean military, Optional<OrAddress> user, String made) {
    Optional<String> field = body("message-id");
    Optional<String> id = field.flatMap(f -> MessageIds.parse(f).stream().findFirst());
    if (field.isPresent() && id.isEmpty()) {
      carry("message-id", field.get());
    }
    IpmIds.IpmId own = IpmIds.toIpm(id.orElse(made));
    if (military) {
      own = user.isPresent() ? IpmIds.military(own, user.get()) : own;
    }
    IPMIdentifier identifier = Naming.identifier(own);
    heading.thisIPM(identifier);
    id.filter(i -> !comesBack(identifier, i)).ifPresent(i -> exact("message-id", "<" + i + ">"));
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
    for (String body : bodies.getOrDefault(name, List.of())) {
      List<String> ids = MessageIds.parse(body);
      if (ids.isEmpty()) {
        carry(name, body); // a phrase, or nothing that can be read
      }
      boolean whole = true;
      for (String id : ids) {
        IPMIdentifier identifier = Naming.identifier(IpmIds.toIpm(id));
        whole &= comesBack(identifier, id);
        found.add(identifier);
      }
      if (!whole) {
        exact(name, MessageIds.format(ids));
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
    heading.primaryRecipients(recipients("to"));
    heading.copyRecipients(recipients("cc"));
    if (bodies.containsKey("bcc")) {
      heading.blindCopyRecipients(recipients("bcc"));
    }
  }

  private List<RecipientSpecifier> recipients(String name) {
    return descriptors(name).stream()
        .map(d -> new RecipientSpecifier(d, BitString.EMPTY, false, null))
        .toList();
  }

  private List<ORDescriptor> descriptors(String name) {
    List<ORDescriptor> found = new ArrayList<>();
    for (String body : bodies.getOrDefault(name, List.of())) {
      try {
        AddressList list = AddressList.parse(body);
        boolean whole = list.groups() == 0;
        for (MailAddress address : list.addresses()) {
          ORDescriptor descriptor = naming.descriptor(address);
          found.add(descriptor);
          whole &= comesBack(descriptor, address);
        }
        if (!whole) {
          exact(name, body);
        }
      } catch (MailSyntaxException e) {
        carry(name, body);
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
    Optional<String> body = body("subject");
    if (body.isEmpty()) {
      return;
    }
    SubjectText subject = SubjectText.of(EncodedWords.decode(body.get()));
    heading.subject(subject.plain());
    subject.extended().ifPresent(extensions::add);
    if (!subject.whole()) {
      exact("subject", body.get());
    }
  }

  private void flags(Heading.Builder heading) {
    word("importance", w -> importance(w, heading));
    word("sensitivity", w -> sensitivity(w, heading));
    word(
        "autoforwarded",
        w -> {
          heading.autoForwarded(w.equals("true"));
          return w.equals("true") || w.equals("false");
        });
    word("autosubmitted", this::autoSubmitted);
    body("incomplete-copy")
        .ifPresent(
            b ->
                extensions.add(
                    new IPMSExtension(
                        X420.ID_HEX_INCOMPLETE_COPY, Any.of(Codecs.NULL, Null.NULL))));
    date("expires", heading::expiryTime);
    date("expiry-date", heading::expiryTime);
    date("reply-by", heading::replyTime);
    body("content-language").ifPresent(this::languages);
  }

  /** Something that makes use of a word, lower case, or cannot. */
  @FunctionalInterface
  private interface Word {
    boolean use(String word);
  }

  private void word(String name, Word use) {
    Optional<String> body = body(name);
    if (body.isPresent() && !use.use(body.get().toLowerCase(Locale.ROOT))) {
      carry(name, body.get());
    }
  }

  private static boolean importance(String word, Heading.Builder heading) {
    for (Importance importance : Importance.values()) {
      if (importance.toString().equals(word)) {
        heading.importance(importance);
        return true;
      }
    }
    return false;
  }

  private static boolean sensitivity(String word, Heading.Builder heading) {
    for (Sensitivity sensitivity : Sensitivity.values()) {
      if (sensitivity.toString().equals(word)) {
        heading.sensitivity(sensitivity);
        return true;
      }
    }
    return false;
  }

  private boolean autoSubmitted(String word) {
    for (AutoSubmitted value : AutoSubmitted.values()) {
      if (value.toString().equals(word)) {
        extensions.add(
            new IPMSExtension(X420.ID_HEX_AUTO_SUBMITTED, Any.of(AutoSubmitted.CODEC, value)));
        return true;
      }
    }
    return false;
  }

  private void date(String name, Consumer<Time> use) {
    Optional<String> body = body(name);
    if (body.isPresent()) {
      Optional<Time> time = MailDate.parse(body.get()).flatMap(Clock::utc);
      time.ifPresentOrElse(use, () -> carry(name, body.get()));
    }
  }

  /** The first two characters of each; more than that is also carried (RFC 2156 5.1.3). */
  private void languages(String body) {
    List<Text> tags = new ArrayList<>();
    boolean whole = true;
    for (String tag : body.split(",", -1)) {
      String word = tag.strip();
      whole &= word.matches("[A-Za-z]{2}");
      if (word.matches("[A-Za-z]{2}([^A-Za-z].*)?")) {
        tags.add(Text.printable(word.substring(0, 2)));
      }
    }
    if (!tags.isEmpty()) {
      extensions.add(new IPMSExtension(X420.ID_HEX_LANGUAGES, Any.of(Languages.CODEC, tags)));
    }
    if (!whole) {
      carry("content-language", body);
    }
  }

  private void military(Header header) {
    MmhsReader.Result read = MmhsReader.read(header);
    MmhsFields fields = read.fields();
    if (fields.extendedAuthorisation().isEmpty()) {
      fields = Military.authorisedAt(fields, header.body("Date").flatMap(MailDate::parse));
    }
    extensions.addAll(Military.extensions(fields, naming));
    read.notUnderstood().forEach(f -> carried.add(PartFields.line(f)));
    if (fields.subjectIndicatorCodes().size() > 8) {
      header
          .body("MMHS-Subject-Indicator-Codes")
          .ifPresent(b -> exact("MMHS-Subject-Indicator-Codes", b));
    }
  }
}
