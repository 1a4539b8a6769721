package org.heliograph.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInterfaceTest {
  @TempDir Path directory;
  private LocalInterface local;
  private LocalClient client;

  @BeforeEach
  void start() throws IOException {
    local = LocalInterface.start(directory.resolve("run/switch.sock"), LocalInterfaceTest::answer);
    client = new LocalClient(local.socket());
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private static Map<String, Object> answer(
      String method, String path, Map<String, String> parameters) throws Endpoints.Refused {
    return switch (path) {
      case "/echo" -> {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("method", method);
        all.put("list", List.of(1, 2));
        yield all;
      }
      case "/broken" -> throw new IllegalStateException("secret detail");
      case "/bad" -> throw new IllegalArgumentException("not a number: x");
      default -> throw new Endpoints.Refused(404, "nothing at " + path);
    };
  }

  @Test
  void answersWithJson() throws IOException {
    assertThat(client.get("/echo", Map.of("id", "a b&c=d<ü>")))
        .containsEntry("id", "a b&c=d<ü>")
        .containsEntry("method", "GET")
        .containsEntry("list", List.of(1, 2));
    assertThat(client.post("/echo", Map.of("why", "so \"it\" is")))
        .containsEntry("why", "so \"it\" is")
        .containsEntry("method", "POST");
  }

  @Test
  void saysWhyItRefuses() {
    assertThatThrownBy(() -> client.get("/none", Map.of())).hasMessage("nothing at /none");
    assertThatThrownBy(() -> client.get("/bad", Map.of())).hasMessage("not a number: x");
    assertThatThrownBy(() -> client.get("/broken", Map.of()))
        .hasMessage("the switch failed at this; its log says where");
  }

  @Test
  void onlyTheOwnerMayOpenTheSocketAndItGoesWithTheSwitch() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(local.socket())))
        .isEqualTo("rw-------");
    local.close();
    assertThat(local.socket()).doesNotExist();
    assertThatThrownBy(() -> client.get("/echo", Map.of()))
        .hasMessageContaining("no switch runs here");
  }

  @Test
  void aSocketLeftOverIsReplacedAndATooLongPathRefused() throws IOException {
    Path left = directory.resolve("left.sock");
    Files.writeString(left, "");
    LocalInterface.start(left, LocalInterfaceTest::answer).close();
    Path deep = directory.resolve("x".repeat(100));
    assertThatThrownBy(() -> LocalInterface.start(deep, LocalInterfaceTest::answer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set local.socket to a shorter one");
  }
}
