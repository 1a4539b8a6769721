package org.heliograph.queue.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of a store's files: {@code stage} for what is being written, {@code content} for
 * what was sealed. Both are open to the owner alone, since clear text may be in them.
 */
final class ContentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ContentFiles.class);
  private static final String HELD = "held-";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final Path stages;
  private final Path contents;
  private final Faults faults;

  ContentFiles(Path directory, Faults faults) throws IOException {
    this.stages = directory.resolve("stage");
    this.contents = directory.resolve("content");
    this.faults = faults;
    own(directory);
    own(stages);
    own(contents);
  }

  /** Makes a directory, if it is not there, that is open to its owner alone. */
  static void own(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(directory, OWNER);
    }
  }

  Path stage(long number) {
    return stages.resolve(Long.toString(number, 36));
  }

  /** A stage that survives a restart if somebody names it. */
  Path held(long key) {
    return stages.resolve(HELD + Long.toString(key, 36));
  }

  /** Gives a stage a name that survives a restart. */
  void hold(Path stage, long key) throws IOException {
    Files.move(stage, held(key), StandardCopyOption.ATOMIC_MOVE);
    faults.forceFile();
    forceDirectory(stages);
  }

  Path content(long key) {
    return contents.resolve(Long.toString(key, 36));
  }

  Faults faults() {
    return faults;
  }

  /** Forces a file's octets. */
  void force(RandomAccessFile file) throws IOException {
    faults.forceFile();
    file.getFD().sync();
  }

  /** Moves a forced stage to its place under {@code key} and forces the directory. */
  void keep(Path stage, long key) throws IOException {
    Halt.at("stage.before-rename");
    Files.move(stage, content(key), StandardCopyOption.ATOMIC_MOVE);
    faults.forceFile();
    forceDirectory(contents);
    Halt.at("stage.after-rename");
  }

  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file that nobody names any more; a failure is left to the next sweep. */
  void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("a file that is no longer needed could not be removed: {}", e.getMessage());
    }
  }

  /** Whether any message names the content with a key. */
  @FunctionalInterface
  interface Named {
    boolean test(long key) throws StoreUnavailable;
  }

  /**
   * Removes all stages but those that are held, and contents that nobody names; at start-up, before
   * anything is written.
   */
  void sweep(Named named, LongPredicate held) throws IOException, StoreUnavailable {
    int swept = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(stages)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(HELD)
            || !key(name.substring(HELD.length())).filter(held::test).isPresent()) {
          remove(file);
          swept++;
        }
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(contents)) {
      for (Path file : files) {
        Optional<Long> key = key(file.getFileName().toString());
        if (key.isPresent() && !named.test(key.get())) {
          remove(file);
          swept++;
        }
      }
    }
    if (swept > 0) {
      LOG.info("removed {} files that no message names", swept);
    }
  }

  private static Optional<Long> key(String name) {
    try {
      return Optional.of(Long.parseLong(name, 36));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
