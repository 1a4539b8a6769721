package org.heliograph.server.command;

import java.util.concurrent.Callable;
import org.heliograph.server.config.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the reference of all keys. */
@Command(
    name = "configuration",
    description = "Prints the reference of all configuration keys in Markdown.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph configuration > docs/CONFIGURATION.md"})
@SuppressWarnings("NullAway.Init")
final class ConfigurationCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(Reference.page());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
