package org.heliograph.x400;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.NonDeliveryReport;
import org.heliograph.asn1.x411.ReportType;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Source SOURCE = Source.internal(new ChannelName("p1"));
  private static final GlobalDomain DOMAIN = new GlobalDomain("GB", " ", Optional.of("A"));
  private final Reports reports = new Reports();

  static Stream<String> apdus() throws Exception {
    List<String> names = new ArrayList<>();
    for (var e : Apdus.all().entrySet()) {
      if (MTSAPDU.CODEC.decode(e.getValue()) instanceof MTSAPDU.Report) {
        names.add(e.getKey());
      }
    }
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("apdus")
  void realReportsComeOutAsTheyCame(String name) throws Exception {
    var in = ((MTSAPDU.Report) MTSAPDU.CODEC.decode(Apdus.named(name))).value();

    Envelope envelope = reports.read(in, NOW, SOURCE);
    Octets returned =
        in.content().returnedContent() == null ? Octets.empty() : in.content().returnedContent();

    assertThat(reports.write(envelope, returned)).isEqualTo(in);
    Report report = envelope.report().orElseThrow();
    assertThat(report.recipients()).isNotEmpty();
    assertThat(report.subject().mtsIdentifier()).isPresent();
    assertThat(report.recipients().getFirst().result())
        .isInstanceOf(ReportedRecipient.Failed.class);
    assertThat(report.reportingMta()).isNotEmpty();
  }

  private static OrAddress address(String organization) {
    return new OrAddress(
        List.of(
            OrAttribute.of(Type.COUNTRY, "GB"), OrAttribute.of(Type.ORGANIZATION, organization)));
  }

  private static ReportedRecipient recipient(int number, ReportedRecipient.Result result) {
    return new ReportedRecipient(
        address("R" + number),
        number == 1
            ? Optional.of(new OriginalRecipient("x400", "/O=A$/B/C=GB/"))
            : Optional.empty(),
        number,
        result,
        Optional.empty(),
        Optional.empty(),
        Optional.of("said \u0141 so"),
        Optional.empty(),
        List.of());
  }

  private static Envelope report(List<ReportedRecipient> recipients, Report.Returned returned) {
    Identification own =
        Identification.none().withMtsIdentifier(new MtsIdentifier(DOMAIN, "report-1"));
    Report report =
        new Report(
            own,
            Identification.none()
                .withMtsIdentifier(new MtsIdentifier(DOMAIN, "subject-1"))
                .withContentIdentifier(Optional.of("cid")),
            Optional.of(ContentTypes.P772),
            EncodedInformationTypes.none(),
            Optional.of(NOW.minusSeconds(60)),
            List.of(),
            "mta.a",
            Optional.of(DOMAIN),
            returned,
            recipients,
            List.of());
    return Envelope.report(report, ContentTypes.P772, NOW, SOURCE)
        .identification(own)
        .recipient(Recipient.of(1, address("Sender")))
        .trace(
            List.of(
                TraceElement.relayed(
                    DOMAIN, Optional.empty(), NOW.atOffset(java.time.ZoneOffset.UTC))))
        .build();
  }

  @Test
  void writesBothResultsAndReadsThemBack() throws Exception {
    Envelope envelope =
        report(
            List.of(
                recipient(1, new ReportedRecipient.Delivered(NOW, 1)),
                recipient(
                    2, new ReportedRecipient.Failed(Failure.of(Failure.Cause.EXPIRED, "too late"))),
                recipient(3, new ReportedRecipient.Relayed(NOW)),
                recipient(4, new ReportedRecipient.Expanded(NOW))),
            Report.Returned.CONTENT);

    var apdu = reports.write(envelope, Octets.ofHex("010203"));
    // What goes over the wire and comes back is the same value.
    var decoded =
        (MTSAPDU.Report) MTSAPDU.CODEC.decode(MTSAPDU.CODEC.encode(new MTSAPDU.Report(apdu)));
    Envelope back = reports.read(decoded.value(), NOW, SOURCE);

    Report report = back.report().orElseThrow();
    assertThat(report.recipients()).hasSize(3); // relayed has no X.400 form
    assertThat(report.recipients().get(0).result())
        .isEqualTo(new ReportedRecipient.Delivered(NOW, 1));
    assertThat(report.recipients().get(0).original())
        .contains(new OriginalRecipient("x400", "/O=A$/B/C=GB/"));
    assertThat(report.recipients().get(0).supplementary()).contains("said ? so");
    ReportedRecipient.Failed failed =
        (ReportedRecipient.Failed) report.recipients().get(1).result();
    assertThat(failed.failure().x400()).contains(X400Code.MAXIMUM_TIME_EXPIRED);
    assertThat(failed.failure().cause()).isEqualTo(Failure.Cause.EXPIRED);
    assertThat(report.recipients().get(2).result())
        .isEqualTo(new ReportedRecipient.Delivered(NOW, 3));
    assertThat(report.subjectArrival()).contains(NOW.minusSeconds(60));
    assertThat(report.subject().contentIdentifier()).contains("cid");
    assertThat(back.contentType()).isEqualTo(ContentTypes.P772);
    assertThat(decoded.value().content().returnedContent()).isEqualTo(Octets.ofHex("010203"));
    assertThat(back.recipients().getFirst().address()).isEqualTo(address("Sender"));
  }

  @Test
  void keepsTheCodesOfWhoeverReported() throws Exception {
    Failure failure = Failure.of(Failure.Cause.INTERNAL, "odd").withX400(X400Code.of(8, 77));

    var apdu =
        reports.write(
            report(
                List.of(recipient(1, new ReportedRecipient.Failed(failure))),
                Report.Returned.NOTHING),
            Octets.empty());

    assertThat(apdu.content().returnedContent()).isNull();
    assertThat(apdu.content().perRecipientFields().getFirst().lastTraceInformation().reportType())
        .isEqualTo(new ReportType.NonDelivery(new NonDeliveryReport(8, 77L)));
  }

  @Test
  void aReportAboutNobodyHasNoForm() {
    Envelope envelope =
        report(List.of(recipient(1, new ReportedRecipient.Relayed(NOW))), Report.Returned.NOTHING);

    assertThatThrownBy(() -> reports.write(envelope, Octets.empty()))
        .hasMessageContaining("nobody");
  }
}
