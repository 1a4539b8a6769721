package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.TraceElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three switches whose routes form a ring, and two routes to one place: a message that comes back
 * is rerouted once and then reported; one that cannot be handed over takes the other way.
 */
class RingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final GlobalDomain BRAVO = new GlobalDomain("XX", " ", Optional.of("BRAVO"));

  @TempDir Path directory;

  private Topology ring(Station station) throws Exception {
    return new Topology(directory, station, "alpha", "bravo", "charlie")
        .route("alpha", "LOST", "bravo")
        .route("bravo", "LOST", "charlie")
        .route("charlie", "LOST", "alpha")
        .route("alpha", "FOUND", "bravo")
        .route("alpha", "FOUND", "tester", "cost = 10")
        .route("bravo", "FOUND", "charlie")
        .route("charlie", "FOUND", "alpha")
        .route("alpha", "TESTER", "tester")
        .route("bravo", "TESTER", "alpha")
        .route("charlie", "TESTER", "bravo");
  }

  @Test
  void whatComesBackIsReroutedOnceOrReported() throws Exception {
    try (Station station = new Station();
        Topology ring = ring(station).start()) {
      Envelope lost = station.message("/S=Bob/PRMD=LOST/ADMD= /C=XX/");
      station.send("alpha", lost);
      await().atMost(PATIENCE).until(() -> station.reports().size() == 1);
      Report report = station.reports().getFirst();
      assertThat(report.reportingMta()).isEqualTo("MTA-ALPHA");
      assertThat(report.subject().mtsIdentifier()).isEqualTo(lost.identification().mtsIdentifier());
      assertThat(
              ((ReportedRecipient.Failed) report.recipients().getFirst().result())
                  .failure()
                  .x400()
                  .orElseThrow()
                  .toString())
          .isEqualTo("reason 1, diagnostic 3");
      String name = lost.identification().mtsIdentifier().orElseThrow().toString();
      assertThat(ring.journal("alpha", name))
          .anyMatch(e -> e.contains("transferred"))
          .anyMatch(e -> e.contains("loop"));

      Envelope found = station.message("/S=Bob/PRMD=FOUND/ADMD= /C=XX/");
      station.send("alpha", found);
      await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
      Envelope came = station.messages().getFirst();
      assertThat(came.trace())
          .extracting(e -> e.domain().prmd().orElse(""))
          .containsExactly("TESTER", "ALPHA", "BRAVO", "CHARLIE", "ALPHA", "TESTER");
      TraceElement again = came.trace().get(4);
      assertThat(again.action()).isEqualTo(TraceElement.Action.REROUTED);
      assertThat(again.attemptedDomain().flatMap(TraceElement.Attempted::domain)).contains(BRAVO);
      assertThat(station.reports()).hasSize(1);
    }
  }

  @Test
  void theOtherRouteIsTakenWhenTheFirstDoesNotAnswer() throws Exception {
    try (Station station = new Station();
        Topology two =
            new Topology(directory, station, "alpha", "bravo", "charlie")
                .route("alpha", "END", "bravo")
                .route("alpha", "END", "charlie", "cost = 10")
                .route("charlie", "END", "tester")
                .start("bravo")) {
      Envelope sent = station.message("/S=Bob/PRMD=END/ADMD= /C=XX/");
      station.send("alpha", sent);
      await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
      Envelope came = station.messages().getFirst();
      assertThat(came.trace())
          .extracting(e -> e.domain().prmd().orElse(""))
          .containsExactly("TESTER", "ALPHA", "CHARLIE", "TESTER");
      TraceElement alpha = came.trace().get(1);
      assertThat(alpha.action()).isEqualTo(TraceElement.Action.REROUTED);
      assertThat(alpha.attemptedDomain().flatMap(TraceElement.Attempted::domain)).contains(BRAVO);
      String name = sent.identification().mtsIdentifier().orElseThrow().toString();
      assertThat(two.journal("alpha", name))
          .anyMatch(e -> e.contains("rerouted") && e.contains("p1@charlie"));
    }
  }
}
