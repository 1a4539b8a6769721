package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.p772.MMHSPrecedence;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.mail.Entity;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MmhsReader;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Outcome;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Source;
import org.heliograph.x400.Labels;
import org.junit.jupiter.api.Test;

/** Mail goes to X.400 at Alpha and comes back as mail at Bravo. */
class RoundTripTest {
  private final TestBench alpha = new TestBench();
  private final TestBench bravo = new TestBench();

  static Envelope envelope() {
    return Envelope.message(
            ContentTypes.MAIL, TestBench.NOW, Source.internal(new ChannelName("smtp")))
        .originator(Mailbox.parse("alice.smith@alpha.example"))
        .recipient(Recipient.of(1, Mailbox.parse("bob.jones@bravo.example")))
        .build();
  }

  private Draft toX400(Envelope envelope, String mail) throws Exception {
    Map<RecipientId, Outcome> outcomes =
        alpha.shape(
            TestBench.shaper("ALPHA"),
            envelope,
            mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    assertThat(outcomes.values()).containsOnly(Outcome.reshaped());
    return alpha.made.getLast();
  }

  private Draft toMail(Draft x400) throws Exception {
    Map<RecipientId, Outcome> outcomes =
        bravo.shape(TestBench.shaper("BRAVO"), x400.envelope(), alpha.store.octets(x400.content()));
    assertThat(outcomes.values()).containsOnly(Outcome.reshaped());
    return bravo.made.getLast();
  }

  private IPM ipm(Draft x400) throws Exception {
    byte[] octets = alpha.store.octets(x400.content());
    if (x400.envelope().contentType().equals(ContentTypes.P772)) {
      return ((org.heliograph.asn1.p772.InformationObject.Mm)
              org.heliograph.asn1.p772.InformationObject.CODEC.decode(octets))
          .value();
    }
    return ((InformationObject.Ipm) InformationObject.CODEC.decode(octets)).value();
  }

  private String text(Draft mail) {
    return new String(bravo.store.octets(mail.content()), StandardCharsets.UTF_8);
  }

  private Entity read(Draft mail) throws Exception {
    return MailReader.read(bravo.store.open(mail.content()), MailLimits.DEFAULT);
  }

  private byte[] body(Draft mail, Entity part) throws Exception {
    try (var in = part.decoded(bravo.store.open(mail.content()))) {
      return in.readAllBytes();
    }
  }

  private static final String PLAIN =
      """
      Received: from laptop.alpha.example by alpha.example with ESMTP id 1;
       Tue, 24 Nov 2026 10:00:05 +0100
      Date: Tue, 24 Nov 2026 10:00:00 +0100
      From: Alice Smith <alice.smith@alpha.example>
      To: bob.jones@bravo.example
      Subject: Email Problems
      Message-ID: <one@alpha.example>

      Hello Bob.
      """;

  @Test
  void plainTextIsContentType2AndComesBackAsItWas() throws Exception {
    Draft x400 = toX400(envelope(), PLAIN);
    Envelope e = x400.envelope();
    assertThat(e.contentType()).isEqualTo(ContentTypes.P2);
    assertThat(e.originator().orElseThrow().display())
        .isEqualTo("/C=XX/ADMD= /PRMD=ALPHA/S=smith/G=alice/");
    assertThat(e.recipients().getFirst().address().display())
        .isEqualTo("/C=XX/ADMD= /PRMD=BRAVO/S=jones/G=bob/");
    assertThat(e.identification().mtsIdentifier().orElseThrow().toString())
        .isEqualTo("[/PRMD=ALPHA/ADMD= /C=XX/;<one@alpha.example>]");
    assertThat(e.identification().contentIdentifier()).contains("Email Problems");
    assertThat(Correlators.text(e.identification().contentCorrelator().orElseThrow()))
        .contains(
            "Subject: Email Problems\r\nMessage-ID: <one@alpha.example>\r\n"
                + "Date: Tue, 24 Nov 2026 10:00:00 +0100\r\nTo: bob.jones@bravo.example");
    assertThat(e.encodedInformationTypes().builtIn()).containsExactly(2);
    assertThat(e.encodedInformationTypes().extended()).containsExactly(EncodedTypes.MIXER_TYPE);
    assertThat(e.trace()).hasSize(2);
    assertThat(e.trace().getFirst().arrival().toString()).isEqualTo("2026-11-24T10:00+01:00");
    assertThat(e.trace().getLast().converted()).contains(e.encodedInformationTypes());

    Draft mail = toMail(x400);
    assertThat(text(mail)).endsWith("\r\n\r\nHello Bob.\r\n").doesNotContain("MIME-Version");
    Entity back = read(mail);
    assertThat(back.header().body("Subject")).contains("Email Problems");
    assertThat(back.header().body("Message-ID")).contains("<one@alpha.example>");
    assertThat(back.header().body("Date")).contains("Tue, 24 Nov 2026 10:00:00 +0100");
    assertThat(back.header().body("From")).contains("Alice Smith <alice.smith@alpha.example>");
    assertThat(back.header().body("To")).contains("bob.jones@bravo.example");
    assertThat(back.header().body("Received").orElseThrow()).contains("MIXER Conversion");
    assertThat(back.header().body("X400-MTS-Identifier"))
        .contains("[/PRMD=ALPHA/ADMD= /C=XX/;<one@alpha.example>]");
    assertThat(back.header().all("X400-Received")).hasSizeGreaterThanOrEqualTo(2);
    Envelope out = mail.envelope();
    assertThat(out.contentType()).isEqualTo(ContentTypes.MAIL);
    assertThat(out.originator()).contains(Mailbox.parse("alice.smith@alpha.example"));
    assertThat(out.recipients().getFirst().address())
        .isEqualTo(Mailbox.parse("bob.jones@bravo.example"));
    assertThat(out.identification().messageId()).contains("one@alpha.example");
    assertThat(out.identification().envelopeId())
        .contains("X400-MTS-Identifier: [/PRMD=ALPHA/ADMD= /C=XX/;<one@alpha.example>]");
    assertThat(alpha.notes.getLast())
        .containsEntry("from", "mail")
        .containsEntry("to", "2")
        .containsEntry("parts", "ia5-text");
  }

  private static final byte[] ATTACHMENT = new byte[3000];

  static {
    for (int i = 0; i < ATTACHMENT.length; i++) {
      ATTACHMENT[i] = (byte) (i * 7 + i / 256);
    }
  }

  private static String mixed(String extra) {
    return "Date: Tue, 24 Nov 2026 10:00:00 +0000\n"
        + "From: alice.smith@alpha.example\n"
        + "To: Bob Jones <bob.jones@bravo.example>\n"
        + "Cc: carol.white@elsewhere.test\n"
        + extra
        + "MIME-Version: 1.0\n"
        + "Content-Type: multipart/mixed; boundary=b1\n\n"
        + "--b1\nContent-Type: text/plain; charset=us-ascii\n\nSee the plan.\n"
        + "\n--b1\nContent-Type: application/pdf; name=plan.pdf\n"
        + "Content-Disposition: attachment; filename=\"plan one.pdf\"\n"
        + "Content-Description: The plan\n"
        + "Content-ID: <p1@alpha.example>\n"
        + "Content-Transfer-Encoding: base64\n\n"
        + Base64.getMimeEncoder().encodeToString(ATTACHMENT).replace("\r\n", "\n")
        + "\n--b1--\n";
  }

  @Test
  void anAttachmentIsContentType22AndItsOctetsComeBack() throws Exception {
    Draft x400 = toX400(envelope(), mixed("Subject: Plan\nMessage-ID: <two@alpha.example>\n"));
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P22);
    IPM ipm = ipm(x400);
    assertThat(ipm.body()).hasSize(2);
    assertThat(ipm.body().getFirst()).isInstanceOf(BodyPart.Ia5Text.class);
    assertThat(ipm.body().getLast()).isInstanceOf(BodyPart.Extended.class);
    Draft mail = toMail(x400);
    Entity back = read(mail);
    assertThat(back.isMultipart()).isTrue();
    assertThat(back.parts()).hasSize(2);
    assertThat(new String(body(mail, back.parts().getFirst()), StandardCharsets.US_ASCII))
        .isEqualTo("See the plan.\r\n");
    Entity file = back.parts().getLast();
    assertThat(file.type().essence()).isEqualTo("application/pdf");
    assertThat(file.filename()).contains("plan one.pdf");
    assertThat(file.header().body("Content-Description")).contains("The plan");
    assertThat(file.header().body("Content-ID")).contains("<p1@alpha.example>");
    assertThat(body(mail, file)).isEqualTo(ATTACHMENT);
    assertThat(back.header().body("Cc")).contains("carol.white@elsewhere.test");
    assertThat(back.header().body("To")).contains("Bob Jones <bob.jones@bravo.example>");
  }

