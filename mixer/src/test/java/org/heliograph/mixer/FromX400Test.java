package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IA5TextBodyPart;
import org.heliograph.asn1.x420.IA5TextParameters;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.Importance;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.asn1.x420.MessageBodyPart;
import org.heliograph.asn1.x420.MessageParameters;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.asn1.x420.Repertoire;
import org.heliograph.asn1.x420.Sensitivity;
import org.heliograph.asn1.x420.TeletexBodyPart;
import org.heliograph.asn1.x420.TeletexParameters;
import org.heliograph.asn1.x420.VideotexBodyPart;
import org.heliograph.asn1.x420.VideotexParameters;
import org.heliograph.mail.Entity;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MmhsReader;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Oid;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.x400.OrNames;
import org.junit.jupiter.api.Test;

/** X.400 messages go to mail at Bravo and come back at Alpha. */
class FromX400Test {
  private final TestBench bravo = new TestBench();
  private final TestBench alpha = new TestBench();

  private static ORDescriptor descriptor(String address, String name) throws Exception {
    return new ORDescriptor(OrNames.name(StdOr.parse(address)), Text.Kind.TELETEX.of(name), null);
  }

  private static Heading.Builder heading() throws Exception {
    return Heading.builder()
        .thisIPM(
            new IPMIdentifier(
                OrNames.name(StdOr.parse("/S=Linnimouth/PRMD=BRAVO/ADMD= /C=XX/")),
                Text.printable("562")))
        .originator(descriptor("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/", "Bob Jones"))
        .primaryRecipients(
            List.of(
                new RecipientSpecifier(
                    descriptor("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/", "Alice"),
                    BitString.EMPTY,
                    false,
                    null)))
        .subject(Text.Kind.TELETEX.of("Hello"));
  }

  private static BodyPart text(String text) {
    return new BodyPart.Ia5Text(
        new IA5TextBodyPart(new IA5TextParameters(Repertoire.IA5), Text.ia5(text)));
  }

  private static byte[] content(IPM ipm) {
    return InformationObject.CODEC.encodeToArray(new InformationObject.Ipm(ipm));
  }

  private Draft toMail(ContentType type, byte[] content) throws Exception {
    Envelope envelope =
        HostileInputTest.x400(type)
            .change()
            .originator(StdOr.parse("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/"))
            .recipients(List.of(Recipient.of(1, Mailbox.parse("alice.smith@alpha.example"))))
            .build();
    assertThat(bravo.shape(TestBench.shaper("BRAVO"), envelope, content).values())
        .containsOnly(Outcome.reshaped());
    return bravo.made.getLast();
  }

  private Draft back(Draft mail) throws Exception {
    assertThat(
            alpha
                .shape(
                    TestBench.shaper("ALPHA"), mail.envelope(), bravo.store.octets(mail.content()))
                .values())
        .containsOnly(Outcome.reshaped());
    return alpha.made.getLast();
  }

  private IPM ipm(Draft x400) throws Exception {
    return ((InformationObject.Ipm)
            InformationObject.CODEC.decode(alpha.store.octets(x400.content())))
        .value();
  }

  private Entity read(Draft mail) throws Exception {
    return MailReader.read(bravo.store.open(mail.content()), MailLimits.DEFAULT);
  }

  private static BodyPart extended(ObjectIdentifier type, Any value) {
    return new BodyPart.Extended(new ExtendedBodyPart(null, External.of(type, value)));
  }

