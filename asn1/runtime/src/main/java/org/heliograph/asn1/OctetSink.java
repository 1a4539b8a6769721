package org.heliograph.asn1;

import java.io.IOException;

/** Takes octets in order. The array belongs to the caller again when the call returns. */
@FunctionalInterface
public interface OctetSink {
  /**
   * Takes {@code count} octets.
   *
   * @throws IOException when they cannot be taken; the caller stops
   */
  void accept(byte[] octets, int at, int count) throws IOException;
}
