package org.heliograph.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.AddressKind;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentType;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Readdressing;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.lists.ListPolicies;
import org.heliograph.queue.store.Stored;

/**
 * A report about something that this switch made is rewritten to speak of the message that it was
 * made from, as that was received. What the report returned of the made message is dropped: it may
 * be clear text that existed only inside the switch.
 */
final class ReportRewriter {
  /** What is to be done with a report. */
  sealed interface Result {}

  /** It travels, perhaps rewritten. */
  record Travels(Draft draft, Optional<Stored> root) implements Result {}

  /** Nobody asked for what it says. */
  record Unwanted(Stored root) implements Result {}

  /** Its subject has nobody who could be told, or nobody it names is known. */
  record Parked(Stored subject, String why) implements Result {}

  private final Lineage lineage;
  private final Readdressing readdressing;
  private final ListPolicies lists;

  ReportRewriter(Lineage lineage, Readdressing readdressing, ListPolicies lists) {
    this.lineage = lineage;
    this.readdressing = readdressing;
    this.lists = lists;
  }

  Result rewrite(Draft draft) throws StoreUnavailable {
    Envelope envelope = draft.envelope();
    if (lists.has(envelope.recipients().getFirst().address())
        && !readdressing.way(envelope).isEmpty()) {
      // it goes back along the lists that it names
      return new Travels(draft, Optional.empty());
    }
    List<ReportedRecipient> said = envelope.report().orElseThrow().recipients();
    Optional<Stored> found = meant(lineage.subjects(envelope), said.getFirst());
    if (found.isEmpty() || found.get().parent().isEmpty()) {
      // about something that was only relayed here, or is not known: it goes on as it is
      return new Travels(draft, Optional.empty());
    }
    Stored subject = found.get();
    Optional<Lineage.Root> root = Optional.empty();
    List<ReportedRecipient> wanted = new ArrayList<>();
    boolean anyKnown = false;
    for (ReportedRecipient reported : said) {
      Optional<RecipientId> number = match(subject.envelope(), reported);
      Optional<Lineage.Root> above =
          number.isPresent() ? lineage.root(subject, number.get()) : Optional.empty();
      if (above.isPresent()) {
        anyKnown = true;
        root = above;
        if (wanted(above.get(), reported)) {
          wanted.add(as(above.get(), reported));
        }
      }
    }
    if (!anyKnown || root.isEmpty()) {
      return new Parked(subject, "the report names no recipient of its subject");
    }
    Stored received = root.get().message();
    if (!Reporter.tellable(received)) {
      return new Parked(subject, "its subject has no originator who could be told");
    }
    List<Address> to = lists.told(root.get().lists(), Reporter.destination(received, readdressing));
    if (wanted.isEmpty() || to.isEmpty()) {
      return new Unwanted(received);
    }
    return new Travels(about(draft, received, wanted, to), Optional.of(received));
  }

  /** Several messages may have one name: the one that has the recipient is meant. */
  private static Optional<Stored> meant(List<Stored> candidates, ReportedRecipient reported) {
    for (Stored one : candidates) {
      if (one.envelope().recipients().stream()
          .anyMatch(r -> same(r.address(), reported.actual()))) {
        return Optional.of(one);
      }
    }
    return candidates.stream().findFirst();
  }

  private static boolean wanted(Lineage.Root root, ReportedRecipient reported) {
    ReportRequest wish = root.recipient().reportRequest();
    boolean mail =
        root.message().envelope().originator().map(Address::kind).orElse(AddressKind.OR_ADDRESS)
            == AddressKind.MAILBOX;
    return switch (reported.result()) {
      case ReportedRecipient.Delivered d -> wish.wants(Event.DELIVERY);
      case ReportedRecipient.Failed f -> wish.wants(Event.NON_DELIVERY);
      case ReportedRecipient.Relayed r -> mail && wish.wants(Event.DELIVERY);
      case ReportedRecipient.Expanded e -> mail && wish.wants(Event.DELIVERY);
      case ReportedRecipient.Delayed d -> mail && wish.wants(Event.DELAY);
    };
  }

  /** The recipient of the subject that is meant: by address, else by number, else the only one. */
  private static Optional<RecipientId> match(Envelope subject, ReportedRecipient reported) {
    List<Recipient> all = subject.recipients();
    List<Recipient> same = all.stream().filter(r -> same(r.address(), reported.actual())).toList();
    if (same.isEmpty()) {
      same =
          all.stream()
              .filter(
                  r ->
                      r.originalRecipient().isPresent()
                          && r.originalRecipient().equals(reported.original()))
              .toList();
    }
    if (same.isEmpty()) {
      same = all.stream().filter(r -> r.originalNumber() == reported.originalNumber()).toList();
    }
    if (same.isEmpty() && all.size() == 1) {
      same = all;
    }
    return same.stream().map(Recipient::id).findFirst();
  }

  private static boolean same(Address one, Address other) {
    return switch (one) {
      case OrAddress a -> other instanceof OrAddress b && a.sameAs(b);
      case Mailbox a -> a.equals(other);
    };
  }

  /** What is said about a recipient of the root; of a list or an alternate, whom it reached. */
  private ReportedRecipient as(Lineage.Root root, ReportedRecipient reported) {
    Recipient asked = root.recipient();
    Recipient actual = root.actual().orElse(asked);
    ReportedRecipient said =
        new ReportedRecipient(
            actual.address(),
            asked.originalRecipient(),
            asked.originalNumber(),
            reported.result(),
            reported.lastAttempt(),
            reported.remoteMta(),
            reported.supplementary(),
            Optional.empty(),
            List.of());
    return readdressing.reported(said, actual.withReportRequest(asked.reportRequest()));
  }

  private Draft about(
      Draft draft, Stored root, List<ReportedRecipient> recipients, List<Address> destinations) {
    Envelope envelope = draft.envelope();
    Envelope subject = root.envelope();
    Report said = envelope.report().orElseThrow();
    Report report =
        new Report(
            said.identification(),
            subject.identification(),
            Optional.of(subject.contentType()),
            subject.encodedInformationTypes(),
            Optional.of(root.accepted()),
            subject.trace(),
            said.reportingMta(),
            said.reportingDomain(),
            Report.Returned.NOTHING,
            recipients,
            List.of());
    Envelope rewritten =
        envelope
            .change()
            .report(report)
            .recipients(Reporter.told(destinations))
            .contentType(world(envelope.contentType(), subject.contentType()))
            .extensions(readdressing.reported(subject, Optional.empty()))
            .build();
    return new Draft(rewritten, ContentRef.empty(), draft.origin());
  }

  /**
   * The report keeps the world whose codes it speaks, and takes the root's type if that is in it.
   */
  private static ContentType world(ContentType report, ContentType root) {
    boolean mail = report.family() == ContentFamily.MAIL;
    return mail == (root.family() == ContentFamily.MAIL) ? root : report;
  }
}
