package org.heliograph.mixer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.OrAttribute.Type;

/**
 * Equivalences between mail domains and O/R address prefixes (RFC 2156 4.2, appendix F).
 *
 * <p>A line {@code domain#dmn-or-address#} holds both ways, unless a line {@code
 * dmn-or-address#domain#} gives the way back. A line that begins with {@code #} is a comment. The
 * level {@code @} is omitted. Matches ignore case; the longest one counts.
 */
public final class MappingTable {
  /** The levels that may be mapped, in order. */
  static final List<Type> LEVELS =
      List.of(
          Type.COUNTRY,
          Type.ADMD,
          Type.PRMD,
          Type.ORGANIZATION,
          Type.OU1,
          Type.OU2,
          Type.OU3,
          Type.OU4);

  private static final MappingTable EMPTY = new MappingTable(Map.of(), Map.of());

  /** Values of the levels from C down; an omitted level is empty. */
  record Prefix(List<Optional<String>> levels) {
    Prefix {
      levels = List.copyOf(levels);
    }

    String key() {
      StringBuilder key = new StringBuilder();
      levels.forEach(level -> key.append('/').append(level.map(MappingTable::normal).orElse("@")));
      return key.toString();
    }
  }

  private final Map<String, Prefix> byDomain;
  private final Map<String, String> byPrefix;

  private MappingTable(Map<String, Prefix> byDomain, Map<String, String> byPrefix) {
    this.byDomain = Map.copyOf(byDomain);
    this.byPrefix = Map.copyOf(byPrefix);
  }

  /** No equivalences. */
  public static MappingTable empty() {
    return EMPTY;
  }

  /**
   * Reads a table file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException with file, line and what was expected
   */
  public static MappingTable read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      return read(file.toString(), reader);
    }
  }

  /** Reads a table; {@code name} is what errors call it. */
  public static MappingTable read(String name, Reader reader) throws IOException {
    Map<String, Prefix> byDomain = new HashMap<>();
    Map<String, String> implied = new HashMap<>();
    Map<String, String> explicit = new HashMap<>();
    BufferedReader lines = new BufferedReader(reader);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        entry(line, byDomain, implied, explicit);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            name + ", line " + number + ": " + e.getMessage() + " (RFC 2156 appendix F)", e);
      }
    }
    implied.putAll(explicit);
    return new MappingTable(byDomain, implied);
  }

  private static void entry(
      String line,
      Map<String, Prefix> byDomain,
      Map<String, String> implied,
      Map<String, String> explicit) {
    int first = line.indexOf('#');
    int last = line.indexOf('#', first + 1);
    if (first < 1 || last < 0 || !line.substring(last + 1).isBlank()) {
      throw new IllegalArgumentException("expected 'domain#dmn-or-address#' or the reverse");
    }
    String left = line.substring(0, first);
    String right = line.substring(first + 1, last);
    if (left.indexOf('$') >= 0) {
      put(explicit, prefix(left).key(), domain(right), left);
      return;
    }
    Prefix prefix = prefix(right);
    put(byDomain, domain(left), prefix, left);
    implied.putIfAbsent(prefix.key(), domain(left));
  }

  private static <T> void put(Map<String, T> map, String key, T value, String shown) {
    if (map.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("'" + shown + "' stands twice");
    }
  }

  private static String domain(String text) {
    String domain = text.strip().toLowerCase(Locale.ROOT);
    if (!domain.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")) {
      throw new IllegalArgumentException("'" + text + "' is no domain");
    }
    return domain;
  }

  /** {@code O$Widget.ADMD$BTT.C$TC}: most significant on the right, {@code \.} is a dot. */
  static Prefix prefix(String text) {
    List<Optional<String>> levels = new ArrayList<>();
    List<String> parts = List.of(text.split("(?<!\\\\)\\.", -1)).reversed();
    int unit = 0;
    for (String part : parts) {
      int dollar = part.indexOf('$');
      String key = dollar < 0 ? "" : part.substring(0, dollar).strip().toUpperCase(Locale.ROOT);
      String value = dollar < 0 ? "" : part.substring(dollar + 1).replace("\\.", ".");
      int level = levels.size();
      String expected =
          level < LEVELS.size()
              ? LEVELS.get(level).label().replaceAll("[1-4]$", "")
              : "nothing more";
      if (expected.equals("OU") && key.matches("OU[1-4]")) {
        key = "OU";
      }
      unit += key.equals("OU") ? 1 : 0;
      if (!key.equals(expected) || unit > 4) {
        throw new IllegalArgumentException("'" + part + "' where " + expected + "$ is expected");
      }
      levels.add(value.equals("@") ? Optional.empty() : Optional.of(value));
    }
    return new Prefix(levels);
  }

  /** A match: what the table says, and the part of the key that it did not use. */
  record DomainMatch(Prefix prefix, List<String> below, String known) {}

  /** The longest match for {@code domain}; components below it nearest first. */
  Optional<DomainMatch> ofDomain(String domain) {
    String known = domain.toLowerCase(Locale.ROOT);
    List<String> below = new ArrayList<>();
    while (true) {
      Prefix prefix = byDomain.get(known);
      if (prefix != null) {
        return Optional.of(new DomainMatch(prefix, below.reversed(), known));
      }
      int dot = known.indexOf('.');
      if (dot < 0) {
        return Optional.empty();
      }
      below.add(known.substring(0, dot));
      known = known.substring(dot + 1);
    }
  }

  /** The domain of exactly the levels {@code prefix}. */
  Optional<String> ofPrefix(Prefix prefix) {
    return Optional.ofNullable(byPrefix.get(prefix.key()));
  }

  static String normal(String value) {
    String squeezed = value.strip().replaceAll(" +", " ").toUpperCase(Locale.ROOT);
    return squeezed.isEmpty() ? " " : squeezed;
  }
}
