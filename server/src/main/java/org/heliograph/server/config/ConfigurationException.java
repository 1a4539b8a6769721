package org.heliograph.server.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used. Holds everything that is wrong with it, not only the first.
 */
public class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file's keys. */
  public List<Problem> problems() {
    return problems;
  }
}
