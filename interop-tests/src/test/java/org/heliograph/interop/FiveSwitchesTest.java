package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.heliograph.model.Envelope;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.TraceElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five switches: a chain, a ring, lists and redirections that lead round all of them, and two ways
 * through one network of which one is down half-way.
 */
class FiveSwitchesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> ALL = List.of("alpha", "bravo", "charlie", "delta", "echo");

  @TempDir Path directory;

  @Test
  void chainRingListsAndRedirections() throws Exception {
    try (Station station = new Station();
        Topology five = round(station).start()) {
      aMessageOfTheChainNamesThemAll(station, five);
      theReportOfTheLastComesBackOverAll(station, five);
      whatGoesRoundIsReportedByTheFirst(station, five);
      listsRoundTheRingReachEverybodyOnce(station, five);
      redirectionsRoundTheRingEndInAReport(station, five);
    }
  }

  @Test
  void aDeadEndInOneWayIsGoneRoundByTheOther() throws Exception {
    try (Station station = new Station();
        Topology two =
            new Topology(directory, station, ALL.toArray(String[]::new))
                .route("alpha", "END", "bravo")
                .route("bravo", "END", "delta")
                .route("bravo", "END", "charlie", "cost = 10")
                .route("charlie", "END", "echo")
                .route("echo", "END", "tester")
                .start("delta")) {
      Envelope sent = station.message("/S=Bob/PRMD=END/ADMD= /C=XX/");
      station.send("alpha", sent);
      await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
      assertThat(way(station.messages().getFirst()))
          .containsExactly("TESTER", "ALPHA", "BRAVO", "CHARLIE", "ECHO", "TESTER");
      assertThat(station.messages().getFirst().trace().get(2).action())
          .isEqualTo(TraceElement.Action.REROUTED);
      assertThat(two.journal("bravo", name(sent)))
          .anyMatch(e -> e.contains("rerouted") && e.contains("p1@charlie"));
    }
  }

  /** Alpha to Echo and round again for LOST; straight to each switch's own domain; lists, moves. */
  private Topology round(Station station) throws Exception {
    Topology five = new Topology(directory, station, ALL.toArray(String[]::new));
    for (int i = 0; i < ALL.size(); i++) {
      String here = ALL.get(i);
      String next = ALL.get((i + 1) % ALL.size());
      String before = ALL.get((i + ALL.size() - 1) % ALL.size());
      five.route(here, "LOST", next);
      five.route(here, "END", here.equals("echo") ? "tester" : next);
      five.route(here, "TESTER", here.equals("alpha") ? "tester" : before);
      five.route(here, next.toUpperCase(Locale.ROOT), next);
      if (!here.equals("echo")) {
        five.route(here, "ECHO", next);
      }
      five.file(here, "ring.list", list(next) + "\n/S=" + here + "/PRMD=END/ADMD= /C=XX/\n");
      five.with(here, "lists = [ { address = \"" + list(here) + "\", members = ring.list } ]");
      five.with(
          here,
          "redirections = [ { from = \"" + moved(here) + "\", to = \"" + moved(next) + "\" } ]");
    }
    return five;
  }

  private static String list(String name) {
    return "/CN=Ring/PRMD=" + name.toUpperCase(Locale.ROOT) + "/ADMD= /C=XX/";
  }

  private static String moved(String name) {
    return "/S=Moved/PRMD=" + name.toUpperCase(Locale.ROOT) + "/ADMD= /C=XX/";
  }

  private static void aMessageOfTheChainNamesThemAll(Station station, Topology five)
      throws Exception {
    Envelope sent = station.message("/S=Bob/PRMD=END/ADMD= /C=XX/");
    station.send("alpha", sent);
    await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
    assertThat(way(station.messages().getFirst()))
        .containsExactly("TESTER", "ALPHA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "TESTER");
    for (String each : ALL) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(five.journal(each, name(sent)))
                      .as(each)
                      .anyMatch(e -> e.contains("accepted"))
                      .anyMatch(e -> e.contains("transferred")));
    }
  }

  private static void theReportOfTheLastComesBackOverAll(Station station, Topology five)
      throws Exception {
    Envelope sent = station.message("/S=Nobody/PRMD=ECHO/ADMD= /C=XX/");
    station.send("alpha", sent);
    Report report = report(station, sent);
    assertThat(report.reportingMta()).isEqualTo("MTA-ECHO");
    assertThat(code(report)).isEqualTo("reason 1, diagnostic 0");
    assertThat(five.journal("echo", name(sent))).anyMatch(e -> e.contains("reported"));
    for (String each : List.of("bravo", "charlie", "delta")) {
      assertThat(five.journal(each, name(sent))).as(each).noneMatch(e -> e.contains("reported"));
    }
  }

  private static void whatGoesRoundIsReportedByTheFirst(Station station, Topology five)
      throws Exception {
    Envelope sent = station.message("/S=Bob/PRMD=LOST/ADMD= /C=XX/");
    station.send("alpha", sent);
    Report report = report(station, sent);
    assertThat(report.reportingMta()).isEqualTo("MTA-ALPHA");
    assertThat(code(report)).isEqualTo("reason 1, diagnostic 3");
    assertThat(five.journal("alpha", name(sent)))
        .anyMatch(e -> e.contains("transferred"))
        .anyMatch(e -> e.contains("loop"));
  }

  private static void listsRoundTheRingReachEverybodyOnce(Station station, Topology five)
      throws Exception {
    int before = station.messages().size();
    Envelope sent = station.message(list("alpha"));
    station.send("alpha", sent);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(five.journal("alpha", name(sent)))
                    .anyMatch(e -> e.contains("list-loop")));
    await().atMost(PATIENCE).until(() -> station.messages().size() >= before + ALL.size());
    assertThat(station.messages().subList(before, station.messages().size()))
        .extracting(FiveSwitchesTest::surname)
        .containsExactlyInAnyOrderElementsOf(ALL);
    for (String each : ALL) {
      assertThat(five.journal(each, name(sent)))
          .as(each)
          .anyMatch(e -> e.contains("list-expanded"));
    }
  }

  private static void redirectionsRoundTheRingEndInAReport(Station station, Topology five)
      throws Exception {
    Envelope sent = station.message(moved("alpha"));
    station.send("alpha", sent);
    Report report = report(station, sent);
    assertThat(code(report)).isEqualTo("reason 1, diagnostic 27");
    for (String each : ALL) {
      assertThat(five.journal(each, name(sent))).as(each).anyMatch(e -> e.contains("redirected"));
    }
  }

  private static List<String> way(Envelope envelope) {
    return envelope.trace().stream().map(e -> e.domain().prmd().orElse("")).toList();
  }

  private static String name(Envelope envelope) {
    return envelope.identification().mtsIdentifier().orElseThrow().toString();
  }

  private static Report report(Station station, Envelope subject) {
    await().atMost(PATIENCE).until(() -> reports(station, subject).size() == 1);
    return reports(station, subject).getFirst();
  }

  private static List<Report> reports(Station station, Envelope subject) {
    return station.reports().stream()
        .filter(r -> r.subject().mtsIdentifier().equals(subject.identification().mtsIdentifier()))
        .toList();
  }

  private static String code(Report report) {
    ReportedRecipient said = report.recipients().getFirst();
    return ((ReportedRecipient.Failed) said.result()).failure().x400().orElseThrow().toString();
  }

  private static String surname(Envelope envelope) {
    assertThat(envelope.recipients()).hasSize(1);
    return ((OrAddress) envelope.recipients().getFirst().address())
        .value(OrAttribute.Type.SURNAME)
        .orElse("");
  }
}
