package org.heliograph.protection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Correlated;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Shaper;
import org.heliograph.model.Stage;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.Workbench;

/** A workbench that remembers what was made and said on it. */
final class JudgeBench implements Workbench {
  private final ContentStore store;
  private final ContentRef subject;
  private final InstantSource clock;
  final List<Draft> made = new ArrayList<>();
  final List<Map<String, String>> notes = new ArrayList<>();
  int pauses;
  Outcome outcome = Outcome.unchanged();
  byte[] plain = new byte[0];

  JudgeBench(ContentStore store, ContentRef subject, InstantSource clock) {
    this.store = store;
    this.subject = subject;
    this.clock = clock;
  }

  /** Runs a shaper for all recipients of the envelope. */
  Map<RecipientId, Outcome> run(Shaper shaper, Envelope envelope) throws StoreUnavailable {
    Set<RecipientId> all = Set.copyOf(envelope.recipients().stream().map(Recipient::id).toList());
    return run(shaper, envelope, all);
  }

  Map<RecipientId, Outcome> run(Shaper shaper, Envelope envelope, Set<RecipientId> recipients)
      throws StoreUnavailable {
    Dispatch dispatch =
        new Dispatch(
            new MessageId(1),
            recipients,
            new StepNo(0),
            shaper.name(),
            PeerName.NONE,
            1,
            new Claim(new NodeId("judge"), 1),
            Optional.empty());
    return shaper.shape(dispatch, envelope, store.open(subject), this);
  }

  @Override
  public Stage stage() throws StoreUnavailable {
    return store.stage();
  }

  @Override
  public Content open(ContentRef ref) throws StoreUnavailable {
    return store.open(ref);
  }

  @Override
  public void make(Draft draft) {
    made.add(draft);
  }

  @Override
  public void note(String event, Map<String, String> facts) {
    Map<String, String> note = new LinkedHashMap<>(facts);
    note.put("event", event);
    notes.add(note);
  }

  @Override
  public ContentRef contentRef() {
    return subject;
  }

  @Override
  public void pause() {
    pauses++;
  }

  @Override
  public Optional<Correlated> correlate(UniqueKey key) {
    return Optional.empty();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  static ChannelName channel(String name) {
    return new ChannelName(name);
  }
}
