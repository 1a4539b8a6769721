package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A switch whose database was damaged while it was down does not start, says why and what to do,
 * and changes nothing: with the database restored, the message that waited is delivered.
 */
class DamagedStoreTest {
  /** What may happen to the files of a database. */
  enum Damage {
    /** Every page of every table has an octet that is not what was written. */
    PAGES {
      @Override
      void befall(Path db) throws IOException {
        for (Path file : files(db.resolve("seg0"))) {
          try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 2_000; at < octets.length(); at += 4_096) {
              octets.seek(at);
              int was = octets.read();
              octets.seek(at);
              octets.write(was ^ 0x5a);
            }
          }
        }
      }
    },
    /** Tables are shorter than they were. */
    CUT {
      @Override
      void befall(Path db) throws IOException {
        for (Path file : files(db.resolve("seg0"))) {
          try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            octets.setLength(octets.length() / 2);
          }
        }
      }
    },
    /** The log's control files hold nothing that can be read. */
    LOG_CONTROL {
      @Override
      void befall(Path db) throws IOException {
        for (Path file : files(db.resolve("log"))) {
          if (file.toString().endsWith(".ctrl")) {
            Files.write(file, new byte[48]);
          }
        }
      }
    },
    /** The file that tells what kind of database it is, is gone. */
    PROPERTIES_GONE {
      @Override
      void befall(Path db) throws IOException {
        Files.delete(db.resolve("service.properties"));
      }
    },
    /** The whole database is gone; the rest of the store is there. */
    GONE {
      @Override
      void befall(Path db) throws IOException {
        delete(db);
      }
    };

    abstract void befall(Path db) throws IOException;

    static List<Path> files(Path directory) throws IOException {
      try (Stream<Path> files = Files.list(directory)) {
        return files.filter(Files::isRegularFile).toList();
      }
    }
  }

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void doesNotStartAndChangesNothing(Damage damage) throws Exception {
    int bravoP1 = TestSwitch.freePort();
    try (Mailboxes mailboxes = new Mailboxes()) {
      Pair.Layout layout =
          Pair.lay(directory, mailboxes.port(), Pair.Protection.OFF, bravoP1, bravoP1);
      try (TestSwitch alpha = layout.startAlpha();
          Sender sender = new Sender(layout.alphaSmtp())) {
        assertThat(
                sender.send(
                    "alice@alpha.example",
                    "bob@bravo.example",
                    "From: alice@alpha.example\nSubject: it waited\n\n" + "kept\n".repeat(40_000)))
            .startsWith("250");
        assertThat(alpha.stop()).isZero();
      }
      Path db = layout.alpha().resolveSibling("data").resolve("store").resolve("db");
      Path backup = directory.resolve("backup");
      copy(db, backup);
      damage.befall(db);

      assertThatThrownBy(layout::startAlpha)
          .hasMessageContaining("alpha did not start")
          .hasMessageContaining("the store")
          .hasMessageContaining("restore the store from a backup");

      delete(db);
      copy(backup, db);
      try (TestSwitch bravo = layout.startBravo();
          TestSwitch alpha = layout.startAlpha()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(mailboxes.copies("it waited")).isEqualTo(1));
        assertThat(bravo.alive() && alpha.alive()).isTrue();
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path emptied, @org.jspecify.annotations.Nullable IOException failed)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
