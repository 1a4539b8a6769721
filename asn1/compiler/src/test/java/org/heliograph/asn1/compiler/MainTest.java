package org.heliograph.asn1.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in, files out: only what changed. */
class MainTest {
  private static final FileTime OLD = FileTime.fromMillis(1_000_000);

  @TempDir Path directory;

  @Test
  void writesOnlyWhatChangedAndRemovesWhatIsStale() throws Exception {
    Path modules = Files.createDirectory(directory.resolve("asn1"));
    Path target = directory.resolve("java");
    module(modules, "A ::= INTEGER  B ::= NULL");
    Map<String, String> first = Main.compile(modules);
    assertThat(Main.update(target, first)).isEqualTo(first.size());
    assertThat(files(target))
        .contains("org/heliograph/asn1/test/A.java", "org/heliograph/asn1/test/B.java");
    for (String file : files(target)) {
      Files.setLastModifiedTime(target.resolve(file), OLD);
    }
    Files.writeString(target.resolve("note.txt"), "not ours");

    assertThat(Main.update(target, Main.compile(modules))).isZero();

    module(modules, "A ::= BOOLEAN  C ::= NULL");
    // A and C are written, B goes, the catalog changes.
    assertThat(Main.update(target, Main.compile(modules))).isEqualTo(4);
    assertThat(files(target))
        .contains("org/heliograph/asn1/test/C.java", "note.txt")
        .doesNotContain("org/heliograph/asn1/test/B.java");
    assertThat(Files.getLastModifiedTime(target.resolve("org/heliograph/asn1/test/Test.java")))
        .isEqualTo(OLD);
    assertThat(Files.getLastModifiedTime(target.resolve("org/heliograph/asn1/test/A.java")))
        .isNotEqualTo(OLD);
  }

  @Test
  void theSameModulesGiveTheSameFiles() throws Exception {
    Path modules = Files.createDirectory(directory.resolve("asn1"));
    module(modules, "A ::= CHOICE { a [0] NULL, b [1] INTEGER { x(1), y(2), z(3) } }");
    assertThat(Main.compile(modules)).isEqualTo(Main.compile(modules));
  }

  private static void module(Path modules, String body) throws IOException {
    Files.writeString(
        modules.resolve("Test.asn"),
        "-- @package test\nTest DEFINITIONS IMPLICIT TAGS ::= BEGIN\n" + body + "\nEND\n");
  }

  private static List<String> files(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(target)) {
      return files.filter(Files::isRegularFile).map(f -> target.relativize(f).toString()).toList();
    }
  }
}
