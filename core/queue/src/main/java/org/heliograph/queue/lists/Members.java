package org.heliograph.queue.lists;

import java.io.IOException;
import java.util.List;
import org.heliograph.model.Address;

/** The members of a list. Any thread may call. */
@FunctionalInterface
public interface Members {
  /**
   * The members now.
   *
   * @throws IOException if they cannot be told now; the message waits
   */
  List<Address> all() throws IOException;
}
