package org.heliograph.model;

/** Where content lives. */
public interface ContentStore {
  /**
   * A new stage.
   *
   * @throws StoreUnavailable above the high-water mark, or when the store fails
   */
  Stage stage() throws StoreUnavailable;

  /**
   * Opens content by its name.
   *
   * @throws StoreUnavailable if it cannot be reached now, or is gone
   */
  Content open(ContentRef ref) throws StoreUnavailable;
}
