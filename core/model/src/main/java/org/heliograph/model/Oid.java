package org.heliograph.model;

/**
 * An object identifier in dotted form.
 *
 * @param dotted for example {@code 1.3.26.0.4406.0.4.1}; at most 256 characters, at least two arcs
 */
public record Oid(String dotted) {
  public Oid {
    if (dotted.length() > 256 || !dotted.matches("[0-2](\\.(0|[1-9][0-9]*))+")) {
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
