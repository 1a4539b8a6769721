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
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.Report.Returned;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
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

  Reporter(EngineSettings settings) {
    this.settings = settings;
  }

  /** A recipient's end: the received message, its recipient, and the outcome. */
  record End(Stored root, Recipient recipient, Outcome outcome) {}

  /** Whether anybody can be told about a failure. */
  static boolean tellable(Stored root) {
    return root.envelope().kind() != Envelope.Kind.REPORT
        && root.envelope().originator().isPresent();
  }

  /** Reports that are due for these ends, one for each received message. */
  List<Made> reports(List<End> ends, Instant now, Numbers numbers) throws StoreUnavailable {
    Map<MessageId, List<End>> byRoot = new LinkedHashMap<>();
    for (End end : ends) {
      if (tellable(end.root()) && due(end)) {
        byRoot.computeIfAbsent(end.root().id(), id -> new ArrayList<>()).add(end);
      }
    }
    List<Made> made = new ArrayList<>();
    for (List<End> same : byRoot.values()) {
      MessageId id = numbers.next();
      made.add(new Made(id, draft(id, same, now), same));
    }
    return made;
  }

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
            case RELAYED, EXPANDED -> mail && wish.wants(Event.DELIVERY);
            case TRANSFERRED -> false;
          };
      default -> false;
    };
  }

  private Draft draft(MessageId id, List<End> ends, Instant now) {
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
            .recipient(
                Recipient.of(1, subject.originator().orElseThrow())
                    .withReportRequest(ReportRequest.never()))
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
    return new ReportedRecipient(
        recipient.address(),
        recipient.originalRecipient(),
        recipient.originalNumber(),
        result,
        Optional.of(now),
        remote,
        text(result).map(t -> cut(t, SUPPLEMENTARY)),
        Optional.empty(),
        List.of());
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
