package org.heliograph.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.heliograph.conf.DemoPki;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.server.command.Program;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.engine.Switch;
import org.heliograph.server.process.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A switch that takes associations over TLS, as ping and OpenSSL see it. */
class PingTlsTest {
  @TempDir Path directory;
  private Switch running;
  private int port;
  private int clear;
  private String out = "";

  @BeforeEach
  void start() throws Exception {
    port = new Ports().free();
    clear = new Ports().free();
    DemoPki pki = new DemoPki(Instant.now());
    pki.writeAnchor(directory.resolve("anchor.pem"));
    new DemoPki(Instant.now()).writeAnchor(directory.resolve("other.pem"));
    issue(pki, "bravo", "localhost", Duration.ofDays(1));
    issue(pki, "tester", "tester.example", Duration.ofDays(1));
    issue(pki, "expired", "tester.example", Duration.ofMinutes(-30));
    Files.writeString(directory.resolve("password"), "excalibur\n");
    Path file =
        Files.writeString(
            directory.resolve("bravo.conf"),
            """
            home = d
            domain { country = XX, prmd = BRAVO, mta = MTA-BRAVO }
            p1 {
              listen = ["127.0.0.1:%d"]
              secure = [ {
                address = "127.0.0.1:%d"
                keys { file = bravo.p12, password { file = bravo.password } }
                anchors = [anchor.pem]
              } ]
              peers.tester {
                theirs { mta = TESTER, password { file = password } }
                ours { mta = MTA-BRAVO, password { file = password } }
                from { certificate { names = [tester.example] } }
              }
              peers.strong {
                theirs { mta = STRONG, anchors = [anchor.pem], certificate { names = [tester.example] } }
                ours { mta = MTA-BRAVO, keys { file = bravo.p12, password { file = bravo.password } } }
              }
            }
            """
                .formatted(clear, port));
    running = Switch.start(ConfigurationFile.read(file));
  }

  private void issue(DemoPki pki, String name, String host, Duration life) throws Exception {
    pki.write(
        directory,
        name,
        pki.issue(
            new DemoPki.Holder(name, Optional.empty(), Optional.of(host), Optional.empty()),
            KeyType.EC_P256,
            life));
  }

  @AfterEach
  void stop() {
    running.stop();
  }

  private int ping(int at, String host, String tls) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("peer.conf"),
            """
            address = "%s:%d"
            ours { mta = TESTER, password { file = password } }
            theirs { mta = MTA-BRAVO, password { file = password } }
            domain { country = XX, prmd = TEST, mta = TESTER }
            recipient = "S=postmaster; P=BRAVO; A=; C=XX"
            %s
            """
                .formatted(host, at, tls));
    StringWriter said = new StringWriter();
    CommandLine line = Program.commandLine();
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(said, true));
    int code = line.execute("ping", "--timeout", "5", "--peer", file.toString());
    out = said.toString();
    return code;
  }

  private static String keys(String name) {
    return "keys { file = %s.p12, password { file = %s.password } }".formatted(name, name);
  }

  @Test
  void tlsIsAStepOfItsOwn() throws IOException {
    assertThat(ping(port, "localhost", "tls { " + keys("tester") + ", anchors = [anchor.pem] }"))
        .as(() -> out)
        .isZero();
    assertThat(out)
        .contains("TLS handshake", "tls: TLSv1.3", "CN=bravo", "associated and released");

    assertThat(ping(port, "localhost", "tls { " + keys("tester") + ", anchors = [other.pem] }"))
        .isEqualTo(1);
    assertThat(out).contains("NOT associated, tls: a certificate of the peer is not by whom");
    assertThat(ping(port, "127.0.0.1", "tls { " + keys("tester") + ", anchors = [anchor.pem] }"))
        .isEqualTo(1);
    assertThat(out).contains("NOT associated, tls: the peer's certificate is for another name");
    assertThat(ping(port, "localhost", "tls { anchors = [anchor.pem] }")).isEqualTo(1);
    assertThat(out).contains("NOT associated, tls: the peer").contains("certificate");
    assertThat(ping(port, "localhost", "tls { " + keys("expired") + ", anchors = [anchor.pem] }"))
        .isEqualTo(1);
    assertThat(out).contains("NOT associated, tls: the peer").contains("our certificate");
    assertThat(
            ping(
                port,
                "localhost",
                "tls { "
                    + keys("tester")
                    + ", anchors = [anchor.pem], certificate { subject = \"CN=charlie\" } }"))
        .isEqualTo(1);
    assertThat(out).contains("its certificate is for 'O=For demonstrations only,CN=bravo', not");
  }

  @Test
  void bindTokensProveNames() throws IOException {
    String theirs = "theirs { mta = MTA-BRAVO, anchors = [anchor.pem] }";
    assertThat(
            ping(
                clear,
                "127.0.0.1",
                "ours = null, ours { mta = STRONG, "
                    + keys("tester")
                    + " }, theirs = null, "
                    + theirs))
        .as(() -> out)
        .isZero();
    assertThat(out).contains("bind: MTA name \"MTA-BRAVO\"", "associated and released");
    assertThat(
            ping(
                clear,
                "127.0.0.1",
                "ours = null, ours { mta = STRONG, "
                    + keys("bravo")
                    + " }, theirs = null, "
                    + theirs))
        .isEqualTo(1);
    assertThat(out).contains("NOT associated, bind: bind refused: authentication-error");
    assertThat(ping(clear, "127.0.0.1", "ours { anchors = [anchor.pem] }")).isEqualTo(1);
    assertThat(out).contains("ours: either a password, or for bind tokens keys");
  }

  @Test
  void eachTakesTheOtherForWhatItIs() throws IOException {
    assertThat(ping(clear, "localhost", "tls { anchors = [anchor.pem] }")).isEqualTo(1);
    assertThat(out).contains("NOT associated, tls: the peer does not speak TLS there");
    assertThat(ping(port, "localhost", "")).isEqualTo(1);
    assertThat(out).contains("NOT associated, transport").contains("does it speak without TLS?");
    // In clear text the right password is not enough for a peer that has to show a certificate.
    assertThat(ping(clear, "localhost", "")).isEqualTo(1);
    assertThat(out).contains("authentication-error");
    assertThat(ping(clear, "localhost", "tls { keys { file = none.p12 } }")).isEqualTo(1);
    assertThat(out).contains("peer.conf:6: tls.keys.file: no readable file");
  }

  @Test
  void openSslFindsTheSameVersionsAndWantsACertificateAsked() throws Exception {
    for (String version : new String[] {"-tls1_3", "-tls1_2"}) {
      Process openssl =
          new ProcessBuilder(
                  "openssl",
                  "s_client",
                  version,
                  "-connect",
                  "localhost:" + port,
                  "-CAfile",
                  directory.resolve("anchor.pem").toString(),
                  "-verify_return_error",
                  "-verify_hostname",
                  "localhost")
              .redirectErrorStream(true)
              .start();
      openssl.getOutputStream().close();
      assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(
              "Verification: OK",
              version.equals("-tls1_3") ? "TLSv1.3" : "TLSv1.2",
              "Acceptable client certificate CA names",
              "Heliograph demonstration root");
    }
  }
}
