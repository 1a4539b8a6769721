package org.heliograph.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Switch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads a configuration and says what is wrong with it. */
@Command(
    name = "check",
    description =
        "Reads a configuration without starting anything, and says all that is wrong with it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph check -c conf/relay.conf"})
@SuppressWarnings("NullAway.Init")
final class CheckCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigurationException, IOException {
    Switch.check(ConfigurationFile.read(file));
    spec.commandLine().getOut().println(file + ": good");
    return 0;
  }
}
