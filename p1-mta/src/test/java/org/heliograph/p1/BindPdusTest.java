package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.osi.Mode;
import org.junit.jupiter.api.Test;

class BindPdusTest {
  private static final Octets ARGUMENT =
      Octets.ofHex(
          "B0 16" // [16] argument
              + "A1 14" // [1] authenticated
              + "80 05 6D74612E61" // initiator-name mta.a
              + "A1 0B" // initiator-credentials
              + "16 09 7365637265742E2E2E"); // IA5String secret...

  @Test
  void writesAndReadsTheArgument() throws Exception {
    Credentials ours = Credentials.ia5("mta.a", "secret...");

    assertThat(BindPdus.argument(Optional.of(ours).map(BindPdus.Given::password), Mode.NORMAL))
        .isEqualTo(ARGUMENT);
    BindPdus.Said said = BindPdus.readArgument(ARGUMENT);
    assertThat(said.name()).contains("mta.a");
    assertThat(ours.matches(said.password().orElseThrow())).isTrue();
  }

  @Test
  void takesAPasswordInEitherForm() throws Exception {
    Credentials octets = Credentials.octets("mta.a", Bytes.ofText("secret..."));

    assertThat(
            BindPdus.argument(Optional.of(octets).map(BindPdus.Given::password), Mode.NORMAL)
                .hex(99))
        .endsWith("0409" + "7365637265742e2e2e");
    assertThat(octets.matches(BindPdus.readArgument(ARGUMENT).password().orElseThrow())).isTrue();
    assertThat(octets.matches(Octets.utf8("secret.."))).isFalse();
  }

  @Test
  void readsWithoutTheOuterTag() throws Exception {
    Octets bare =
        BindPdus.argument(
            Optional.of(Credentials.ia5("mta.a", "x")).map(BindPdus.Given::password), Mode.X410_12);
    assertThat(bare.at(0)).isEqualTo(0xA1);
    assertThat(BindPdus.readArgument(bare).name()).contains("mta.a");
    assertThat(BindPdus.readArgument(ARGUMENT.slice(2, ARGUMENT.length() - 2)).name())
        .contains("mta.a");
  }

  @Test
  void writesAndReadsTheNullBind() throws Exception {
    assertThat(BindPdus.argument(Optional.empty(), Mode.NORMAL))
        .isEqualTo(Octets.ofHex("B0 02 0500"));
    assertThat(BindPdus.readArgument(Octets.ofHex("B0 02 0500")).name()).isEmpty();
    assertThat(BindPdus.result(Optional.empty(), Mode.NORMAL))
        .isEqualTo(Octets.ofHex("B1 02 0500"));
    assertThat(BindPdus.readResult(Octets.ofHex("0500")).name()).isEmpty();
  }

  @Test
  void writesAndReadsResultAndError() throws Exception {
    Octets result =
        BindPdus.result(
            Optional.of(Credentials.ia5("mta.b", "pw")).map(BindPdus.Given::password), Mode.NORMAL);

    assertThat(result.at(0)).isEqualTo(0xB1);
    assertThat(BindPdus.readResult(result).name()).contains("mta.b");
    assertThat(BindPdus.error(BindPdus.AUTHENTICATION_ERROR))
        .isEqualTo(Octets.ofHex("B2 03 02 01 02"));
    assertThat(BindPdus.describeError(Octets.ofHex("B2 03 02 01 02")))
        .isEqualTo("authentication-error (2)");
    assertThat(BindPdus.describeError(Octets.ofHex("02 01 00"))).isEqualTo("busy (0)");
    assertThat(BindPdus.describeError(Octets.ofHex("FF"))).contains("cannot be read");
  }

  @Test
  void refusesEveryTruncation() {
    for (long n = 0; n < ARGUMENT.length(); n++) {
      Octets cut = ARGUMENT.slice(0, n);
      assertThatThrownBy(() -> BindPdus.readArgument(cut))
          .as("first %d octets", n)
          .isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void neverShowsAPassword() {
    assertThat(Credentials.ia5("mta.a", "secret...").toString()).doesNotContain("secret");
  }

  @Test
  void refusesNamesAndPasswordsOutOfBounds() {
    assertThatThrownBy(() -> Credentials.ia5("", "x")).hasMessageContaining("MTA name");
    assertThatThrownBy(() -> Credentials.ia5("x".repeat(33), "x")).hasMessageContaining("MTA name");
    assertThatThrownBy(() -> Credentials.ia5("x", "p".repeat(63)))
        .hasMessageContaining("63 octets");
  }
}
