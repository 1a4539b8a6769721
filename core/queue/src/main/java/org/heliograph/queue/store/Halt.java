package org.heliograph.queue.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named points at which the process can be made to stop dead, to prove what survives. Switched on
 * by the system property {@code heliograph.halt}: the name of a point, with {@code :N} behind it
 * the N-th time that point is reached. Without the property a point costs a comparison with null.
 */
public final class Halt {
  /** Every point, in the order in which a message meets them. See docs/INTERNALS.md. */
  public static final List<String> POINTS =
      List.of(
          "stage.before-force",
          "stage.before-rename",
          "stage.after-rename",
          "accept.before-transaction",
          "accept.before-force",
          "accept.after-force",
          "shape.before-transaction",
          "shape.before-force",
          "shape.after-force",
          "transfer.before",
          "transfer.after",
          "transfer.before-transaction",
          "transfer.before-force",
          "transfer.after-force",
          "content.before-unlink");

  private static final @Nullable String WANTED;
  private static final int TIMES;
  private static int reached;

  static {
    String property = System.getProperty("heliograph.halt");
    int colon = property == null ? -1 : property.indexOf(':');
    WANTED = property == null || colon < 0 ? property : property.substring(0, colon);
    TIMES = property == null || colon < 0 ? 1 : Integer.parseInt(property.substring(colon + 1));
    if (WANTED != null && !POINTS.contains(WANTED)) {
      throw new IllegalStateException("no halt point '" + WANTED + "'; there are " + POINTS);
    }
  }

  private Halt() {}

  /** Stops the process without any clean-up if this is the point. */
  public static void at(String point) {
    if (WANTED != null && WANTED.equals(point)) {
      count();
    }
  }

  private static synchronized void count() {
    if (++reached == TIMES) {
      Runtime.getRuntime().halt(137);
    }
  }
}
