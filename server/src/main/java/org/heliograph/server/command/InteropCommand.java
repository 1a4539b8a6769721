package org.heliograph.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.PeerFileSettings;
import org.heliograph.server.dissect.Layer;
import org.heliograph.server.dissect.Pdu;
import org.heliograph.server.interop.Case;
import org.heliograph.server.interop.Suite;
import org.heliograph.server.interop.Verdict;
import org.heliograph.server.json.Json;
import org.heliograph.server.peer.Opening;
import org.heliograph.server.peer.Ping;
import org.heliograph.server.peer.Target;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the conformance suite against an MTA. */
@Command(
    name = "interop",
    description = {
      "Tries what an MTA does and refuses, case by case against the clauses of the standards, and prints"
          + " a table: PASS, FAIL with the PDUs that passed, or not supported by the peer.",
      "The peer is any MTA, described in a file; --example prints one to fill in. To see reports,"
          + " trace and contents, it must have us as a peer too: route our domain to us, and call us at"
          + " listen."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 0: no case failed.",
      "Example: ./heliograph interop --example > mod.conf",
      "Example: ./heliograph interop --peer mod.conf",
      "Example: ./heliograph interop --peer mod.conf --only \"reports and probes\" --json"
    })
@SuppressWarnings("NullAway.Init")
final class InteropCommand implements Callable<Integer> {
  private static final int MOST_LINES = 400;

  @Option(names = "--peer", paramLabel = "FILE", description = "The peer file.")
  private Optional<Path> peerFile = Optional.empty();

  @Option(names = "--example", description = "Print a peer file with comments, and end.")
  private boolean example;

