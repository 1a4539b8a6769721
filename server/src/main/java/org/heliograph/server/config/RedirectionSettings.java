package org.heliograph.server.config;

import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.queue.Destination;

/** Somebody's messages go to somebody else. */
public record RedirectionSettings(
    @Key(
            says =
                "Whose: a mailbox, a mail domain, or the beginning of an O/R address such as /S=OLD/C=XX/.")
        String from,
    @Key(says = "To whom: a mailbox, or an O/R address.") String to,
    @Key(
            says =
                "What the redirection history says: recipient-assigned, md-assigned,"
                    + " directory-lookup or alias (the same recipient, which may not be prohibited).",
            or = "md-assigned")
        Reason reason,
    @Key(
            says =
                "When: always, or on-failure (the alternate recipient of X.411: only what cannot be"
                    + " delivered and allows it).",
            or = "always")
        When when) {

  public RedirectionSettings {
    Destination _ = Destination.parse(from);
    Address _ = AddressText.parse(to);
  }

  /** X.411 RedirectionReason, without the originator's own. */
  public enum Reason {
    RECIPIENT_ASSIGNED,
    MD_ASSIGNED,
    DIRECTORY_LOOKUP,
    ALIAS
  }

  /** When it counts. */
  public enum When {
    ALWAYS,
    ON_FAILURE
  }
}
