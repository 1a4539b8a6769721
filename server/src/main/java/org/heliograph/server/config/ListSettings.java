package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.queue.Destination;

/** A distribution list. */
public record ListSettings(
    @Key(
            says =
                "The list's own address: a mailbox, or an O/R address such as /CN=OPS/PRMD=A/C=XX/.")
        String address,
    @Key(
            says =
                "File with one member a line, a mailbox or an O/R address; what follows # is a"
                    + " remark. Read at each expansion.",
            mustExist = true)
        Path members,
    @Key(
            says =
                "Who may write to the list: mailboxes, mail domains, or beginnings of O/R addresses;"
                    + " none: everybody.")
        List<String> submitters,
    @Key(says = "Who looks after the list; an address.") Optional<String> owner,
    @Key(says = "Who hears what becomes of the members' copies.", or = "originator")
        Reports reports) {

  public ListSettings {
    Address _ = AddressText.parse(address);
    submitters.forEach(Destination::parse);
    owner.ifPresent(AddressText::parse);
  }

  /** Who hears reports. */
  public enum Reports {
    ORIGINATOR,
    OWNER,
    BOTH,
    NONE
  }
}
