package org.heliograph.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Form;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.QueueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The queue on Derby keeps the contracts. Nothing moves: the engine is open and not started. */
class DerbyContractTest implements QueueStoreContract, ContentStoreContract {
  @TempDir private Path directory;
  private Engine engine;

  @BeforeEach
  void open() throws Exception {
    engine =
        Engine.open(
            EngineSettings.at(Stores.in(directory), new NodeId("n"), "n")
                .withRetry(
                    RetrySettings.of(Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1))),
            List.of(new Fakes.Sink(Fakes.SMTP)),
            RouteTable.of(
                List.of(
                    Route.of(
                        Destination.parse("mail.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL))));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Override
  public QueueStore queue() {
    return engine.queue();
  }

  @Override
  public ContentStore contents() {
    return engine.contents();
  }

  @Override
  public Claim claim() {
    return engine.claim();
  }

  @Override
  public List<String> events(MessageId id) throws Exception {
    return engine.operator().track(id.toString()).stream().map(AuditRow::event).toList();
  }
}
