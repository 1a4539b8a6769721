package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.model.OrAddress;

/**
 * Who a mail counts as coming from while it is mapped.
 *
 * @param user who gives identifiers in military messages; empty where nobody is known
 * @param believed whether the system that handed the mail over may say what people do not see:
 *     components of headings in fields of ours, and a precedence above routine
 */
record Author(Optional<OrAddress> user, boolean believed) {
  /** Nobody, and not believed: for what is returned in reports. */
  static final Author NOBODY = new Author(Optional.empty(), false);
}
