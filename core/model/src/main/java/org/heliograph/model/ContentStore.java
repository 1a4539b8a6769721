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

  /**
   * Goes on with a stage that was held. What is behind the reference's length is cut off; what is
   * before it can be read by {@link #open} from then on.
   *
   * @throws StoreUnavailable if it is not there, or is shorter
   */
  default Stage reopen(ContentRef held) throws StoreUnavailable {
    throw new StoreUnavailable("a stage cannot be held here");
  }
}
