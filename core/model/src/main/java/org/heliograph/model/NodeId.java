package org.heliograph.model;

/** The name of one running switch among those that share a store. */
public record NodeId(String name) {
  @Override
  public String toString() {
    return name;
  }
}
