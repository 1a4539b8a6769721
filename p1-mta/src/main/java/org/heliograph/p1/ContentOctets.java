package org.heliograph.p1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.heliograph.asn1.OctetSource;
import org.heliograph.model.Content;
import org.heliograph.model.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/** Stored content as octets of an APDU. One stream is kept open while it is read in order. */
final class ContentOctets implements OctetSource, AutoCloseable {
  private final Content content;
  private @Nullable InputStream stream;
  private long position;

  ContentOctets(Content content) {
    this.content = content;
  }

  @Override
  public long length() {
    return content.length();
  }

  @Override
  public void read(long offset, byte[] into, int at, int count) {
    try {
      InputStream in = at(offset);
      int got = in.readNBytes(into, at, count);
      position += got;
      if (got < count) {
        throw new EOFException("content ends at " + position + " of " + content.length());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StoreUnavailable e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  private InputStream at(long offset) throws StoreUnavailable, IOException {
    InputStream open = stream;
    if (open == null || position != offset) {
      close();
      open = content.open(offset);
      stream = open;
      position = offset;
    }
    return open;
  }

  @Override
  public void close() {
    InputStream open = stream;
    stream = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It was only read.
        position = 0;
      }
    }
  }
}
