package org.heliograph.queue;

import org.heliograph.model.ContentStore;
import org.heliograph.model.MemoryStore;

/** The store in memory, with which channels are tested, keeps the same contract of content. */
class MemoryContentTest implements ContentStoreContract {
  private final MemoryStore store = new MemoryStore();

  @Override
  public ContentStore contents() {
    return store;
  }
}
