package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Mailbox;

/** Everything that a configuration file says of one switch. */
public record SwitchSettings(
    @Key(says = "Name of this switch in its store, its log and its audit rows.", or = "heliograph")
        String node,
    @Key(
            says =
                "Host name by which the switch greets in SMTP, signs its Received: fields and makes"
                    + " Message-IDs.",
            or = "localhost")
        String hostName,
    @Key(says = "Directory of the store, of its files and of the local interface.", or = "data")
        Path home,
    @Key(
            says =
                "File into which the switch writes the addresses it really listens on, once it does;"
                    + " for configurations that listen on port 0.")
        Optional<Path> portsFile,
    @Key(says = "Address from which reports are sent to mail originators.")
        Optional<Mailbox> postmaster,
    @Key(says = "Who this switch is in the X.400 world.") Optional<DomainSettings> domain,
    @Key(says = "The store and its limits.") StoreSettings store,
    @Key(says = "When what could not be sent is tried again, and when it is given up.")
        RetrySettings retry,
    @Key(says = "The local interface that the command line speaks to.") LocalSettings local,
    @Key(says = "Internet mail; absent: the switch neither listens for nor sends it.")
        Optional<SmtpSettings> smtp,
    @Key(says = "X.400 transfer; absent: the switch neither listens for nor makes associations.")
        Optional<P1Settings> p1,
    @Key(says = "The channel that writes messages into a directory.") Optional<FileSettings> file,
    @Key(says = "The gateway between mail and X.400.") Optional<MixerSettings> mixer,
    @Key(says = "Signing, encrypting, verifying and decrypting.")
        Optional<ProtectionSettings> protection,
    @Key(says = "Where messages go. The longest match counts, not the order.")
        List<RouteSettings> routes) {

  /** Where the local interface listens. */
  public Path socket() {
    return local.socket().orElse(home.resolve("heliograph.sock"));
  }
}
