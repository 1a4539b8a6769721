package org.heliograph.queue.lists;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Outcome;
import org.heliograph.model.Readdressing;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.Workbench;
import org.heliograph.model.X400Code;

/**
 * Expands distribution lists (X.411 14.3). A list that the message went through already is not
 * expanded again and nobody is told, so that lists may name one another. The members' copies keep
 * the message's names and share its content.
 */
public final class ListShaper implements Shaper {
  /** The channel's name, for routes and in the audit journal. */
  public static final ChannelName NAME = new ChannelName("list");

  /** Members of one copy: more are several messages. */
  private static final int TOGETHER = 1000;

  private volatile ListPolicies lists;
  private final Readdressing readdressing;

  public ListShaper(ListPolicies lists, Readdressing readdressing) {
    this.lists = lists;
    this.readdressing = readdressing;
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

  public ListPolicies lists() {
    return lists;
  }

  /** From now on these are the lists; what is being expanded is not disturbed. */
  public void lists(ListPolicies others) {
    lists = others;
  }

  @Override
  public Map<RecipientId, Outcome> shape(
      Dispatch dispatch, Envelope envelope, Content content, Workbench bench) {
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    for (RecipientId id : dispatch.recipients()) {
      envelope.recipient(id).ifPresent(r -> outcomes.put(id, expand(envelope, r, bench)));
    }
    return outcomes;
  }

  private Outcome expand(Envelope envelope, Recipient recipient, Workbench bench) {
    Optional<DistributionList> found = lists.find(recipient.address());
    if (found.isEmpty()) {
      return Outcome.failed(
          Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "there is no such list any more")
              .withX400(X400Code.UNRECOGNISED_OR_NAME)
              .withSmtp(new SmtpCode(550, "5.1.1")));
    }
    DistributionList list = found.get();
    if (envelope.kind() == Envelope.Kind.REPORT) {
      return report(envelope, recipient, list, bench);
    }
    boolean again =
        readdressing.expanded(envelope).stream()
            .anyMatch(a -> ListPolicies.same(a, list.address()));
    if (again) {
      bench.note("list-loop", Map.of("list", list.address().display()));
      return done(Outcome.DoneKind.EXPANDED, bench, "expanded before");
    }
    Optional<Failure> objection = objection(envelope, list);
    if (objection.isPresent()) {
      return Outcome.failed(objection.get());
    }
    if (envelope.kind() == Envelope.Kind.PROBE) {
      // X.411 14.3: that it could be expanded is the answer
      return done(Outcome.DoneKind.DELIVERED, bench, "could be expanded");
    }
    try {
      return expand(envelope, recipient, list, bench);
    } catch (IOException e) {
      return Outcome.deferred(
          Outcome.Scope.MESSAGE,
          Failure.of(
                  Failure.Cause.INTERNAL,
                  "the list's members cannot be told now: " + e.getMessage())
              .withX400(X400Code.DL_EXPANSION_FAILURE));
    } catch (IllegalArgumentException e) {
      return Outcome.failed(expansionFailed(String.valueOf(e.getMessage())));
    }
  }

  private static Outcome done(Outcome.DoneKind kind, Workbench bench, String how) {
    return new Outcome.Done(kind, bench.clock().instant(), Optional.empty(), Optional.of(how));
  }

  private static Failure expansionFailed(String why) {
    return Failure.of(Failure.Cause.POLICY, "the list cannot be expanded: " + why)
        .withX400(X400Code.DL_EXPANSION_FAILURE)
        .withSmtp(new SmtpCode(550, "5.2.4"));
  }

  private static Optional<Failure> objection(Envelope envelope, DistributionList list) {
    if (envelope.handling().has(Flag.DL_EXPANSION_PROHIBITED)) {
      return Optional.of(
          Failure.of(Failure.Cause.POLICY, "its originator does not want lists to be expanded")
              .withX400(X400Code.DL_EXPANSION_PROHIBITED)
              .withSmtp(new SmtpCode(550, "5.7.2")));
    }
    if (envelope.originator().isEmpty() || !list.maySubmit().test(envelope.originator().get())) {
      return Optional.of(
          Failure.of(Failure.Cause.POLICY, "its originator may not write to the list")
              .withX400(X400Code.NO_DL_SUBMIT_PERMISSION)
              .withSmtp(new SmtpCode(550, "5.7.2")));
    }
    return Optional.empty();
  }