  static final Label LABEL =
      new Label(
          Optional.of(new Oid("1.3.26.1.3.1")),
          OptionalInt.of(4),
          Optional.of("NATO SECRET"),
          List.of());

  private static final String MILITARY =
      """
          Subject: Exercise
          Message-ID: <three@alpha.example>
          MMHS-Primary-Precedence: 4 (flash)
          MMHS-Copy-Precedence: 1 (routine)
          MMHS-Message-Type: 0 (exercise); identifier="DESERT STORM"
          MMHS-Subject-Indicator-Codes: ABC; DEF1
          MMHS-Handling-Instructions: Handle with care; Do not print
          MMHS-Message-Instructions: Read twice
          MMHS-Extended-Authorisation-Info: Tue, 24 Nov 2026 09:30:00 +0200
          MMHS-Codress-Message-Indicator: 3
          MMHS-Originator-Reference: REF 7
          MMHS-Exempted-Address: dave.black@bravo.example
          MMHS-Other-Recipients-Indicator-To: SHIP ONE
          MMHS-Other-Recipients-Indicator-CC: SHIP TWO
          MMHS-Acp127-Message-Identifier: ACP 1
          MMHS-Originator-PLAD: PLAD 9
          """;

  @Test
  void militaryFieldsMakeP772AndComeBack() throws Exception {
    String sio =
        "SIO-Label: marking=\"NATO SECRET\"; fgcolor=black; bgcolor=red; type=\":ess\"; label=\""
            + Base64.getEncoder().encodeToString(Labels.encodeEss(LABEL).toArray())
            + "\"\n";
    Draft x400 = toX400(envelope(), mixed(MILITARY + sio));
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P772);
    assertThat(x400.envelope().precedence()).isEqualTo(Precedence.FLASH);
    assertThat(x400.envelope().label()).contains(LABEL);
    IPM ipm = ipm(x400);
    assertThat(
            Military.precedence(
                ipm.heading().extensions(), P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE))
        .isEqualTo(OptionalInt.of((int) MMHSPrecedence.FLASH));
    assertThat(ipm.heading().thisIPM().user()).isNotNull();
    assertThat(ipm.heading().thisIPM().userRelativeIdentifier().octets().length())
        .isGreaterThanOrEqualTo(15);
    Draft mail = toMail(x400);
    Entity back = read(mail);
    var was =
        MmhsReader.read(
            MailReader.readHeader(
                new java.io.ByteArrayInputStream(
                    MILITARY.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)),
                MailLimits.DEFAULT));
    assertThat(MmhsReader.read(back.header()).fields()).isEqualTo(was.fields());
    assertThat(back.header().body("Message-ID")).contains("<three@alpha.example>");
    assertThat(back.header().body("Subject")).contains("Exercise");
    SioLabel label = SioLabel.parse(back.header().body("SIO-Label").orElseThrow());
    assertThat(label.marking()).contains("NATO SECRET");
    assertThat(label.background()).contains("red");
    assertThat(Labels.decodeEss(label.label().orElseThrow().octets())).isEqualTo(LABEL);
    assertThat(mail.envelope().precedence()).isEqualTo(Precedence.FLASH);
    assertThat(mail.envelope().label()).contains(LABEL);
    assertThat(body(mail, back.parts().getLast())).isEqualTo(ATTACHMENT);
  }

  @Test
  void aCarriedLabelThatIsNotTheEnvelopesIsNotBelieved() throws Exception {
    Label other = new Label(LABEL.policy(), OptionalInt.of(1), Optional.empty(), List.of());
    String sio =
        "SIO-Label: marking=\"NATO SECRET\"; type=\":ess\"; label=\""
            + Base64.getEncoder().encodeToString(Labels.encodeEss(LABEL).toArray())
            + "\"\n";
    Draft x400 = toX400(envelope(), sio + PLAIN);
    Draft relabelled =
        new Draft(
            x400.envelope().change().label(Optional.of(other)).build(),
            x400.content(),
            x400.origin());
    Entity back = read(toMail(relabelled));
    assertThat(back.header().all("SIO-Label")).hasSize(1);
    SioLabel label = SioLabel.parse(back.header().body("SIO-Label").orElseThrow());
    assertThat(Labels.decodeEss(label.label().orElseThrow().octets())).isEqualTo(other);
    assertThat(label.marking()).isEmpty();
  }

  @Test
  void allHeadingFieldsComeBack() throws Exception {
    String header =
        """
        Date: Tue, 24 Nov 2026 10:00:00 +0000
        From: Alice Smith <alice.smith@alpha.example>, andy@alpha.example
        Sender: secretary.one@alpha.example
        Reply-To: replies@alpha.example
        To: undisclosed-recipients:;
        Bcc:
        Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_aus_=D0=9C=D0=BE=D1=81=D0=BA=D0=B2=D0=B0?=
        Message-ID: <CAJ0123456789abcdefghijklmnopqrstuvwxyz0123456789=long_id+with_marks@mail.alpha.example>
        In-Reply-To: <zero@bravo.example>
        References: <minus-one@bravo.example> <zero@bravo.example>
        Supersedes: <old@alpha.example>
        Keywords: a, b
        Comments: hello (there)
        Importance: high
        Sensitivity: Company-Confidential
        Expires: Wed, 25 Nov 2026 10:00:00 -0500
        Reply-By: Thu, 26 Nov 2026 10:00:00 +0000
        Autoforwarded: TRUE
        Content-Language: en, de-CH
        Autosubmitted: auto-replied
        X-MIXER-Subject: forged
        Fruit-Of-The-Day: Kiwi
          Fruit
        Resent-To: eve@alpha.example
        """;
    Draft x400 = toX400(envelope(), header + "\nx\n");
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P22);
    Entity back = read(toMail(x400));
    for (String name :
        List.of(
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Supersedes",
            "Keywords",
            "Comments",
            "Importance",
            "Sensitivity",
            "Expires",
            "Reply-By",
            "Autoforwarded",
            "Content-Language",
            "Autosubmitted",
            "Resent-To",
            "Date")) {
      String was =
          java.util.regex.Pattern.compile("(?m)^" + name + ": ?(.*)$")
              .matcher(header)
              .results()
              .findFirst()
              .orElseThrow()
              .group(1);
      assertThat(back.header().all(name)).as(name).hasSize(1);
      assertThat(back.header().body(name))
          .as(name)
          .hasValueSatisfying(b -> assertThat(b).isEqualToIgnoringCase(was));
    }
    assertThat(back.header().body("Bcc")).contains("");
    assertThat(back.header().body("Fruit-Of-The-Day").orElseThrow()).matches("Kiwi +Fruit");
    assertThat(back.header().first("Subject").orElseThrow().text()).isEqualTo("Grüße aus Москва");
    assertThat(back.header().body("X-Other-X-MIXER-Subject")).contains("forged");
    assertThat(back.header().first("X-MIXER-Message-ID")).isEmpty();
  }

  @Test
  void textInOtherCharacterSetsComesBackInThem() throws Exception {
    for (String[] sample :
        new String[][] {
          {"utf-8", "Grüße, señor"},
          {"iso-8859-1", "Grüße"},
          {"iso-8859-5", "Привет"},
          {"windows-1252", "naïve"},
          {"utf-8", "日本語 und Grüße und Привет"},
          {"koi8-r", "Привет"}
        }) {
      byte[] octets = (sample[1] + "\r\n").getBytes(java.nio.charset.Charset.forName(sample[0]));
      String mail =
          "From: alice.smith@alpha.example\nTo: bob.jones@bravo.example\nSubject: x\n"
              + "MIME-Version: 1.0\nContent-Type: text/plain; charset="
              + sample[0]
              + "\nContent-Transfer-Encoding: base64\n\n"
              + Base64.getEncoder().encodeToString(octets)
              + "\n";
      Draft mailBack = toMail(toX400(envelope(), mail));
      Entity back = read(mailBack);
      assertThat(back.type().parameter("charset"))
          .as(sample[0])
          .hasValueSatisfying(c -> assertThat(c).isEqualToIgnoringCase(sample[0]));
      assertThat(body(mailBack, back)).as(sample[0] + " " + sample[1]).isEqualTo(octets);
    }
  }

  @Test
  void signedMailComesBackOctetForOctet() throws Exception {
    String part =
        """
          Preamble
          --s1
          Content-Type: text/plain; charset=utf-8
          Content-Transfer-Encoding: quoted-printable

          Gr=C3=BC=C3=9Fe =20

          --s1
          Content-Type: application/pkcs7-signature; name=smime.p7s
          Content-Transfer-Encoding: base64

          AAECAwQ=

          --s1--
          Epilogue
          """;
    String head =
        """
          From: alice.smith@alpha.example
          To: bob.jones@bravo.example
          Subject: signed
          MIME-Version: 1.0
          Content-Type: multipart/signed; micalg=sha-256;
          \tprotocol="application/pkcs7-signature"; boundary=s1

          """;
    Draft x400 = toX400(envelope(), head + part);
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P2);
    Draft mail = toMail(x400);
    String all = text(mail);
    assertThat(all.substring(all.indexOf("\r\n\r\n") + 4)).isEqualTo(part.replace("\n", "\r\n"));
    assertThat(read(mail).type().parameter("micalg")).contains("sha-256");
  }

  @Test
  void nestedMultipartsAndMessagesKeepTheirShape() throws Exception {
    String mail =
        """
        From: alice.smith@alpha.example
        To: bob.jones@bravo.example
        Subject: nest
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=o

        --o
        Content-Type: multipart/alternative; boundary=i
        Content-ID: <alt@x.test>

        --i
        Content-Type: text/plain; format=flowed; charset=us-ascii

        plain
        --i
        Content-Type: text/html; charset=utf-8

        <p>html</p>
        --i--
        --o
        Content-Type: message/rfc822

        Received: from a by b; Mon, 23 Nov 2026 08:00:00 +0000
        Date: Mon, 23 Nov 2026 08:00:00 +0000
        From: carol@elsewhere.test
        To: alice.smith@alpha.example
        Subject: inner
        Message-ID: <inner@elsewhere.test>

        inner body
        --o
        Content-Type: application/x-thing
        Content-Transfer-Encoding: x-uuencode

        begin 644 x
        --o--
        """;
    Draft x400 = toX400(envelope(), mail);
    assertThat(alpha.notes.getLast().get("parts"))
        .isEqualTo("multipart(ia5-text+file-transfer) message(ia5-text) file-transfer");
    Draft out = toMail(x400);
    Entity back = read(out);
    assertThat(back.type().essence()).isEqualTo("multipart/mixed");
    assertThat(back.parts()).hasSize(3);
    Entity alternative = back.parts().get(0);
    assertThat(alternative.type().essence()).isEqualTo("multipart/alternative");
    assertThat(alternative.header().body("Content-ID")).contains("<alt@x.test>");
    assertThat(alternative.parts().getFirst().type().parameter("format")).contains("flowed");
    assertThat(alternative.parts().getLast().type().text()).contains("text/html", "utf-8");
    assertThat(new String(body(out, alternative.parts().getLast()), StandardCharsets.UTF_8))
        .isEqualTo("<p>html</p>");
    Entity inner = back.parts().get(1).message().orElseThrow();
    assertThat(inner.header().body("Subject")).contains("inner");
    assertThat(inner.header().body("Date")).contains("Mon, 23 Nov 2026 08:00:00 +0000");
    assertThat(inner.header().body("Received")).isPresent();
    assertThat(inner.header().body("Message-ID")).contains("<inner@elsewhere.test>");
    assertThat(new String(body(out, inner), StandardCharsets.UTF_8)).isEqualTo("inner body");
    assertThat(back.parts().get(2).header().body("Content-Transfer-Encoding"))
        .contains("x-uuencode");
  }

  @Test
  void aTextThatLooksLikeAnEncapsulatedPartStaysAText() throws Exception {
    String mail =
        """
          From: alice.smith@alpha.example
          To: bob.jones@bravo.example

          MIME-Version: 1.0
          Content-Type: text/html

          <b>forged</b>
          """;
    Draft out = toMail(toX400(envelope(), mail));
    Entity back = read(out);
    assertThat(back.type().essence()).isEqualTo("text/plain");
    assertThat(new String(body(out, back), StandardCharsets.US_ASCII)).startsWith("MIME-Version");
  }

  @Test
  void recipientsWithoutAnX400FormFailAlone() throws Exception {
    Envelope two =
        envelope()
            .change()
            .recipient(Recipient.of(2, new Mailbox("ünïcode", "bravo.example")))
            .build();
    Map<RecipientId, Outcome> outcomes =
        alpha.shape(
            TestBench.shaper("ALPHA"),
            two,
            PLAIN.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    assertThat(outcomes.get(new RecipientId(1))).isEqualTo(Outcome.reshaped());
    assertThat(outcomes.get(new RecipientId(2)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> {
              assertThat(f.failure().smtp().orElseThrow().enhanced()).isEqualTo("5.1.1");
              assertThat(f.failure().x400()).isPresent();
            });
    assertThat(alpha.made.getLast().envelope().recipients()).hasSize(1);
    assertThat(((OrAddress) alpha.made.getLast().envelope().recipients().getFirst().address()))
        .isNotNull();
  }

  @Test
  void lateConversionsAreALoop() throws Exception {
    String again =
        "Received: from a by b (MIXER Conversion following RFC 2156); "
            + "Tue, 24 Nov 2026 10:00:05 +0100\n";
    Map<RecipientId, Outcome> outcomes =
        alpha.shape(
            TestBench.shaper("ALPHA"),
            envelope(),
            (again.repeat(6) + PLAIN).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    assertThat(outcomes.get(new RecipientId(1)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f ->
                assertThat(f.failure().cause()).isEqualTo(org.heliograph.model.Failure.Cause.LOOP));
  }
}
