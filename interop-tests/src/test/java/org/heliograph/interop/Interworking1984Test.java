package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.heliograph.model.Bytes;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Precedence;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two switches that speak P1 of 1984 to each other, and P1 of later years to the rest of the world
 * (X.419, RFC 1328, RFC 1496).
 */
class Interworking1984Test {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ReportRequest ALL =
      ReportRequest.of(EnumSet.of(Event.DELIVERY, Event.NON_DELIVERY));

  /** P22: languages in the heading, an extended IA5 text "Hi". */
  private static final byte[] P22 =
      HexFormat.of()
          .parseHex(
              "a029"
                  + "31156b03130131af0e300c06045601050131041302656e"
                  + "3010af0e280c060456010400a00416024869");

  private static final byte[] P2 =
      HexFormat.of().parseHex("a01131056b031301313008a006310016024869");

  @TempDir Path directory;

  @Test
  void messagesAndReportsPassAndWhatMustNotBeLostDoesNot() throws Exception {
    try (Station station = new Station();
        Topology topology =
            new Topology(directory, station, "alpha", "bravo")
                .with("alpha", "p1.peers.bravo.mode = x410-1")
                .with("bravo", "p1.peers.alpha.mode = x410-1")
                .route("alpha", "BRAVO", "bravo")
                .route("alpha", "END", "bravo")
                .route("alpha", "TESTER", "tester")
                .route("bravo", "END", "tester")
                .route("bravo", "TESTER", "alpha")
                .start()) {
      aMessageIsDowngradedAndItsAddressComesHome(station, topology);
      aReportComesBack(station);
      whatIsCriticalIsReported(station);
    }
  }

  private static String name(Envelope envelope) {
    return envelope.identification().mtsIdentifier().orElseThrow().toString();
  }

  private static void aMessageIsDowngradedAndItsAddressComesHome(Station station, Topology topology)
      throws Exception {
    Envelope sent =
        station
            .message("/CN=Clerk/PRMD=END/ADMD= /C=XX/")
            .change()
            .precedence(Precedence.IMMEDIATE)
            .build();
    station.send("alpha", sent, P22);
    await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
    Envelope came = station.messages().getFirst();
    assertThat(came.contentType()).isEqualTo(ContentTypes.P2);
    assertThat(station.content(station.arrived().getFirst())).isEqualTo(P2);
    assertThat(came.recipients().getFirst().address())
        .isEqualTo(Station.address("/CN=Clerk/PRMD=END/ADMD= /C=XX/"));
    assertThat(came.precedence()).isEqualTo(Precedence.PRIORITY); // normal, as immediate is
    assertThat(came.internalTrace())
        .extracting(e -> e.mta().orElse(""))
        .containsExactly("MTA-BRAVO", "MTA-TESTER");
    assertThat(came.trace())
        .extracting(e -> e.domain().prmd().orElse(""))
        .containsExactly("TESTER", "ALPHA", "BRAVO", "TESTER");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(topology.journal("alpha", name(sent)))
                    .anySatisfy(
                        e ->
                            assertThat(e)
                                .contains("transferred")
                                .contains("in P1 of 1984 without")
                                .contains("the priority level qualifier (IMMEDIATE)")
                                .contains("heading extension 2.6.1.5.1")));
  }

  private static void aReportComesBack(Station station) throws Exception {
    Envelope sent = asking(station.message("/CN=Nobody/PRMD=BRAVO/ADMD= /C=XX/"));
    station.send("alpha", sent, P22);
    await().atMost(PATIENCE).until(() -> reported(station, sent).size() == 1);
    assertThat(reported(station, sent)).allMatch(r -> code(r).equals("reason 1, diagnostic 0"));
    assertThat(reported(station, sent).getFirst().actual())
        .isEqualTo(Station.address("/CN=Nobody/PRMD=BRAVO/ADMD= /C=XX/"));
  }

  private static void whatIsCriticalIsReported(Station station) throws Exception {
    Envelope sent =
        asking(station.message("/S=Clerk/PRMD=END/ADMD= /C=XX/"))
            .change()
            .extensions(
                List.of(
                    new Extension(
                        new Extension.Standard(21),
                        Set.of(Extension.Criticality.DELIVERY),
                        Bytes.ofHex("800101"))))
            .build();
    station.send("alpha", sent, P22);
    await().atMost(PATIENCE).until(() -> reported(station, sent).size() == 1);
    assertThat(code(reported(station, sent).getFirst())).isEqualTo("reason 1, diagnostic 47");
    assertThat(station.messages()).hasSize(1);
  }

  private static Envelope asking(Envelope envelope) {
    return envelope
        .change()
        .recipients(envelope.recipients().stream().map(r -> r.withReportRequest(ALL)).toList())
        .build();
  }

  private static List<ReportedRecipient> reported(Station station, Envelope about) {
    return station.reports().stream()
        .filter(r -> r.subject().mtsIdentifier().orElseThrow().toString().equals(name(about)))
        .flatMap(r -> r.recipients().stream())
        .toList();
  }

  private static String code(ReportedRecipient r) {
    return r.result() instanceof ReportedRecipient.Failed f
        ? f.failure().x400().orElseThrow().toString()
        : r.result().toString();
  }
}