  private Outcome expand(
      Envelope envelope, Recipient recipient, DistributionList list, Workbench bench)
      throws IOException {
    List<Address> members = distinct(list.members().all());
    if (members.isEmpty()) {
      return Outcome.failed(expansionFailed("it has no members"));
    }
    Envelope behind =
        acted(readdressing.expanded(envelope, list.address(), bench.clock().instant()))
            .change()
            .source(Source.internal(NAME))
            .build();
    for (int from = 0; from < members.size(); from += TOGETHER) {
      List<Recipient> some = new ArrayList<>();
      Map<RecipientId, RecipientId> origin = new HashMap<>();
      for (Address member : members.subList(from, Math.min(members.size(), from + TOGETHER))) {
        Recipient made = member(recipient, some.size() + 1, member, list);
        some.add(made);
        origin.put(made.id(), recipient.id());
      }
      bench.make(new Draft(behind.change().recipients(some).build(), bench.contentRef(), origin));
      bench.pause();
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("list", list.address().display());
    facts.put("members", Integer.toString(members.size()));
    bench.note("list-expanded", facts);
    return done(Outcome.DoneKind.EXPANDED, bench, members.size() + " members");
  }

  private static Recipient member(
      Recipient of, int number, Address address, DistributionList list) {
    ReportRequest wish =
        switch (list.reports()) {
          case ORIGINATOR, BOTH -> of.reportRequest();
          case OWNER -> ReportRequest.of(Set.of(ReportRequest.Event.NON_DELIVERY));
          case NONE -> ReportRequest.never();
        };
    return new Recipient(
        new RecipientId(number),
        address,
        of.originalNumber(),
        true,
        wish,
        Optional.empty(),
        of.extensions());
  }

  /** X.411 12.3.1: what our trace says was done here. */
  private static Envelope acted(Envelope envelope) {
    return Acted.mark(envelope, TraceElement.OtherAction.DL_OPERATION);
  }

  private static List<Address> distinct(List<Address> members) {
    Set<String> seen = new HashSet<>();
    List<Address> distinct = new ArrayList<>();
    for (Address member : members) {
      String key =
          switch (member) {
            case OrAddress or -> or.comparisonKey();
            case Mailbox mailbox -> mailbox.text().toLowerCase(java.util.Locale.ROOT);
          };
      if (seen.add(key)) {
        distinct.add(member);
      }
    }
    return distinct;
  }

  /**
   * A report that came back to the list (X.411 14.4): it goes on to the name before the list's in
   * the history, to the owner, to both or to nobody, as the policy says.
   */
  private Outcome report(
      Envelope envelope, Recipient recipient, DistributionList list, Workbench bench) {
    Optional<Address> before = before(readdressing.way(envelope), list);
    if (before.isEmpty() && list.owner().isEmpty()) {
      return Outcome.failed(
          Failure.of(
              Failure.Cause.UNKNOWN_RECIPIENT,
              "a report to a list without owner, and it does not say who came before"));
    }
    List<Address> told =
        before.isPresent()
            ? lists.told(List.of(list.address()), before.get())
            : List.of(list.owner().get());
    bench.note(
        "list-report",
        Map.of("list", list.address().display(), "told", Integer.toString(told.size())));
    for (Address to : told) {
      bench.make(
          new Draft(
              envelope
                  .change()
                  .recipients(List.of(recipient.withAddress(to)))
                  .source(Source.internal(NAME))
                  .build(),
              bench.contentRef(),
              Map.of(recipient.id(), recipient.id())));
    }
    return told.isEmpty()
        ? done(Outcome.DoneKind.EXPANDED, bench, "the list tells nobody")
        : Outcome.reshaped();
  }

  private static Optional<Address> before(List<Address> way, DistributionList list) {
    for (int i = way.size() - 1; i > 0; i--) {
      if (ListPolicies.same(way.get(i), list.address())) {
        return Optional.of(way.get(i - 1));
      }
    }
    return Optional.empty();
  }
}
