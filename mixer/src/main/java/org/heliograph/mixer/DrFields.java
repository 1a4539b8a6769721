package org.heliograph.mixer;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.LastTraceInformation;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.OriginatorAndDLExpansion;
import org.heliograph.asn1.x411.OriginatorAndDLExpansionHistory;
import org.heliograph.asn1.x411.X411;
import org.heliograph.mail.DsnFields;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.heliograph.model.Bytes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.PrintableText;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.ReportedRecipient.Delivered;
import org.heliograph.model.ReportedRecipient.Failed;
import org.heliograph.model.X400Code;
import org.heliograph.x400.Kept;
import org.heliograph.x400.OrNames;
import org.heliograph.x400.Types;

/** What an X.400 report says that mail has no fields for (RFC 2156 5.3.8.1, 5.3.8.3). */
final class DrFields {
  private static final List<String> USERS =
      List.of("public", "private", "ms", "dl", "pdau", "physical-recipient", "other");
  private static final List<String> REASONS =
      List.of(
          "Transfer-Failure",
          "Unable-To-Transfer",
          "Conversion-Not-Performed",
          "Physical-Rendition-Not-Performed",
          "Physical-Delivery-Not-Performed",
          "Restricted-Delivery",
          "Directory-Operation-Unsuccessful",
          "Deferred-Delivery-Not-Performed");

  private final MixerSettings settings;

  DrFields(MixerSettings settings) {
    this.settings = settings;
  }

  /**
   * Extensions for {@link DsnFields}: the header of the notification, and its first group.
   *
   * @param shown the report as mail will show it
   */
  List<Extension> ofReport(Envelope x400, Report shown, OffsetDateTime now) {
    Report report = x400.report().orElseThrow();
    return List.of(
        DsnFields.HEADER.of(header(x400, shown)),
        DsnFields.STATUS.of(perMessage(report, shown, now)));
  }

  private List<HeaderField> header(Envelope x400, Report shown) {
    List<HeaderField> fields = new ArrayList<>();
    new TraceFields(settings).x400(x400.trace(), x400.internalTrace()).forEach(fields::add);
    x400.trace().stream()
        .findFirst()
        .ifPresent(e -> fields.add(HeaderField.of("Date", MailDate.format(e.arrival()))));
    fields.add(HeaderField.of("Subject", subject(shown)));
    fields.add(HeaderField.of("Message-Type", "Delivery Report"));
    x400.identification()
        .mtsIdentifier()
        .ifPresent(id -> fields.add(HeaderField.of("X400-MTS-Identifier", id.toString())));
    return fields;
  }

  /** {@code subject-line} of 5.3.8.1. */
  private static String subject(Report shown) {
    boolean failed = shown.recipients().stream().anyMatch(r -> r.result() instanceof Failed);
    boolean other = shown.recipients().stream().anyMatch(r -> !(r.result() instanceof Failed));
    String status = !failed ? "success" : other ? "success and failures" : "failure";
    Set<String> names = new TreeSet<>();
    for (ReportedRecipient r : shown.recipients()) {
      names.add(
          r.original()
              .filter(o -> o.addressType().equals("rfc822"))
              .map(o -> o.address())
              .orElseGet(() -> r.actual().display()));
    }
    return "Delivery-Report ("
        + status
        + ")"
        + (names.size() == 1 ? " for " + names.iterator().next() : "");
  }

