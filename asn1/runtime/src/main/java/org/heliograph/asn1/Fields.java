package org.heliograph.asn1;

import org.jspecify.annotations.Nullable;

/** The component values of a record that is being made, in the order of their declaration. */
public final class Fields {
  private final @Nullable Object[] values;

  Fields(@Nullable Object[] values) {
    this.values = values;
  }

  /** The value of one component, null where an OPTIONAL one is absent. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  public <T> T get(int index) {
    return (T) values[index];
  }
}
