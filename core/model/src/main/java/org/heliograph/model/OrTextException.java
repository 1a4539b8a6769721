package org.heliograph.model;

/** A text that is no O/R address; the message names the attribute and the rule. */
public final class OrTextException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public OrTextException(String message) {
    super(message);
  }
}
