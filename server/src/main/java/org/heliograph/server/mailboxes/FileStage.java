package org.heliograph.server.mailboxes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;

/** Content on its way into a file. */
final class FileStage implements Stage {
  private final Path file;
  private final long key;
  private final FileChannel channel;
  private long length;
  private boolean sealed;

  FileStage(Path file, long key) throws StoreUnavailable {
    this.file = file;
    this.key = key;
    try {
      this.channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void write(ByteBuffer octets) throws StoreUnavailable {
    try {
      while (octets.hasRemaining()) {
        length += channel.write(octets);
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public long secure() throws StoreUnavailable {
    try {
      channel.force(true);
      return length;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public ContentRef seal() throws StoreUnavailable {
    secure();
    sealed = true;
    close();
    return new ContentRef(key, length);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!sealed) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // What is left over is swept at the next start.
    }
  }

  private static StoreUnavailable unavailable(IOException e) {
    return new StoreUnavailable("the mailbox directory takes nothing now: " + e.getMessage(), e);
  }
}
