package org.heliograph.queue.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;

/**
 * The content store. A key's last bit says where its content is: 0 in rows, 1 in a file. What was
 * sealed and is not yet named by an act is known here; small content lives in memory until then.
 */
final class Contents implements ContentStore {
  /** Octets of the largest part of content in a row. */
  static final int PART = 32_000;

  /** A sealed content that no act has named yet. */
  record Unnamed(Optional<byte[]> octets, long length, long sealedNanos) {}

  /** An act of the disk, done on a thread that nobody interrupts. */
  @FunctionalInterface
  interface DiskWork {
    void run() throws IOException;
  }

  private final ContentFiles files;
  private final Readers readers;
  private final StoreSettings settings;
  private final Executor disk;
  private final BooleanSupplier room;
  private final Consumer<StoreUnavailable> failing;
  private final AtomicLong stageNumbers = new AtomicLong();
  private final KeySource keys;
  private final Map<Long, Unnamed> unnamed = new ConcurrentHashMap<>();
  private final Recent<byte[]> recent = new Recent<>(16L << 20);

  Contents(
      ContentFiles files,
      Readers readers,
      StoreSettings settings,
      Executor disk,
      KeySource keys,
      BooleanSupplier room,
      Consumer<StoreUnavailable> failing) {
    this.failing = failing;
    this.files = files;
    this.readers = readers;
    this.settings = settings;
    this.disk = disk;
    this.keys = keys;
    this.room = room;
  }

  static boolean isFile(long key) {
    return (key & 1) == 1;
  }

  ContentFiles files() {
    return files;
  }

  /** Fails when there is no room for new content. */
  void room() throws StoreUnavailable {
    if (!room.getAsBoolean()) {
      throw new StoreUnavailable("there is too little free space; nothing new is accepted");
    }
  }

  StoreUnavailable unavailable(String what, IOException e) {
    StoreUnavailable unavailable = new StoreUnavailable(what + ": " + e.getMessage(), e);
    failing.accept(unavailable);
    return unavailable;
  }

  /** Proves that a file can be written and forced. */
  void prove() throws StoreUnavailable {
    try (Stage proof = innerStage()) {
      proof.write(ByteBuffer.allocate(1));
      long _ = proof.secure();
    }
  }

