package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.heliograph.osi.Mode;
import org.heliograph.p1.Credentials;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.PeerFileSettings;
import org.heliograph.server.engine.X400Peers;
import org.heliograph.server.interop.Suite;
import org.heliograph.server.interop.Verdict;
import org.heliograph.server.peer.Target;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conformance suite: against a switch of our own, and with HELIOGRAPH_PEER=FILE against the MTA
 * that the peer file describes.
 */
class ConformanceTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyCase() throws Exception {
    String given = System.getenv("HELIOGRAPH_PEER");
    if (given != null) {
      return tests(Path.of(given));
    }
    int port = TestSwitch.freePort();
    int back = TestSwitch.freePort();
    Path ours = configuration(port, back);
    try (TestSwitch bravo = TestSwitch.start("bravo", ours, "256m")) {
      assertThat(bravo.alive()).isTrue();
      return tests(peerFile(port, back));
    }
  }

  private Path configuration(int port, int back) throws IOException {
    Files.writeString(directory.resolve("password"), "excalibur\n");
    Files.writeString(directory.resolve("members"), "/S=postmaster/PRMD=BRAVO/ADMD= /C=XX/\n");
    return Files.writeString(
        directory.resolve("bravo.conf"),
        """
        node = bravo
        home = data
        ports-file = ports
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
        routes = [
          { to = "P=BRAVO; A=; C=XX", via = file, known = ["S=postmaster"] }
          { to = "P=TEST; A=; C=XX", via = p1, peer = tester }
        ]
        lists = [{ address = "/CN=all/PRMD=BRAVO/ADMD= /C=XX/", members = members }]
        redirections = [
          { from = "/S=moved/PRMD=BRAVO/ADMD= /C=XX/", to = "/S=postmaster/PRMD=BRAVO/ADMD= /C=XX/" }
        ]
        """
            .formatted(port, back));
  }

  private Path peerFile(int port, int back) throws IOException {
    return Files.writeString(
        directory.resolve("peer.conf"),
        """
        address = "127.0.0.1:%d"
        ours { mta = TESTER, password { file = password } }
        theirs { mta = MTA-BRAVO, password { file = password } }
        domain { country = XX, prmd = TEST, mta = TESTER }
        listen = "127.0.0.1:%d"
        recipient = "S=postmaster; P=BRAVO; A=; C=XX"
        unknown = "S=nobody; P=BRAVO; A=; C=XX"
        redirected = "S=moved; P=BRAVO; A=; C=XX"
        list = "CN=all; P=BRAVO; A=; C=XX"
        contents = ["2", "22", p772, cms]
        patience = 30 s
        """
            .formatted(port, back));
  }

  private static Stream<DynamicTest> tests(Path peer) throws Exception {
    PeerFileSettings file = ConfigurationFile.readPeer(peer);
    Target target =
        new Target(
            "the peer",
            file.address(),
            Mode.valueOf(file.mode().name()),
            file.ours().map(X400Peers::credentials),
            file.theirs().<Credentials>map(X400Peers::credentials),
            X400Peers.selectors(file.calling()),
            X400Peers.selectors(file.called()));
    List<Suite.Ran> ran = Suite.run(file, target, List.of(), (number, one) -> {});
    return ran.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(one.group() + ": " + one.what().name(), () -> check(one)));
  }

  private static void check(Suite.Ran one) {
    Verdict verdict = one.verdict();
    Assumptions.assumeFalse(
        verdict.kind() == Verdict.Kind.NOT_SUPPORTED, "not supported: " + verdict.text());
    assertThat(verdict.kind())
        .as(
            () ->
                verdict.text()
                    + " ("
                    + one.what().clause()
                    + ")\n"
                    + String.join("\n", verdict.evidence().stream().map(p -> p.line()).toList()))
        .isEqualTo(Verdict.Kind.PASS);
  }
}
