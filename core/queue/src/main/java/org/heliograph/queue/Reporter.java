package org.heliograph.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.AddressKind;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling.ContentReturn;
import org.heliograph.model.Identification;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Outcome;
import org.heliograph.model.Readdressing;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.Report.Returned;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.lists.ListPolicies;
import org.heliograph.queue.store.Stored;

/**
 * Decides whether a report is due and makes it, about the message as it was received (X.411
 * 8.3.1.2, RFC 3461 section 5).
 */
final class Reporter {
  static final ChannelName QUEUE = new ChannelName("queue");

  /** Longest X.411 supplementary-information. */
  private static final int SUPPLEMENTARY = 256;

  private final EngineSettings settings;
  private final ListPolicies lists;

  Reporter(EngineSettings settings, ListPolicies lists) {
    this.settings = settings;
    this.lists = lists;
  }

  /**
   * A recipient's end: the received message, its recipient, and the outcome.
   *
   * @param actual whom the recipient stood for in the end
   * @param lists that were expanded here on the way, the last one first
   */
  record End(
      Stored root, Recipient recipient, Recipient actual, List<Address> lists, Outcome outcome) {
    End(Lineage.Root root, Outcome outcome) {
      this(
          root.message(),
          root.recipient(),
          root.actual().orElse(root.recipient()),
          root.lists(),
          outcome);
    }
  }

  /**
   * Who hears of a message first: the last list that it went through before it came here, which
   * passes the report on as its policy says (X.411 14.4); else the originator.
   */
  static Address destination(Stored root, Readdressing readdressing) {
    List<Address> lists = readdressing.expanded(root.envelope());
    return lists.isEmpty() ? root.envelope().originator().orElseThrow() : lists.getLast();
  }

  /** Recipients of a report; nobody reports on it. */
  static List<Recipient> told(List<Address> destinations) {
    List<Recipient> all = new ArrayList<>();
    for (Address to : destinations) {
      all.add(Recipient.of(all.size() + 1, to).withReportRequest(ReportRequest.never()));
    }
    return all;
  }

  /** Whether anybody can be told about a failure. */
  static boolean tellable(Stored root) {
    return root.envelope().kind() != Envelope.Kind.REPORT
        && root.envelope().originator().isPresent();
  }

  /** Reports that are due for these ends, one for each received message. */
  List<Made> reports(List<End> ends, Instant now, Numbers numbers) throws StoreUnavailable {
    Map<About, List<End>> together = new LinkedHashMap<>();
    for (End end : ends) {
      if (tellable(end.root()) && due(end)) {
        for (Address to :
            lists.told(end.lists(), destination(end.root(), settings.readdressing()))) {
          together
              .computeIfAbsent(new About(end.root().id(), to, end.lists()), a -> new ArrayList<>())
              .add(end);
        }
      }
    }
    List<Made> made = new ArrayList<>();
    for (Map.Entry<About, List<End>> same : together.entrySet()) {
      MessageId id = numbers.next();
      made.add(new Made(id, draft(id, same.getKey(), same.getValue(), now), same.getValue()));
    }
    return made;
  }

  /** What one report says: about which message, to whom, and behind which lists. */
  private record About(MessageId root, Address to, List<Address> lists) {}

  /** A report with its number and what it is about. */
  record Made(MessageId id, Draft draft, List<End> about) {}

  /** Where message numbers come from. */
  @FunctionalInterface
  interface Numbers {
    MessageId next() throws StoreUnavailable;
  }

  private static boolean due(End end) {
    ReportRequest wish = end.recipient().reportRequest();
    boolean mail =
        end.root().envelope().originator().map(Address::kind).orElseThrow() == AddressKind.MAILBOX;
    return switch (end.outcome()) {
      case Outcome.Failed failed -> wish.wants(Event.NON_DELIVERY);
      case Outcome.Deferred deferred -> mail && wish.wants(Event.DELAY);
      case Outcome.Done done ->
          switch (done.kind()) {
            case DELIVERED -> wish.wants(Event.DELIVERY);
            // RFC 3461 5.2.2 for mail; RFC 2156 5.1.8.3: no report in X.400
            case RELAYED -> mail && wish.wants(Event.DELIVERY);
            // X.411 14.3: delivered to a list; a list in a list is the first one's business
            case EXPANDED -> end.lists().isEmpty() && wish.wants(Event.DELIVERY);
            case TRANSFERRED -> false;
          };
      default -> false;
    };
  }

