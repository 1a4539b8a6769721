package org.heliograph.x400;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Bytes;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrNamesTest {
  private static final String STANDARD =
      "61 04 13 02 4742" // country-name [APPLICATION 1], PrintableString GB
          + "62 03 13 01 20" // administration-domain-name, one space
          + "80 05 3334353637" // network-address 34567
          + "81 02 5431" // terminal-identifier T1
          + "A2 05 13 03 414243" // private-domain-name ABC
          + "83 03 4F5247" // organization-name ORG
          + "84 02 3432" // numeric-user-identifier 42
          + "A5 0C 80 03 446F65 81 02 4A6F 82 01 51" // Doe, Jo, Q
          + "A6 06 13 01 41 13 01 42"; // units A and B

  private static Bytes orName(String standard, String rest) {
    return Bytes.ofHex(wrap("60", wrap("30", standard) + rest.replace(" ", "")));
  }

  private static String wrap(String tag, String content) {
    String c = content.replace(" ", "");
    int n = c.length() / 2;
    return (tag + (n < 128 ? "%02X".formatted(n) : "81%02X".formatted(n)) + c)
        .toLowerCase(java.util.Locale.ROOT);
  }

  private static String extension(String number, String value) {
    String v = value.replace(" ", "");
    return wrap("30", "80 01" + number + wrap("A1", v));
  }

  @Test
  void readsAndWritesAllStandardAttributes() throws Exception {
    Bytes octets = orName(STANDARD, "");

    OrAddress address = OrNames.decode(octets);

    assertThat(address.display())
        .isEqualTo(
            "/C=GB/ADMD= /X121=34567/T-ID=T1/PRMD=ABC/O=ORG/UA-ID=42/S=Doe/G=Jo/I=Q/OU1=A/OU2=B/");
    assertThat(OrNames.encode(address)).isEqualTo(octets);
  }

  @Test
  void keepsNumericForms() throws Exception {
    Bytes octets =
        orName(
            "61 05 12 03 323334" // country 234, NumericString
                + "62 04 12 02 3031" // ADMD 01, NumericString
                + "A2 03 12 01 37", // PRMD 7, NumericString
            "");

    OrAddress address = OrNames.decode(octets);

    assertThat(address.attributes()).allMatch(a -> a.form() == Form.NUMERIC);
    assertThat(OrNames.encode(address)).isEqualTo(octets);
  }

  @Test
  void readsDomainDefinedAttributes() throws Exception {
    Bytes octets =
        orName(
            STANDARD,
            wrap("30", wrap("30", "13 07 5246432D383232 13 07 61286129622E63"))); // RFC-822

    OrAddress address = OrNames.decode(octets);

    assertThat(address.domainDefined("rfc-822")).contains("a(a)b.c");
    assertThat(OrNames.encode(address)).isEqualTo(octets);
  }

  /** One value of each extension attribute; each must be understood and come out as it came. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 13 03 416461", // common-name
        "02 14 03 C26461", // teletex-common-name, an octet of T.61
        "03 14 01 4F", // teletex-organization-name
        "04 31 06 80 01 41 83 01 42", // teletex-personal-name: surname and generation
        "05 30 06 14 01 41 14 01 42", // teletex-organizational-unit-names
        "06 30 08 30 06 14 01 54 14 01 56", // teletex-domain-defined-attributes
        "07 13 02 5044", // pds-name
        "08 13 02 4742", // physical-delivery-country-name
        "08 12 03 323334",
        "09 12 02 3132", // postal-code, numeric
        "09 13 02 4131",
        "0A 31 06 13 01 41 14 01 42", // physical-delivery-office-name in both forms
        "0B 31 03 13 01 41",
        "0C 31 03 14 01 41",
        "0D 31 03 13 01 41",
        "0E 31 03 13 01 41",
        "0F 31 03 13 01 41",
        "10 31 0B 30 06 13 01 41 13 01 42 14 01 43", // unformatted-postal-address, two lines
        "11 31 03 13 01 41",
        "12 31 03 13 01 41",
        "13 31 03 13 01 41",
        "14 31 03 13 01 41",
        "15 31 03 13 01 41",
        "16 30 06 80 01 35 81 01 36", // extended-network-address 5.6
        "17 02 01 03", // terminal-type telex
        "18 31 04 1E 02 0141", // universal-common-name, BMPString
        "19 31 06 1C 04 0001F600", // universal-organization-name, UniversalString
        "1A 31 06 A0 04 1E 02 0041", // universal-personal-name
        "1B 30 06 31 04 1E 02 0041", // universal-organizational-unit-names
        "1C 30 0E 30 0C 31 04 1E 02 0041 31 04 1E 02 0042", // universal-domain-defined-attributes
        "1D 31 04 1E 02 0041",
        "23 31 04 1E 02 0041",
        "28 31 04 1E 02 0041"
      })
  void understandsExtensionAttributes(String attribute) throws Exception {
    String number = attribute.substring(0, 2);
    Bytes octets = orName(STANDARD, wrap("31", extension(number, attribute.substring(3))));

    OrAddress address = OrNames.decode(octets);

    assertThat(address.unknown()).isEmpty();
    assertThat(OrNames.encode(address)).isEqualTo(octets);
  }

  /** What the model cannot say exactly, or what is broken, leaves as it came. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "18 31 08 1E 02 0041 13 02 656E", // a language code beside it
        "18 31 06 1C 04 00000041", // four octets where two would do
        "0A 31 00", // a PDS parameter in no form
        "16 A0 06 A3 04 04 02 0102", // a presentation address
        "01 02 01 05", // no string at all
        "63 04 02 0102" // of a type that nobody has defined
      })
  void carriesWhatItCannotSay(String attribute) throws Exception {
    String number = attribute.substring(0, 2);
    Bytes octets = orName(STANDARD, wrap("31", extension(number, attribute.substring(3))));

    OrAddress address = OrNames.decode(octets);

    assertThat(address.unknown()).hasSize(1);
    assertThat(OrNames.encode(address)).isEqualTo(octets);
  }

  @Test
  void keepsTheOrderOfExtensionAttributesAndTheDirectoryName() throws Exception {
    String name = "A0 11 30 0F 31 0D 30 0B 06 03 550403 0C 04 41646121"; // CN=Ada!
    Bytes octets =
        orName(
            STANDARD,
            wrap("31", extension("12", "31 03 13 01 41") + extension("01", "13 03 416461")) + name);

    OrAddress address = OrNames.decode(octets);

    assertThat(address.directoryName()).isPresent();
    assertThat(OrNames.encode(address)).isEqualTo(octets);
  }

  @Test
  void refusesWhatX411CannotSay() {
    assertThatThrownBy(
            () -> OrNames.name(new OrAddress(List.of(OrAttribute.of(Type.GIVEN_NAME, "Jo")))))
        .hasMessageContaining("without surname");
    assertThatThrownBy(() -> OrNames.name(new OrAddress(List.of(OrAttribute.of(Type.OU2, "x")))))
        .hasMessageContaining("OU2 without OU1");
    assertThatThrownBy(
            () ->
                OrNames.name(
                    new OrAddress(
                        List.of(new OrAttribute(Type.PRMD, Form.UNIVERSAL, "", "\u0141")))))
        .hasMessageContaining("PRMD has no UNIVERSAL form");
    assertThatThrownBy(
            () -> OrNames.name(new OrAddress(List.of(OrAttribute.of(Type.SURNAME, "\u0141")))))
        .hasMessageContaining("PrintableString");
  }

  @Test
  void writesAnAddressWithoutDirectoryName() throws Exception {
    OrAddress address =
        new OrAddress(
            List.of(OrAttribute.of(Type.COUNTRY, "GB")),
            List.of(),
            Optional.of(Bytes.ofHex("3000")));

    assertThat(OrNames.read(OrNames.address(address)).directoryName()).isEmpty();
    assertThat(OrNames.read(OrNames.name(address))).isEqualTo(address);
  }
}