  private List<HeaderField> perMessage(Report report, Report shown, OffsetDateTime now) {
    List<HeaderField> fields = new ArrayList<>();
    add(fields, "X400-Conversion-Date", MailDate.format(now));
    Optional<String> id = report.subject().mtsIdentifier().map(MtsIdentifier::toString);
    id.filter(i -> !shown.subject().envelopeId().equals(Optional.of(i)))
        .ifPresent(i -> add(fields, "X400-Subject-Submission-Identifier", i));
    report.subject().contentIdentifier().ifPresent(i -> add(fields, "X400-Content-Identifier", i));
    report
        .subjectContentType()
        .ifPresent(t -> add(fields, "X400-Content-Type", X400ToMail.type(t)));
    if (!report.subjectTypes().isEmpty()) {
      add(
          fields,
          "X400-Original-Encoded-Information-Types",
          EncodedTypes.text(report.subjectTypes()));
    }
    report
        .subject()
        .contentCorrelator()
        .flatMap(Correlators::text)
        .filter(t -> !t.startsWith(Correlators.ENVELOPE_ID))
        .ifPresent(t -> add(fields, "X400-Content-Correlator", EncodedWords.encode(oneLine(t))));
    report
        .subjectTrace()
        .reversed()
        .forEach(
            e -> add(fields, "X400-Subject-Intermediate-Trace-Information", TraceFields.format(e)));
    List<String> discarded = new ArrayList<>();
    for (Extension e : report.extensions()) {
      if (!perMessage(e, fields)) {
        discarded.add(name(e));
      }
    }
    discarded(fields, discarded);
    return more(fields, report.extensions());
  }

  private boolean perMessage(Extension e, List<HeaderField> fields) {
    try {
      if (e.is((int) X411.ORIGINATOR_AND_DL_EXPANSION_HISTORY)) {
        for (OriginatorAndDLExpansion item :
            OriginatorAndDLExpansionHistory.CODEC.decode(octets(e)).reversed()) {
          add(
              fields,
              "X400-Originator-and-DL-Expansion-History",
              mailbox(item.originatorOrDlName())
                  + "; "
                  + Clock.text(item.originationOrExpansionTime())
                  + ";");
        }
        return true;
      }
      if (e.is((int) X411.REPORTING_DL_NAME)) {
        add(fields, "X400-Reporting-DL-Name", mailbox(ORName.CODEC.decode(octets(e))));
        return true;
      }
    } catch (DecodeException | AddressMappingException unsayable) {
      return false;
    }
    return Kept.is(e) || DsnLists.is(e, DsnLists.FIELDS);
  }

  /**
   * The extension for {@link DsnFields} of one recipient.
   *
   * @param r as X.400 reports it
   */
  Extension ofRecipient(ReportedRecipient r, Report report) {
    List<HeaderField> fields = new ArrayList<>();
    if (r.original().isEmpty() && r.actual() instanceof OrAddress actual) {
      try {
        add(fields, "Final-Recipient", "x400; " + StdOr.format(actual));
      } catch (AddressMappingException e) {
        // the writer has a form for every address
      }
    }
    if (r.original().filter(o -> o.addressType().equals("x400")).isPresent()) {
      redirected(r, fields);
    }
    r.converted().ifPresent(c -> add(fields, "X400-Converted-EITs", EncodedTypes.text(c) + ";"));
    if (r.result() instanceof Delivered d) {
      add(fields, "X400-Delivery-Time", Clock.text(d.at()));
      add(fields, "X400-Type-of-MTS-User", labelled(d.typeOfUser()));
    }
    if (r.result() instanceof Failed f) {
      f.failure().x400().ifPresent(c -> add(fields, "Diagnostic-Code", diagnostic(c, f.failure())));
    }
    lastTrace(r, report).ifPresent(t -> add(fields, "X400-Last-Trace", t));
    List<String> discarded = new ArrayList<>();
    for (Extension e : r.extensions()) {
      if (!perRecipient(e, fields)) {
        discarded.add(name(e));
      }
    }
    add(fields, "X400-Originally-Specified-Recipient-Number", Integer.toString(r.originalNumber()));
    discarded(fields, discarded);
    return DsnFields.STATUS.of(more(fields, r.extensions()));
  }

  private void redirected(ReportedRecipient r, List<HeaderField> fields) {
    if (r.actual() instanceof OrAddress actual) {
      try {
        String mailbox = settings.addresses().toRfc822(actual).value().text();
        add(fields, "X400-Redirect-Recipient", "x400; " + StdOr.format(actual));
        add(fields, "X400-Mapped-Redirect-Recipient", "rfc822; " + mailbox);
      } catch (AddressMappingException e) {
        add(fields, "X400-Redirect-Recipient", "x400; " + actual.display());
      }
    }
  }

