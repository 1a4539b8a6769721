package org.heliograph.server.process;

import java.io.IOException;

/** A child's side of {@link Child.Kind#ATTACHED}. */
public final class Attachment {
  private Attachment() {}

  /** From now on this process ends cleanly when its standard input ends. */
  public static void attach() {
    Thread.ofPlatform()
        .daemon()
        .name("attachment")
        .start(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is expected
                }
              } catch (IOException e) {
                // As good as an end.
              }
              System.exit(0);
            });
  }
}
