package org.heliograph.server.config;

import org.jspecify.annotations.Nullable;

/**
 * Something that must not be seen: never shown by {@code toString}, never in a log.
 *
 * <p>In the file it is {@code { file = "path" }}, whose first line counts, or {@code { env = NAME
 * }}; never the secret itself, so that a configuration can be shown to others.
 */
public final class Secret {
  private final String value;

  Secret(String value) {
    this.value = value;
  }

  /** The secret itself. For handing on only. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
