package org.heliograph.model;

/** The position of a step in a recipient's plan, from 0. */
public record StepNo(int value) implements Comparable<StepNo> {
  public StepNo next() {
    return new StepNo(value + 1);
  }

  @Override
  public int compareTo(StepNo other) {
    return Integer.compare(value, other.value);
  }
}
