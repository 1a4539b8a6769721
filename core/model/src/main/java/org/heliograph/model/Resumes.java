package org.heliograph.model;

import java.util.List;

/**
 * Where inbound channels keep from where interrupted transfers can go on; it survives restarts. Any
 * thread may call. What a message that is on its way out needs is kept by the queue itself, see
 * {@link Signal#secured}.
 */
public interface Resumes {
  /**
   * Keeps a point in place of the one with its channel and key; durable on return. A stage that it
   * names must be held, see {@link Stage#hold}.
   */
  void keep(ResumePoint point) throws StoreUnavailable;

  /**
   * Forgets a point. The octets of its stage go with it, unless somebody has the stage open: then
   * they are that one's to seal or discard.
   */
  void forget(ChannelName channel, Bytes key);

  /** What is kept for a channel, but for what has expired. */
  List<ResumePoint> all(ChannelName channel);

  /** Keeps nothing: transfers start over. */
  static Resumes none() {
    return new Resumes() {
      @Override
      public void keep(ResumePoint point) throws StoreUnavailable {
        throw new StoreUnavailable("interrupted transfers are not kept here");
      }

      @Override
      public void forget(ChannelName channel, Bytes key) {
        // nothing is kept
      }

      @Override
      public List<ResumePoint> all(ChannelName channel) {
        return List.of();
      }
    };
  }
}
