package org.heliograph.model;

/**
 * Where a look through the queue of one peer and precedence stopped. What was tried in vain before
 * is looked through apart from what was not.
 *
 * @param retried whether it is what was tried before that is looked through
 * @param notBefore microseconds since 1970 of the last entry seen
 * @param message number of the last message seen; 0 from the start
 */
public record Cursor(boolean retried, long notBefore, long message) {
  /** From the start of what was not tried yet: by age. */
  public static final Cursor START = new Cursor(false, Long.MIN_VALUE, 0);

  /** From the start of what was tried in vain: by the time when it is due. */
  public static final Cursor RETRIED = new Cursor(true, Long.MIN_VALUE, 0);
}