  @Test
  void aHeadingAndUnknownBodyPartsComeBackEqual() throws Exception {
    BodyPart videotex =
        new BodyPart.Videotex(
            new VideotexBodyPart(
                new VideotexParameters(1L), new Text(Text.Kind.VIDEOTEX, Octets.ofHex("0102ff"))));
    BodyPart strange =
        extended(
            ObjectIdentifier.of("1.2.3.4.5"), Any.of(Codecs.OCTET_STRING, Octets.ofHex("cafe")));
    Heading heading =
        heading()
            .repliedToIPM(new IPMIdentifier(null, Text.printable("zero(a)alpha.example")))
            .relatedIPMs(List.of(new IPMIdentifier(null, Text.printable("one(a)alpha.example"))))
            .obsoletedIPMs(List.of(new IPMIdentifier(null, Text.printable("old(a)alpha.example"))))
            .expiryTime(new Time(false, "261201120000Z"))
            .replyTime(new Time(false, "261130120000+0100"))
            .importance(Importance.HIGH)
            .sensitivity(Sensitivity.COMPANY_CONFIDENTIAL)
            .autoForwarded(true)
            .build();
    IPM was = new IPM(heading, List.of(text("a\r\n"), videotex, strange));
    Draft mail = toMail(ContentTypes.P22, content(was));
    Entity read = read(mail);
    assertThat(read.header().body("Message-ID"))
        .contains("<\"562*/S=Linnimouth/PRMD=BRAVO/ADMD= /C=XX/\"@MHS>");
    assertThat(read.parts().get(1).type().text()).isEqualTo("application/x400-bp; bp-type=6");
    assertThat(read.parts().get(2).type().text())
        .isEqualTo("application/x400-bp; bp-type=1.2.3.4.5");
    Draft x400 = back(mail);
    IPM is = ipm(x400);
    assertThat(is.body()).isEqualTo(was.body());
    assertThat(is.heading().toBuilder().extensions(List.of()).build()).isEqualTo(heading);
  }

