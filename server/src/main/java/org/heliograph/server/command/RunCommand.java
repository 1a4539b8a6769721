package org.heliograph.server.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a switch. */
@Command(
    name = "run",
    description =
        "Runs a switch until SIGTERM or SIGINT, which end it cleanly: what is in flight is finished"
            + " or given back to the queue.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph run -c conf/relay.conf"})
@SuppressWarnings("NullAway.Init")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration.")
  private Path file;

  @Override
  public Integer call() throws ConfigurationException {
    ConfigurationFile.read(file);
    return 0;
  }
}
