package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.heliograph.model.Envelope;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.x400.Histories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists that name one another over three switches, and redirections that do: everybody gets one
 * copy, and the originator hears what X.411 14.3 and 14.4 say.
 */
class ListLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OPS = "/CN=Ops/PRMD=ALPHA/ADMD= /C=XX/";
  private static final String DESK = "/CN=Desk/PRMD=BRAVO/ADMD= /C=XX/";
  private final Histories histories = new Histories();

  @TempDir Path directory;

  private Topology lists(Station station) throws Exception {
    Topology t = new Topology(directory, station, "alpha", "bravo", "charlie");
    for (String one : List.of("alpha", "bravo", "charlie")) {
      for (String other : List.of("alpha", "bravo", "charlie", "tester")) {
        if (!one.equals(other)) {
          t.route(one, other.toUpperCase(java.util.Locale.ROOT), other);
        }
      }
      t.route(one, "END", "tester");
    }
    return t;
  }

  @Test
  void listsThatNameOneAnotherReachEverybodyOnce() throws Exception {
    try (Station station = new Station();
        Topology t =
            lists(station)
                .file("alpha", "ops.list", DESK + "\n/S=One/PRMD=END/ADMD= /C=XX/\n")
                .with("alpha", "lists = [ { address = \"" + OPS + "\", members = ops.list } ]")
                .file(
                    "bravo",
                    "desk.list",
                    OPS + "\n/S=Two/PRMD=END/ADMD= /C=XX/\n/S=Nobody/PRMD=CHARLIE/ADMD= /C=XX/\n")
                .with("bravo", "lists = [ { address = \"" + DESK + "\", members = desk.list } ]")
                .start()) {
      Envelope sent = station.message(OPS);
      station.send("alpha", sent);
      await().atMost(PATIENCE).until(() -> station.messages().size() == 2);
      await().atMost(PATIENCE).until(() -> station.reports().size() == 1);
      String name = sent.identification().mtsIdentifier().orElseThrow().toString();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(t.journal("alpha", name)).anyMatch(e -> e.contains("list-loop")));
      assertThat(station.messages())
          .extracting(e -> surname(e.recipients()))
          .containsExactlyInAnyOrder("One", "Two");
      Envelope two =
          station.messages().stream()
              .filter(e -> surname(e.recipients()).equals("Two"))
              .findFirst()
              .orElseThrow();
      assertThat(two.identification().mtsIdentifier())
          .isEqualTo(sent.identification().mtsIdentifier());
      assertThat(histories.expanded(two))
          .extracting(a -> ((org.heliograph.model.OrAddress) a).comparisonKey())
          .containsExactly(key(OPS), key(DESK));
      // the report went from charlie over both lists to the originator
      Report report = station.reports().getFirst();
      assertThat(report.subject().mtsIdentifier()).isEqualTo(sent.identification().mtsIdentifier());
      assertThat(report.reportingMta()).isEqualTo("MTA-CHARLIE");
      assertThat(report.recipients().getFirst().actual().display()).contains("Nobody");
      assertThat(station.arrived().getLast().envelope().recipients().getFirst().address().display())
          .contains("Anna");
      assertThat(t.journal("alpha", name)).anyMatch(e -> e.contains("list-expanded"));
    }
  }

  @Test
  void redirectionsThatNameOneAnotherEndInAReport() throws Exception {
    String x = "/S=Moved/PRMD=ALPHA/ADMD= /C=XX/";
    String y = "/S=Back/PRMD=BRAVO/ADMD= /C=XX/";
    try (Station station = new Station();
        Topology t =
            lists(station)
                .with("alpha", "redirections = [ { from = \"" + x + "\", to = \"" + y + "\" } ]")
                .with("bravo", "redirections = [ { from = \"" + y + "\", to = \"" + x + "\" } ]")
                .start()) {
      Envelope sent = station.message(x);
      station.send("alpha", sent);
      await().atMost(PATIENCE).until(() -> station.reports().size() == 1);
      Report report = station.reports().getFirst();
      ReportedRecipient said = report.recipients().getFirst();
      assertThat(
              ((ReportedRecipient.Failed) said.result()).failure().x400().orElseThrow().toString())
          .isEqualTo("reason 1, diagnostic 27");
      assertThat(said.original().orElseThrow().address()).contains("Moved");
      String name = sent.identification().mtsIdentifier().orElseThrow().toString();
      assertThat(t.journal("bravo", name)).anyMatch(e -> e.contains("redirected"));
    }
  }

  @Test
  void theAlternateOfTheOriginatorGetsWhatCannotBeDelivered() throws Exception {
    try (Station station = new Station();
        Topology t = lists(station).start()) {
      Envelope plain = station.message("/S=Nobody/PRMD=ALPHA/ADMD= /C=XX/");
      Recipient asking =
          plain
              .recipients()
              .getFirst()
              .withExtensions(
                  Histories.withAlternate(
                      List.of(),
                      (org.heliograph.model.OrAddress)
                          Station.address("/S=Deputy/PRMD=END/ADMD= /C=XX/")));
      station.send("alpha", plain.change().recipients(List.of(asking)).build());
      await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
      Envelope came = station.messages().getFirst();
      assertThat(surname(came.recipients())).isEqualTo("Deputy");
      assertThat(histories.intended(came.recipients().getFirst()))
          .singleElement()
          .satisfies(a -> assertThat(a.display()).contains("Nobody"));
      assertThat(came.trace().get(1).other())
          .containsExactly(org.heliograph.model.TraceElement.OtherAction.REDIRECTED);
      assertThat(station.reports()).isEmpty();
      assertThat(
              t.journal("alpha", plain.identification().mtsIdentifier().orElseThrow().toString()))
          .anyMatch(e -> e.contains("redirected"));
    }
  }

  private static String key(String address) {
    return ((org.heliograph.model.OrAddress) Station.address(address)).comparisonKey();
  }

  private static String surname(List<Recipient> recipients) {
    assertThat(recipients).hasSize(1);
    return ((org.heliograph.model.OrAddress) recipients.getFirst().address())
        .value(org.heliograph.model.OrAttribute.Type.SURNAME)
        .orElse("");
  }
}
