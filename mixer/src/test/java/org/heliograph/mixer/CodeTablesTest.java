package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import org.heliograph.model.Failure;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.X400Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2156 5.1.8.4 and 5.3.8.2. */
class CodeTablesTest {
  @ParameterizedTest
  @CsvSource({
    "5.1.1,1,0",
    "4.1.4,1,1",
    "5.1.6,1,43",
    "5.2.3,1,7",
    "5.3.3,1,18",
    "5.4.7,1,5",
    "4.4.6,1,3",
    "5.6.3,2,8",
    "5.7.1,1,29",
    "5.7.7,1,46"
  })
  void statusToCode(String status, int reason, int diagnostic) {
    assertThat(CodeTables.toX400(status)).isEqualTo(X400Code.of(reason, diagnostic));
  }

  @ParameterizedTest
  @CsvSource({"5.0.0,1", "5.2.37,1", "5.4.99,0", "5.4.3,6", "5.6.0,2", "5.9.9,1", "4.4.1,0"})
  void statusToReasonAlone(String status, int reason) {
    assertThat(CodeTables.toX400(status)).isEqualTo(X400Code.of(reason));
  }

  @ParameterizedTest
  @CsvSource({"1,0,5.1.1", "1,5,4.4.7", "1,40,5.1.0", "0,48,5.3.4", "2,99,5.6.3", "9,99,5.0.0"})
  void codeToStatus(int reason, int diagnostic, String status) {
    assertThat(CodeTables.toStatus(X400Code.of(reason, diagnostic))).isEqualTo(status);
  }

  @Test
  void whatIsThereStays() {
    Failure both =
        Failure.of(Failure.Cause.INTERNAL, "x")
            .withSmtp(new SmtpCode(552, "5.3.4"))
            .withX400(X400Code.of(5));
    assertThat(CodeTables.withX400(CodeTables.withSmtp(both))).isEqualTo(both);
  }

  @Test
  void everyCauseGetsCodes() {
    for (Failure.Cause cause : Failure.Cause.values()) {
      Failure failure = Failure.of(cause, "x");
      assertThat(CodeTables.withX400(failure).x400()).isPresent();
      assertThat(CodeTables.withSmtp(failure).smtp()).isPresent();
    }
    assertThat(CodeTables.withSmtp(Failure.of(Failure.Cause.UNKNOWN_RECIPIENT, "x")).smtp())
        .contains(new SmtpCode(550, "5.1.1"));
  }
}
