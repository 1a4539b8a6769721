package org.heliograph.server.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.heliograph.server.bench.DepthBench;
import org.heliograph.server.bench.Figures;
import org.heliograph.server.bench.FiguresPage;
import org.heliograph.server.bench.MailBench;
import org.heliograph.server.bench.P1Bench;
import org.heliograph.server.bench.Plan;
import org.heliograph.server.bench.PrecedenceBench;
import org.heliograph.server.bench.Progress;
import org.heliograph.server.json.Json;
import org.heliograph.server.process.Directories;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
    name = "bench",
    description =
        "Measures what a switch relays from a source to a sink on this machine; durable acceptance"
            + " is always on.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph bench smtp --messages 5000 --against postfix"})
@SuppressWarnings("NullAway.Init")
final class BenchCommand implements Callable<Integer> {
  /** What is relayed. */
  enum Protocol {
    P1,
    SMTP,
    DEPTH,
    PRECEDENCE
  }

  @Parameters(
      paramLabel = "p1|smtp|depth|precedence",
      description =
          "What to measure: relay by P1 or by SMTP, what a deep queue costs, how long Flash takes"
              + " behind a backlog.")
  private Protocol protocol;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many (${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many before them, not counted (${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "2k",
      description = "Of each, such as 2k, 1m or 1g (${DEFAULT-VALUE}).")
  private String size;

  @Option(
      names = "--queued",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "For depth: how many are queued (${DEFAULT-VALUE}).")
  private long queued;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      defaultValue = "100000",
      description = "For precedence: how many Routine messages wait (${DEFAULT-VALUE}).")
  private long backlog;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "For precedence: how long Flash messages arrive (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--associations",
      paramLabel = "N",
      description = "Associations or SMTP sessions at one time (8, for smtp 20).")
  private Optional<Integer> associations = Optional.empty();

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "256m",
      description = "Of the switch (${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--against",
      paramLabel = "postfix",
      description = "Measure its SMTP relay too, in the same run, with messages of the same size.")
  private Optional<String> against = Optional.empty();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Keep the figures in this page, such as docs/PERFORMANCE.md.")
  private Optional<Path> record = Optional.empty();

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailed {
    Plan plan =
        new Plan(
            messages,
            warmUp,
            octets(size),
            associations.orElse(protocol == Protocol.SMTP ? 20 : 8),
            heap,
            against);
    check(plan);
    Path directory = Files.createTempDirectory("heliograph-bench");
    try {
      if (protocol == Protocol.DEPTH) {
        print(new DepthBench(plan, queued, this::tell, progress()).run(directory));
        return 0;
      }
      if (protocol == Protocol.PRECEDENCE) {
        print(new PrecedenceBench(plan, backlog, seconds, this::tell, progress()).run(directory));
        return 0;
      }
      Figures figures =
          protocol == Protocol.SMTP
              ? new MailBench(plan, this::tell, progress()).run(directory)
              : new P1Bench(plan, this::tell, progress()).run(directory);
      print(figures);
      if (record.isPresent()) {
        FiguresPage.write(record.get(), command(plan), figures);
      }
      return 0;
    } finally {
      Directories.delete(directory);
    }
  }

  /** The command in full, so that the figures can be made again. */
  private String command(Plan plan) {
    return "./heliograph bench "
        + protocol.name().toLowerCase(Locale.ROOT)
        + " --messages "
        + plan.messages()
        + " --size "
        + size
        + " --associations "
        + plan.associations()
        + " --heap "
        + plan.heap()
        + plan.against().map(other -> " --against " + other).orElse("");
  }

  private void check(Plan plan) {
    if (plan.messages() < 1
        || plan.warmUp() < 0
        || plan.associations() < 1
        || plan.associations() > 500) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "at least one message and 1 to 500 associations are needed");
    }
    if (against.isPresent() && !against.get().equals("postfix")) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--against knows postfix");
    }
    if (protocol == Protocol.SMTP && plan.size() > 1 << 30) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--size is at most 1g for smtp");
    }
    if (!heap.matches("[0-9]{1,6}[mMgG]")) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--heap is a number and m or g");
    }
  }

  private long octets(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.matches("[0-9]{1,9}[kmg]?")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--size is a number of octets, or one with k, m or g; not '" + text + "'");
    }
    char last = lower.charAt(lower.length() - 1);
    long factor = last == 'k' ? 1 << 10 : last == 'm' ? 1 << 20 : last == 'g' ? 1 << 30 : 1;
    long octets = Long.parseLong(lower.replaceAll("[kmg]", "")) * factor;
    if (octets < 1 || octets > 4L << 30) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--size is 1 octet to 4g");
    }
    return octets;
  }

  private Progress progress() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return terminal && !json ? Progress.bars() : Progress.silent();
  }

  private void print(Map<String, Object> facts) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(facts));
    } else {
      facts.forEach((name, value) -> out.printf(Locale.ROOT, "%-24s %s%n", name, value));
    }
    out.flush();
  }

  private void tell(String text) {
    if (!json) {
      spec.commandLine().getOut().println(text);
    }
  }

  private void print(Figures figures) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(figures.facts()));
      return;
    }
    out.printf(Locale.ROOT, "messages per second   %10.1f%n", figures.perSecond());
    out.printf(Locale.ROOT, "megabytes per second  %10.2f%n", figures.megabytesPerSecond());
    out.printf(Locale.ROOT, "p50 in switch         %10.2f ms%n", figures.p50());
    out.printf(Locale.ROOT, "p99 in switch         %10.2f ms%n", figures.p99());
    out.printf(Locale.ROOT, "peak heap             %10.1f MB%n", figures.peakHeap() / 1e6);
    out.printf(Locale.ROOT, "CPU per message       %10.2f ms%n", figures.cpu());
    figures.against().ifPresent(o -> out.printf(Locale.ROOT, "postfix, per second   %10.1f%n", o));
    figures.ratio().ifPresent(r -> out.printf(Locale.ROOT, "ratio                 %10.2f%n", r));
    out.flush();
  }
}
