package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Cursor;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Due;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.QueueStore;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StaleClaim;
import org.heliograph.model.Transition;
import org.heliograph.model.UniqueKey;
import org.junit.jupiter.api.Test;

/**
 * What every queue store does. Mail for {@code mail.example} must be routed to {@link Fakes#BOX}.
 */
interface QueueStoreContract {
  QueueStore queue() throws Exception;

  ContentStore contents() throws Exception;

  /** The claim of this start. */
  Claim claim() throws Exception;

  /** The recipients that wait for a peer at a precedence. */
  private List<Due> due(Precedence precedence) throws Exception {
    return queue().due(Fakes.BOX, precedence, Cursor.START, 100);
  }

  private Draft draft(Envelope envelope) throws Exception {
    return Draft.of(envelope, Fakes.put(contents(), new byte[] {1, 2, 3}));
  }

  private MessageId accept(String... to) throws Exception {
    return queue().accept(draft(Fakes.mail("eve@out.example", to)), Set.of());
  }

  private static Transition transition(Dispatch d, Outcome outcome) {
    return new Transition(
        d.claim(),
        d.message(),
        d.step(),
        d.recipients().stream().collect(java.util.stream.Collectors.toMap(r -> r, r -> outcome)),
        List.of(),
        List.of());
  }

  private static Outcome sent() {
    return Outcome.transferred(Instant.EPOCH, "x", "y");
  }

  @Test
  default void acceptedMessagesAreDueTogetherByTime() throws Exception {
    MessageId first = accept("al@mail.example", "bo@mail.example");
    MessageId second = accept("al@mail.example");
    List<Due> due = due(Precedence.ROUTINE);
    assertThat(due).extracting(Due::message).containsExactly(first, second);
    assertThat(due.getFirst().recipients())
        .containsExactlyInAnyOrder(new RecipientId(1), new RecipientId(2));
    assertThat(due.getFirst().octets()).isEqualTo(3);
    assertThat(due(Precedence.FLASH)).isEmpty();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, due.getFirst().notBefore());
    Cursor behind = new Cursor(false, micros, first.value());
    assertThat(queue().due(Fakes.BOX, Precedence.ROUTINE, behind, 100))
        .extracting(Due::message)
        .containsExactly(second);
    assertThat(queue().due(new PeerName("other"), Precedence.ROUTINE, Cursor.START, 100)).isEmpty();
    assertThat(queue().due(Fakes.BOX, Precedence.ROUTINE, Cursor.START, 1)).hasSize(1);
  }

  @Test
  default void aDuplicateIsRecognisedInTheActOfAccepting() throws Exception {
    UniqueKey key = new UniqueKey(UniqueKey.Scheme.TRANSFER, "peer/1");
    UniqueKey other = new UniqueKey(UniqueKey.Scheme.TRANSFER, "peer/2");
    Envelope envelope = Fakes.mail("eve@out.example", "al@mail.example");
    MessageId first = queue().accept(draft(envelope), Set.of(key));
    assertThatThrownBy(() -> queue().accept(draft(envelope), Set.of(other, key)))
        .isInstanceOfSatisfying(
            AlreadyAccepted.class, e -> assertThat(e.message()).isEqualTo(first));
    assertThat(due(Precedence.ROUTINE)).hasSize(1);
    // the other key was not taken by the refused act
    queue().accept(draft(envelope), Set.of(other));
    assertThat(due(Precedence.ROUTINE)).hasSize(2);
  }

  @Test
  default void whatIsClaimedIsNotClaimedAgain() throws Exception {
    accept("al@mail.example");
    List<Due> due = due(Precedence.ROUTINE);
    List<Dispatch> dispatches = queue().claim(claim(), due);
    assertThat(dispatches).hasSize(1);
    assertThat(dispatches.getFirst().attempt()).isEqualTo(1);
    assertThat(queue().claim(claim(), due)).isEmpty();
  }

  @Test
  default void whatIsDoneIsNotDueAndARepeatedCommitChangesNothing() throws Exception {
    MessageId id = accept("al@mail.example");
    List<Due> due = due(Precedence.ROUTINE);
    Dispatch dispatch = queue().claim(claim(), due).getFirst();
    queue().commit(transition(dispatch, sent()));
    queue().commit(transition(dispatch, sent()));
    queue().commit(transition(dispatch, Outcome.held("too late")));
    assertThat(due(Precedence.ROUTINE)).isEmpty();
    assertThat(queue().claim(claim(), due)).isEmpty();
    assertThat(events(id)).containsExactly("accepted", "transferred");
  }

  /** The audit events of a message in order. */
  List<String> events(MessageId id) throws Exception;

  @Test
  default void aStaleClaimIsRefused() throws Exception {
    accept("al@mail.example");
    Dispatch dispatch = queue().claim(claim(), due(Precedence.ROUTINE)).getFirst();
    Claim old = new Claim(claim().node(), claim().epoch() - 1);
    Transition late =
        new Transition(
            old,
            dispatch.message(),
            dispatch.step(),
            Map.of(new RecipientId(1), sent()),
            List.of(),
            List.of());
    assertThatThrownBy(() -> queue().commit(late)).isInstanceOf(StaleClaim.class);
    assertThat(due(Precedence.ROUTINE)).hasSize(1);
  }

  @Test
  default void aRecipientThatIsDeferredComesLaterAndTheOtherIsDone() throws Exception {
    accept("al@mail.example", "bo@mail.example");
    Dispatch d = queue().claim(claim(), due(Precedence.ROUTINE)).getFirst();
    queue()
        .commit(
            new Transition(
                d.claim(),
                d.message(),
                d.step(),
                Map.of(
                    new RecipientId(1),
                    sent(),
                    new RecipientId(2),
                    Outcome.deferred(Outcome.Scope.MESSAGE, Failures.internal("later"))),
                List.of(),
                List.of()));
    assertThat(due(Precedence.ROUTINE)).isEmpty();
    List<Due> due = queue().due(Fakes.BOX, Precedence.ROUTINE, Cursor.RETRIED, 100);
    assertThat(due).hasSize(1);
    assertThat(due.getFirst().recipients()).containsExactly(new RecipientId(2));
    assertThat(due.getFirst().attempts()).isEqualTo(1);
    assertThat(due.getFirst().notBefore()).isAfter(Instant.now());
  }

  @Test
  default void aRecipientOfAnotherSwitchIsNotDue() throws Exception {
    Envelope envelope = Fakes.mail("eve@out.example", "al@mail.example", "bo@mail.example");
    envelope =
        envelope
            .change()
            .recipients(
                List.of(
                    envelope.recipients().get(0),
                    envelope.recipients().get(1).withResponsible(false)))
            .build();
    queue().accept(draft(envelope), Set.of());
    assertThat(due(Precedence.ROUTINE).getFirst().recipients()).containsExactly(new RecipientId(1));
  }
}
