package org.heliograph.p1;

import java.util.List;
import org.heliograph.osi.Mode;

/** In which mode a peer is called (X.419 clause 8). When it calls, it decides itself. */
public enum ModeChoice {
  NORMAL,
  /** X.410-1984 mode, P1 of 1988. */
  X410_12,
  /** X.410-1984 mode, P1 of 1984. */
  X410_1,
  /** One after the other in this order, until the peer takes one; which is then remembered. */
  AUTO;

  /** To be tried in this order. */
  List<Mode> modes() {
    return switch (this) {
      case NORMAL -> List.of(Mode.NORMAL);
      case X410_12 -> List.of(Mode.X410_12);
      case X410_1 -> List.of(Mode.X410_1);
      case AUTO -> List.of(Mode.NORMAL, Mode.X410_12, Mode.X410_1);
    };
  }
}
