package org.heliograph.queue;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Clearance;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Precedence;

/**
 * For which messages a route is. A route that objects is passed over; if no other one takes the
 * message, its objection is what is reported.
 *
 * @param contentTypes content types that it takes; empty: all
 * @param minOctets least octets of content
 * @param maxOctets most octets of content
 * @param highest the most urgent precedence that it takes
 * @param lowest the least urgent precedence that it takes
 * @param clearance what labels may go there
 */
public record Conditions(
    List<ContentType> contentTypes,
    long minOctets,
    long maxOctets,
    Precedence highest,
    Precedence lowest,
    Optional<Clearance> clearance) {
  /** Everything passes. */
  public static final Conditions NONE =
      new Conditions(
          List.of(), 0, Long.MAX_VALUE, Precedence.OVERRIDE, Precedence.DEFERRED, Optional.empty());

  public Conditions {
    contentTypes = List.copyOf(contentTypes);
    if (minOctets < 0 || maxOctets < minOctets) {
      throw new IllegalArgumentException(
          "a route for " + minOctets + " to " + maxOctets + " octets takes nothing");
    }
    if (lowest.above(highest)) {
      throw new IllegalArgumentException(
          "a route for " + highest + " down to " + lowest + " takes nothing");
    }
  }

  public Conditions withContentTypes(List<ContentType> types) {
    return new Conditions(types, minOctets, maxOctets, highest, lowest, clearance);
  }

  public Conditions withOctets(long least, long most) {
    return new Conditions(contentTypes, least, most, highest, lowest, clearance);
  }

  public Conditions withPrecedence(Precedence mostUrgent, Precedence leastUrgent) {
    return new Conditions(contentTypes, minOctets, maxOctets, mostUrgent, leastUrgent, clearance);
  }

  public Conditions withClearance(Clearance value) {
    return new Conditions(contentTypes, minOctets, maxOctets, highest, lowest, Optional.of(value));
  }

  /** Why the route does not take it; empty if it does. */
  Optional<Failure> objection(RouteQuestion question) {
    Optional<Precedence> urgency = question.precedence();
    if (urgency.isPresent() && (urgency.get().above(highest) || lowest.above(urgency.get()))) {
      return Optional.of(Failures.precedence(urgency.get()));
    }
    if (question.kind() == Envelope.Kind.REPORT) {
      return Optional.empty();
    }
    if (question.contentType().isPresent()
        && !contentTypes.isEmpty()
        && !contentTypes.contains(question.contentType().get())) {
      return Optional.of(Failures.contentType(question.contentType().get()));
    }
    if (question.octets() > maxOctets) {
      return Optional.of(Failures.tooLarge(question.octets(), maxOctets));
    }
    if (question.octets() < minOctets) {
      return Optional.of(Failures.tooSmall(question.octets(), minOctets));
    }
    return clearance.flatMap(c -> c.objection(question.label())).map(Failures::label);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!contentTypes.isEmpty()) {
      text.append(" for content ").append(contentTypes);
    }
    if (minOctets > 0) {
      text.append(" from ").append(minOctets).append(" octets");
    }
    if (maxOctets < Long.MAX_VALUE) {
      text.append(" up to ").append(maxOctets).append(" octets");
    }
    if (highest != Precedence.OVERRIDE) {
      text.append(" not above ").append(highest);
    }
    if (lowest != Precedence.DEFERRED) {
      text.append(" not below ").append(lowest);
    }
    clearance.ifPresent(c -> text.append(" cleared for ").append(c.most()).append(c.policies()));
    return text.toString();
  }
}
