package org.heliograph.server.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.heliograph.osi.Mode;
import org.heliograph.osi.Selectors;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.ModeChoice;
import org.heliograph.p1.PeerAddress;
import org.heliograph.p1.PeerSettings;
import org.heliograph.p1.PeerTls;
import org.heliograph.p1.StrongBind;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.Endpoint;
import org.heliograph.server.config.PeerFileSettings;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.server.engine.X400Peers;
import org.heliograph.server.peer.Target;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which peer is meant: one of a configuration, or that of a peer file. */
@SuppressWarnings("NullAway.Init")
final class PeerOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration that has the peer; this or --peer.")
  private Optional<Path> configuration = Optional.empty();

  @Option(names = "--peer", paramLabel = "FILE", description = "A peer file.")
  private Optional<Path> peerFile = Optional.empty();

  @Parameters(
      arity = "0..1",
      paramLabel = "PEER",
      description = "Its name under p1.peers of the configuration.")
  private Optional<String> peer = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  Optional<Path> configuration() {
    return configuration;
  }

  Optional<Path> peerFile() {
    return peerFile;
  }

  Optional<String> peer() {
    return peer;
  }

  /** The peer as it can be called, once for each mode to try and each address. */
  List<Target> targets() throws ConfigurationException, CommandFailed {
    if (configuration.isPresent() == peerFile.isPresent()) {
      throw new CommandLine.ParameterException(
          verb.commandLine(), "say which peer: PEER with -c FILE, or --peer FILE");
    }
    if (peerFile.isPresent()) {
      return targets(ConfigurationFile.readPeer(peerFile.get()));
    }
    if (peer.isEmpty()) {
      throw new CommandLine.ParameterException(verb.commandLine(), "say which peer of the file");
    }
    return targets(ConfigurationFile.read(configuration.orElseThrow()), peer.get());
  }

  private static List<Target> targets(SwitchSettings settings, String name) throws CommandFailed {
    PeerSettings peer = settings(settings, name);
    if (peer.addresses().isEmpty()) {
      throw new CommandFailed("peer " + name + " has no address: it calls us, we do not call it");
    }
    return peer.addresses().stream()
        .flatMap(
            (PeerAddress a) ->
                targets(
                        name,
                        new Endpoint(a.host(), a.port()),
                        peer.mode(),
                        peer.ours(),
                        peer.theirs(),
                        peer.calling(),
                        peer.called(),
                        peer.tls())
                    .stream()
                    .map(t -> t.withStrong(peer.strong())))
        .toList();
  }

  /** The switch of the configuration as the peer calls it. Both must be given. */
  Target inward() throws ConfigurationException, CommandFailed {
    String name = peer.orElseThrow();
    SwitchSettings settings = ConfigurationFile.read(configuration.orElseThrow());
    PeerSettings peer = settings(settings, name);
    Endpoint listens =
        settings.p1().orElseThrow().listen().stream()
            .filter(e -> e.port() > 0)
            .findFirst()
            .orElseThrow(() -> new CommandFailed("the switch listens on no known port for P1"));
    return new Target(
        "the switch as " + name,
        listens,
        Mode.NORMAL,
        /* ours= */ peer.theirs(),
        /* theirs= */ peer.ours(),
        /* calling= */ peer.called(),
        /* called= */ peer.calling());
  }

  /** A peer of a configuration. */
  static PeerSettings settings(SwitchSettings settings, String name) throws CommandFailed {
    if (settings.p1().isEmpty() || !settings.p1().get().peers().containsKey(name)) {
      throw new CommandFailed(
          "no peer '"
              + name
              + "' under p1.peers; there are: "
              + settings.p1().map(p -> String.join(", ", p.peers().keySet())).orElse("none"));
    }
    return X400Peers.peer(name, settings.p1().get().peers().get(name));
  }

  static List<Target> targets(PeerFileSettings file) {
    StrongBind strong = X400Peers.strong(file.ours(), file.theirs());
    return targets(
            "the peer",
            file.address(),
            ModeChoice.valueOf(file.mode().name()),
            file.ours().map(X400Peers::credentials),
            file.theirs().map(X400Peers::credentials),
            X400Peers.selectors(file.calling()),
            X400Peers.selectors(file.called()),
            file.tls().map(X400Peers::tls))
        .stream()
        .map(t -> t.withStrong(strong))
        .toList();
  }

  private static List<Target> targets(
      String name,
      Endpoint address,
      ModeChoice choice,
      Optional<Credentials> ours,
      Optional<Credentials> theirs,
      Selectors calling,
      Selectors called,
      Optional<PeerTls> tls) {
    return modes(choice).stream()
        .map(mode -> new Target(name, address, mode, ours, theirs, calling, called).withTls(tls))
        .toList();
  }

  private static List<Mode> modes(ModeChoice choice) {
    return choice == ModeChoice.AUTO
        ? List.of(Mode.values())
        : List.of(Mode.valueOf(choice.name()));
  }
}
