package org.heliograph.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6477: the examples of section 3, and what is written reads back. */
class MmhsFieldsTest {
  private static Header header(String... lines) {
    return new Header(
        java.util.Arrays.stream(lines)
            .map(
                l ->
                    HeaderField.read(
                        (l + "\r\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .toList());
  }

  private static final Header ALL =
      header(
          "MMHS-Exempted-Address:\r\n UK SHL CGT Samuals G <graham.samuals@shl.example.com>,\r\n UK"
              + " SHL Duty Officer <duty@shl.example.com>",
          "MMHS-Extended-Authorisation-Info:\r\n Mon, 09 Aug 2010 15:27:40 +0100",
          "MMHS-Subject-Indicator-Codes: SDM; KKZ ; BRL",
          "MMHS-Handling-Instructions: RXFPA ZOV MINDEF",
          "MMHS-Message-Instructions: MINIMIZE CONSIDERED; NO DISTRIBUTION",
          "MMHS-Codress-Message-Indicator: 23",
          "MMHS-Originator-Reference: IMSCOM-JIC-612-78",
          "MMHS-Primary-Precedence: FLASH",
          "MMHS-Copy-Precedence: 2 (priority)",
          "MMHS-Message-Type: 0(exercise); identifier=\"CANDLE FISH\"",
          "MMHS-Other-Recipients-Indicator-To: UK SHL COS; UK SHL IM",
          "MMHS-Other-Recipients-Indicator-CC: UK SHL LEGAD",
          "MMHS-Acp127-Message-Identifier: RPDLE 1234 0341215",
          "MMHS-Originator-PLAD: SACLANT");

  @Test
  void theExamplesRead() {
    MmhsReader.Result result = MmhsReader.read(ALL);
    MmhsFields fields = result.fields();
    assertThat(result.notUnderstood()).isEmpty();
    assertThat(fields.exemptedAddresses()).hasSize(2);
    assertThat(fields.extendedAuthorisation().orElseThrow())
        .hasToString("2010-08-09T15:27:40+01:00");
    assertThat(fields.subjectIndicatorCodes()).containsExactly("SDM", "KKZ", "BRL");
    assertThat(fields.handlingInstructions()).containsExactly("RXFPA ZOV MINDEF");
    assertThat(fields.messageInstructions())
        .containsExactly("MINIMIZE CONSIDERED", "NO DISTRIBUTION");
    assertThat(fields.codressIndicator()).hasValue(23);
    assertThat(fields.originatorReference()).contains("IMSCOM-JIC-612-78");
    assertThat(fields.primaryPrecedence()).hasValue(4);
    assertThat(fields.copyPrecedence()).hasValue(2);
    assertThat(fields.messageType())
        .contains(new MmhsFields.MessageType(0, Optional.of("CANDLE FISH")));
    assertThat(fields.otherRecipientsTo()).containsExactly("UK SHL COS", "UK SHL IM");
    assertThat(fields.otherRecipientsCc()).containsExactly("UK SHL LEGAD");
    assertThat(fields.acp127Identifier()).contains("RPDLE 1234 0341215");
    assertThat(fields.originatorPlad()).contains("SACLANT");
  }

  @Test
  void whatIsWrittenReadsBack() {
    MmhsFields fields = MmhsReader.read(ALL).fields();
    assertThat(MmhsReader.read(new Header(MmhsWriter.fields(fields))).fields()).isEqualTo(fields);
  }

  @ParameterizedTest
  @CsvSource({"0 (Deferred),0", "routine,1", "Priority (x),2", "IMMEDIATE,3", "7,7", "31,31"})
  void precedences(String body, int expected) {
    assertThat(
            MmhsReader.read(header("mmhs-primary-precedence: " + body))
                .fields()
                .primaryPrecedence())
        .isEqualTo(OptionalInt.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"2 (projet),2", "project,2", "3,3", "200,200"})
  void types(String body, int expected) {
    assertThat(MmhsReader.read(header("MMHS-Message-Type: " + body)).fields().messageType())
        .contains(new MmhsFields.MessageType(expected, Optional.empty()));
  }

  @Test
  void badAndSecondFieldsComeBackNotUnderstood() {
    for (String bad :
        List.of(
            "Primary-Precedence: urgent",
            "Primary-Precedence: 32",
            "Primary-Precedence: 04",
            "Primary-Precedence: 1 2",
            "Message-Type: 256",
            "Message-Type: 0; identifier=\"a@b\"",
            "Subject-Indicator-Codes: AB",
            "Subject-Indicator-Codes: ABCDEFGHI",
            "Subject-Indicator-Codes: ABC;;DEF",
            "Extended-Authorisation-Info: yesterday",
            "Originator-Reference: a;b",
            "Originator-Reference: " + "x".repeat(70),
            "Something-New: 1")) {
      MmhsReader.Result result = MmhsReader.read(header("MMHS-" + bad));
      assertThat(result.notUnderstood()).as(bad).hasSize(1);
      assertThat(result.fields()).as(bad).isEqualTo(MmhsFields.none());
      assertThat(result.military()).isTrue();
    }
    MmhsReader.Result twice =
        MmhsReader.read(header("MMHS-Copy-Precedence: 1", "MMHS-COPY-Precedence: 2"));
    assertThat(twice.fields().copyPrecedence()).hasValue(1);
    assertThat(twice.notUnderstood()).hasSize(1);
    assertThat(MmhsReader.read(header("Subject: x")).military()).isFalse();
  }
}
