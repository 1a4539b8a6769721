package org.heliograph.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.heliograph.queue.store.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a queue takes from the machine it runs on. Tests put a clock that jumps or a disk that fails
 * in its place.
 *
 * @param wall the time of day
 * @param nanos the monotonic clock
 * @param usable octets that are free on the store's disk
 * @param faults what fails of the disk
 * @param protocol Derby's storage, {@code directory} for a disk
 */
public record Surroundings(
    InstantSource wall, LongSupplier nanos, LongSupplier usable, Faults faults, String protocol) {
  private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

  /**
   * The machine as it is.
   *
   * @param directory the store's
   */
  public static Surroundings of(Path directory) {
    return new Surroundings(
        InstantSource.system(),
        System::nanoTime,
        () -> usable(directory),
        Faults.NONE,
        "directory");
  }

  private static long usable(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      LOG.warn("the free space cannot be read: {}", e.getMessage());
      return 0;
    }
  }
}
