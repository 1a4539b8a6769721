package org.heliograph.server.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.heliograph.server.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what became of a message. */
@Command(
    name = "track",
    description =
        "Shows what became of a message, by its number here, Message-ID, MTS identifier, IPM"
            + " identifier or ENVID: every event of it and of what was made of it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph track -c alpha.conf 20260101.1@alpha.example"})
@SuppressWarnings("NullAway.Init")
final class TrackCommand implements Callable<Integer> {
  @Mixin private SwitchOptions target;

  @Parameters(paramLabel = "ID", description = "A name of the message.")
  private String id;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ConfigurationException {
    Map<String, Object> answer = target.client().get("/track", Map.of("id", id));
    Printed.print(spec, answer, target.json(), "events", "at", "message", "event", "facts");
    return 0;
  }
}
