package org.heliograph.server.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.heliograph.server.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows how a switch is. */
@Command(
    name = "status",
    description = "Shows where a running switch listens, its alarms and its counters.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph status -c alpha.conf"})
@SuppressWarnings("NullAway.Init")
final class StatusCommand implements Callable<Integer> {
  @Mixin private SwitchOptions target;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ConfigurationException {
    Printed.print(spec, target.client().get("/status", Map.of()), target.json());
    return 0;
  }
}
