package org.heliograph.model;

/**
 * Where a look through the queue of one peer and precedence stopped.
 *
 * @param notBefore microseconds since 1970 of the last entry seen
 * @param message number of the last message seen; 0 from the start
 */
public record Cursor(long notBefore, long message) {
  /** From the start. */
  public static final Cursor START = new Cursor(Long.MIN_VALUE, 0);
}
