package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.NodeId;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Readdressing;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.queue.lists.DistributionList;
import org.heliograph.queue.lists.ListPolicies;
import org.heliograph.queue.lists.ListShaper;
import org.heliograph.queue.lists.MemberFile;
import org.heliograph.queue.lists.RedirectShaper;
import org.heliograph.queue.lists.Redirection;
import org.heliograph.queue.store.RecipientState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists, redirections and probes in a running queue, for mail, where no history is kept. */
@SuppressWarnings("NullAway.Init")
class ReaddressingTest {
  private static final Address OPS = Mailbox.parse("ops@mail.example");
  private static final Address OWNER = Mailbox.parse("owner@mail.example");
  private static final ReportRequest ALL =
      ReportRequest.of(EnumSet.of(Event.DELIVERY, Event.NON_DELIVERY));

  @TempDir Path directory;
  private final Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
  private DistributionList.Reports policy = DistributionList.Reports.ORIGINATOR;
  private Path members;
  private Engine engine;

  @BeforeEach
  void write() throws Exception {
    members = directory.resolve("ops.list");
    Files.writeString(
        members, "# the desk\nanna@mail.example # first\n\nbob@mail.example\nANNA@mail.example\n");
  }

  private void open(Redirection... redirections) throws Exception {
    DistributionList list =
        new DistributionList(
            OPS,
            new MemberFile(members),
            a -> !a.display().startsWith("stranger"),
            Optional.of(OWNER),
            policy);
    RouteTable routes =
        RouteTable.of(
            List.of(
                Route.of(
                    Destination.parse("ops@mail.example"),
                    ListShaper.NAME,
                    PeerName.NONE,
                    Form.MAIL),
                Route.of(
                    Destination.parse("old@mail.example"),
                    RedirectShaper.NAME,
                    PeerName.NONE,
                    Form.MAIL),
                Route.of(Destination.parse("mail.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL)));
    engine =
        Engine.open(
            EngineSettings.at(
                    Stores.in(directory.resolve("store")), new NodeId("alpha"), "alpha.example")
                .withRetry(
                    RetrySettings.of(
                        Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofDays(1))),
            List.of(
                smtp,
                new ListShaper(new ListPolicies(List.of(list)), Readdressing.NONE),
                new RedirectShaper(List.of(redirections), Readdressing.NONE)),
            routes);
    engine.start();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(engine.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(engine.operator().verifyJournal()).isEmpty();
    engine.close();
  }

  private MessageId submit(Envelope envelope) throws Exception {
    return engine
        .submission()
        .submit(
            Draft.of(
                envelope, Fakes.put(engine.contents(), "hello".getBytes(StandardCharsets.UTF_8))),
            Set.of());
  }

  private static Envelope mail(String from, String to) {
    Envelope plain = Fakes.mail(from, to);
    return plain
        .change()
        .recipients(plain.recipients().stream().map(r -> r.withReportRequest(ALL)).toList())
        .build();
  }

  private List<String> to() {
    return smtp.sent.stream()
        .flatMap(
            s ->
                s.dispatch().recipients().stream()
                    .map(r -> s.envelope().recipient(r).orElseThrow().address().display()))
        .sorted()
        .toList();
  }

  private RecipientState state(MessageId id) throws Exception {
    return engine.operator().show(id).orElseThrow().places().values().iterator().next().state();
  }

  private Report report() {
    return smtp.sent.stream()
        .filter(s -> s.envelope().kind() == Envelope.Kind.REPORT)
        .findFirst()
        .orElseThrow()
        .envelope()
        .report()
        .orElseThrow();
  }

  @Test
  void aListIsExpandedAndItsExpansionReported() throws Exception {
    open();
    MessageId id = submit(mail("eve@mail.example", "ops@mail.example"));
    await()
        .untilAsserted(
            () ->
                assertThat(to())
                    .containsExactly("anna@mail.example", "bob@mail.example", "eve@mail.example"));
    assertThat(state(id)).isEqualTo(RecipientState.EXPANDED);
    assertThat(report().recipients())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.actual()).isEqualTo(OPS);
              assertThat(r.result()).isInstanceOf(ReportedRecipient.Expanded.class);
            });
    assertThat(engine.operator().track(id.toString()))
        .anySatisfy(row -> assertThat(row.event()).isEqualTo("list-expanded"));
  }

  @Test
  void aMemberThatFailsIsReportedByItsNameToWhomThePolicySays() throws Exception {
    policy = DistributionList.Reports.BOTH;
    smtp.answer =
        (d, r) ->
            r.address().display().startsWith("bob")
                ? Outcome.failed(Failures.unknownRecipient())
                : Outcome.transferred(java.time.Instant.EPOCH, "there", "ok");
    open();
    submit(Fakes.mail("eve@mail.example", "ops@mail.example"));
    await()
        .untilAsserted(
            () ->
                assertThat(to())
                    .contains("anna@mail.example", "eve@mail.example", "owner@mail.example"));
    assertThat(report().recipients())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.actual()).isEqualTo(Mailbox.parse("bob@mail.example"));
              assertThat(r.result()).isInstanceOf(ReportedRecipient.Failed.class);
            });
  }

  @Test
  void aListThatReportsToItsOwnerTellsNobodyElse() throws Exception {
    policy = DistributionList.Reports.OWNER;
    smtp.answer =
        (d, r) ->
            r.address().display().startsWith("bob")
                ? Outcome.failed(Failures.unknownRecipient())
                : Outcome.transferred(java.time.Instant.EPOCH, "there", "ok");
    open();
    submit(Fakes.mail("eve@mail.example", "ops@mail.example"));
    await().untilAsserted(() -> assertThat(to()).contains("owner@mail.example"));
    assertThat(to()).doesNotContain("eve@mail.example");
  }

  @Test
  void whoMayNotWriteToAListIsTold() throws Exception {
    open();
    MessageId id = submit(mail("stranger@mail.example", "ops@mail.example"));
    await().untilAsserted(() -> assertThat(to()).containsExactly("stranger@mail.example"));
    assertThat(state(id)).isEqualTo(RecipientState.FAILED);
    assertThat(failed(report())).isEqualTo("reason 1, diagnostic 29");

    smtp.sent.clear();
    Envelope prohibited = mail("eve@mail.example", "ops@mail.example");
    submit(
        prohibited
            .change()
            .handling(prohibited.handling().with(Flag.DL_EXPANSION_PROHIBITED))
            .build());
    await().untilAsserted(() -> assertThat(to()).containsExactly("eve@mail.example"));
    assertThat(failed(report())).isEqualTo("reason 1, diagnostic 28");
  }

  private static String failed(Report report) {
    return ((ReportedRecipient.Failed) report.recipients().getFirst().result())
        .failure()
        .x400()
        .orElseThrow()
        .toString();
  }

  @Test
  void aListWhoseMembersCannotBeReadWaits() throws Exception {
    Files.writeString(members, "no address\n");
    open();
    MessageId id = submit(mail("eve@mail.example", "ops@mail.example"));
    await()
        .untilAsserted(
            () ->
                assertThat(engine.operator().track(id.toString()))
                    .anySatisfy(row -> assertThat(row.facts().get("why")).contains("line 1")));
    assertThat(state(id)).isEqualTo(RecipientState.WAITING);
    Files.writeString(members, "anna@mail.example\n");
    await().untilAsserted(() -> assertThat(to()).contains("anna@mail.example"));
  }

  @Test
  void aRedirectedRecipientGetsItUnderItsNewName() throws Exception {
    open(always("old@mail.example", "new@mail.example"));
    MessageId id = submit(mail("eve@mail.example", "old@mail.example"));
    await().untilAsserted(() -> assertThat(to()).containsExactly("new@mail.example"));
    await().untilAsserted(() -> assertThat(state(id)).isEqualTo(RecipientState.RESHAPED));
    smtp.sent.clear();
    Envelope prohibited = mail("eve@mail.example", "old@mail.example");
    submit(
        prohibited
            .change()
            .handling(prohibited.handling().with(Flag.RECIPIENT_REASSIGNMENT_PROHIBITED))
            .build());
    await().untilAsserted(() -> assertThat(to()).containsExactly("eve@mail.example"));
    assertThat(failed(report())).isEqualTo("reason 1, diagnostic 26");
  }

  @Test
  void anAlternateServesWhoCannotBeServedWhereTheOriginatorAllowsIt() throws Exception {
    smtp.answer =
        (d, r) ->
            r.address().display().startsWith("gone")
                ? Outcome.failed(Failures.unknownRecipient())
                : Outcome.transferred(java.time.Instant.EPOCH, "there", "ok");
    open(
        new Redirection(
            Destination.parse("mail.example")::covers,
            Mailbox.parse("duty@mail.example"),
            Readdressing.Reason.MD_ASSIGNED,
            true));
    Envelope allowed = mail("eve@mail.example", "gone@mail.example");
    submit(
        allowed
            .change()
            .handling(allowed.handling().with(Flag.ALTERNATE_RECIPIENT_ALLOWED))
            .build());
    await().untilAsserted(() -> assertThat(to()).contains("duty@mail.example"));
    assertThat(to()).doesNotContain("eve@mail.example");
    smtp.sent.clear();
    submit(allowed);
    await().untilAsserted(() -> assertThat(to()).contains("eve@mail.example"));
    assertThat(to()).doesNotContain("duty@mail.example");
  }

  @Test
  void aProbeIsAnsweredWhereAMessageWouldEnd() throws Exception {
    open();
    OrAddress nobody = (OrAddress) AddressText.parse("/S=X/C=YY/");
    Envelope probe =
        Envelope.message(ContentTypes.MAIL, java.time.Instant.now(), Fakes.SOURCE)
            .kind(Envelope.Kind.PROBE)
            .originator(Mailbox.parse("eve@mail.example"))
            .identification(
                Identification.none()
                    .withMtsIdentifier(
                        new MtsIdentifier(
                            new org.heliograph.model.GlobalDomain("XX", " ", Optional.empty()),
                            "probe")))
            .recipient(Recipient.of(1, Mailbox.parse("al@mail.example")).withReportRequest(ALL))
            .recipient(Recipient.of(2, OPS).withReportRequest(ALL))
            .recipient(Recipient.of(3, nobody).withReportRequest(ALL))
            .build();
    engine.submission().submit(Draft.of(probe, org.heliograph.model.ContentRef.empty()), Set.of());
    await().untilAsserted(() -> assertThat(to()).hasSize(2).containsOnly("eve@mail.example"));
    assertThat(
            smtp.sent.stream()
                .flatMap(s -> s.envelope().report().orElseThrow().recipients().stream())
                .map(r -> r.actual().display() + " " + r.result().getClass().getSimpleName()))
        .containsExactlyInAnyOrder(
            "al@mail.example Delivered", "ops@mail.example Delivered", "/C=YY/ADMD= /S=X/ Failed");
  }

  private static Redirection always(String from, String to) {
    return new Redirection(
        Destination.parse(from)::covers, Mailbox.parse(to), Readdressing.Reason.MD_ASSIGNED, false);
  }
}
