package org.heliograph.mixer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.heliograph.asn1.OctetSource;
import org.heliograph.model.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Octets that can be read at any offset out of streams that can only be read forward: keeps one
 * window, goes on where it stands, and opens again when asked for something before that.
 */
final class WindowedSource implements OctetSource, AutoCloseable {
  private static final int WINDOW = 64 * 1024;

  /** Opens a stream. */
  @FunctionalInterface
  interface Opener {
    /** A stream that begins at {@code offset}. */
    InputStream open(long offset) throws StoreUnavailable, IOException;
  }

  private final long length;
  private final Opener opener;
  private final byte[] window = new byte[WINDOW];
  private long start;
  private int filled;
  private @Nullable InputStream in;
  private long position;

  WindowedSource(long length, Opener opener) {
    this.length = length;
    this.opener = opener;
  }

  /** An opener for streams that always begin at their first octet. */
  static Opener fromTheBeginning(Opener whole) {
    return offset -> {
      InputStream in = whole.open(0);
      in.skipNBytes(offset);
      return in;
    };
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long offset, byte[] into, int at, int count) {
    int done = 0;
    while (done < count) {
      long wanted = offset + done;
      if (wanted < start || wanted >= start + filled) {
        fill(wanted);
      }
      int from = (int) (wanted - start);
      int some = Math.min(count - done, filled - from);
      System.arraycopy(window, from, into, at + done, some);
      done += some;
    }
  }

  private void fill(long offset) {
    try {
      InputStream stream = in;
      if (stream == null || offset < position || offset > position + 4L * WINDOW) {
        close();
        stream = opener.open(offset);
        in = stream;
        position = offset;
      } else {
        stream.skipNBytes(offset - position);
        position = offset;
      }
      start = offset;
      filled = stream.readNBytes(window, 0, (int) Math.min(WINDOW, length - offset));
      position += filled;
      if (filled == 0) {
        throw new IOException("stored content ends at " + offset + " of " + length + " octets");
      }
    } catch (StoreUnavailable e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        // it was only read
      }
      in = null;
    }
  }
}
