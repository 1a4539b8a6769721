package org.heliograph.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  @TempDir Path directory;

  @Test
  void templatesAreFilledAndMailboxesLeftAlone() throws Exception {
    Path template =
        Files.writeString(directory.resolve("t"), "p = \"127.0.0.1:@a-port@\" # a@b.example\n");
    assertThat(Site.write(template, Map.of("a-port", "25"), directory.resolve("x/y")))
        .hasContent("p = \"127.0.0.1:25\" # a@b.example");
    assertThatThrownBy(() -> Site.write(template, Map.of(), directory.resolve("z")))
        .hasMessageContaining("@a-port@, which has no value");
  }
}
