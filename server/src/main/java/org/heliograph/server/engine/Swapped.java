package org.heliograph.server.engine;

import java.util.function.Supplier;

/**
 * What a reload swaps: running code asks for it anew for each unit of work.
 *
 * @param <T> an immutable snapshot of a part of the configuration
 */
final class Swapped<T> implements Supplier<T> {
  private volatile T now;

  Swapped(T now) {
    this.now = now;
  }

  @Override
  public T get() {
    return now;
  }

  void to(T other) {
    now = other;
  }
}
