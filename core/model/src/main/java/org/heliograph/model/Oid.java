package org.heliograph.model;

import java.util.regex.Pattern;

/**
 * An object identifier in dotted form.
 *
 * @param dotted for example {@code 1.3.26.0.4406.0.4.1}; at most 256 characters, at least two arcs
 */
public record Oid(String dotted) {
  private static final Pattern DOTTED = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*))+");

  public Oid {
    if (dotted.length() > 256 || !DOTTED.matcher(dotted).matches()) {
      throw new IllegalArgumentException(
          "not an object identifier: '"
              + Show.safe(dotted, 64)
              + "'; expected numbers with dots, such as 2.6.1.10.1");
    }
  }

  public static Oid of(String dotted) {
    return new Oid(dotted);
  }

  @Override
  public String toString() {
    return dotted;
  }
}
