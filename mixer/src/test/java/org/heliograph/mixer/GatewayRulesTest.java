package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Correlated;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Source;
import org.heliograph.model.StepNo;
import org.heliograph.model.UniqueKey;
import org.heliograph.x400.Domains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the gateway about identifiers, precedence, trace and content types. */
class GatewayRulesTest {
  private final TestBench bench = new TestBench();
  private final MixerShaper shaper = TestBench.shaper("ALPHA");

  private static Envelope envelope(String remote, String... recipients) {
    Envelope e = RoundTripTest.envelope();
    List<Recipient> all = new java.util.ArrayList<>();
    for (String r : recipients) {
      all.add(Recipient.of(all.size() + 1, Mailbox.parse(r)));
    }
    Source source =
        new Source(
            new ChannelName("smtp"),
            Optional.empty(),
            remote,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return e.change().recipients(all).source(source).build();
  }

  private Draft shape(Envelope envelope, long message, Set<Integer> recipients, String mail)
      throws Exception {
    Set<RecipientId> ids = new LinkedHashSet<>();
    recipients.forEach(r -> ids.add(new RecipientId(r)));
    Dispatch dispatch =
        new Dispatch(
            new MessageId(message),
            ids,
            new StepNo(1),
            new ChannelName("mixer"),
            PeerName.NONE,
            1,
            new Claim(new NodeId("node"), 1),
            Optional.empty());
    byte[] octets = mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    shaper.shape(dispatch, envelope, bench.store.open(bench.store.put(octets)), bench);
    return bench.made.getLast();
  }

  @Test
  void whatHappenedToARecipientIsShownAndWhatIsDroppedIsListed() throws Exception {
    var history =
        new org.heliograph.model.Extension(
            new org.heliograph.model.Extension.Standard(25),
            Set.of(),
            org.heliograph.model.Bytes.of(
                org.heliograph.asn1.x411.RedirectionHistory.CODEC.encodeToArray(
                    List.of(
                        new org.heliograph.asn1.x411.Redirection(
                            new org.heliograph.asn1.x411.IntendedRecipientName(
                                org.heliograph.x400.OrNames.name(
                                    StdOr.parse("/S=sales/PRMD=BRAVO/ADMD= /C=XX/")),
                                new org.heliograph.asn1.Time(false, "910530133940Z")),
                            org.heliograph.asn1.x411.RedirectionReason
                                .ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT)))));
    var unknown =
        new org.heliograph.model.Extension(
            new org.heliograph.model.Extension.Standard(99),
            Set.of(),
            org.heliograph.model.Bytes.ofHex("0500"));
    Draft x400 =
        shape(envelope("192.0.2.1:25", "bob@bravo.example"), 7, Set.of(1), header("Subject: x"));
    Envelope redirected =
        x400.envelope()
            .change()
            .recipients(
                List.of(
                    x400.envelope()
                        .recipients()
                        .getFirst()
                        .withExtensions(List.of(history, unknown))))
            .build();
    bench.shape(shaper, redirected, bench.store.octets(x400.content()));
    String mail =
        new String(bench.store.octets(bench.made.getLast().content()), StandardCharsets.ISO_8859_1)
            .replaceAll("\r\n[ \t]+", " ");
    assertThat(mail)
        .contains(
            "X400-Recipients: bob@bravo.example (Originally To: sales@bravo.example"
                + " Redirected on Thu, 30 May 1991 13:39:40 +0000"
                + " To: Originator Requested Alternate Recipient)\r\n")
        .contains("Discarded-X400-MTS-Extensions: 99\r\n");
  }

  private static String header(String... lines) {
    return "From: alice.smith@alpha.example\n"
        + "Message-ID: <one@alpha.example>\n"
        + String.join("\n", lines)
        + "\n\nHello\n";
  }

  private static MtsIdentifier identifier(Draft draft) {
    return draft.envelope().identification().mtsIdentifier().orElseThrow();
  }

  @Test
  void aMailThatLeavesAsOneMessageHasTheIdentifierOfTheStandard() throws Exception {
    Envelope one = envelope("192.0.2.1:25", "bob@bravo.example", "eve@bravo.example");
    MtsIdentifier id = identifier(shape(one, 7, Set.of(1, 2), header("Subject: x")));
    assertThat(id.toString()).isEqualTo("[/PRMD=ALPHA/ADMD= /C=XX/;<one@alpha.example>]");
    assertThat(MtsIds.messageId(id)).contains("one@alpha.example");
    // the same work done again, since a transaction failed
    assertThat(identifier(shape(one, 7, Set.of(1, 2), header("Subject: x")))).isEqualTo(id);
  }

  @Test
  void aSecondMessageOfOneMailGetsATailThatComesOffAgain() throws Exception {
    Envelope one = envelope("192.0.2.1:25", "bob@bravo.example", "eve@bravo.example");
    MtsIdentifier part = identifier(shape(one, 7, Set.of(2), header("Subject: x")));
    assertThat(part.local()).isEqualTo("<one@alpha.example>-M7.2");
    assertThat(MtsIds.messageId(part)).contains("one@alpha.example");
    MtsIdentifier whole = identifier(shape(one, 8, Set.of(1, 2), header("Subject: x")));
    assertThat(whole.local()).isEqualTo("<one@alpha.example>");
    MtsIdentifier again = identifier(shape(one, 9, Set.of(1, 2), header("Subject: x")));
    assertThat(again.local()).isEqualTo("<one@alpha.example>-M9.1");
    MtsIdentifier resent =
        identifier(shape(one, 10, Set.of(1, 2), header("Resent-From: carol@alpha.example")));
    assertThat(resent.local()).endsWith("-MA.1");
  }

  @Test
  void whatTheStoreKnowsIsNotGivenAgain() throws Exception {
    String known = "[/PRMD=ALPHA/ADMD= /C=XX/;<one@alpha.example>]";
    bench.known.put(
        new UniqueKey(UniqueKey.Scheme.MTS_IDENTIFIER, known),
        new Correlated(
            new MessageId(3),
            Identification.none().withMtsIdentifier(Domains.parseMtsIdentifier(known)),
            Optional.empty(),
            List.of(),
            ContentTypes.P22,
            Optional.empty()));
    Envelope one = envelope("192.0.2.1:25", "bob@bravo.example");
    assertThat(identifier(shape(one, 7, Set.of(1), header("Subject: x"))).local())
        .isEqualTo("<one@alpha.example>-M7.1");
  }

  @Test
  void longIdentifiersAreCutAndDoNotComeOff() throws Exception {
    Envelope one = envelope("192.0.2.1:25", "bob@bravo.example");
    String mail =
        header("Subject: x").replace("<one@", "<a-long-identifier-of-a-mail-system-012345@");
    MtsIdentifier cut = identifier(shape(one, 7, Set.of(1), mail));
    assertThat(cut.local()).isEqualTo("<a-long-identifier-of-a-mail-sys").hasSize(32);
    assertThat(MtsIds.messageId(cut)).isEmpty();
    String other = mail.replace("012345", "012346");
    assertThat(identifier(shape(one, 8, Set.of(1), other)).local())
        .isEqualTo("<a-long-identifier-of-a-mai" + "-M8.1")
        .hasSize(32);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9:1, MMHS-Primary-Precedence: flash, ROUTINE",
    "203.0.113.9:1, MMHS-Copy-Precedence: 5, ROUTINE",
    "203.0.113.9:1, Priority: urgent, ROUTINE",
    "203.0.113.9:1, MMHS-Primary-Precedence: deferred, DEFERRED",
    "203.0.113.9:1, Priority: non-urgent, DEFERRED",
    "192.0.2.1:25, MMHS-Primary-Precedence: flash, FLASH",
    "192.0.2.1:25, Priority: urgent, FLASH"
  })
  void precedenceIsRaisedOnlyByThoseWhoMay(String remote, String field, Precedence given)
      throws Exception {
    Draft made = shape(envelope(remote, "bob@bravo.example"), 7, Set.of(1), header(field));
    assertThat(made.envelope().precedence()).isEqualTo(given);
    boolean lowered = remote.startsWith("203") && given == Precedence.ROUTINE;
    assertThat(bench.notes.stream().anyMatch(n -> n.containsKey("asked"))).isEqualTo(lowered);
    if (lowered) {
      assertThat(bench.notes.getFirst())
          .containsEntry("given", "ROUTINE")
          .containsEntry("from", remote);
    }
  }

