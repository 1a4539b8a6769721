package org.heliograph.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code heliograph address show}. */
class AddressCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Program.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void showsEveryTextForm() {
    assertThat(run("address", "show", "C=GB; A=; P=MOD; O=HQ; S=Smith; G=Anna")).isZero();
    assertThat(out.toString())
        .contains(
            "form: mnemonic",
            "labelled: /C=GB/ADMD= /PRMD=MOD/O=HQ/S=Smith/G=Anna/",
            "semicolons: G=Anna; S=Smith; O=HQ; P=MOD; A=; C=GB",
            "std-or: /G=Anna/S=Smith/O=HQ/PRMD=MOD/ADMD= /C=GB/");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("address", "show", "C=GB; A=x")).isEqualTo(1);
    assertThat(out.toString()).contains("form: none: nothing below A");
    assertThat(run("address", "show", "G=Anna; Z=1")).isEqualTo(1);
    assertThat(err.toString()).contains("heliograph: no O/R address: 'Z' is no attribute");
    assertThat(run("address")).isEqualTo(2);
  }
}