  @Option(names = "--list", description = "Print the cases with their clauses, and end.")
  private boolean list;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      description = "Only this group of cases, as --list names it; again for more.")
  private List<String> only = List.of();

  @Option(names = "--json", description = "Print the results as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ConfigurationException, CommandFailed {
    PrintWriter out = spec.commandLine().getOut();
    if (example) {
      out.print(PeerFileSettings.example());
      out.flush();
      return 0;
    }
    if (list) {
      list(out);
      return 0;
    }
    for (String group : only) {
      if (!Suite.all().containsKey(group)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "no group '" + group + "'; there are: " + String.join(", ", Suite.all().keySet()));
      }
    }
    if (peerFile.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say which MTA: --peer FILE; --example prints one to fill in");
    }
    return run(out, ConfigurationFile.readPeer(peerFile.get()));
  }

  private void list(PrintWriter out) {
    if (json) {
      Map<String, Object> groups = new LinkedHashMap<>();
      Suite.all()
          .forEach(
              (group, cases) ->
                  groups.put(
                      group,
                      cases.stream()
                          .map(c -> Map.<String, Object>of("case", c.name(), "clause", c.clause()))
                          .toList()));
      out.println(Json.write(groups));
      return;
    }
    Suite.all()
        .forEach(
            (group, cases) -> {
              out.println(group);
              for (Case one : cases) {
                out.println(String.format(Locale.ROOT, "  %-52s  %s", one.name(), one.clause()));
              }
            });
  }

  private int run(PrintWriter out, PeerFileSettings file) throws IOException, CommandFailed {
    Target target = chosen(file);
    if (!json) {
      out.println(
          "conformance of the MTA at "
              + file.address()
              + ", mode "
              + target.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      out.flush();
    }
    List<String> group = new ArrayList<>();
    try {
      List<Suite.Ran> ran =
          Suite.run(
              file,
              target,
              only,
              (number, one) -> {
                if (!json) {
                  print(out, one, group);
                }
              });
      boolean good = ran.stream().noneMatch(r -> r.verdict().kind() == Verdict.Kind.FAIL);
      if (json) {
        out.println(Json.write(object(file, target, ran, good)));
      } else {
        summary(out, ran);
      }
      return good ? 0 : 1;
    } catch (IllegalArgumentException e) {
      throw new CommandFailed("the peer file: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  /** With mode auto the first that binds. */
  private static Target chosen(PeerFileSettings file) {
    List<Target> targets = PeerOptions.targets(file);
    return targets.stream()
        .filter(t -> targets.size() > 1 && Ping.of(Opening.of(t), file.patience()).good())
        .findFirst()
        .orElse(targets.getFirst());
  }

  private static String word(Verdict.Kind kind) {
    return switch (kind) {
      case PASS -> "PASS";
      case FAIL -> "FAIL";
      case NOT_SUPPORTED -> "not supported";
    };
  }

  private void print(PrintWriter out, Suite.Ran ran, List<String> group) {
    if (group.isEmpty() || !group.getLast().equals(ran.group())) {
      group.add(ran.group());
      out.println();
      out.println(ran.group());
    }
    out.println(
        String.format(
            Locale.ROOT,
            "  %-13s %-52s %s",
            word(ran.verdict().kind()),
            ran.what().name(),
            ran.verdict().text()));
    if (ran.verdict().kind() == Verdict.Kind.FAIL) {
      out.println("      clause: " + ran.what().clause());
      lines(ran.verdict().evidence()).forEach(line -> out.println("      " + line));
    }
    out.flush();
  }

  private static boolean transferred(Pdu pdu) {
    return pdu.layer() == Layer.P1 && !pdu.name().startsWith("MTABind");
  }

  /** What passed, PDU by PDU; the ASN.1 of what was transferred, or else of what was answered. */
  private static List<String> lines(List<Pdu> evidence) {
    boolean transfer = evidence.stream().anyMatch(InteropCommand::transferred);
    List<String> lines = new ArrayList<>();
    for (Pdu pdu : evidence) {
      lines.add(pdu.line());
      boolean tree =
          transfer ? transferred(pdu) : pdu.layer() == Layer.PRESENTATION && !pdu.fromInitiator();
      if (tree) {
        pdu.tree().lines().forEach(line -> lines.add("    " + line));
      }
    }
    if (lines.size() > MOST_LINES) {
      int left = lines.size() - MOST_LINES;
      List<String> cut = new ArrayList<>(lines.subList(left, lines.size()));
      cut.addFirst("(" + left + " lines before are left out)");
      return cut;
    }
    return lines;
  }

  private static void summary(PrintWriter out, List<Suite.Ran> ran) {
    Map<Verdict.Kind, Long> counts =
        ran.stream().collect(Collectors.groupingBy(r -> r.verdict().kind(), Collectors.counting()));
    out.println();
    out.println(
        ran.size()
            + " cases: "
            + counts.getOrDefault(Verdict.Kind.PASS, 0L)
            + " passed, "
            + counts.getOrDefault(Verdict.Kind.FAIL, 0L)
            + " failed, "
            + counts.getOrDefault(Verdict.Kind.NOT_SUPPORTED, 0L)
            + " not supported by the peer");
    ran.stream()
        .filter(r -> r.verdict().kind() == Verdict.Kind.FAIL)
        .forEach(r -> out.println("  failed: " + r.what().name() + " (" + r.what().clause() + ")"));
    out.flush();
  }

  private static Map<String, Object> object(
      PeerFileSettings file, Target target, List<Suite.Ran> ran, boolean good) {
    List<Map<String, Object>> cases = new ArrayList<>();
    for (Suite.Ran one : ran) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("group", one.group());
      object.put("case", one.what().name());
      object.put("clause", one.what().clause());
      object.put("verdict", one.verdict().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      object.put("text", one.verdict().text());
      object.put("millis", one.millis());
      if (one.verdict().kind() == Verdict.Kind.FAIL) {
        object.put("passed on the wire", lines(one.verdict().evidence()));
      }
      cases.add(object);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("address", file.address().toString());
    all.put("mode", target.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    all.put("good", good);
    all.put("cases", cases);
    return all;
  }
}
