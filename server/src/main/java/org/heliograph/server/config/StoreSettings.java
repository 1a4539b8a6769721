package org.heliograph.server.config;

import java.time.Duration;

/** The store and its limits. */
public record StoreSettings(
    @Key(
            says =
                "Content up to this size rides in the accepting transaction; larger content is a file.",
            or = "64 KiB",
            min = 0,
            max = 1 << 20)
        Size inline,
    @Key(
            says =
                "With less free space than this, nothing new is accepted and an alarm is raised.",
            or = "256 MiB",
            min = 0)
        Size lowSpace,
    @Key(says = "With this much free space again, new work is welcome.", or = "512 MiB", min = 0)
        Size enoughSpace,
    @Key(
            says =
                "How long the names of a message that is gone are remembered, for reports and duplicates.",
            or = "30 d",
            min = 60_000)
        Duration remember) {
  public StoreSettings {
    if (enoughSpace.octets() < lowSpace.octets()) {
      throw new IllegalArgumentException(
          "enough-space is less than low-space; expected at least as much");
    }
  }
}
