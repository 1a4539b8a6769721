package org.heliograph.server.engine;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heliograph.model.PeerName;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.Engine;
import org.heliograph.queue.PeerSettings;
import org.heliograph.queue.RouteTable;
import org.heliograph.queue.lists.ListPolicies;
import org.heliograph.queue.lists.Redirection;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.P1Settings;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.server.local.Endpoints;

/**
 * Reads the configuration of a running switch again: routes, lists, redirections and the peers of
 * X.400 transfer change without a restart. All of the file is read and checked before anything
 * changes; a file that changes more than that is refused as a whole, so that what runs is always
 * what one file says. What is under way goes on as it was begun, and what is queued keeps its plan.
 */
final class Reload {
  /** Sections that can change while the switch runs; of p1 its peers only. */
  private static final Set<String> SWAPPED = Set.of("routes", "lists", "redirections", "p1.peers");

  private final Path file;
  private final Channels.Swappable parts;
  private final Engine engine;
  private SwitchSettings running;

  Reload(Path file, SwitchSettings running, Channels.Swappable parts, Engine engine) {
    this.file = file;
    this.running = running;
    this.parts = parts;
    this.engine = engine;
  }

  /**
   * Reloads.
   *
   * @param who for the audit row
   * @return what has changed
   * @throws Endpoints.Refused naming file, line and key, or what takes a restart; nothing has
   *     changed
   * @throws StoreUnavailable if the audit row cannot be written; nothing has changed
   */
  synchronized Map<String, Object> run(String who) throws Endpoints.Refused, StoreUnavailable {
    SwitchSettings next;
    RouteTable table;
    ListPolicies lists;
    List<Redirection> redirections;
    X400Side.P1Tables tables;
    Map<PeerName, PeerSettings> limits;
    try {
      next = ConfigurationFile.read(file);
      table = Routes.table(next);
      lists = Readdressed.lists(next);
      redirections = Readdressed.redirections(next);
      tables = next.p1().map(X400Side::tables).orElse(X400Side.P1Tables.NONE);
      limits = Channels.limits(next);
    } catch (ConfigurationException | IOException | IllegalArgumentException e) {
      throw new Endpoints.Refused(409, "nothing has changed: " + e.getMessage());
    }
    Set<String> changed = changed(running, next);
    Set<String> fixed = new TreeSet<>(changed);
    fixed.removeAll(SWAPPED);
    if (!fixed.isEmpty()) {
      throw new Endpoints.Refused(
          409,
          "nothing has changed: "
              + file
              + " changes "
              + String.join(", ", fixed)
              + ", which takes a restart; a reload swaps "
              + String.join(", ", new TreeSet<>(SWAPPED)));
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("who", who);
    facts.put("changed", changed.isEmpty() ? "nothing" : String.join(", ", changed));
    // a list's shaper knows the list before a route leads to it
    ListPolicies listsBefore = parts.lists().lists();
    parts.lists().lists(lists);
    boolean done = false;
    try {
      engine.reload(table, limits, facts);
      done = true;
    } finally {
      if (!done) {
        parts.lists().lists(listsBefore);
      }
    }
    parts.redirections().redirections(redirections);
    parts.p1Tables().to(tables);
    running = next;
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("changed", List.copyOf(changed));
    said.put("routes", next.routes().size());
    said.put("table", table.version());
    return said;
  }

  /** The sections that differ. */
  static Set<String> changed(SwitchSettings before, SwitchSettings after) {
    Set<String> changed = new TreeSet<>();
    compare(SwitchSettings.class, before, after, "", changed);
    if (changed.remove("p1") && before.p1().isPresent() && after.p1().isPresent()) {
      compare(P1Settings.class, before.p1().get(), after.p1().get(), "p1.", changed);
    } else if (!before.p1().equals(after.p1())) {
      changed.add("p1");
    }
    return changed;
  }

  private static <R extends Record> void compare(
      Class<R> type, R before, R after, String prefix, Set<String> changed) {
    for (RecordComponent component : type.getRecordComponents()) {
      try {
        Object one = component.getAccessor().invoke(before);
        Object other = component.getAccessor().invoke(after);
        if (!one.equals(other)) {
          changed.add(prefix + name(component.getName()));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** As it stands in the file. */
  private static String name(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
