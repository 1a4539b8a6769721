package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentFamily;
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
    @Key(says = "Who gets mail to <Postmaster> without a domain; absent: postmaster at host-name.")
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
        List<RouteSettings> routes,
    @Key(says = "Distribution lists.") List<ListSettings> lists,
    @Key(says = "Recipients whose messages go to others; the first that fits counts.")
        List<RedirectionSettings> redirections) {
  public SwitchSettings {
    require(domain.isPresent() || p1.isEmpty(), "section p1 needs a section domain");
    require(domain.isPresent() || mixer.isEmpty(), "section mixer needs a section domain");
    for (int i = 0; i < routes.size(); i++) {
      RouteSettings route = routes.get(i);
      String name = "routes[" + i + "] to " + route.to();
      switch (route.via()) {
        case SMTP -> peer(name, "smtp", route, smtp.map(s -> s.peers().keySet()));
        case P1 -> peer(name, "p1", route, p1.map(s -> s.peers().keySet()));
        case FILE -> require(file.isPresent(), name + " is via file, but there is no section file");
      }
      require(
          protection.isPresent() || !route.form().equals(Optional.of(ContentFamily.CMS)),
          name + " wants form cms, but there is no section protection");
    }
  }

  private static void peer(
      String name, String section, RouteSettings route, Optional<Set<String>> peers) {
    require(
        peers.isPresent(), name + " is via " + section + ", but there is no section " + section);
    String peer = route.peer().orElse("");
    require(
        peers.orElse(Set.of()).contains(peer),
        name + " has peer " + peer + ", which is not under " + section + ".peers");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Where the local interface listens. */
  public Path socket() {
    return local.socket().orElse(home.resolve("heliograph.sock"));
  }
}