  private boolean perRecipient(Extension e, List<HeaderField> fields) {
    try {
      if (e.is((int) X411.REDIRECTION_HISTORY)) {
        Redirections.items(e, settings.addresses())
            .forEach(item -> add(fields, "X400-Redirection-History", item));
        return true;
      }
      if (e.is((int) X411.PHYSICAL_FORWARDING_ADDRESS)) {
        add(fields, "X400-Physical-Forwarding-Address", mailbox(ORName.CODEC.decode(octets(e))));
        return true;
      }
    } catch (DecodeException | AddressMappingException unsayable) {
      return false;
    }
    return Kept.is(e) || DsnLists.is(e, DsnLists.FIELDS);
  }

  private static Optional<String> lastTrace(ReportedRecipient r, Report report) {
    Optional<Bytes> kept = Kept.LAST_TRACE.in(r.extensions());
    String types = r.converted().map(c -> "(" + EncodedTypes.text(c) + ") ").orElse("");
    if (kept.isPresent()) {
      try {
        LastTraceInformation last =
            LastTraceInformation.CODEC.decode(Octets.of(kept.get().toArray()));
        return Optional.of(
            (last.convertedEncodedInformationTypes() == null
                    ? types
                    : "("
                        + EncodedTypes.text(Types.read(last.convertedEncodedInformationTypes()))
                        + ") ")
                + Clock.text(last.arrivalTime()));
      } catch (DecodeException e) {
        return Optional.empty();
      }
    }
    return report.subjectArrival().map(at -> types + Clock.text(at));
  }

  /** {@code dr-diagnostic}, and what it means in words. */
  private static String diagnostic(X400Code code, Failure failure) {
    int reason = code.reason();
    StringBuilder text = new StringBuilder("x400; Reason ").append(reason);
    if (reason >= 0 && reason < REASONS.size()) {
      text.append(" (").append(REASONS.get(reason)).append(')');
    }
    OptionalInt diagnostic = code.diagnostic();
    if (diagnostic.isPresent()) {
      text.append("; Diagnostic ").append(diagnostic.getAsInt());
      text.append(" (")
          .append(PrintableText.approximate(failure.text().replaceAll("[()\\p{Cntrl}]", " ")))
          .append(')');
    }
    return text.toString();
  }

  private static String labelled(int user) {
    return (user >= 0 && user < USERS.size() ? USERS.get(user) + " " : "") + "(" + user + ")";
  }

  /** Fields of a notification that crossed X.400 as they came, unless they were made anew. */
  private static List<HeaderField> more(List<HeaderField> made, List<Extension> extensions) {
    List<HeaderField> all = new ArrayList<>(made);
    Header there = new Header(made);
    for (HeaderField field : DsnLists.read(DsnLists.FIELDS, extensions)) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (there.first(name).isEmpty() && !OWN.contains(name)) {
        all.add(field);
      }
    }
    return all;
  }

  /** Fields that the writer of notifications makes of the report. */
  private static final Set<String> OWN =
      Set.of(
          "original-envelope-id",
          "reporting-mta",
          "dsn-gateway",
          "arrival-date",
          "original-recipient",
          "final-recipient",
          "action",
          "status",
          "remote-mta",
          "last-attempt-date",
          "will-retry-until",
          "x400-supplementary-info");

  private static void discarded(List<HeaderField> fields, List<String> names) {
    if (!names.isEmpty()) {
      add(fields, "X400-Discarded-DR-Extensions", String.join(", ", names));
    }
  }

  private static String name(Extension e) {
    return e.type() instanceof Extension.Standard s ? "(" + s.number() + ")" : e.type().toString();
  }

  private String mailbox(ORName name) throws DecodeException, AddressMappingException {
    return settings.addresses().toRfc822(OrNames.read(name)).value().text();
  }

  private static Octets octets(Extension e) {
    return Octets.of(e.value().toArray());
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]+", " ").strip();
  }

  private static void add(List<HeaderField> fields, String name, String body) {
    fields.add(HeaderField.of(name, body));
  }
}
