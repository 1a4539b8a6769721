package org.heliograph.queue.store;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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

  /** The name under which it survives a restart, 0 if it has none. */
  private long held;

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

  /** Goes on with a stage that was held. */
  static ContentStage reopened(Contents contents, ContentRef ref) throws IOException {
    ContentStage stage = new ContentStage(contents, 0, 0, true);
    Path place = contents.files().held(ref.key());
    RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw");
    if (file.length() < ref.length()) {
      file.close();
      throw new EOFException("only " + Files.size(place) + " octets of " + ref.length());
    }
    file.setLength(ref.length());
    file.seek(ref.length());
    stage.file = file;
    stage.path = place;
    stage.length = ref.length();
    stage.held = ref.key();
    return stage;
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
  public ContentRef hold() throws StoreUnavailable {
    long octets = secure();
    Path from = path;
    if (held == 0 && from != null) {
      long key = contents.fileKey();
      try {
        contents.onDisk(() -> contents.files().hold(from, key));
      } catch (IOException e) {
        failed = true;
        throw contents.unavailable("a stage cannot be kept", e);
      }
      path = contents.files().held(key);
      held = key;
    }
    return new ContentRef(held, octets);
  }

  @Override
  public void leave() {
    RandomAccessFile open = file;
    if (held == 0 || sealed || open == null) {
      close();
      return;
    }
    sealed = true;
    try {
      open.close();
    } catch (IOException e) {
      // what was secured is there
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
