package org.heliograph.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.AuditRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path directory;
  private Database database;

  @BeforeEach
  void boot() throws Exception {
    database = new Database(directory, "directory");
    database.boot();
  }

  @AfterEach
  void shutdown() {
    database.shutdown();
  }

  private static List<AuditRow> rows(String event) {
    return List.of(
        new AuditRow(Optional.empty(), Optional.empty(), Instant.EPOCH, event, Map.of("a", "b")));
  }

  @Test
  void aChainGoesOnWhereItEnded() throws Exception {
    try (Session s = database.session()) {
      for (int start = 0; start < 3; start++) {
        Journal journal = new Journal(1, 1);
        journal.resume(s);
        journal.write(s, rows("one"));
        journal.write(s, rows("two"));
        s.commit();
      }
      assertThat(Journal.verify(s)).isEmpty();
    }
  }

  @Test
  void rowsThatWereChangedOrTakenAwayAreMissed() throws Exception {
    try (Session s = database.session()) {
      Journal journal = new Journal(1, 2);
      journal.resume(s);
      journal.write(s, rows("one"));
      journal.write(s, rows("two"));
      s.commit();
      s.update("update audit set event = 'other' where sequence = 1");
      assertThat(Journal.verify(s)).contains("1/2/2");
      assertThat(s.rollback()).isTrue();
      s.update("delete from audit where sequence = 2");
      assertThat(Journal.verify(s)).contains("1/2/2");
      assertThat(s.rollback()).isTrue();
      s.update("delete from audit");
      assertThat(Journal.verify(s)).contains("1/2/2");
      assertThat(s.rollback()).isTrue();
    }
  }

  @Test
  void aJournalOfTheFirstSchemaGoesOn() throws Exception {
    try (Session s = database.session()) {
      Journal old = new Journal(1, 1);
      old.resume(s);
      old.write(s, rows("one"));
      s.update("delete from journal");
      s.commit();
      Journal journal = new Journal(1, 1);
      journal.resume(s);
      journal.write(s, rows("two"));
      s.commit();
      assertThat(Journal.verify(s)).isEmpty();
    }
  }
}
