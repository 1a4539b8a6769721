package org.heliograph.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Type;

/**
 * Routes as a tree over the attributes of O/R addresses, in the order country, ADMD, PRMD,
 * organization, units, then the others. A look-up visits only what the address has, so that it
 * costs the same with ten routes and with ten thousand.
 *
 * <p>Values compare by X.402 18.4: case and repeated spaces do not count, nor does the form
 * (printable, numeric, teletex, universal) a value was in. An ADMD of a single space or none stands
 * for every ADMD of the country where a PRMD is named beside it (X.402 18.3.1); an exact one wins.
 */
final class OrTree {
  /** Matches of one address that are looked at. */
  private static final int MOST = 256;

  private static final Comparator<OrAttribute> ORDER =
      Comparator.comparing(OrAttribute::type).thenComparing(a -> a.name().toUpperCase(Locale.ROOT));

  /** A route that leads to an address, with what it matched. */
  record Match(Ranked route, int attributes, int anyAdmd, int literal, int deepest) {
    /** Most specific first; then by cost; then as configured. */
    static final Comparator<Match> ORDER =
        Comparator.comparingInt(Match::attributes)
            .thenComparing(Comparator.comparingInt(Match::anyAdmd).reversed())
            .thenComparingInt(Match::deepest)
            .thenComparingInt(Match::literal)
            .reversed()
            .thenComparingInt(m -> m.route().route().cost())
            .thenComparingInt(m -> m.route().order());

    String why() {
      return switch (attributes) {
            case 0 -> "the default for O/R addresses";
            case 1 -> "1 attribute matches";
            default -> attributes + " attributes match";
          }
          + (anyAdmd > 0 ? ", the ADMD as any" : "");
    }
  }

  /** A route with its place in the configuration. */
  record Ranked(Route route, int order) {}

  private record Key(Type type, String name) {}

  /** A value that begins so. */
  private record Prefix(String text, Node node) {}

  private static final class Branch {
    private final Map<String, Node> exact = new HashMap<>();
    private final List<Prefix> prefixes = new ArrayList<>();
  }

  private static final class Node {
    private final Map<Key, Branch> branches = new HashMap<>();
    private final List<Ranked> routes = new ArrayList<>();
  }

  private final Node root = new Node();

  void add(Destination.OrPrefix to, Ranked route) {
    Node node = root;
    Set<Key> done = new HashSet<>();
    for (OrAttribute a : to.attributes().stream().sorted(ORDER).toList()) {
      if (!done.add(new Key(a.type(), a.name().toUpperCase(Locale.ROOT)))) {
        continue; // another form of the same
      }
      Branch branch =
          node.branches.computeIfAbsent(
              new Key(a.type(), a.name().toUpperCase(Locale.ROOT)), k -> new Branch());
      node = child(branch, a.folded());
    }
    node.routes.add(route);
  }

  private static Node child(Branch branch, String value) {
    if (!value.endsWith("*")) {
      return branch.exact.computeIfAbsent(value, v -> new Node());
    }
    String text = value.substring(0, value.length() - 1);
    for (Prefix p : branch.prefixes) {
      if (p.text().equals(text)) {
        return p.node();
      }
    }
    Prefix made = new Prefix(text, new Node());
    branch.prefixes.add(made);
    return made.node();
  }

  /** The routes that lead to {@code address}, most specific first. */
  List<Match> matches(OrAddress address) {
    List<Match> found = new ArrayList<>();
    new Walk(address, found).visit(root, 0, 0, 0, 0, 0);
    found.sort(Match.ORDER);
    return found;
  }

  /** One look-up. */
  private static final class Walk {
    private final List<OrAttribute> attributes;
    private final boolean anyAdmd;
    private final boolean hasPrmd;
    private final List<Match> found;

    Walk(OrAddress address, List<Match> found) {
      this.found = found;
      List<OrAttribute> all = new ArrayList<>(address.attributes());
      boolean blank = all.stream().noneMatch(a -> a.type() == Type.ADMD && !a.value().isBlank());
      if (all.stream().noneMatch(a -> a.type() == Type.ADMD)
          && all.stream().anyMatch(a -> a.type() == Type.COUNTRY)) {
        all.add(OrAttribute.of(Type.ADMD, " "));
      }
      all.sort(ORDER);
      attributes = List.copyOf(all);
      hasPrmd = all.stream().anyMatch(a -> a.type() == Type.PRMD);
      anyAdmd = blank && hasPrmd;
    }

    void visit(Node node, int from, int matched, int loose, int literal, int deepest) {
      for (Ranked route : node.routes) {
        if (found.size() < MOST && (loose == 0 || namesPrmd(route))) {
          found.add(new Match(route, matched, loose, literal, deepest));
        }
      }
      for (int i = from; i < attributes.size() && !node.branches.isEmpty(); i++) {
        OrAttribute a = attributes.get(i);
        Branch branch = node.branches.get(new Key(a.type(), a.name().toUpperCase(Locale.ROOT)));
        if (branch != null && !sameValueBefore(i, from)) {
          int next = i + 1;
          int depth = a.type().ordinal();
          String value = a.folded();
          Node exact = branch.exact.get(value);
          if (exact != null) {
            visit(exact, next, matched + 1, loose, literal + value.length() + 1, depth);
          }
          for (Prefix p : branch.prefixes) {
            if (value.startsWith(p.text())) {
              visit(p.node(), next, matched + 1, loose, literal + p.text().length(), depth);
            }
          }
          if (a.type() == Type.ADMD) {
            admds(branch, value, next, matched, literal, depth);
          }
        }
      }
    }

    /** A blank ADMD is any, on either side, where a PRMD is named. */
    private void admds(Branch branch, String value, int next, int matched, int literal, int depth) {
      if (anyAdmd) {
        branch.exact.forEach(
            (name, node) -> {
              if (!name.equals(value)) {
                visit(node, next, matched + 1, 1, literal, depth);
              }
            });
      } else if (hasPrmd) {
        Node blank = branch.exact.get("");
        if (blank != null) {
          visit(blank, next, matched + 1, 1, literal, depth);
        }
      }
    }

    private static boolean namesPrmd(Ranked route) {
      return route.route().to() instanceof Destination.OrPrefix p
          && p.attributes().stream().anyMatch(a -> a.type() == Type.PRMD);
    }

    /** Printable and teletex forms of one attribute often say the same. */
    private boolean sameValueBefore(int index, int from) {
      OrAttribute a = attributes.get(index);
      for (int i = from; i < index; i++) {
        OrAttribute b = attributes.get(i);
        if (b.type() == a.type()
            && b.name().equalsIgnoreCase(a.name())
            && b.folded().equals(a.folded())) {
          return true;
        }
      }
      return false;
    }
  }
}
