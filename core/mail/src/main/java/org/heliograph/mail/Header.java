package org.heliograph.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A header: its fields in the order in which they came. */
public record Header(List<HeaderField> fields) {
  private static final Header EMPTY = new Header(List.of());

  public Header {
    fields = List.copyOf(fields);
  }

  public static Header empty() {
    return EMPTY;
  }

  /** The first field named {@code name}, case ignored. */
  public Optional<HeaderField> first(String name) {
    return fields.stream().filter(f -> f.is(name)).findFirst();
  }

  /** All fields named {@code name}, case ignored, top first. */
  public List<HeaderField> all(String name) {
    return fields.stream().filter(f -> f.is(name)).toList();
  }

  /** The unfolded body of the first field named {@code name}. */
  public Optional<String> body(String name) {
    return first(name).map(HeaderField::body);
  }

  /** This header with {@code field} behind the others. */
  public Header with(HeaderField field) {
    List<HeaderField> more = new ArrayList<>(fields);
    more.add(field);
    return new Header(more);
  }

  /** This header without the fields named {@code name}. */
  public Header without(String name) {
    return new Header(fields.stream().filter(f -> !f.is(name)).toList());
  }
}
