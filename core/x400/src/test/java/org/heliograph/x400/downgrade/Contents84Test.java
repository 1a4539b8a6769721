package org.heliograph.x400.downgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.OctetSource;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.model.GlobalDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P22 to P2, octet for octet. */
class Contents84Test {
  private static final String HEADING = "3105 6B03130131"; // this-IPM 1
  private static final String TEXT = "A006 3100 16024869"; // IA5 text Hi
  // Octets that nobody knows, type 1.2.3.
  private static final String STRANGE = "AF0B 2809 06022A03 A003 0401FF";

  private final Losses losses = new Losses();

  private Contents84 contents(boolean conversionProhibited, boolean lossProhibited) {
    return new Contents84(
        new Addresses84(new GlobalDomain("XX", " ", Optional.of("P"))),
        new Contents84.Prohibited(conversionProhibited, lossProhibited),
        losses);
  }

  private Octets down(Octets content) throws Exception {
    return contents(false, false).down(content);
  }

  private static Octets ipm(String heading, String body) {
    String parts = body.replace(" ", "");
    String head = heading.replace(" ", "");
    String whole = head + "30" + length(parts) + parts;
    return Octets.ofHex("A0" + length(whole) + whole);
  }

  private static String length(String hex) {
    int octets = hex.length() / 2;
    return octets < 128 ? "%02X".formatted(octets) : "82%04X".formatted(octets);
  }

  @Test
  void whatHasNothingOf1988IsTheSameOctets() throws Exception {
    Octets plain = ipm(HEADING, TEXT);

    assertThat(down(plain)).isSameAs(plain);
    assertThat(contents(true, true).down(plain)).isSameAs(plain);
    assertThat(losses.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // ia5-text, g3-facsimile of one page, bilaterally-defined, nationally-defined, teletex
    "AF0E 280C 060456010400 A004 16024869, A006 3100 16024869",
    "AF11 280F 060456010402 A007 3005 03030055AA, A309 3100 3005 03030055AA",
    "AF0F 280D 060456010409 A005 0403010203, 8E03 010203",
    "AF0D 280B 06045601040A A003 020107, A703 020107",
    "AF10 280E 060456010404 A006 3004 14024869, A508 3100 3004 14024869"
  })
  void anExtendedBodyPartTakesItsBasicForm(String extended, String basic) throws Exception {
    assertThat(contents(true, true).down(ipm(HEADING, extended))).isEqualTo(ipm(HEADING, basic));
    assertThat(losses.all()).isEmpty();
  }

  @Test
  void generalTextInAsciiBecomesIa5Text() throws Exception {
    // parameters {1, 6}; data ESC 28 42 and Hi
    String general =
        "AF24 A010 0604 56010B0B A008 3106 020101 020106"
            + "2810 0604 5601040B A008 1B06 1B2842 486920";

    Octets out = down(ipm(HEADING, general));

    assertThat(out).isEqualTo(ipm(HEADING, "A007 3100 1603486920"));
  }

  @Test
  void whatHasNoFormOf1984IsEnclosedInText() throws Exception {
    Contents84 contents = contents(false, true);

    InformationObject out =
        InformationObject.CODEC.decode(contents.down(ipm(HEADING, TEXT + STRANGE)));

    byte[] part = Octets.ofHex(STRANGE).toByteArray();
    assertThat(text(out, 1))
        .isEqualTo(
            "MIME-version: 1.0\r\n"
                + "Content-type: application/x400-bp; bp-type=1.2.3\r\n"
                + "Content-transfer-encoding: base64\r\n"
                + "\r\n"
                + Base64.getEncoder().encodeToString(part)
                + "\r\n");
    assertThat(contents.enclosed()).isTrue();
    assertThat(losses.all()).isEmpty();
  }

  private static String text(InformationObject object, int part) {
    BodyPart.Ia5Text text =
        (BodyPart.Ia5Text) ((InformationObject.Ipm) object).value().body().get(part);
    return new String(text.value().data().octets().toByteArray(), StandardCharsets.US_ASCII);
  }

  @Test
  void whereConversionIsProhibitedItIsNotEnclosed() {
    assertThatThrownBy(() -> contents(true, false).down(ipm(HEADING, STRANGE)))
        .isInstanceOfSatisfying(
            CannotDowngrade.class,
            e ->
                assertThat(e.failure().x400().orElseThrow()).hasToString("reason 2, diagnostic 9"));
  }

