package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.heliograph.mixer.Leaves.Leaf;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated messages go to X.400 and back, and judges that know nothing of the gateway list what is
 * in them before, in between and after. Each difference must have a rule and its section; one
 * without fails, with the seed.
 */
class OracleTest {
  private static final int MESSAGES = 150;
  private static final List<String> CHARSETS =
      List.of("us-ascii", "utf-8", "iso-8859-1", "iso-8859-7", "iso-8859-15", "windows-1252");
  private static final String LETTERS = "abcdefghij klmnop. ,-=?_\u00e4\u00f6\u00e9\u03b1\u20ac";

  /** Why a leaf may look different behind two gateways. */
  private enum Rule {
    ASCII_IS_IA5("RFC 2157 6.1: text that is ASCII is IA5 text whatever its charset was called"),
    TEXT_FORM("RFC 2157 6.2: text is text, in a character set that says all of it");

    private final String text;

    Rule(String text) {
      this.text = text;
    }
  }

  private final Map<Rule, Integer> used = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {2157, 2156, 1494, 6477, 42})
  void everyLeafIsThereBeforeInBetweenAndAfter(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < MESSAGES; i++) {
      TestBench alpha = new TestBench();
      TestBench bravo = new TestBench();
      byte[] mail = message(random);
      String what =
          "seed " + seed + " message " + i + "\n" + new String(mail, StandardCharsets.ISO_8859_1);
      assertThat(alpha.shape(TestBench.shaper("ALPHA"), RoundTripTest.envelope(), mail).values())
          .as(what)
          .containsOnly(Outcome.reshaped());
      Draft x400 = alpha.made.getLast();
      byte[] content = alpha.store.octets(x400.content());
      assertThat(bravo.shape(TestBench.shaper("BRAVO"), x400.envelope(), content).values())
          .as(what)
          .containsOnly(Outcome.reshaped());
      byte[] back = bravo.store.octets(bravo.made.getLast().content());
      Leaves.Mail before = Leaves.ofMail(mail);
      Leaves.Mail after = Leaves.ofMail(back);
      assertThat(after.shape()).as(what).isEqualTo(before.shape());
      assertThat(after.leaves()).as(what).hasSameSizeAs(before.leaves());
      for (int k = 0; k < before.leaves().size(); k++) {
        explain(before.leaves().get(k), after.leaves().get(k), what);
      }
      if (!x400.envelope().contentType().equals(ContentTypes.P772)) {
        inBetween(before.leaves(), Leaves.ofX400(content), what);
      }
    }
    used.forEach((rule, count) -> assertThat(count).as(rule.text).isPositive());
  }

  /** Equal, or different by a rule. */
  private void explain(Leaf before, Leaf after, String what) {
    if (before.equals(after)) {
      return;
    }
    String where = before + "\nbecame\n" + after + "\nin " + what;
    assertThat(after.path()).as(where).isEqualTo(before.path());
    assertThat(after.type()).as(where).isEqualTo(before.type());
    assertThat(after.name()).as(where).isEqualTo(before.name());
    assertThat(after.description()).as(where).isEqualTo(before.description());
    assertThat(before.type()).as(where).startsWith("text/");
    boolean ascii = isAscii(before.octets());
    if (ascii && Arrays.equals(before.octets(), after.octets())) {
      rule(Rule.ASCII_IS_IA5);
    } else {
      assertThat(after.text()).as(where).isEqualTo(before.text());
      rule(Rule.TEXT_FORM);
    }
  }

  private void rule(Rule rule) {
    used.merge(rule, 1, Integer::sum);
  }

  private static boolean isAscii(byte[] octets) {
    for (byte b : octets) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** In X.400 the same leaves stand in the same order; files octet for octet. */
  private static void inBetween(List<Leaf> mail, List<Leaf> x400, String what) {
    assertThat(x400).as(what).hasSameSizeAs(mail);
    for (int i = 0; i < mail.size(); i++) {
      Leaf m = mail.get(i);
      Leaf x = x400.get(i);
      String where = m + "\nis\n" + x + "\nin " + what;
      switch (x.type()) {
        case "ia5", "file" -> assertThat(x.octets()).as(where).isEqualTo(m.octets());
        case "general" -> {
          boolean same = false;
          for (int part = 1; part <= 9; part++) {
            same |= new String(x.octets(), Charset.forName("ISO-8859-" + part)).equals(m.text());
          }
          assertThat(same).as(where).isTrue();
        }
        default -> throw new AssertionError(where);
      }
    }
  }

  private static byte[] message(Random random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(out, "From: alice.smith@alpha.example");
    line(out, "To: bob.jones@bravo.example");
    line(out, "Message-ID: <m" + random.nextInt(1_000_000) + "@alpha.example>");
    line(out, "Subject: " + (random.nextBoolean() ? "plain" : "=?utf-8?q?=E2=82=AC_5?="));
    line(out, "MIME-Version: 1.0");
    entity(random, 0, out);
    return out.toByteArray();
  }

  private static void entity(Random random, int depth, ByteArrayOutputStream out)
      throws IOException {
    int kind = random.nextInt(depth > 3 ? 6 : 10);
    if (kind < 4) {
      text(random, out);
    } else if (kind < 6) {
      file(random, out);
    } else if (kind < 9) {
      multipart(random, depth, out);
    } else if (depth > 0) {
      line(out, "Content-Type: message/rfc822");
      line(out, "");
      line(out, "From: carol@alpha.example");
      line(out, "Subject: inner");
      line(out, "Message-ID: <i" + random.nextInt(1_000_000) + "@alpha.example>");
      line(out, "MIME-Version: 1.0");
      entity(random, depth + 1, out);
    } else {
      text(random, out);
    }
  }

  private static void multipart(Random random, int depth, ByteArrayOutputStream out)
      throws IOException {
    String boundary = "b" + depth + "." + random.nextInt(1_000_000);
    String subtype = List.of("mixed", "alternative", "related", "parallel").get(random.nextInt(4));
    line(out, "Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + "\"");
    line(out, "");
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      line(out, "--" + boundary);
      entity(random, depth + 1, out);
      line(out, "");
    }
    line(out, "--" + boundary + "--");
  }

  private static void text(Random random, ByteArrayOutputStream out) throws IOException {
    String charset = CHARSETS.get(random.nextInt(CHARSETS.size()));
    Charset java = Charset.forName(charset);
    StringBuilder text = new StringBuilder();
    for (int lines = 1 + random.nextInt(4); lines > 0; lines--) {
      for (int n = random.nextInt(30); n > 0; n--) {
        char c = LETTERS.charAt(random.nextInt(LETTERS.length()));
        text.append(java.newEncoder().canEncode(c) ? c : 'x');
      }
      text.append("x\r\n");
    }
    byte[] octets = text.toString().getBytes(java);
    if (random.nextInt(5) > 0 || !charset.equals("us-ascii")) {
      String subtype = random.nextInt(4) == 0 ? "html" : "plain";
      line(out, "Content-Type: text/" + subtype + "; charset=" + charset);
    }
    switch (random.nextInt(3)) {
      case 0 -> {
        line(out, "Content-Transfer-Encoding: base64");
        line(out, "");
        out.write(Base64.getMimeEncoder().encode(octets));
        line(out, "");
      }
      case 1 -> {
        line(out, "Content-Transfer-Encoding: quoted-printable");
        line(out, "");
        for (byte b : octets) {
          boolean plain = b > 0x20 && b < 0x7F && b != '=' || b == '\r' || b == '\n';
          out.writeBytes(
              (plain ? String.valueOf((char) b) : String.format("=%02X", b & 0xFF))
                  .getBytes(StandardCharsets.US_ASCII));
        }
      }
      default -> {
        line(out, "Content-Transfer-Encoding: 8bit");
        line(out, "");
        out.write(octets);
      }
    }
  }

  private static void file(Random random, ByteArrayOutputStream out) throws IOException {
    byte[] octets = new byte[random.nextInt(500)];
    random.nextBytes(octets);
    String type =
        List.of("application/pdf", "application/octet-stream", "image/jpeg", "image/gif", "audio/x")
            .get(random.nextInt(5));
    line(out, "Content-Type: " + type + (random.nextInt(3) == 0 ? "; x=\"a b\"" : ""));
    if (random.nextBoolean()) {
      line(out, "Content-Disposition: attachment; filename=\"f " + random.nextInt(99) + ".bin\"");
    }
    if (random.nextInt(3) == 0) {
      line(out, "Content-Description: what it is " + random.nextInt(99));
    }
    line(out, "Content-Transfer-Encoding: base64");
    line(out, "");
    out.write(Base64.getMimeEncoder().encode(octets));
    line(out, "");
  }

  private static void line(ByteArrayOutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
