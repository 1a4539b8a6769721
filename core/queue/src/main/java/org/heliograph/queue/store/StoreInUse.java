package org.heliograph.queue.store;

/** Another process owns the store. The message names the directory and that process's number. */
public class StoreInUse extends Exception {
  private static final long serialVersionUID = 1;

  public StoreInUse(String message) {
    super(message);
  }
}
