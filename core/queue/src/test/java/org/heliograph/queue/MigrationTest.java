package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliograph.model.Draft;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Precedence;
import org.heliograph.model.Submission;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that an earlier version of the program wrote, with messages in it. */
class MigrationTest {
  private static final List<String> BACK_TO_SCHEMA_3 =
      List.of(
          "drop table waiting",
          "drop index recipient_due",
          "alter table recipient drop column retried",
          "create index recipient_due on recipient (state, peer, precedence, not_before, message)",
          "update meta set amount = 3 where name = 'schema'");

  @TempDir Path directory;
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);

  private Engine open() throws Exception {
    Engine engine =
        Engine.open(
            EngineSettings.at(directory, new NodeId("n"), "n")
                .withRetry(
                    RetrySettings.of(
                        Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofHours(9))),
            List.of(smtp),
            RouteTable.of(
                List.of(Route.of(Destination.parse("*"), Fakes.SMTP, Fakes.BOX, Form.MAIL))));
    engine.start();
    return engine;
  }

  private static void close(Engine engine) throws Exception {
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    engine.close();
  }

  private static MessageId submit(Engine engine, Precedence precedence) throws Exception {
    Submission submission = engine.submission();
    return submission.submit(
        Draft.of(
            Fakes.mail("eve@out.example", "al@mail.example")
                .change()
                .precedence(precedence)
                .build(),
            Fakes.put(engine.contents(), new byte[10])),
        Set.of());
  }

  @Test
  void whatWaitedInTheThirdSchemaIsCountedAndSent() throws Exception {
    smtp.unreachable = true;
    Engine before = open();
    List<MessageId> waiting = new ArrayList<>();
    for (Precedence precedence : Precedence.values()) {
      waiting.add(submit(before, precedence));
    }
    close(before);
    back();

    Engine after = open();
    assertThat(after.store().waiting()).isEqualTo(after.store().counts(RecipientState.WAITING));
    assertThat(
            after.store().waiting().values().stream()
                .flatMap(each -> each.values().stream())
                .mapToLong(Long::longValue)
                .sum())
        .isEqualTo(waiting.size());
    smtp.unreachable = false;
    await()
        .untilAsserted(
            () ->
                assertThat(smtp.sent.stream().map(s -> s.dispatch().message()).toList())
                    .containsExactlyInAnyOrderElementsOf(waiting));
    close(after);
  }

  private void back() throws SQLException {
    try (Connection connection = DriverManager.getConnection(database());
        Statement statement = connection.createStatement()) {
      for (String sql : BACK_TO_SCHEMA_3) {
        statement.execute(sql);
      }
    }
    try {
      DriverManager.getConnection(database() + ";shutdown=true").close();
    } catch (SQLException stopped) {
      assertThat(stopped.getSQLState())
          .as("Derby's way to say that it has stopped")
          .isEqualTo("08006");
    }
  }

  private String database() {
    return "jdbc:derby:directory:" + directory.resolve("db").toAbsolutePath();
  }
}
