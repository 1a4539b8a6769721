package org.heliograph.queue.lists;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heliograph.model.Address;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Failure.Cause;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Outcome;
import org.heliograph.model.Readdressing;
import org.heliograph.model.Readdressing.Reason;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.Workbench;
import org.heliograph.model.X400Code;

/**
 * Redirects recipients (X.411 14.3): always, as configured; or, when they cannot be served, to the
 * alternate that the originator asked for, else to the one that is configured here and that the
 * originator allows.
 */
public final class RedirectShaper implements Shaper {
  /** The channel's name, for routes and in the audit journal. */
  public static final ChannelName NAME = new ChannelName("redirect");

  /** Failures for which another recipient may be better. */
  private static final Set<Cause> WORTH =
      EnumSet.of(
          Cause.UNKNOWN_RECIPIENT,
          Cause.NO_ROUTE,
          Cause.EXPIRED,
          Cause.TOO_LARGE,
          Cause.REFUSED_BY_PEER,
          Cause.PEER_UNAVAILABLE,
          Cause.CONTENT_NOT_SUPPORTED,
          Cause.CONVERSION_FAILED);

  private volatile List<Redirection> redirections;
  private final Readdressing readdressing;

  public RedirectShaper(List<Redirection> redirections, Readdressing readdressing) {
    this.redirections = List.copyOf(redirections);
    this.readdressing = readdressing;
  }

  /** From now on these are the redirections. */
  public void redirections(List<Redirection> others) {
    redirections = List.copyOf(others);
  }

  @Override
  public ChannelName name() {
    return NAME;
  }

  /** None: it changes no form, routes lead to it. */
  @Override
  public Set<Shaping> shapings() {
    return Set.of();
  }

  private record Target(Address to, Reason reason) {}

  /** Whether there is an alternate for a recipient that failed so. */
  public boolean hasAlternate(Envelope envelope, Recipient recipient, Failure failure) {
    return WORTH.contains(failure.cause())
        && envelope.kind() != Envelope.Kind.REPORT
        && alternate(envelope, recipient).filter(t -> !loops(recipient, t.to())).isPresent();
  }

  private Optional<Target> alternate(Envelope envelope, Recipient recipient) {
    Optional<Address> requested = readdressing.requestedAlternate(recipient);
    if (requested.isPresent()) {
      return Optional.of(new Target(requested.get(), Reason.ORIGINATOR_REQUESTED));
    }
    boolean allowed =
        envelope.handling().has(Flag.ALTERNATE_RECIPIENT_ALLOWED)
            && !envelope.handling().has(Flag.RECIPIENT_REASSIGNMENT_PROHIBITED);
    return allowed ? configured(recipient, true) : Optional.empty();
  }

  private Optional<Target> configured(Recipient recipient, boolean onFailure) {
    return redirections.stream()
        .filter(r -> r.onFailure() == onFailure && r.from().test(recipient.address()))
        .findFirst()
        .map(r -> new Target(r.to(), r.reason()));
  }

  private boolean loops(Recipient recipient, Address to) {
    return ListPolicies.same(recipient.address(), to)
        || readdressing.intended(recipient).stream().anyMatch(a -> ListPolicies.same(a, to));
  }

  @Override
  public Map<RecipientId, Outcome> shape(
      Dispatch dispatch, Envelope envelope, Content content, Workbench bench) {
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    for (RecipientId id : dispatch.recipients()) {
      envelope.recipient(id).ifPresent(r -> outcomes.put(id, redirect(envelope, r, bench)));
    }
    return outcomes;
  }

  private Outcome redirect(Envelope envelope, Recipient recipient, Workbench bench) {
    Optional<Target> always = configured(recipient, false);
    Optional<Target> found = always.or(() -> alternate(envelope, recipient));
    if (found.isEmpty()) {
      return Outcome.failed(
          Failure.of(Cause.UNKNOWN_RECIPIENT, "there is no such redirection any more")
              .withX400(X400Code.UNRECOGNISED_OR_NAME)
              .withSmtp(new SmtpCode(550, "5.1.1")));
    }
    Target target = found.get();
    if (loops(recipient, target.to())) {
      return Outcome.failed(
          Failure.of(Cause.LOOP, "redirected to " + target.to().display() + " a second time")
              .withX400(X400Code.REDIRECTION_LOOP)
              .withSmtp(new SmtpCode(554, "5.4.6")));
    }
    if (prohibited(envelope, target)) {
      return Outcome.failed(
          Failure.of(Cause.POLICY, "its originator does not want the recipient to be changed")
              .withX400(X400Code.REASSIGNMENT_PROHIBITED)
              .withSmtp(new SmtpCode(550, "5.7.1")));
    }
    Recipient moved =
        readdressing.redirected(recipient, target.to(), target.reason(), bench.clock().instant());
    bench.make(
        new Draft(
            Acted.mark(envelope, TraceElement.OtherAction.REDIRECTED)
                .change()
                .recipients(List.of(moved))
                .source(Source.internal(NAME))
                .build(),
            bench.contentRef(),
            Map.of(moved.id(), recipient.id())));
    Map<String, String> facts = new TreeMap<>();
    facts.put("from", recipient.address().display());
    facts.put("to", target.to().display());
    facts.put("reason", target.reason().name().toLowerCase(java.util.Locale.ROOT));
    bench.note("redirected", facts);
    return Outcome.reshaped();
  }

  /** An alias is the same recipient; who asked for an alternate himself did not prohibit it. */
  private static boolean prohibited(Envelope envelope, Target target) {
    return envelope.kind() != Envelope.Kind.REPORT
        && envelope.handling().has(Flag.RECIPIENT_REASSIGNMENT_PROHIBITED)
        && target.reason() != Reason.ALIAS
        && target.reason() != Reason.ORIGINATOR_REQUESTED;
  }
}
