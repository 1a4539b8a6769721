package org.heliograph.osi;

/** How RTSE sits on presentation (X.228 clause 8, X.226 clause 6.1). */
public enum Mode {
  /** ACSE and presentation contexts (1988 and later). */
  NORMAL,
  /** As X.410-1984; refused for now, in both directions, before anything is sent. */
  X410_1984
}
