package org.heliograph.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.local.LocalClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running switch reads its file again: all of what it may change, or nothing. */
class ReloadTest {
  private static final String FILE =
      """
      node = relay
      home = d
      domain { country = XX, prmd = ALPHA, mta = alpha }
      smtp {
        listen = [ { address = "127.0.0.1:0" } ]
        peers.boxes { address = "127.0.0.1:9" }
      }
      p1 {
        peers.bravo {
          addresses = [ "127.0.0.1:9" ]
          ours { mta = alpha, password { file = word } }
          associations = 2
        }
      }
      routes = [
        { to = example.org, via = smtp, peer = boxes }
      ]
      """;

  @TempDir Path directory;
  private Path file;
  private Switch running;
  private LocalClient local;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(directory.resolve("word"), "secret\n");
    Files.writeString(directory.resolve("members"), "anna@example.org\n");
    file = Files.writeString(directory.resolve("switch.conf"), FILE);
    running = Switch.start(file);
    local = new LocalClient(ConfigurationFile.read(file).socket());
  }

  @AfterEach
  void stop() {
    running.stop();
  }

  private Map<String, Object> reload(String before, String after) throws IOException {
    assertThat(FILE).contains(before);
    Files.writeString(file, FILE.replace(before, after));
    return local.post("/reload", Map.of("who", "test"));
  }

  private String plan(String address) throws IOException {
    return String.valueOf(local.get("/explain", Map.of("address", address)).get("plan"));
  }

  private String events() throws IOException {
    return String.valueOf(local.get("/events", Map.of("after", "0")));
  }

  @Test
  void routesListsAndPeersOfP1ChangeAndTheJournalSaysSo() throws Exception {
    assertThat(plan("ops@lists.example")).isEqualTo("null");
    Files.writeString(
        file,
        FILE.replace("associations = 2", "associations = 3, reserved = 2")
                .replace(
                    "peers.bravo",
                    "peers.charlie { addresses = [ \"127.0.0.1:9\" ] }\n  peers.bravo")
                .replace(
                    "routes = [",
                    "routes = [ { to = \"/PRMD=CHARLIE/ADMD= /C=XX/\", via = p1, peer = charlie },")
            + "lists = [ { address = \"ops@lists.example\", members = members } ]\n");
    assertThat(local.post("/reload", Map.of("who", "test")))
        .containsEntry("changed", List.of("lists", "p1.peers", "routes"));
    assertThat(plan("ops@lists.example")).contains("list");
    assertThat(plan("S=Smith; P=CHARLIE; A= ; C=XX")).isEqualTo("p1@charlie");
    assertThat(events()).contains("reloaded", "who=test", "changed=lists, p1.peers, routes");
  }

  @Test
  void whatIsWrongIsRefusedWithFileAndLineAndNothingChanges() throws Exception {
    assertThatThrownBy(() -> reload("to = example.org", "to = example.org, vja = p1"))
        .hasMessageContaining("nothing has changed")
        .hasMessageContaining("switch.conf:16")
        .hasMessageContaining("vja");
    assertThatThrownBy(() -> reload("to = example.org", "to = \"/PRMD=A/ZZ=3/\""))
        .hasMessageContaining("switch.conf:16")
        .hasMessageContaining("ZZ");
    assertThat(plan("anna@example.org")).isEqualTo("smtp@boxes");
    assertThat(events()).doesNotContain("reloaded");
  }

  @Test
  void whatTakesARestartIsRefusedByName() {
    assertThatThrownBy(() -> reload("127.0.0.1:9\" }\n}", "127.0.0.1:10\" }\n}"))
        .hasMessageContaining("changes smtp, which takes a restart");
    assertThatThrownBy(() -> reload("p1 {", "p1 {\n  max-associations = 7"))
        .hasMessageContaining("changes p1.max-associations,");
    assertThatThrownBy(() -> reload("node = relay", "node = other"))
        .hasMessageContaining("changes node,");
  }

  @Test
  void theSameFileChangesNothing() throws Exception {
    assertThat(reload("node", "node")).containsEntry("changed", List.of());
  }
}