  void onDisk(DiskWork work) throws IOException {
    try {
      CompletableFuture.runAsync(
              () -> {
                try {
                  work.run();
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              },
              disk)
          .join();
    } catch (RejectedExecutionException e) {
      throw new IOException("the store is closed", e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new IOException("the store's disk thread failed", e.getCause());
    }
  }

  @Override
  public Stage stage() throws StoreUnavailable {
    room();
    return new ContentStage(this, stageNumbers.incrementAndGet(), settings.inlineOctets(), true);
  }

  Stage innerStage() throws StoreUnavailable {
    return new ContentStage(this, stageNumbers.incrementAndGet(), settings.inlineOctets(), false);
  }

  long fileKey() throws StoreUnavailable {
    return keys.next() << 1 | 1;
  }

  ContentRef sealed(byte[] octets) throws StoreUnavailable {
    long key = keys.next() << 1;
    unnamed.put(key, new Unnamed(Optional.of(octets), octets.length, System.nanoTime()));
    return new ContentRef(key, octets.length);
  }

  ContentRef sealed(long key, long length) {
    unnamed.put(key, new Unnamed(Optional.empty(), length, System.nanoTime()));
    return new ContentRef(key, length);
  }

  /** What an act that names {@code key} must write, if nobody named it before. */
  Optional<Unnamed> unnamed(long key) {
    return Optional.ofNullable(unnamed.get(key));
  }

  /** An act that names it is durable. */
  void named(long key) {
    Unnamed gone = unnamed.remove(key);
    if (gone != null) {
      gone.octets().ifPresent(octets -> recent.put(key, octets, octets.length + 64L));
    }
  }

  /** Drops what was sealed and will not be named. */
  void discard(ContentRef ref) {
    if (unnamed.remove(ref.key()) != null && isFile(ref.key())) {
      files.remove(files.content(ref.key()));
    }
  }

  /**
   * An act that names it failed. What is in memory goes; a file stays until the sweep has asked the
   * database, since the act may be durable after all.
   */
  void doubt(ContentRef ref) {
    if (!isFile(ref.key())) {
      unnamed.remove(ref.key());
    }
  }

  /** Drops what was sealed long ago and has not been named. */
  void sweepUnnamed(Duration age) throws StoreUnavailable {
    long now = System.nanoTime();
    for (Map.Entry<Long, Unnamed> entry : List.copyOf(unnamed.entrySet())) {
      long key = entry.getKey();
      if (now - entry.getValue().sealedNanos() > age.toNanos()) {
        boolean named = isFile(key) && readers.read(s -> Rows.hasContent(s, key));
        if (named) {
          unnamed.remove(key);
        } else {
          discard(new ContentRef(key, entry.getValue().length()));
        }
      }
    }
  }

  /** Content that no message names any more is gone from the database. */
  void gone(long key) {
    recent.remove(key);
    if (isFile(key)) {
      Halt.at("content.before-unlink");
      files.remove(files.content(key));
    }
  }

  @Override
  public Content open(ContentRef ref) throws StoreUnavailable {
    if (ref.key() == 0) {
      return new Small(new byte[0]);
    }
    if (isFile(ref.key())) {
      Path path = files.content(ref.key());
      if (!Files.exists(path)) {
        path = files.held(ref.key());
      }
      if (!Files.exists(path)) {
        throw new StoreUnavailable("content " + ref.key() + " is not there");
      }
      return new Large(path, ref.length(), files.faults());
    }
    Optional<byte[]> known =
        unnamed(ref.key()).flatMap(Unnamed::octets).or(() -> recent.get(ref.key()));
    return new Small(known.isPresent() ? known.get() : fromRows(ref));
  }

  @Override
  public Stage reopen(ContentRef held) throws StoreUnavailable {
    room();
    try {
      return ContentStage.reopened(this, held);
    } catch (IOException e) {
      throw unavailable("a stage that was kept cannot be gone on with", e);
    }
  }

  private byte[] fromRows(ContentRef ref) throws StoreUnavailable {
    byte[] octets =
        readers.read(
            session -> {
              ByteArrayOutputStream all =
                  new ByteArrayOutputStream(Math.toIntExact(Math.min(ref.length(), 1 << 20)));
              try (ResultSet row =
                  session
                      .statement("select octets from content where id = ?", ref.key())
                      .executeQuery()) {
                if (!row.next()) {
                  throw new StoreUnavailable("content " + ref.key() + " is not there");
                }
                all.writeBytes(row.getBytes(1));
              }
              if (ref.length() > PART) {
                try (ResultSet rows =
                    session
                        .statement(
                            "select octets from content_part where content = ? order by part",
                            ref.key())
                        .executeQuery()) {
                  while (rows.next()) {
                    all.writeBytes(rows.getBytes(1));
                  }
                }
              }
              return all.toByteArray();
            });
    if (octets.length != ref.length()) {
      throw new StoreUnavailable("content " + ref.key() + " is not whole");
    }
    recent.put(ref.key(), octets, octets.length + 64L);
    return octets;
  }

  /** Content in memory. */
  private record Small(byte[] octets) implements Content {
    @Override
    public long length() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset) {
      int from = Math.toIntExact(offset);
      return new ByteArrayInputStream(octets, from, octets.length - from);
    }
  }

  /** Content in a file. */
  private record Large(Path path, long length, Faults faults) implements Content {
    @Override
    public InputStream open(long offset) throws StoreUnavailable {
      try {
        return new FileStream(path, offset, faults);
      } catch (IOException e) {
        throw new StoreUnavailable("content cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
