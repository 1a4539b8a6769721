package org.heliograph.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProgramTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Program.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void everyVerbHasHelpWithAnExample() {
    everyVerb(Program.commandLine());
  }

  private static void everyVerb(CommandLine line) {
    line.getSubcommands()
        .forEach(
            (name, verb) -> {
              assertThat(verb.getUsageMessage())
                  .as(name)
                  .contains("Example: ./heliograph " + path(verb));
              assertThat(verb.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
              everyVerb(verb);
            });
  }

  private static String path(CommandLine verb) {
    return verb.getCommandSpec().qualifiedName().replaceFirst("^heliograph ", "");
  }

  @Test
  void misuseIsExitCodeTwo() {
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("check")).isEqualTo(2);
    assertThat(run("queue")).isEqualTo(2);
    assertThat(run("queue", "list")).isEqualTo(2);
  }

  @Test
  void failureIsExitCodeOneWithOneLine(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.conf"), "node = \n");
    assertThat(run("check", "-c", file.toString())).isEqualTo(1);
    assertThat(run("queue", "list", "--socket", directory.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("heliograph: no switch runs here").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path directory) {
    Path none = directory.resolve("none.p22");
    assertThat(run("decode", none.toString())).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("heliograph: " + none + ": no such file");
  }

  @Test
  void aGoodConfigurationIsExitCodeZero(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.conf"), "node = alpha\n");
    assertThat(run("check", "-c", file.toString())).isZero();
    assertThat(out.toString()).contains("good");
  }
}
