package org.heliograph.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Correlated;
import org.heliograph.model.Draft;
import org.heliograph.model.MessageId;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.Workbench;
import org.heliograph.queue.store.DerbyStore;
import org.heliograph.queue.store.Stored;

/** What a shaper works with for one dispatch. */
final class Bench implements Workbench {
  private final DerbyStore store;
  private final InstantSource clock;
  private final Job job;
  private final Runnable pause;
  private final List<Draft> made = new ArrayList<>();
  private final List<AuditRow> notes = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final long begun = System.nanoTime();

  Bench(DerbyStore store, InstantSource clock, Job job, Runnable pause) {
    this.store = store;
    this.clock = clock;
    this.job = job;
    this.pause = pause;
  }

  @Override
  public Stage stage() throws StoreUnavailable {
    Stage stage = store.innerStage();
    stages.add(stage);
    return stage;
  }

  @Override
  public Content open(ContentRef ref) throws StoreUnavailable {
    return store.contents().open(ref);
  }

  @Override
  public void make(Draft draft) {
    made.add(draft);
  }

  @Override
  public void note(String event, Map<String, String> facts) {
    Map<String, String> more = new TreeMap<>(facts);
    more.putIfAbsent("ms", Long.toString(Duration.ofNanos(System.nanoTime() - begun).toMillis()));
    notes.add(
        new AuditRow(
            Optional.of(job.message().id()), Optional.empty(), clock.instant(), event, more));
  }

  @Override
  public ContentRef contentRef() {
    return job.message().content();
  }

  @Override
  public void pause() {
    pause.run();
  }

  @Override
  public Optional<Correlated> correlate(UniqueKey key) throws StoreUnavailable {
    for (MessageId id : store.named(key)) {
      Optional<Stored> message = store.load(id);
      if (message.isPresent()) {
        return message.map(Stored::correlated);
      }
    }
    return Optional.empty();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  List<Draft> made() {
    return made;
  }

  List<AuditRow> notes() {
    return notes;
  }

  /** Discards stages that were not sealed; and, if the shaper failed, what it made. */
  void clear(boolean failed) {
    stages.forEach(Stage::close);
    if (failed) {
      made.stream()
          .map(Draft::content)
          .filter(ref -> !ref.equals(job.message().content()))
          .forEach(store::discard);
      made.clear();
    }
  }
}
