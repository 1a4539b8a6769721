package org.heliograph.osi;

import java.io.IOException;
import java.io.InputStream;
import org.heliograph.asn1.Octets;

/**
 * One APDU to be transferred: the bare MTS-APDU, whose length is known before its octets are read.
 */
public interface ApduSource {
  /** In octets; at least 1. */
  long length();

  /**
   * The octets, exactly {@link #length} of them. Read and closed by the owner of the association
   * while it transfers.
   */
  InputStream open() throws IOException;

  /** The octets from an offset on. */
  default InputStream open(long offset) throws IOException {
    InputStream all = open();
    all.skipNBytes(offset);
    return all;
  }

  /** An APDU that is at hand as octets. */
  static ApduSource of(Octets apdu) {
    return new ApduSource() {
      @Override
      public long length() {
        return apdu.length();
      }

      @Override
      public InputStream open() {
        return apdu.inputStream();
      }
    };
  }
}