  @Test
  void contentType2StaysContentType2() throws Exception {
    IPM was = new IPM(heading().build(), List.of(text("Hi.\r\n")));
    Draft mail = toMail(ContentTypes.P2, content(was));
    assertThat(read(mail).header().body("X400-Content-Type")).contains("P2-1984 (2)");
    assertThat(read(mail).header().first("MIME-Version")).isEmpty();
    Draft x400 = back(mail);
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P2);
    assertThat(ipm(x400)).isEqualTo(was);
    // the way it came stands in its trace
    assertThat(x400.envelope().trace().getLast().domain().prmd()).contains("ALPHA");
  }

  @Test
  void teletexForwardedMessagesAndOctetsAreReadable() throws Exception {
    BodyPart teletex =
        new BodyPart.Teletex(
            new TeletexBodyPart(
                new TeletexParameters(null, false, null),
                List.of(new Text(Text.Kind.TELETEX, Octets.ofHex("47 72 c8 75 fb 65")))));
    IPM inner = new IPM(heading().build(), List.of(text("inner\r\n")));
    BodyPart forwarded =
        new BodyPart.Message(
            new MessageBodyPart(
                new MessageParameters(new Time(false, "261124120000Z"), null), inner));
    BodyPart octets = new BodyPart.BilaterallyDefined(Octets.ofHex("0001fe"));
    Draft mail =
        toMail(
            ContentTypes.P2,
            content(new IPM(heading().build(), List.of(teletex, forwarded, octets))));
    Entity read = read(mail);
    try (var in = read.parts().get(0).decoded(bravo.store.open(mail.content()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("Grüße\f");
    }
    Entity message = read.parts().get(1).message().orElseThrow();
    assertThat(message.header().body("Delivery-Date")).contains("Tue, 24 Nov 2026 12:00:00 +0000");
    assertThat(message.header().body("From")).contains("Bob Jones <bob.jones@bravo.example>");
    assertThat(read.parts().get(2).type().essence()).isEqualTo("application/octet-stream");
  }

  @Test
  void aMilitaryMessageShowsItsFieldsAndLosesNothingUnsaid() throws Exception {
    List<IPMSExtension> extensions = new ArrayList<>();
    extensions.add(
        new IPMSExtension(
            P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE, new Any(Octets.ofHex("02 01 04"))));
    // message type SET { [0] 2, [1] "P" }
    extensions.add(
        new IPMSExtension(
            P772.ID_NATO_MMHS_MM_MESSAGE_TYPE, new Any(Octets.ofHex("31 06 80 01 02 81 01 50"))));
    // distribution codes SET { [0] SEQ { "ABC" } }
    extensions.add(
        new IPMSExtension(
            P772.ID_NATO_MMHS_MM_DISTRIBUTION_CODES,
            new Any(Octets.ofHex("31 07 a0 05 13 03 41 42 43"))));
    // pilot forwarding info: no header field
    extensions.add(
        new IPMSExtension(
            P772.ID_NATO_MMHS_MM_PILOT_FORWARDING_INFO, new Any(Octets.ofHex("30 00"))));
    IPM ipm = new IPM(heading().extensions(extensions).build(), List.of(text("go\r\n")));
    byte[] content =
        org.heliograph.asn1.p772.InformationObject.CODEC.encodeToArray(
            new org.heliograph.asn1.p772.InformationObject.Mm(ipm));
    Entity read = read(toMail(ContentTypes.P772, content));
    var fields = MmhsReader.read(read.header()).fields();
    assertThat(fields.primaryPrecedence()).isEqualTo(OptionalInt.of(4));
    assertThat(fields.messageType().orElseThrow().type()).isEqualTo(2);
    assertThat(fields.messageType().orElseThrow().identifier()).contains("P");
    assertThat(fields.subjectIndicatorCodes()).containsExactly("ABC");
    assertThat(read.header().body("Discarded-X400-IPMS-Extensions"))
        .contains("1.3.26.0.4406.0.2.12");
    assertThat(read.header().body("X400-Content-Type")).contains("1.3.26.0.4406.0.4.1");
  }

  @Test
  void aLabelOfTheEnvelopeIsShown() throws Exception {
    Label label =
        new Label(
            Optional.of(new Oid("1.3.26.1.3.1")),
            OptionalInt.of(3),
            Optional.of("NATO CONFIDENTIAL"),
            List.of());
    IPM ipm = new IPM(heading().build(), List.of(text("x\r\n")));
    Envelope envelope =
        HostileInputTest.x400(ContentTypes.P2).change().label(Optional.of(label)).build();
    Map<?, ?> outcomes = bravo.shape(TestBench.shaper("BRAVO"), envelope, content(ipm));
    assertThat(outcomes).hasSize(1);
    Draft mail = bravo.made.getLast();
    assertThat(mail.envelope().label()).contains(label);
    Draft x400 =
        back(
            new Draft(
                mail.envelope().change().label(Optional.empty()).build(),
                mail.content(),
                mail.origin()));
    assertThat(x400.envelope().label()).contains(label);
  }

  @Test
  void manyMessagesOfManyShapesComeBackWithTheirBodies() throws Exception {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<BodyPart> parts = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        byte[] octets = new byte[random.nextInt(500)];
        random.nextBytes(octets);
        parts.add(
            switch (random.nextInt(3)) {
              case 0 -> text("line " + random.nextInt() + "\r\n".repeat(random.nextInt(3)));
              case 1 ->
                  new BodyPart.Videotex(
                      new VideotexBodyPart(
                          new VideotexParameters(null),
                          new Text(Text.Kind.VIDEOTEX, Octets.of(octets))));
              default ->
                  extended(
                      ObjectIdentifier.of("1.2.3." + random.nextInt(1000)),
                      Any.of(Codecs.OCTET_STRING, Octets.of(octets)));
            });
      }
      String subject = "subject " + Integer.toString(random.nextInt(), 36);
      IPM was = new IPM(heading().subject(Text.Kind.TELETEX.of(subject)).build(), parts);
      Draft x400 = back(toMail(ContentTypes.P22, content(was)));
      assertThat(ipm(x400).body()).as("seed " + seed).isEqualTo(parts);
      assertThat(ipm(x400).heading().subject())
          .as("seed " + seed)
          .isEqualTo(was.heading().subject());
      assertThat(ipm(x400).heading().thisIPM()).isEqualTo(was.heading().thisIPM());
    }
  }
}