  @Test
  void whatTheEnvelopeWasGrantedStays() throws Exception {
    Envelope granted =
        envelope("203.0.113.9:1", "bob@bravo.example")
            .change()
            .precedence(Precedence.IMMEDIATE)
            .build();
    Draft made = shape(granted, 7, Set.of(1), header("MMHS-Primary-Precedence: override"));
    assertThat(made.envelope().precedence()).isEqualTo(Precedence.IMMEDIATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Subject: plain|2",
        "Importance: high|2",
        "Reply-To: eve@alpha.example|2",
        "References: <a@alpha.example>|2",
        "Content-Type: text/plain; charset=us-ascii|2",
        "X-Mailer: something|22",
        "Content-Language: en|22",
        "Autosubmitted: auto-submitted|22",
        "Subject: =?utf-8?q?=E2=82=AC?=|22",
        "Content-Type: text/plain; charset=iso-8859-1|22",
        "Content-Type: image/gif|22",
        "MMHS-Primary-Precedence: 1|1.3.26.0.4406.0.4.1"
      })
  void contentType22WhereAnExtensionOrExtendedBodyPartIsUsedElse2(String field, String type)
      throws Exception {
    String mail = header(field).replace("Hello", "Hell\u00f6");
    if (!field.contains("iso-8859")) {
      mail = header(field);
    }
    Draft made = shape(envelope("192.0.2.1:25", "bob@bravo.example"), 7, Set.of(1), mail);
    assertThat(made.envelope().contentType().toString()).isEqualTo(type);
    byte[] octets = bench.store.octets(made.content());
    if (type.startsWith("1.")) {
      assertThat(octets[0]).isEqualTo((byte) 0xA0);
      return;
    }
    var ipm =
        ((org.heliograph.asn1.x420.InformationObject.Ipm)
                org.heliograph.asn1.x420.InformationObject.CODEC.decode(octets))
            .value();
    boolean used =
        !ipm.heading().extensions().isEmpty()
            || ipm.body().stream()
                .anyMatch(p -> p instanceof org.heliograph.asn1.x420.BodyPart.Extended);
    assertThat(used).isEqualTo(type.equals("22"));
  }

