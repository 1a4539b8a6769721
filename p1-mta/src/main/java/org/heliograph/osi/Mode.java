package org.heliograph.osi;

import java.util.Optional;

/** How RTSE sits on presentation (X.228 clause 8, X.226 clause 6.1), and which P1 it carries. */
public enum Mode {
  /** ACSE and presentation contexts, application context mts-transfer (1988 and later). */
  NORMAL(0),
  /** As X.410-1984, application protocol mts-transfer-protocol: P1 of 1988. */
  X410_12(12),
  /** As X.410-1984, application protocol mts-transfer-protocol-1984: P1 of 1984. */
  X410_1(1);

  private final int applicationProtocol;

  Mode(int applicationProtocol) {
    this.applicationProtocol = applicationProtocol;
  }

  /** Component [4] of RTORQ (X.419 clause 12); 0 in normal mode, which has none. */
  public int applicationProtocol() {
    return applicationProtocol;
  }

  /** Whether there is neither ACSE nor a presentation context. */
  public boolean x410() {
    return this != NORMAL;
  }

  /** The mode that a peer asks for; none for an application protocol that is not P1. */
  static Optional<Mode> of(int applicationProtocol) {
    for (Mode mode : values()) {
      if (mode.applicationProtocol == applicationProtocol) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