  @Test
  void headingExtensionsAreLeftOutAndNamed() throws Exception {
    Octets languages = ipm("3115 6B03130131 AF0E 300C 060456010501 3104 1302656E", TEXT);

    assertThat(down(languages)).isEqualTo(ipm(HEADING, TEXT));
    assertThat(losses.all()).containsExactly("heading extension 2.6.1.5.1");
    assertThatThrownBy(() -> contents(false, true).down(languages))
        .isInstanceOfSatisfying(
            CannotDowngrade.class,
            e ->
                assertThat(e.failure().x400().orElseThrow())
                    .hasToString("reason 2, diagnostic 19"));
  }

  @Test
  void fieldsOfMailBecomeTheFirstBodyPart() throws Exception {
    // rfc-822-field-list: X: y
    Octets mail = ipm("3119 6B03130131 AF12 3010 06072B060107010302 3005 1603583A79", TEXT);

    InformationObject out = InformationObject.CODEC.decode(contents(true, true).down(mail));

    assertThat(text(out, 0)).isEqualTo("RFC-822-Headers:\r\nX:y\r\n");
    assertThat(losses.all()).isEmpty();
  }

  @Test
  void aForwardedMessageIsDowngradedToo() throws Exception {
    String inner = "3017" + HEADING + "300E AF0C 280A 060456010409 A002 0400";
    String basic = "300B" + HEADING + "3002 8E00";

    assertThat(down(ipm(HEADING, "A91B 3100" + inner)))
        .isEqualTo(ipm(HEADING, "A90F 3100" + basic));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 56, 57, 58, 114, 11969, 11970, 11971, 100_000})
  void base64IsMadeAsItIsRead(int length) {
    byte[] raw = new byte[length];
    new java.util.Random(length).nextBytes(raw);
    byte[] lines =
        length == 0
            ? new byte[0]
            : (Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(raw) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);

    Octets made = Octets.of(new Lines64(Octets.of(raw)));

    assertThat(made.toByteArray()).isEqualTo(lines);
    if (length > 100) {
      assertThat(made.slice(77, 10).toByteArray()).isEqualTo(Arrays.copyOfRange(lines, 77, 87));
    }
  }

  /** A gibibyte of zeros that counts what is read of it. */
  private static final class Zeros implements OctetSource {
    private long read;

    @Override
    public long length() {
      return 1L << 30;
    }

    @Override
    public void read(long offset, byte[] into, int at, int count) {
      read += count;
      Arrays.fill(into, at, at + count, (byte) 0);
    }
  }

  @Test
  void aGibibyteIsEnclosedWithoutBeingHeld() throws Exception {
    Zeros zeros = new Zeros();
    BodyPart large =
        new BodyPart.Extended(
            new ExtendedBodyPart(
                null,
                new External(
                    ObjectIdentifier.of("1.2.3"),
                    null,
                    null,
                    new External.Encoding.OctetAligned(Octets.of(zeros)))));
    IPM plain =
        ((InformationObject.Ipm) InformationObject.CODEC.decode(ipm(HEADING, TEXT))).value();
    Octets content =
        InformationObject.CODEC.encode(
            new InformationObject.Ipm(new IPM(plain.heading(), List.of(large))));

    Octets down = down(content);

    assertThat(down.length()).isBetween(zeros.length() * 78 / 57, zeros.length() * 78 / 57 + 500);
    assertThat(zeros.read).isLessThan(1 << 20);
    byte[] last = down.slice(down.length() - 80, 80).toByteArray();
    assertThat(new String(last, StandardCharsets.US_ASCII)).endsWith("\r\n").contains("AAAAAAAA");
    assertThat(zeros.read).isLessThan(1 << 20);
  }

  @Test
  void contentThatIsNoneIsNotDowngraded() {
    assertThatThrownBy(() -> down(Octets.ofHex("0400")))
        .isInstanceOfSatisfying(
            CannotDowngrade.class,
            e ->
                assertThat(e.failure().x400().orElseThrow())
                    .hasToString("reason 1, diagnostic 47"));
  }
}
