package org.heliograph.server.dissect;

import java.util.Locale;

/** Where a PDU belongs. */
public enum Layer {
  TRANSPORT,
  SESSION,
  PRESENTATION,
  ACSE,
  RTSE,
  P1;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
