package org.heliograph.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.heliograph.model.NodeId;
import org.jspecify.annotations.Nullable;

/** New stores for tests, copied from one that was made once: making one takes Derby a while. */
final class Stores {
  private static @Nullable Path template;

  private Stores() {}

  /** Puts a new store into {@code directory}, which need not exist. */
  static synchronized Path in(Path directory) throws Exception {
    Path from = template;
    if (from == null) {
      from = Files.createTempDirectory("store-template");
      Engine.open(
              EngineSettings.at(from, new NodeId("template"), "template"),
              List.of(),
              RouteTable.of(List.of()))
          .close();
      template = from;
      Path gone = from;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(gone)));
    }
    Path db = from.resolve("db");
    try (Stream<Path> files = Files.walk(db)) {
      for (Path file : files.toList()) {
        Path to = directory.resolve("db").resolve(db.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return directory;
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // it lies in the directory for temporary files
    }
  }
}
