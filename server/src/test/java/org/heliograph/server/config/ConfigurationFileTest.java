package org.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.Precedence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("switch.conf"), text);
  }

  private List<Problem> problems(String text) throws IOException {
    Path file = file(text);
    var refused =
        catchThrowableOfType(ConfigurationException.class, () -> ConfigurationFile.read(file));
    assertThat(refused).as("refused").isNotNull();
    return refused.problems();
  }

  private String problem(String text) throws IOException {
    List<Problem> problems = problems(text);
    assertThat(problems).hasSize(1);
    return problems.getFirst().toString().substring(directory.toString().length() + 1);
  }

  @Test
  void anEmptyFileIsAllDefaults() throws Exception {
    SwitchSettings settings = ConfigurationFile.read(file(""));
    assertThat(settings.node()).isEqualTo("heliograph");
    assertThat(settings.home()).isEqualTo(directory.resolve("data"));
    assertThat(settings.store().inline()).isEqualTo(new Size(64 * 1024));
    assertThat(settings.retry().first()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.smtp()).isEmpty();
    assertThat(settings.routes()).isEmpty();
    assertThat(settings.socket()).isEqualTo(directory.resolve("data/heliograph.sock"));
  }

  @Test
  void everyKindOfValueIsRead() throws Exception {
    Files.writeString(directory.resolve("password"), "open sesame\nnot this\n");
    SwitchSettings settings =
        ConfigurationFile.read(
            file(
                """
                node = alpha
                retry { first = 500 ms, longest = 2 h }
                smtp {
                  listen = [ { address = "[::1]:0", relay-from = [ "10.0.0.0/8" ], max-message = 1 MiB } ]
                  peers.mailboxes { address = "127.0.0.1:2526", starttls = always }
                }
                domain { country = XX, mta = alpha-mta }
                p1.peers.bravo { theirs { mta = bravo-mta, password { file = password } } }
                file.directory = out
                protection {
                  keys = password, password { file = password }
                  anchors = [ password ]
                }
                routes = [
                  { to = bravo.example, via = p1, peer = bravo, form = cms }
                  { to = "/C=XX/", via = file }
                ]
                """));
    assertThat(settings.retry().first()).isEqualTo(Duration.ofMillis(500));
    var smtp = settings.smtp().orElseThrow();
    assertThat(smtp.listen().getFirst().address()).isEqualTo(new Endpoint("::1", 0));
    assertThat(smtp.listen().getFirst().relayFrom()).hasToString("[10.0.0.0/8]");
    assertThat(smtp.listen().getFirst().maxMessage()).isEqualTo(new Size(1 << 20));
    assertThat(smtp.peers().values().iterator().next().starttls())
        .isEqualTo(SmtpSettings.StartTls.ALWAYS);
    var bravo = settings.p1().orElseThrow().peers().values().iterator().next();
    assertThat(bravo.theirs().orElseThrow().password().orElseThrow().reveal())
        .isEqualTo("open sesame");
    assertThat(bravo).asString().doesNotContain("sesame");
    assertThat(settings.routes().getFirst().form()).contains(ContentFamily.CMS);
    assertThat(settings.routes().getLast().peer()).isEmpty();
  }

  @Test
  void anUnknownKeyIsRefusedWithTheOneThatWasMeant() throws Exception {
    assertThat(problem("node = a\n\nretry { frist = 5 s }\n"))
        .isEqualTo(
            "switch.conf:3: retry.frist: unknown key (did you mean first?); known here: first,"
                + " longest, give-up, delay-notice, precedences, fallback-after");
  }

  @Test
  void aPrecedenceMayHaveTimesOfItsOwn() throws Exception {
    assertThat(problem("retry.precedences.flesh { first = 1 s }"))
        .contains("there is no precedence flesh");
    var retry =
        ConfigurationFile.read(file("retry.precedences.flash { first = 1 s, give-up = 1 h }"))
            .retry()
            .queue();
    assertThat(retry.giveUp())
        .containsEntry(Precedence.FLASH, Duration.ofHours(1))
        .containsEntry(Precedence.ROUTINE, Duration.ofDays(2));
  }

  @Test
  void badValuesAreRefusedWithWhatWasExpected() throws Exception {
    assertThat(problem("retry.first = 5"))
        .startsWith("switch.conf:1: retry.first: found 5; expected a duration with its unit");
    assertThat(problem("store.inline = 2 MiB"))
        .isEqualTo(
            "switch.conf:1: store.inline: found \"2 MiB\"; expected a size such as 64 KiB or 10 MiB, at most 1 MiB");
    assertThat(problem("smtp = 7"))
        .isEqualTo("switch.conf:1: smtp: expected a section in braces, found 7");
    assertThat(problem("routes = {}"))
        .isEqualTo("switch.conf:1: routes: expected a list in brackets, found a section");
    assertThat(problem("routes = [{ to = x, via = pigeon, peer = y }]"))
        .isEqualTo(
            "switch.conf:1: routes[0].via: found \"pigeon\"; expected one of smtp, p1, file");
    assertThat(problem("smtp.listen = [{ address = \"here:99999\" }]"))
        .contains("smtp.listen[0].address: found \"here:99999\"; expected host:port");
    assertThat(problem("smtp.peers.x { address = \"h:1\", connections = 0 }"))
        .contains("found 0; expected a whole number, 1 to 1000");
    assertThat(problem("postmaster = nobody")).contains("postmaster: not a mailbox: 'nobody'");
  }

  @Test
  void aMissingKeyIsRefusedAtTheLineOfItsSection() throws Exception {
    assertThat(problem("node = a\ndomain {\n country = XX\n}\n"))
        .isEqualTo("switch.conf:2: domain.mta: missing; expected a text");
  }

  @Test
  void aRecordsOwnRuleIsHeld() throws Exception {
    assertThat(problem("retry { first = 2 h, longest = 1 h }"))
        .isEqualTo(
            "switch.conf:1: retry: longest is shorter than first; expected at least as long");
  }

  @Test
  void secretsMustNotStandInTheFileAndAreNeverShown() throws Exception {
    String text = problem("p1.peers.x.theirs { mta = x, password = sesame }");
    assertThat(text).contains("a secret does not stand in the file").doesNotContain("sesame");
    assertThat(problem("p1.peers.x.theirs { mta = x, password { file = nowhere } }"))
        .contains(
            "p1.peers.x.theirs.password: no readable file at " + directory.resolve("nowhere"));
    assertThat(problem("p1.peers.x.theirs { mta = x, password { env = NO_SUCH_VARIABLE_HERE } }"))
        .contains("the environment has no variable NO_SUCH_VARIABLE_HERE");
  }

  @Test
  void aFileThatMustBeThereIsMissed() throws Exception {
    assertThat(problem("mixer.mapping = nowhere.table"))
        .startsWith("switch.conf:1: mixer.mapping: no readable file at ");
  }

  @Test
  void routesMustLeadSomewhere() throws Exception {
    assertThat(problem("routes = [{ to = x, via = file }]"))
        .endsWith("routes[0] to x is via file, but there is no section file");
    assertThat(problem("smtp {}\nroutes = [{ to = x, via = smtp, peer = y }]"))
        .endsWith("routes[0] to x has peer y, which is not under smtp.peers");
    assertThat(problem("file {}\nroutes = [{ to = x, via = file, form = cms }]"))
        .endsWith("routes[0] to x wants form cms, but there is no section protection");
    assertThat(problem("mixer {}")).endsWith("section mixer needs a section domain");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws Exception {
    assertThat(problems("nod = a\nretry.first = x\nsmtp.listen = 5\n")).hasSize(3);
  }

  @Test
  void syntaxErrorsNameTheLine() throws Exception {
    assertThat(problem("node = a\nretry { first = \n")).startsWith("switch.conf:");
    var missing =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> ConfigurationFile.read(directory.resolve("none.conf")));
    assertThat(missing).hasMessageContaining("none.conf: no readable file");
  }
}
