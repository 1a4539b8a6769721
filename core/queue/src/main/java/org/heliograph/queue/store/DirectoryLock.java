package org.heliograph.queue.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Keeps a store's directory for one process. The lock goes when the process goes. */
final class DirectoryLock implements AutoCloseable {
  private final RandomAccessFile file;

  private DirectoryLock(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * @throws StoreInUse naming the process that has it
   */
  static DirectoryLock take(Path directory) throws StoreInUse, IOException {
    RandomAccessFile file = new RandomAccessFile(directory.resolve("lock").toFile(), "rw");
    try {
      if (held(file)) {
        file.setLength(0);
        file.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        return new DirectoryLock(file);
      }
      byte[] owner = new byte[20];
      int length = Math.max(0, file.read(owner));
      String pid = new String(owner, 0, length, StandardCharsets.US_ASCII).strip();
      file.close();
      throw new StoreInUse(
          "the store in "
              + directory
              + " is in use by process "
              + (pid.isEmpty() ? "(unknown)" : pid)
              + "; stop that one, or configure another directory");
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The channel keeps the lock until the file is closed. */
  private static boolean held(RandomAccessFile file) throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock(1000, 1, false);
      return lock != null && lock.isValid();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // the lock goes with the process at the latest
    }
  }
}
