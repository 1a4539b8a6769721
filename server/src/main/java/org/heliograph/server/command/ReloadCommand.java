package org.heliograph.server.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.heliograph.server.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running switch read its configuration again. */
@Command(
    name = "reload",
    description =
        "Has a running switch read its configuration again: routes, lists, redirections and p1.peers"
            + " change without a restart. A file with a mistake, or one that changes more, is"
            + " refused with file and line, and nothing changes.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph reload -c alpha.conf"})
@SuppressWarnings("NullAway.Init")
final class ReloadCommand implements Callable<Integer> {
  @Mixin private SwitchOptions target;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ConfigurationException {
    Map<String, Object> said =
        target.client().post("/reload", Map.of("who", System.getProperty("user.name", "unknown")));
    Printed.print(spec, said, target.json());
    return 0;
  }
}
