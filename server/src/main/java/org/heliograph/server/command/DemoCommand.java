package org.heliograph.server.command;

import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.heliograph.server.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the main job. */
@Command(
    name = "demo",
    description =
        "Starts two switches and a mailbox server on this machine, sends messages across SMTP, MIXER,"
            + " protection and P1 and back, and checks what arrives. The last line is the verdict.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph demo --keep"})
@SuppressWarnings("NullAway.Init")
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--keep", description = "Leave both switches running and say how to look around.")
  private boolean keep;

  @Option(
      names = "--json",
      description = "Print the facts as one JSON object instead of a narration.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    boolean colour = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Demo(new Demo.Options(keep, json, colour), spec.commandLine().getOut()).run()
        ? 0
        : 1;
  }
}
