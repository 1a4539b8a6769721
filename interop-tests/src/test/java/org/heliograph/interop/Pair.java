package org.heliograph.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two switches linked by P1: Alpha with the mail domain alpha.example, Bravo with bravo.example;
 * each delivers its own domain's mail to the same mailboxes.
 */
final class Pair implements AutoCloseable {
  /** Most associations between the two. */
  static final int ASSOCIATIONS = 2;

  enum Protection {
    OFF("x400"),
    ON("cms");

    private final String form;

    Protection(String form) {
      this.form = form;
    }
  }

  private static final String TEMPLATE =
      """
      node = @name@
      host-name = @name@.example
      home = data
      ports-file = ports
      postmaster = "postmaster@@name@.example"
      domain { country = XX, prmd = @PRMD@, mta = MTA-@PRMD@ }
      retry { first = 200 ms, longest = 1 s, give-up = 1 d }
      smtp {
        listen = [{ address = "127.0.0.1:@smtp@" }]
        peers { mailboxes { address = "127.0.0.1:@mailboxes@", starttls = never } }
      }
      p1 {
        listen = ["127.0.0.1:@p1@"]
        peers.@other@ {
          addresses = ["127.0.0.1:@to@"]
          theirs { mta = MTA-@OTHER@, password { file = password } }
          ours { mta = MTA-@PRMD@, password { file = password } }
          calling { transport = @PRMD@ }
          called { transport = @OTHER@ }
        }
      }
      mixer { mapping = mapping.table }
      @protection@
      routes = [
        { to = @name@.example, via = smtp, peer = mailboxes }
        { to = "/PRMD=@PRMD@/ADMD= /C=XX/", via = smtp, peer = mailboxes, form = mail }
        { to = @other@.example, via = p1, peer = @other@, form = @form@ }
        { to = "/PRMD=@OTHER@/ADMD= /C=XX/", via = p1, peer = @other@, form = @form@ }
      ]
      """;

  private static final String MAPPING =
      """
      alpha.example#PRMD$ALPHA.ADMD$ .C$XX#
      bravo.example#PRMD$BRAVO.ADMD$ .C$XX#
      """;

  /**
   * The configurations of both, written and not started.
   *
   * @param alpha Alpha's configuration file
   * @param bravoP1 the port that Bravo listens on
   */
  record Layout(Path alpha, Path bravo, int alphaSmtp, int bravoSmtp, int bravoP1) {
    TestSwitch startAlpha() throws IOException, InterruptedException {
      return TestSwitch.start("alpha", alpha, HEAP);
    }

    TestSwitch startBravo() throws IOException, InterruptedException {
      return TestSwitch.start("bravo", bravo, HEAP);
    }
  }

  private static final String HEAP = "256m";

  private final TestSwitch alpha;
  private final TestSwitch bravo;
  private final Layout layout;

  private Pair(TestSwitch alpha, TestSwitch bravo, Layout layout) {
    this.alpha = alpha;
    this.bravo = bravo;
    this.layout = layout;
  }

  /** Linked directly. */
  static Pair start(Path directory, int mailboxes, Protection protection)
      throws IOException, InterruptedException {
    int bravoP1 = TestSwitch.freePort();
    return start(directory, mailboxes, protection, bravoP1, bravoP1);
  }

  /**
   * Starts both.
   *
   * @param toBravo the port that Alpha calls: Bravo's own, or that of something in between
   */
  static Pair start(Path directory, int mailboxes, Protection protection, int bravoP1, int toBravo)
      throws IOException, InterruptedException {
    Layout layout = lay(directory, mailboxes, protection, bravoP1, toBravo);
    TestSwitch bravo = layout.startBravo();
    try {
      return new Pair(layout.startAlpha(), bravo, layout);
    } catch (IOException | InterruptedException failed) {
      bravo.close();
      throw failed;
    }
  }

  /** Writes everything that both need. */
  static Layout lay(Path directory, int mailboxes, Protection protection, int bravoP1, int toBravo)
      throws IOException {
    int alphaSmtp = TestSwitch.freePort();
    int bravoSmtp = TestSwitch.freePort();
    int alphaP1 = TestSwitch.freePort();
    if (protection == Protection.ON) {
      Pki.write(directory.resolve("pki"));
    }
    return new Layout(
        write(
            directory,
            "alpha",
            configuration("alpha", "bravo", alphaSmtp, alphaP1, toBravo, mailboxes, protection)),
        write(
            directory,
            "bravo",
            configuration("bravo", "alpha", bravoSmtp, bravoP1, alphaP1, mailboxes, protection)),
        alphaSmtp,
        bravoSmtp,
        bravoP1);
  }

  private static Path write(Path directory, String name, String configuration) throws IOException {
    Path file = prepare(directory.resolve(name)).resolve(name + ".conf");
    Files.writeString(file, configuration);
    return file;
  }

  private static Path prepare(Path home) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("password"), "excalibur\n");
    Files.writeString(home.resolve("mapping.table"), MAPPING);
    return home;
  }

  private static String configuration(
      String name, String other, int smtp, int p1, int to, int mailboxes, Protection protection) {
    return TEMPLATE
        .replace("@protection@", protection == Protection.ON ? PROTECTION : "")
        .replace("@name@", name)
        .replace("@PRMD@", name.toUpperCase(java.util.Locale.ROOT))
        .replace("@other@", other)
        .replace("@OTHER@", other.toUpperCase(java.util.Locale.ROOT))
        .replace("@smtp@", Integer.toString(smtp))
        .replace("@p1@", Integer.toString(p1))
        .replace("@to@", Integer.toString(to))
        .replace("@mailboxes@", Integer.toString(mailboxes))
        .replace("@form@", protection.form);
  }

  private static final String PROTECTION =
      """
      protection {
        keys = ../pki/@name@.p12
        password = { file = ../pki/@name@.password }
        anchors = [../pki/anchor.pem]
        certificates = [../pki/@other@.pem]
      }
      """;

  TestSwitch alpha() {
    return alpha;
  }

  TestSwitch bravo() {
    return bravo;
  }

  int alphaSmtp() {
    return layout.alphaSmtp();
  }

  int bravoSmtp() {
    return layout.bravoSmtp();
  }

  @Override
  public void close() throws InterruptedException {
    alpha.close();
    bravo.close();
  }
}
