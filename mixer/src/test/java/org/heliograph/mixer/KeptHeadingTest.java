package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IA5TextBodyPart;
import org.heliograph.asn1.x420.IA5TextParameters;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.asn1.x420.Repertoire;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.Source;
import org.heliograph.x400.OrNames;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What header fields cannot say of a heading comes back as it was, octet for octet. */
class KeptHeadingTest {
  private final TestBench bravo = new TestBench();
  private final TestBench alpha = new TestBench();

  private static IPMSExtension extension(String oid, String hex) {
    return new IPMSExtension(
        ObjectIdentifier.of(oid), new Any(Octets.of(HexFormat.of().parseHex(hex))));
  }

  private static Heading.Builder heading() throws Exception {
    return Heading.builder()
        .thisIPM(
            new IPMIdentifier(
                OrNames.name(StdOr.parse("/S=Linnimouth/PRMD=BRAVO/ADMD= /C=XX/")),
                Text.printable("REF 562 OF TODAY")))
        .originator(descriptor("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/", "Bob Jones", null))
        .primaryRecipients(
            List.of(
                new RecipientSpecifier(
                    descriptor("/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/", "Alice", null),
                    BitString.EMPTY,
                    false,
                    null)))
        .subject(Text.Kind.TELETEX.of("Hello"));
  }

  private static ORDescriptor descriptor(String address, String name, @Nullable Text telephone)
      throws Exception {
    return new ORDescriptor(
        OrNames.name(StdOr.parse(address)), Text.Kind.TELETEX.of(name), telephone);
  }

  private static byte[] content(ContentType type, Heading heading) {
    IPM ipm =
        new IPM(
            heading,
            List.of(
                new BodyPart.Ia5Text(
                    new IA5TextBodyPart(
                        new IA5TextParameters(Repertoire.IA5), Text.ia5("Hi\r\n")))));
    return type.equals(ContentTypes.P772)
        ? org.heliograph.asn1.p772.InformationObject.CODEC.encodeToArray(
            new org.heliograph.asn1.p772.InformationObject.Mm(ipm))
        : InformationObject.CODEC.encodeToArray(new InformationObject.Ipm(ipm));
  }

  private String mail(ContentType type, Heading heading) throws Exception {
    Envelope envelope =
        HostileInputTest.x400(type)
            .change()
            .originator(StdOr.parse("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/"))
            .recipients(List.of(Recipient.of(1, Mailbox.parse("alice.smith@alpha.example"))))
            .build();
    assertThat(bravo.shape(TestBench.shaper("BRAVO"), envelope, content(type, heading)).values())
        .containsOnly(Outcome.reshaped());
    return new String(
        bravo.store.octets(bravo.made.getLast().content()), StandardCharsets.ISO_8859_1);
  }

  private Draft back(String mail, Source source) throws Exception {
    Envelope envelope = bravo.made.getLast().envelope().change().source(source).build();
    assertThat(
            alpha
                .shape(
                    TestBench.shaper("ALPHA"), envelope, mail.getBytes(StandardCharsets.ISO_8859_1))
                .values())
        .containsOnly(Outcome.reshaped());
    return alpha.made.getLast();
  }

  private Heading heading(Draft x400) throws Exception {
    byte[] octets = alpha.store.octets(x400.content());
    return x400.envelope().contentType().equals(ContentTypes.P772)
        ? ((org.heliograph.asn1.p772.InformationObject.Mm)
                org.heliograph.asn1.p772.InformationObject.CODEC.decode(octets))
            .value()
            .heading()
        : ((InformationObject.Ipm) InformationObject.CODEC.decode(octets)).value().heading();
  }

  private static final Source FRIEND = Source.internal(new ChannelName("smtp"));
  private static final Source STRANGER =
      new Source(
          new ChannelName("smtp"),
          Optional.empty(),
          "203.0.113.9:25",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @Test
  void extensionsThatNoFieldIsMadeOfComeBackOctetForOctet() throws Exception {
    IPMSExtension unknown = extension("1.2.3.4.5", "30800201050000");
    IPMSExtension bare = new IPMSExtension(ObjectIdentifier.of("1.2.3.4.6"), null);
    Heading heading = heading().extensions(List.of(unknown, bare)).build();
    String mail = mail(ContentTypes.P22, heading);
    assertThat(mail)
        .contains("Discarded-X400-IPMS-Extensions: 1.2.3.4.5, 1.2.3.4.6\r\n")
        .contains("\r\nX-X400-Heading: ");
    Draft x400 = back(mail, FRIEND);
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P22);
    assertThat(heading(x400).extensions()).containsExactlyInAnyOrder(unknown, bare);
    assertThat(heading(x400)).isEqualTo(heading);
  }

