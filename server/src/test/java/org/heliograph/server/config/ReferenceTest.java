package org.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  @Test
  void thePageIsWhatTheCodeReads() throws IOException {
    assertThat(Files.readString(Path.of("../docs/CONFIGURATION.md")))
        .as(
            "docs/CONFIGURATION.md; write it anew with: ./heliograph configuration > docs/CONFIGURATION.md")
        .isEqualTo(Reference.page());
  }

  @Test
  void everyDefaultCanBeRead() throws Exception {
    Path file = Files.createTempFile("defaults", ".conf");
    try {
      Files.writeString(
          file, "smtp { listen = [{ address = \"h:0\" }], peers.a.address = \"h:25\" }\nfile {}\n");
      assertThat(ConfigurationFile.read(file).smtp()).isPresent();
    } finally {
      Files.delete(file);
    }
  }
}
