package org.heliograph.model;

/** Something that takes messages a step on. */
public sealed interface Channel permits Outbound, Shaper {
  /** Its configured name. */
  ChannelName name();
}
