package org.heliograph.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.heliograph.server.command.Program;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Switch;
import org.heliograph.server.process.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** ping and send x400 as a new user tries them, against a switch of our own. */
class PeerToolsTest {
  @TempDir Path directory;
  private Switch running;
  private int port;
  private String out = "";
  private String err = "";

  @BeforeEach
  void start() throws Exception {
    port = new Ports().free();
    Files.writeString(directory.resolve("password"), "excalibur\n");
    Path file =
        Files.writeString(
            directory.resolve("bravo.conf"),
            """
            node = bravo
            home = d
            domain { country = XX, prmd = BRAVO, mta = MTA-BRAVO }
            p1 {
              listen = ["127.0.0.1:%d"]
              peers.tester {
                addresses = ["127.0.0.1:%d"]
                theirs { mta = TESTER, password { file = password } }
                ours { mta = MTA-BRAVO, password { file = password } }
              }
            }
            file { directory = delivered }
            routes = [ { to = "P=BRAVO; A=; C=XX", via = file, known = ["S=postmaster"] } ]
            """
                .formatted(port, port));
    running = Switch.start(ConfigurationFile.read(file));
  }

  @AfterEach
  void stop() {
    running.stop();
  }

  private int run(String... arguments) {
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    CommandLine line = Program.commandLine();
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(complained, true));
    int code = line.execute(arguments);
    out = said.toString();
    err = complained.toString();
    return code;
  }

  private String peer(int at, String name) throws IOException {
    return Files.writeString(
            directory.resolve("peer.conf"),
            """
            address = "127.0.0.1:%d"
            ours { mta = %s, password { file = password } }
            theirs { mta = MTA-BRAVO, password { file = password } }
            domain { country = XX, prmd = TEST, mta = TESTER }
            recipient = "S=postmaster; P=BRAVO; A=; C=XX"
            """
                .formatted(at, name))
        .toString();
  }

  @Test
  void pingSaysWhatWasNegotiatedAndWhatIsWrong() throws IOException {
    assertThat(run("ping", "--peer", peer(port, "TESTER"))).isZero();
    assertThat(out)
        .contains(
            "transport connection (CR, CC)",
            "TPDU of at most 65531 octets",
            "session: version 2",
            "contexts accepted 3 of 3",
            "id-ac-mts-transfer",
            "bind: MTA name \"MTA-BRAVO\"",
            "associated and released");
    assertThat(run("ping", "--peer", peer(port, "NOBODY"), "--json")).isEqualTo(1);
    assertThat(out).contains("\"layer\":\"bind\"", "authentication-error", "our name is");
    assertThat(run("ping", "--peer", peer(new Ports().free(), "TESTER"))).isEqualTo(1);
    assertThat(out).contains("NOT associated, tcp: TCP refused");
    assertThat(run("ping", "-c", directory.resolve("bravo.conf").toString(), "nobody"))
        .isEqualTo(1);
    assertThat(err).contains("no peer 'nobody' under p1.peers; there are: tester");
    assertThat(run("ping")).isEqualTo(2);
  }

  @Test
  void sendTransfersMessagesAndProbes() throws IOException {
    String peer = peer(port, "TESTER");
    String to = "S=postmaster; P=BRAVO; A=; C=XX";
    Path file = Files.writeString(directory.resolve("note.txt"), "a note");
    assertThat(
            run(
                "send",
                "x400",
                "--peer",
                peer,
                "--to",
                to,
                "--content",
                "p772",
                "--precedence",
                "flash",
                "--subject",
                "Test",
                "--text",
                "Are you there?",
                "--attach",
                file.toString(),
                "--label",
                "1.3.26.1.3.1:3",
                "--defer-until",
                "+1s",
                "--disclose",
                "--extension",
                "1.3.6.1.4.1.32473.9=0500"))
        .as(() -> err)
        .isZero();
    assertThat(out).contains("confirmed: 1");
    assertThat(run("send", "x400", "--peer", peer, "--to", to, "--probe", "--json")).isZero();
    assertThat(out).contains("\"confirmed\":1");
    assertThat(run("send", "x400", "--peer", peer, "--to", to, "--text", "x", "--repeat", "20"))
        .isZero();
    assertThat(out).contains("confirmed: 20", "per-second");
    assertThat(
            run(
                "send",
                "x400",
                "-c",
                directory.resolve("bravo.conf").toString(),
                "tester",
                "--into",
                "--from",
                "S=me; P=TEST; A=; C=XX",
                "--to",
                to,
                "--text",
                "inward"))
        .as(() -> err)
        .isZero();
    Path delivered = directory.resolve("delivered");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try (var all = Files.walk(delivered)) {
                return all.filter(Files::isRegularFile).count() >= 20;
              }
            });
  }

  @Test
  void badInputIsSaidToPeople() throws IOException {
    String peer = peer(port, "TESTER");
    assertThat(run("send", "x400", "--peer", peer, "--to", "S=a; Q=toolong; C=XX")).isEqualTo(1);
    assertThat(err).contains("GQ has 7 characters; at most 3");
    assertThat(run("send", "x400", "--peer", peer, "--to", "C=XX; S=a", "--report", "maybe"))
        .isEqualTo(1);
    assertThat(err).contains("--report is none, non-delivery or delivery, not 'maybe'");
    assertThat(run("send", "x400", "--to", "C=XX; S=a")).isEqualTo(2);
    assertThat(err).contains("say which peer");
    assertThat(run("send", "--recipient", "a@b.example")).isEqualTo(2);
    assertThat(run("interop")).isEqualTo(2);
    assertThat(run("interop", "--list")).isZero();
    assertThat(out).contains("refusal of a wrong password", "X.411 12.1.1.3");
    assertThat(run("interop", "--example")).isZero();
    assertThat(out).contains("recipient = ");
  }
}
