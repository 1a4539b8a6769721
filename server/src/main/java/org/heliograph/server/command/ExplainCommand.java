package org.heliograph.server.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Precedence;
import org.heliograph.server.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a running switch does what it does. */
@Command(
    name = "explain",
    description = "Says why a running switch does what it does; changes nothing.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "route",
    footer = {"", "Example: ./heliograph explain route -c alpha.conf bob@bravo.example"})
@SuppressWarnings("NullAway.Init")
final class ExplainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say what: route");
  }

  @Command(
      name = "route",
      description =
          "Where a message for an address would go: the rules tried, which won and why, the plan.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./heliograph explain route -c alpha.conf bob@bravo.example",
        "         ./heliograph explain route -c alpha.conf --octets 5000000 --precedence flash \\",
        "             'S=Smith; O=HQ; P=BRAVO; A=; C=XX'"
      })
  int route(
      @Mixin SwitchOptions target,
      @Option(
              names = "--content",
              paramLabel = "TYPE",
              description =
                  "The content type: mail, 2, 22 or an object identifier. Absent: mail for a"
                      + " mailbox, X.400 of any type for an O/R address.")
          Optional<String> content,
      @Option(names = "--octets", paramLabel = "N", description = "The size of the content.")
          Optional<Long> octets,
      @Option(
              names = "--precedence",
              paramLabel = "PRECEDENCE",
              description = "How urgent: ${COMPLETION-CANDIDATES}.")
          Optional<Precedence> precedence,
      @Parameters(paramLabel = "ADDRESS", description = "A mailbox, or an O/R address in any form.")
          String address)
      throws IOException, ConfigurationException {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("address", address);
    content.ifPresent(c -> parameters.put("content", c));
    octets.ifPresent(n -> parameters.put("octets", Long.toString(n)));
    precedence.ifPresent(p -> parameters.put("precedence", p.name()));
    Map<String, Object> answer = target.client().get("/explain", parameters);
    if (target.json()) {
      Printed.print(spec, answer, true);
      return 0;
    }
    Printed.print(spec, answer, false, "rules", "verdict", "route", "match");
    spec.commandLine()
        .getOut()
        .println(answer.getOrDefault("plan", "no plan") + ": " + answer.get("verdict"));
    return answer.containsKey("plan") ? 0 : 1;
  }
}
