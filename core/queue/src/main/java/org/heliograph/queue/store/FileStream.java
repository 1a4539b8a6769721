package org.heliograph.queue.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;

/** A content file being read. Not interruptible, as channels are: see DESIGN section 6. */
final class FileStream extends InputStream {
  private final RandomAccessFile file;
  private final byte[] window = new byte[64 * 1024];
  private final Faults faults;
  private int at;
  private int end;

  FileStream(Path path, long offset, Faults faults) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.faults = faults;
    try {
      file.seek(offset);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? window[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    if (length == 0) {
      return 0;
    }
    if (at == end && length >= window.length) {
      faults.read();
      return file.read(octets, offset, length);
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(window, at, octets, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (at == end) {
      faults.read();
      at = 0;
      end = Math.max(0, file.read(window));
    }
    return end > 0;
  }

  @Override
  public int available() {
    return end - at;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