  @Test
  void traceOfMailNamesTheGatewaysDomainAndX400TraceItsOwn() throws Exception {
    Envelope back =
        envelope("192.0.2.1:25", "dave@alpha.example")
            .change()
            .originator(Mailbox.parse("eve@bravo.example"))
            .build();
    String mail =
        header(
            "Received: from x by mail.bravo.example; Tue, 24 Nov 2026 10:00:05 +0000",
            "Date: Tue, 24 Nov 2026 10:00:00 +0000");
    Draft made = shape(back, 7, Set.of(1), mail);
    assertThat(made.envelope().trace())
        .extracting(e -> e.domain().toString())
        .containsOnly("/PRMD=ALPHA/ADMD= /C=XX/");
    assertThat(made.envelope().trace().getFirst().arrival().toString())
        .isEqualTo("2026-11-24T10:00Z");
    String x400 =
        header(
            "X400-Received: by /PRMD=BRAVO/ADMD= /C=XX/; Relayed;"
                + " Tue, 24 Nov 2026 09:00:00 +0000",
            "Date: Tue, 24 Nov 2026 10:00:00 +0000");
    assertThat(shape(back, 8, Set.of(1), x400).envelope().trace())
        .extracting(e -> e.domain().toString())
        .containsExactly("/PRMD=BRAVO/ADMD= /C=XX/", "/PRMD=ALPHA/ADMD= /C=XX/");
    MixerShaper letter =
        new MixerShaper(
            new ChannelName("mixer"),
            TestBench.settings("ALPHA").withMailTrace(MixerSettings.MailTrace.MAPPED));
    bench.shape(letter, back, mail.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    assertThat(bench.made.getLast().envelope().trace().getFirst().domain().toString())
        .isEqualTo("/PRMD=BRAVO/ADMD= /C=XX/");
  }

  @Test
  void theResentDateIsTheTimeOfSubmission() throws Exception {
    String mail =
        header(
            "Resent-Date: Wed, 25 Nov 2026 08:00:00 +0000",
            "Resent-Date: Tue, 24 Nov 2026 11:00:00 +0000",
            "Date: Tue, 24 Nov 2026 10:00:00 +0000");
    Draft made = shape(envelope("192.0.2.1:25", "bob@bravo.example"), 7, Set.of(1), mail);
    assertThat(made.envelope().trace().getFirst().arrival().toString())
        .isEqualTo("2026-11-25T08:00Z");
  }
}
