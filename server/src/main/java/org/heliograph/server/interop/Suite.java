package org.heliograph.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.heliograph.server.config.PeerFileSettings;
import org.heliograph.server.peer.Target;

/** All groups of cases, run one after the other against one peer. */
public final class Suite {
  /** The groups in the order in which they make sense: what cannot bind cannot transfer. */
  private static final Map<String, List<Case>> GROUPS = groups();

  /**
   * A case that was run.
   *
   * @param millis how long it took
   */
  public record Ran(String group, Case what, Verdict verdict, long millis) {}

  private Suite() {}

  private static Map<String, List<Case>> groups() {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    groups.put("associations", Binds.cases());
    groups.put("messages", Messages.cases());
    groups.put("trace", Traces.cases());
    groups.put("reports and probes", Reports.cases());
    groups.put("redirection and lists", Readdressings.cases());
    return groups;
  }

  /** Names of the groups, and of their cases. */
  public static Map<String, List<Case>> all() {
    return GROUPS;
  }

  /**
   * Runs every case of the groups.
   *
   * @param groups names; empty: all
   * @param each told of every case as it ends
   * @throws IOException if we cannot listen or the peer's name is not known
   */
  public static List<Ran> run(
      PeerFileSettings file, Target target, List<String> groups, BiConsumer<Integer, Ran> each)
      throws IOException, InterruptedException {
    List<Ran> ran = new ArrayList<>();
    try (Exchange exchange = new Exchange(file, target)) {
      for (Map.Entry<String, List<Case>> group : GROUPS.entrySet()) {
        if (!groups.isEmpty() && !groups.contains(group.getKey())) {
          continue;
        }
        for (Case one : group.getValue()) {
          long from = System.nanoTime();
          Verdict verdict = verdict(one, exchange);
          Ran result =
              new Ran(group.getKey(), one, verdict, (System.nanoTime() - from) / 1_000_000);
          ran.add(result);
          each.accept(ran.size(), result);
        }
      }
    }
    return ran;
  }

  private static Verdict verdict(Case one, Exchange exchange) throws InterruptedException {
    try {
      return one.run(exchange);
    } catch (IOException | UncheckedIOException e) {
      return Verdict.fail(String.valueOf(e.getMessage()), exchange.evidence());
    } catch (IllegalArgumentException e) {
      return Verdict.notSupported("cannot be said in this mode: " + e.getMessage());
    }
  }
}