  @Test
  void militaryExtensionsWithoutAFieldMakeItMilitaryAgain() throws Exception {
    IPMSExtension pilot =
        extension(P772.ID_NATO_MMHS_MM_PILOT_FORWARDING_INFO.toString(), "30053003800104");
    Heading heading = heading().extensions(List.of(pilot)).build();
    Draft x400 = back(mail(ContentTypes.P772, heading), FRIEND);
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P772);
    assertThat(heading(x400).extensions()).contains(pilot);
  }

  @Test
  void distributionExtensionsStayBesideTheirCodes() throws Exception {
    // sics {"ABC"}, dist-Extensions {EXTERNAL 1.2.3, NULL}
    String codes = "3113A0051303414243A10A280806022A03A0020500";
    IPMSExtension sics = extension(P772.ID_NATO_MMHS_MM_DISTRIBUTION_CODES.toString(), codes);
    Heading heading = heading().extensions(List.of(sics)).build();
    String mail = mail(ContentTypes.P772, heading);
    assertThat(mail).contains("MMHS-Subject-Indicator-Codes: ABC\r\n");
    assertThat(heading(back(mail, FRIEND)).extensions()).contains(sics);
    // somebody between us wrote other codes: what people see counts
    String other = mail.replace("Codes: ABC", "Codes: XYZ");
    assertThat(heading(back(other, FRIEND)).extensions())
        .noneMatch(sics::equals)
        .anyMatch(e -> e.type().equals(sics.type()));
    String none = mail.replace("MMHS-Subject-Indicator-Codes: ABC\r\n", "");
    assertThat(heading(back(none, FRIEND)).extensions())
        .noneMatch(e -> e.type().equals(sics.type()));
  }

  @Test
  void everyComponentComesBack() throws Exception {
    RecipientSpecifier asked =
        new RecipientSpecifier(
            descriptor(
                "/G=alice/S=smith/PRMD=ALPHA/ADMD= /C=XX/", "Alice", Text.printable("+44 1")),
            BitString.ofBits(0, 1),
            true,
            List.of(
                extension(
                    P772.ID_NATO_MMHS_MM_ACP127_NOTIFICATION_REQUEST.toString(), "030206C0")));
    Heading heading =
        heading()
            .primaryRecipients(List.of(asked))
            .copyRecipients(
                List.of(
                    new RecipientSpecifier(
                        new ORDescriptor(null, Text.Kind.TELETEX.of("Somebody"), null),
                        BitString.EMPTY,
                        false,
                        null)))
            .expiryTime(new Time(false, "2611260900Z"))
            .replyRecipients(List.of(descriptor("/S=r/PRMD=BRAVO/ADMD= /C=XX/", "", null)))
            .build();
    String mail = mail(ContentTypes.P2, heading);
    Draft x400 = back(mail, FRIEND);
    assertThat(heading(x400)).isEqualTo(heading);
    assertThat(x400.envelope().contentType()).isEqualTo(ContentTypes.P2);
    Heading edited = heading(back(mail.replace("\"Alice (", "\"Eve ("), FRIEND));
    assertThat(edited.primaryRecipients()).isNotEqualTo(heading.primaryRecipients());
    assertThat(edited.copyRecipients()).isEqualTo(heading.copyRecipients());
  }

  @Test
  void aStrangerIsNotBelievedHereNorFurtherOn() throws Exception {
    Heading heading = heading().extensions(List.of(extension("1.2.3.4.5", "020107"))).build();
    String mail = mail(ContentTypes.P22, heading);
    Draft x400 = back(mail, STRANGER);
    assertThat(heading(x400).extensions()).noneMatch(e -> e.type().toString().equals("1.2.3.4.5"));
    // it is carried under another name, and stays there
    Envelope on = x400.envelope().change().source(FRIEND).build();
    bravo.shape(TestBench.shaper("BRAVO"), on, alpha.store.octets(x400.content()));
    String again =
        new String(bravo.store.octets(bravo.made.getLast().content()), StandardCharsets.ISO_8859_1);
    assertThat(again).contains("\r\nX-Other-X-X400-Heading: ").doesNotContain("\r\nX-X400-Heading");
  }

  @Test
  void whatIsNoHeadingIsCarriedAsAField() throws Exception {
    String mail = mail(ContentTypes.P2, heading().build());
    assertThat(mail).doesNotContain("X-X400-Heading");
    for (String bad :
        List.of(
            "!", "", "MAA=", Base64.getEncoder().encodeToString(new byte[KeptHeading.MOST + 1]))) {
      String hostile = mail.replaceFirst("\r\n", "\r\nX-X400-Heading: " + bad + "\r\n");
      assertThat(heading(back(hostile, FRIEND)).subject()).isEqualTo(heading().build().subject());
    }
  }

  @Test
  void aHeadingTooLargeToKeepIsReported() throws Exception {
    String big = "0483010000" + "00".repeat(65536);
    Heading heading = heading().extensions(List.of(extension("1.2.3.4.5", big))).build();
    String mail = mail(ContentTypes.P22, heading);
    assertThat(mail)
        .doesNotContain("X-X400-Heading")
        .contains("Discarded-X400-IPMS-Extensions: 1.2.3.4.5");
    assertThat(bravo.notes.getLast().get("approximated"))
        .contains("heading-components-too-large-to-keep");
  }
}
