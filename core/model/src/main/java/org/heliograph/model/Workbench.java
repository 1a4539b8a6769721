package org.heliograph.model;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a shaper works with. For the thread of the dispatch. */
public interface Workbench {
  /** A stage for new content; discarded if the shaper throws or does not seal it. */
  Stage stage() throws StoreUnavailable;

  /** Content that was sealed on this bench, or any other by its name. */
  Content open(ContentRef ref) throws StoreUnavailable;

  /** Puts a draft on the bench. */
  void make(Draft draft);

  /**
   * Adds an audit row about the dispatched message, for example with layers, algorithms and
   * milliseconds.
   */
  void note(String event, Map<String, String> facts);

  /** The content of the dispatched message by name, for drafts that share it. */
  ContentRef contentRef();

  /** Lets more urgent work go first. */
  void pause();

  /**
   * A message that this switch received or made earlier, by one of its names: for shapers that turn
   * reports.
   *
   * @return empty if nothing is known, or no more
   */
  Optional<Correlated> correlate(UniqueKey key) throws StoreUnavailable;

  /** The time. */
  InstantSource clock();
}
