package org.heliograph.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A stage seen as a stream. */
final class StageStream extends OutputStream {
  private final Stage stage;

  StageStream(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    try {
      stage.write(ByteBuffer.wrap(octets, offset, length));
    } catch (StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