  private Draft draft(MessageId id, About about, List<End> ends, Instant now) {
    Stored root = ends.getFirst().root();
    Envelope subject = root.envelope();
    boolean failed = ends.stream().anyMatch(e -> e.outcome() instanceof Outcome.Failed);
    Returned returned = root.kept() ? returned(subject, failed) : Returned.NOTHING;
    Report report =
        new Report(
            names(id, now),
            subject.identification(),
            Optional.of(subject.contentType()),
            subject.encodedInformationTypes(),
            Optional.of(root.accepted()),
            subject.trace(),
            settings.mtaName(),
            settings.domain(),
            returned,
            ends.stream().map(e -> reported(e, now)).toList(),
            List.of());
    Envelope envelope =
        Envelope.report(report, subject.contentType(), now, Source.internal(QUEUE))
            .recipients(told(List.of(about.to())))
            .extensions(
                settings.readdressing().reported(subject, about.lists().stream().findFirst()))
            .precedence(subject.precedence())
            .identification(report.identification())
            .build();
    return Draft.of(envelope, returned == Returned.NOTHING ? ContentRef.empty() : root.content());
  }

  /** The report's own names. */
  private Identification names(MessageId id, Instant now) {
    String time = Long.toString(now.getEpochSecond(), 36).toUpperCase(Locale.ROOT);
    Identification names =
        Identification.none()
            .withMessageId(Optional.of(id + "." + time + "@" + host(settings.mtaName())));
    return settings
        .domain()
        .map(
            domain -> {
              String local = "R-" + cut(settings.mtaName(), 10) + "-" + id + "-" + time;
              return names.withMtsIdentifier(new MtsIdentifier(domain, cut(local, 32)));
            })
        .orElse(names);
  }

  private static String host(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9.-]", "-");
    return plain.isEmpty() ? "localhost" : plain;
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  /** What comes back: of a message that failed what its originator asked for, else headers. */
  private static Returned returned(Envelope subject, boolean failed) {
    boolean full = subject.handling().contentReturn() == ContentReturn.FULL;
    if (subject.contentType().family() == ContentFamily.MAIL) {
      return full && failed ? Returned.CONTENT : Returned.HEADERS;
    }
    return full && failed ? Returned.CONTENT : Returned.NOTHING;
  }

  private ReportedRecipient reported(End end, Instant now) {
    Recipient recipient = end.recipient();
    Optional<String> remote =
        end.outcome() instanceof Outcome.Done done ? done.remote() : Optional.empty();
    ReportedRecipient.Result result =
        switch (end.outcome()) {
          case Outcome.Failed failed ->
              new ReportedRecipient.Failed(settings.codes().apply(failed.failure()));
          case Outcome.Deferred deferred ->
              new ReportedRecipient.Delayed(
                  settings.codes().apply(deferred.failure()), deferred.notBefore());
          case Outcome.Done done ->
              switch (done.kind()) {
                case RELAYED -> new ReportedRecipient.Relayed(done.at());
                case EXPANDED -> new ReportedRecipient.Expanded(done.at());
                default -> new ReportedRecipient.Delivered(done.at(), 1);
              };
          default -> throw new IllegalStateException("no report is due for " + end.outcome());
        };
    Recipient actual = end.actual().withReportRequest(recipient.reportRequest());
    ReportedRecipient said =
        new ReportedRecipient(
            actual.address(),
            recipient.originalRecipient(),
            recipient.originalNumber(),
            result,
            Optional.of(now),
            remote,
            text(result).or(() -> answered(end)).map(t -> cut(t, SUPPLEMENTARY)),
            Optional.empty(),
            List.of());
    return settings.readdressing().reported(said, actual);
  }

  /** Who answered a probe says so (RFC 2156 5.3.9). */
  private static Optional<String> answered(End end) {
    return end.root().envelope().kind() == Envelope.Kind.PROBE
            && end.outcome() instanceof Outcome.Done done
        ? done.reply()
        : Optional.empty();
  }

  private static Optional<String> text(ReportedRecipient.Result result) {
    return result instanceof ReportedRecipient.Failed failed
        ? Optional.of(text(failed.failure()))
        : Optional.empty();
  }

  private static String text(Failure failure) {
    return failure.remote().map(said -> failure.text() + ": " + said).orElse(failure.text());
  }
}
