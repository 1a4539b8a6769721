package org.heliograph.p1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.asn1.Violation;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.ProbeLength;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.X400Code;
import org.heliograph.x400.Codes;
import org.heliograph.x400.Kept;

/**
 * Which recipients of an arriving message or probe are failed at once (X.411 14.3.4): those we are
 * responsible for, when the message loops, is too long, breaks a bound, or holds an extension that
 * is critical for transfer and that we do not know.
 */
final class Inspection {
  private static final Pattern PER_RECIPIENT = Pattern.compile("per-recipient-fields\\[(\\d+)\\]");

  private final PeerSettings peer;
  private final Agreement agreement;
  private final Tracing.Loop loop;
  private final long tooLongFor;

  /**
   * @param peer from whom it came
   * @param loop what the trace shows
   * @param tooLongFor the limit that the content has passed; negative if it has not
   */
  Inspection(PeerSettings peer, Agreement agreement, Tracing.Loop loop, long tooLongFor) {
    this.peer = peer;
    this.agreement = agreement;
    this.loop = loop;
    this.tooLongFor = tooLongFor;
  }

  /** X.411 transfer-failure-for-security-reason, security-policy-violation. */
  static Failure notCleared(PeerSettings peer, String why) {
    return Failure.of(Failure.Cause.POLICY, peer.name() + " is not cleared for it: " + why)
        .withX400(X400Code.SECURITY_POLICY_VIOLATION);
  }

  Map<RecipientId, Failure> failures(Envelope envelope, List<Violation> violations) {
    Map<RecipientId, Failure> failed = new LinkedHashMap<>();
    Optional<Failure> all = ofAll(envelope, violations);
    for (int i = 0; i < envelope.recipients().size(); i++) {
      Recipient r = envelope.recipients().get(i);
      if (r.responsible()) {
        Optional<Failure> one = all.isPresent() ? all : ofOne(r, i, violations);
        one.ifPresent(f -> failed.put(r.id(), f));
      }
    }
    return failed;
  }

  private Optional<Failure> ofAll(Envelope envelope, List<Violation> violations) {
    if (loop == Tracing.Loop.AGAIN) {
      return Optional.of(
          Failure.of(
                  Failure.Cause.LOOP,
                  "the trace shows that the message was here before, and rerouted")
              .withX400(X400Code.LOOP_DETECTED));
    }
    if (envelope.kind() == Envelope.Kind.REPORT) {
      // Nobody is told about a report; better it arrives with a blemish.
      return Optional.empty();
    }
    Optional<Failure> uncleared =
        agreement
            .clearance()
            .flatMap(c -> c.objection(envelope.label()))
            .map(w -> notCleared(peer, w));
    if (uncleared.isPresent()) {
      return uncleared;
    }
    long asked = envelope.kind() == Envelope.Kind.PROBE ? ProbeLength.of(envelope).orElse(-1) : -1;
    if (asked > peer.limits().contentOctets()) {
      return Optional.of(
          Failure.of(
                  Failure.Cause.TOO_LARGE,
                  "a content of "
                      + asked
                      + " octets would be longer than "
                      + peer.limits().contentOctets())
              .withX400(X400Code.CONTENT_TOO_LONG));
    }
    if (tooLongFor >= 0) {
      return Optional.of(
          Failure.of(
                  Failure.Cause.TOO_LARGE, "the content is longer than " + tooLongFor + " octets")
              .withX400(X400Code.CONTENT_TOO_LONG));
    }
    Optional<Failure> critical = critical(envelope.extensions());
    if (critical.isPresent()) {
      return critical;
    }
    return violations.stream()
        .filter(v -> !PER_RECIPIENT.matcher(v.path()).find())
        .findFirst()
        .map(Inspection::bound);
  }

  private static Optional<Failure> ofOne(Recipient r, int index, List<Violation> violations) {
    Optional<Failure> critical = critical(r.extensions());
    if (critical.isPresent()) {
      return critical;
    }
    for (Violation v : violations) {
      Matcher m = PER_RECIPIENT.matcher(v.path());
      if (m.find() && Integer.parseInt(m.group(1)) == index) {
        return Optional.of(bound(v));
      }
    }
    return Optional.empty();
  }

  private static Failure bound(Violation v) {
    return Failure.of(Failure.Cause.CONTENT_SYNTAX, v.path() + ": " + v.rule())
        .withX400(Codes.BOUND_BROKEN);
  }

  private static Optional<Failure> critical(List<Extension> extensions) {
    return extensions.stream()
        .filter(e -> e.criticality().contains(Extension.Criticality.TRANSFER))
        .filter(e -> !Kept.is(e) && !known(e))
        .findFirst()
        .map(
            e ->
                Failure.of(
                        Failure.Cause.CRITICAL_EXTENSION,
                        "extension " + e.type() + " is critical for transfer and not known")
                    .withX400(X400Code.UNSUPPORTED_CRITICAL_FUNCTION));
  }

  private static boolean known(Extension e) {
    return switch (e.type()) {
      case Extension.Standard s -> X411.STANDARD_EXTENSIONS.find(s.number()).isPresent();
      case Extension.Private p ->
          p.oid().dotted().equals(X411.ID_NATO_MMTS_PRIORITY_LEVEL_QUALIFIER.toString());
    };
  }
}
