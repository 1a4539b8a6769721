package org.heliograph.queue.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/** Content being written: in memory up to the inline limit, beyond it in a file. */
final class ContentStage implements Stage {
  private static final int COPY = 64 * 1024;

  private final Contents contents;
  private final long number;
  private final int inline;
  private final boolean limited;
  private final ByteArrayOutputStream small = new ByteArrayOutputStream(2048);
  private @Nullable RandomAccessFile file;
  private @Nullable Path path;
  private long length;
  private boolean failed;
  private boolean sealed;

  /**
   * @param inline most octets in memory
   * @param limited whether writing fails when space is low
   */
  ContentStage(Contents contents, long number, int inline, boolean limited) {
    this.limited = limited;
    this.contents = contents;
    this.number = number;
    this.inline = inline;
  }

  @Override
  public void write(ByteBuffer octets) throws StoreUnavailable {
    check();
    try {
      byte[] copy = new byte[Math.min(COPY, octets.remaining())];
      while (octets.hasRemaining()) {
        int count = Math.min(copy.length, octets.remaining());
        octets.get(copy, 0, count);
        if (file == null && length + count > inline) {
          spill();
        }
        if (file == null) {
          small.write(copy, 0, count);
        } else {
          room();
          contents.files().faults().write();
          file.write(copy, 0, count);
        }
        length += count;
      }
    } catch (IOException e) {
      failed = true;
      throw contents.unavailable("content cannot be written", e);
    }
  }

  private void room() throws StoreUnavailable {
    if (limited) {
      contents.room();
    }
  }

  private void spill() throws IOException, StoreUnavailable {
    room();
    Path place = contents.files().stage(number);
    RandomAccessFile opened = new RandomAccessFile(place.toFile(), "rw");
    path = place;
    file = opened;
    contents.files().faults().write();
    opened.write(small.toByteArray());
    small.reset();
  }

  @Override
  public long secure() throws StoreUnavailable {
    check();
    try {
      if (file == null) {
        spill();
      }
      RandomAccessFile secured = file;
      if (secured != null) {
        contents.onDisk(() -> contents.files().force(secured));
      }
      return length;
    } catch (IOException e) {
      failed = true;
      throw contents.unavailable("content cannot be forced to disk", e);
    }
  }

  @Override
  public ContentRef seal() throws StoreUnavailable {
    check();
    RandomAccessFile written = file;
    Path from = path;
    if (written == null || from == null) {
      ContentRef ref = length == 0 ? ContentRef.empty() : contents.sealed(small.toByteArray());
      sealed = true;
      return ref;
    }
    long key = contents.fileKey();
    sealed = true;
    try {
      contents.onDisk(
          () -> {
            Halt.at("stage.before-force");
            contents.files().force(written);
            written.close();
            contents.files().keep(from, key);
          });
      return contents.sealed(key, length);
    } catch (IOException e) {
      failed = true;
      sealed = false;
      contents.files().remove(contents.files().content(key));
      throw contents.unavailable("content cannot be forced to disk", e);
    }
  }

  private void check() throws StoreUnavailable {
    if (sealed) {
      throw new IllegalStateException("the stage is sealed");
    }
    if (failed) {
      throw new StoreUnavailable("the stage failed before");
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    Path place = path;
    if (sealed || open == null || place == null) {
      return;
    }
    sealed = true;
    try {
      open.close();
    } catch (IOException e) {
      // it is removed
    }
    contents.files().remove(place);
  }
}
