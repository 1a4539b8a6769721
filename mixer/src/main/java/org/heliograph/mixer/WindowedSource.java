package org.heliograph.mixer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
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
  private final Consumer<WindowedSource> filling;
  private byte[] window = new byte[0];
  private long start;
  private int filled;
  private @Nullable InputStream in;
  private long position;

  /**
   * @param filling is told before octets are read, so that not too many of these are open at once
   */
  WindowedSource(long length, Opener opener, Consumer<WindowedSource> filling) {
    this.length = length;
    this.opener = opener;
    this.filling = filling;
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
    filling.accept(this);
    try {
      InputStream stream = in;
      if (stream == null || offset < position || offset > position + 4L * WINDOW) {
        close();
        window = new byte[(int) Math.min(WINDOW, length)];
        stream = opener.open(offset);
        in = stream;
        position = offset;
      } else {
        stream.skipNBytes(offset - position);
        position = offset;
      }
      start = offset;
      filled = stream.readNBytes(window, 0, (int) Math.min(window.length, length - offset));
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

  /** Gives stream and window back; the next read opens again. */
  @Override
  public void close() {
    window = new byte[0];
    filled = 0;
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
