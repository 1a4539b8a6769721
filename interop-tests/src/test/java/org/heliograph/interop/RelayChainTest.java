package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Bytes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Oid;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.TraceElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages, probes and reports through a chain of three switches (X.411 14.3, 14.4): traces,
 * extensions that nobody knows, who is told what.
 */
class RelayChainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ReportRequest ALL =
      ReportRequest.of(EnumSet.of(Event.DELIVERY, Event.NON_DELIVERY));
  private static final Extension STRANGE =
      new Extension(
          new Extension.Private(Oid.of("1.2.3.4.5")),
          Set.of(Extension.Criticality.DELIVERY),
          Bytes.ofHex("30060c0473616679"));

  @TempDir Path directory;

  private Topology chain(Station station) throws Exception {
    return new Topology(directory, station, "alpha", "bravo", "charlie")
        .route("alpha", "CHARLIE", "bravo")
        .route("alpha", "END", "bravo")
        .route("alpha", "TESTER", "tester")
        .route("bravo", "CHARLIE", "charlie")
        .route("bravo", "END", "charlie")
        .route("bravo", "TESTER", "alpha")
        .route("charlie", "END", "tester")
        .route("charlie", "TESTER", "bravo")
        .start();
  }

  private static Envelope asking(Envelope envelope) {
    return envelope
        .change()
        .recipients(envelope.recipients().stream().map(r -> r.withReportRequest(ALL)).toList())
        .build();
  }

  private static String name(Envelope envelope) {
    return envelope.identification().mtsIdentifier().orElseThrow().toString();
  }

  @Test
  void messagesProbesAndReportsPassThroughAllOfThem() throws Exception {
    try (Station station = new Station();
        Topology chain = chain(station)) {
      aMessageArrivesWithTheTraceOfAll(station, chain);
      aProbePassesAsAMessageWould(station);
      whoIsServedAndWhoIsNotIsReportedBackAlongTheChain(station, chain);
      aProbeIsAnsweredByTheLastOne(station);
      whatIsCriticalAndUnknownIsNotDelivered(station);
      aReportThatTheOriginatorDidNotAskForGoesToItsMtaOnly(station);
      aProofOfDeliveryIsRefusedWhereItIsCritical(station);
      securityElementsPassOctetForOctet(station);
    }
  }

  private static void aMessageArrivesWithTheTraceOfAll(Station station, Topology chain)
      throws Exception {
    Envelope sent =
        station
            .message("/S=Bob/PRMD=END/ADMD= /C=XX/")
            .change()
            .extensions(List.of(STRANGE))
            .build();
    station.send("alpha", sent);
    await().atMost(PATIENCE).until(() -> station.messages().size() == 1);
    Envelope came = station.messages().getFirst();
    assertThat(came.trace())
        .extracting(e -> e.domain().prmd().orElse(""))
        .containsExactly("TESTER", "ALPHA", "BRAVO", "CHARLIE", "TESTER");
    assertThat(came.internalTrace())
        .extracting(e -> e.mta().orElse(""))
        .containsExactly("MTA-TESTER", "MTA-ALPHA", "MTA-BRAVO", "MTA-CHARLIE", "MTA-TESTER");
    // the last element is the station's own, to which it came back
    assertThat(came.trace().subList(0, 4)).allMatch(e -> e.action() == TraceElement.Action.RELAYED);
    assertThat(came.extensions()).contains(STRANGE);
    assertThat(station.content(station.arrived().getFirst()))
        .isEqualTo("contents of a message".getBytes(StandardCharsets.UTF_8));
    for (String each : List.of("alpha", "bravo", "charlie")) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(chain.journal(each, name(sent)))
                      .anyMatch(e -> e.contains("accepted"))
                      .anyMatch(e -> e.contains("transferred")));
    }
  }

  private static void aProbePassesAsAMessageWould(Station station) throws Exception {
    Envelope probe =
        station.message("/S=Bob/PRMD=END/ADMD= /C=XX/").change().kind(Envelope.Kind.PROBE).build();
    station.send("alpha", probe, new byte[0]);
    await().atMost(PATIENCE).until(() -> station.messages().size() == 2);
    assertThat(station.messages().getLast().kind()).isEqualTo(Envelope.Kind.PROBE);
    assertThat(station.messages().getLast().trace()).hasSize(5);
    assertThat(station.reports()).isEmpty();
  }

  private static void whoIsServedAndWhoIsNotIsReportedBackAlongTheChain(
      Station station, Topology chain) throws Exception {
    Envelope sent =
        asking(
            station.message(
                "/S=Known/PRMD=CHARLIE/ADMD= /C=XX/", "/S=Nobody/PRMD=CHARLIE/ADMD= /C=XX/"));
    station.send("alpha", sent);
    await().atMost(PATIENCE).until(() -> recipients(station, name(sent)).size() == 2);
    assertThat(recipients(station, name(sent)))
        .anySatisfy(
            r -> {
              assertThat(r.originalNumber()).isEqualTo(1);
              assertThat(r.result()).isInstanceOf(ReportedRecipient.Delivered.class);
            })
        .anySatisfy(
            r -> {
              assertThat(r.originalNumber()).isEqualTo(2);
              assertThat(code(r)).isEqualTo("reason 1, diagnostic 0");
            });
    assertThat(chain.journal("charlie", name(sent)))
        .anyMatch(e -> e.contains("delivered"))
        .anyMatch(e -> e.contains("failed"))
        .anyMatch(e -> e.contains("reported"));
    assertThat(chain.journal("bravo", name(sent))).noneMatch(e -> e.contains("reported"));
  }

  private static void aProbeIsAnsweredByTheLastOne(Station station) throws Exception {
    Envelope probe =
        asking(
                station.message(
                    "/S=Known/PRMD=CHARLIE/ADMD= /C=XX/", "/S=Nobody/PRMD=CHARLIE/ADMD= /C=XX/"))
            .change()
            .kind(Envelope.Kind.PROBE)
            .build();
    station.send("alpha", probe, new byte[0]);
    await().atMost(PATIENCE).until(() -> recipients(station, name(probe)).size() == 2);
    assertThat(recipients(station, name(probe)))
        .extracting(r -> r.result().getClass().getSimpleName())
        .containsExactlyInAnyOrder("Delivered", "Failed");
  }

  private static void whatIsCriticalAndUnknownIsNotDelivered(Station station) throws Exception {
    Envelope delivery =
        station
            .message("/S=Known/PRMD=CHARLIE/ADMD= /C=XX/")
            .change()
            .extensions(List.of(STRANGE))
            .build();
    station.send("alpha", delivery);
    Envelope transfer =
        station
            .message("/S=Bob/PRMD=END/ADMD= /C=XX/")
            .change()
            .extensions(
                List.of(
                    new Extension(
                        STRANGE.type(), Set.of(Extension.Criticality.TRANSFER), STRANGE.value())))
            .build();
    station.send("alpha", transfer);
    for (Envelope sent : List.of(delivery, transfer)) {
      await().atMost(PATIENCE).until(() -> recipients(station, name(sent)).size() == 1);
      assertThat(code(recipients(station, name(sent)).getFirst()))
          .isEqualTo("reason 1, diagnostic 18");
    }
    assertThat(report(station, name(delivery)).reportingMta()).isEqualTo("MTA-CHARLIE");
    assertThat(report(station, name(transfer)).reportingMta()).isEqualTo("MTA-ALPHA");
  }

  private static void aReportThatTheOriginatorDidNotAskForGoesToItsMtaOnly(Station station)
      throws Exception {
    Envelope plain = station.message("/S=Known/PRMD=CHARLIE/ADMD= /C=XX/");
    Recipient asked =
        plain
            .recipients()
            .getFirst()
            .withReportRequest(
                new ReportRequest(Set.of(), Set.of(Event.DELIVERY, Event.NON_DELIVERY), false));
    Envelope sent = plain.change().recipients(List.of(asked)).build();
    station.send("alpha", sent);
    await().atMost(PATIENCE).until(() -> recipients(station, name(sent)).size() == 1);
    ReportedRecipient said = recipients(station, name(sent)).getFirst();
    assertThat(new org.heliograph.x400.Histories().originatorWants(said)).isFalse();
  }

  private static Envelope wantingProof(Station station, Set<Extension.Criticality> critical) {
    Envelope plain = asking(station.message("/S=Known/PRMD=CHARLIE/ADMD= /C=XX/"));
    Extension request = new Extension(new Extension.Standard(22), critical, Bytes.ofHex("0a0101"));
    return plain
        .change()
        .recipients(List.of(plain.recipients().getFirst().withExtensions(List.of(request))))
        .build();
  }

  /** X.411 9.1: what delivers without proof must not deliver where the request is critical. */
  private static void aProofOfDeliveryIsRefusedWhereItIsCritical(Station station) throws Exception {
    Envelope critical = wantingProof(station, Set.of(Extension.Criticality.DELIVERY));
    Envelope mild = wantingProof(station, Set.of());
    station.send("alpha", critical);
    station.send("alpha", mild);
    await().atMost(PATIENCE).until(() -> recipients(station, name(critical)).size() == 1);
    await().atMost(PATIENCE).until(() -> recipients(station, name(mild)).size() == 1);
    assertThat(code(recipients(station, name(critical)).getFirst()))
        .isEqualTo("reason 1, diagnostic 18");
    assertThat(recipients(station, name(mild)).getFirst().result())
        .isInstanceOf(ReportedRecipient.Delivered.class);
  }

  /** originator-certificate, origin check; of the recipient token and integrity check. */
  private static void securityElementsPassOctetForOctet(Station station) throws Exception {
    List<Extension> message = List.of(element(15, "3005a003020107"), element(19, "30030201aa"));
    List<Extension> recipient = List.of(element(16, "30030201ab"), element(18, "30030201ac"));
    Envelope plain = station.message("/S=Bob/PRMD=END/ADMD= /C=XX/");
    Envelope sent =
        plain
            .change()
            .extensions(message)
            .recipients(List.of(plain.recipients().getFirst().withExtensions(recipient)))
            .build();
    int before = station.messages().size();
    station.send("alpha", sent);
    await().atMost(PATIENCE).until(() -> station.messages().size() == before + 1);
    Envelope came = station.messages().getLast();
    assertThat(came.extensions()).containsAll(message);
    assertThat(came.recipients().getFirst().extensions()).containsExactlyElementsOf(recipient);
  }

  private static Extension element(int number, String hex) {
    return new Extension(
        new Extension.Standard(number), Set.of(Extension.Criticality.DELIVERY), Bytes.ofHex(hex));
  }

  private static List<ReportedRecipient> recipients(Station station, String subject) {
    return station.reports().stream()
        .filter(r -> subject(r).equals(Optional.of(subject)))
        .flatMap(r -> r.recipients().stream())
        .toList();
  }

  private static Report report(Station station, String subject) {
    return station.reports().stream()
        .filter(r -> subject(r).equals(Optional.of(subject)))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> subject(Report report) {
    return report.subject().mtsIdentifier().map(Object::toString);
  }

  private static String code(ReportedRecipient r) {
    return r.result() instanceof ReportedRecipient.Failed f
        ? f.failure().x400().map(Object::toString).orElse("")
        : r.result().toString();
  }
}
