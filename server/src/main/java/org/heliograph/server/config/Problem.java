package org.heliograph.server.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param where file and line, as far as they are known
 * @param key the key with its path; empty for the file as a whole
 * @param what what is wrong and what was expected
 */
public record Problem(String where, String key, String what) {
  @Override
  public String toString() {
    return where + ": " + (key.isEmpty() ? "" : key + ": ") + what;
  }
}
