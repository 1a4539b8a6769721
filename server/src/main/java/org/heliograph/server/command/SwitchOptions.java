package org.heliograph.server.command;

import java.nio.file.Path;
import java.util.Optional;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.local.LocalClient;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which running switch is meant, and how the answer is printed. */
@SuppressWarnings("NullAway.Init")
final class SwitchOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The switch with this configuration; this or --socket.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "The switch whose local interface listens here.")
  private Optional<Path> socket = Optional.empty();

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  boolean json() {
    return json;
  }

  LocalClient client() throws ConfigurationException {
    if (file.isPresent() == socket.isPresent()) {
      throw new CommandLine.ParameterException(
          verb.commandLine(), "say which switch: either -c FILE or --socket PATH");
    }
    return new LocalClient(
        socket.isPresent() ? socket.get() : ConfigurationFile.read(file.orElseThrow()).socket());
  }
}
