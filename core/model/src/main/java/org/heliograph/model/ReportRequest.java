package org.heliograph.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Of what a recipient's originator wants to hear (X.411 originator-report-request and
 * originating-MTA-report-request, RFC 3461 NOTIFY).
 *
 * @param events empty: of nothing (NOTIFY=NEVER, X.411 no report)
 * @param mtaEvents what the originating MTA wants (X.411), at least what {@code events} holds
 * @param audited whether the originating MTA asked for audited reports
 */
public record ReportRequest(Set<Event> events, Set<Event> mtaEvents, boolean audited) {
  /** Events that may be reported. */
  public enum Event {
    DELIVERY,
    NON_DELIVERY,
    DELAY
  }

  private static final ReportRequest DEFAULT = of(EnumSet.of(Event.NON_DELIVERY, Event.DELAY));
  private static final ReportRequest NEVER = new ReportRequest(Set.of(), Set.of(), false);

  public ReportRequest {
    events = Set.copyOf(events);
    mtaEvents = Set.copyOf(mtaEvents);
  }

  /** The same wish of originator and originating MTA. */
  public static ReportRequest of(Set<Event> events) {
    return new ReportRequest(events, events, false);
  }

  /** Nothing was said: non-delivery and delay (RFC 3461 4.1). */
  public static ReportRequest unspecified() {
    return DEFAULT;
  }

  /** NOTIFY=NEVER. */
  public static ReportRequest never() {
    return NEVER;
  }

  public boolean wants(Event event) {
    return events.contains(event) || mtaEvents.contains(event);
  }
}
