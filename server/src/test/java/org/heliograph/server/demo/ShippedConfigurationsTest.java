package org.heliograph.server.demo;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in conf is good as it is shipped: keys, tables and routes included. */
class ShippedConfigurationsTest {
  private static final Path CONF = Path.of("../conf");
  private static final Map<String, String> PORTS =
      Map.of(
          "alpha-smtp", "1", "alpha-p1", "2", "bravo-smtp", "3", "bravo-p1", "4", "mailboxes", "5");

  @Test
  void theRelayIsGood() {
    assertThatCode(() -> Switch.check(ConfigurationFile.read(CONF.resolve("relay.conf"))))
        .doesNotThrowAnyException();
  }

  @Test
  void theDemonstrationIsGood(@TempDir Path directory) throws Exception {
    Site site = new Site(directory);
    Keys.make(site);
    for (Path switchDirectory : new Path[] {site.alpha(), site.bravo()}) {
      String name = switchDirectory.getFileName() + ".conf";
      Path file =
          Site.write(CONF.resolve("demo").resolve(name), PORTS, switchDirectory.resolve(name));
      Files.copy(CONF.resolve("demo/mapping.table"), switchDirectory.resolve("mapping.table"));
      assertThatCode(() -> Switch.check(ConfigurationFile.read(file)))
          .as(name)
          .doesNotThrowAnyException();
    }
  }
}
