package org.heliograph.model;

/**
 * A transition came under a claim that is no longer held. What it wanted has not happened; somebody
 * else goes on.
 */
public class StaleClaim extends Exception {
  private static final long serialVersionUID = 1;

  public StaleClaim(String message) {
    super(message);
  }
}
