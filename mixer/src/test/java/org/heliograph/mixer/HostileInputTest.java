package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, a message crosses or fails; the shaper does not throw. */
class HostileInputTest {
  private static final RecipientId FIRST = new RecipientId(1);

  /** Content of a message that another switch sent (P22, indefinite lengths). */
  private static final String REAL =
      "a08031806b31132f2871293135353030204d6f6e204e6f762032332031323a31373a323520323032"
          + "362871292861297070612e74657374a0236021301f6104130247426203130120a205130350504183"
          + "03505041a5068004726f6f74a22d312ba029602730256104130247426203130120a2051303505042"
          + "8303505042a50c800a6e6f7375636875736572a80b14097031203838206e64728c010100003014a0"
          + "123103800105160b746f206e6f626f64790d0a0000";

  private final TestBench bench = new TestBench();

  static Envelope x400(ContentType type) {
    try {
      return Envelope.message(type, TestBench.NOW, Source.internal(new ChannelName("p1")))
          .originator(StdOr.parse("/S=root/PRMD=PPA/ADMD= /C=GB/"))
          .recipient(Recipient.of(1, StdOr.parse("/G=bob/S=jones/PRMD=BRAVO/ADMD= /C=XX/")))
          .identification(
              Identification.none()
                  .withMtsIdentifier(
                      new MtsIdentifier(
                          new GlobalDomain("GB", " ", Optional.of("PPA")), "mta.ppa.te.496")))
          .build();
    } catch (AddressMappingException e) {
      throw new AssertionError(e);
    }
  }

  private Outcome shape(Envelope envelope, byte[] content) throws Exception {
    bench.made.clear();
    Map<RecipientId, Outcome> outcomes = bench.shape(TestBench.shaper("BRAVO"), envelope, content);
    assertThat(outcomes).containsOnlyKeys(FIRST);
    return java.util.Objects.requireNonNull(outcomes.get(FIRST));
  }

  @Test
  void aRealMessageOfAnotherSwitchBecomesMail() throws Exception {
    assertThat(shape(x400(ContentTypes.P22), Octets.ofHex(REAL).toByteArray()))
        .isEqualTo(Outcome.reshaped());
    Draft mail = bench.made.getFirst();
    String text = new String(bench.store.octets(mail.content()), StandardCharsets.US_ASCII);
    assertThat(text)
        .contains("Subject: p1 88 ndr\r\n")
        .contains("Message-ID: <\"15500 Mon Nov 23 12:17:25 2026\"@ppa.test>\r\n")
        .contains("From: \"/S=root/O=PPA/PRMD=PPA/ADMD= /C=GB/\"@bravo.example\r\n")
        .contains("X400-MTS-Identifier: [/PRMD=PPA/ADMD= /C=GB/;mta.ppa.te.496]\r\n")
        .endsWith("\r\n\r\nto nobody\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "a0", "a080", "3003020101", "a1800000", "ffffffffffffffff"})
  void contentsThatAreNoneFailWithBothCodes(String hex) throws Exception {
    for (ContentType type :
        new ContentType[] {ContentTypes.P2, ContentTypes.P22, ContentTypes.P772}) {
      assertThat(shape(x400(type), Octets.ofHex(hex).toByteArray()))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> {
                assertThat(f.failure().cause()).isEqualTo(Failure.Cause.CONTENT_SYNTAX);
                assertThat(f.failure().x400()).isPresent();
                assertThat(f.failure().smtp()).isPresent();
              });
    }
    assertThat(bench.made).isEmpty();
  }

  @Test
  void anUnknownContentTypeIsCarriedWholeAndComesBack() throws Exception {
    byte[] edi = {1, 2, 3, (byte) 200};
    ContentType type = new ContentType.BuiltIn(35);
    assertThat(shape(x400(type), edi)).isEqualTo(Outcome.reshaped());
    Draft mail = bench.made.getFirst();
    TestBench back = new TestBench();
    back.shape(TestBench.shaper("ALPHA"), mail.envelope(), bench.store.octets(mail.content()));
    Draft x400 = back.made.getFirst();
    assertThat(x400.envelope().contentType()).isEqualTo(type);
    assertThat(back.store.octets(x400.content())).isEqualTo(edi);
  }

  @Test
  void criticalExtensionsThatMailCannotSayRefuseTheMessage() throws Exception {
    Extension token =
        new Extension(
            new Extension.Standard(16),
            Set.of(Extension.Criticality.DELIVERY),
            Bytes.of(new byte[] {5, 0}));
    Envelope critical =
        x400(ContentTypes.P22).change().extensions(java.util.List.of(token)).build();
    assertThat(shape(critical, Octets.ofHex(REAL).toByteArray()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> assertThat(f.failure().cause()).isEqualTo(Failure.Cause.CRITICAL_EXTENSION));
    Envelope harmless =
        critical
            .change()
            .extensions(java.util.List.of(new Extension(token.type(), Set.of(), token.value())))
            .build();
    assertThat(shape(harmless, Octets.ofHex(REAL).toByteArray())).isEqualTo(Outcome.reshaped());
    assertThat(
            new String(
                bench.store.octets(bench.made.getFirst().content()), StandardCharsets.US_ASCII))
        .contains("Discarded-X400-MTS-Extensions: 16\r\n");
  }

  @Test
  void everyTruncationAndManyMutationsOfARealMessage() throws Exception {
    byte[] real = Octets.ofHex(REAL).toByteArray();
    for (int length = 0; length < real.length; length++) {
      assertThat(shape(x400(ContentTypes.P22), java.util.Arrays.copyOf(real, length)))
          .as("first " + length)
          .isInstanceOf(Outcome.Failed.class);
    }
    Random random = new Random(2156);
    int crossed = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] mutated = real.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      Outcome outcome = shape(x400(ContentTypes.P22), mutated);
      crossed += outcome.equals(Outcome.reshaped()) ? 1 : 0;
      if (outcome instanceof Outcome.Failed f) {
        assertThat(f.failure().text())
            .as("seed 2156, round " + i)
            .isNotEqualTo("the message could not be converted");
      }
    }
    assertThat(crossed).isPositive();
  }

  @Test
  void strangeMailCrossesOrFails() throws Exception {
    String[] mails = {
      "",
      "\r\n",
      "no header at all",
      ": nameless\r\n\r\nx",
      "Subject: =?x-none?q?=zz?=\r\nContent-Type: ;;;\r\nMIME-Version: 1.0\r\n\r\nx",
      "Content-Type: multipart/mixed\r\nMIME-Version: 1.0\r\n\r\n--x\r\n",
      "Content-Type: multipart/mixed; boundary=x\r\nMIME-Version: 1.0\r\n\r\n--x",
      "Content-Type: multipart/signed; boundary=x\r\nMIME-Version: 1.0\r\n\r\n\u00ff\u00fe--x",
      "Content-Type: text/plain; charset=\"\"\r\n\r\n\u00ff",
      "Content-Type: text/plain; charset=utf-16\r\n\r\nab",
      "Content-Type: application/x400-bp; bp-type=5\r\n\r\nnot a body part",
      "Content-Type: application/x400-content; content-type=x\r\n\r\nx",
      "Content-Type: application/x-ftbp.1.2.x\r\n\r\nx",
      "To: <<<>>>\r\nFrom: @\r\nCc: a@b, \"\r\nMessage-ID: <>\r\nReferences: <<>\r\n\r\nx",
      "MMHS-Primary-Precedence: 99\r\nMMHS-Subject-Indicator-Codes: \u00e4\r\n\r\nx",
      "Date: never\r\nReceived: from\r\nX400-Received: by ; ;\r\nDL-Expansion-History: ;;\r\n\r\nx",
      "SIO-Label: type=\":ess\"; label=\"AAAA\"\r\n\r\nx",
      "Content-Language: \r\nExpires: 31 Feb 1800\r\nImportance: very\r\n\r\nx"
    };
    for (String mail : mails) {
      Outcome outcome = shape(RoundTripTest.envelope(), mail.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(outcome).as(mail).isEqualTo(Outcome.reshaped());
      Draft x400 = bench.made.getFirst();
      TestBench back = new TestBench();
      assertThat(
              back.shape(
                      TestBench.shaper("BRAVO"),
                      x400.envelope(),
                      bench.store.octets(x400.content()))
                  .get(FIRST))
          .as(mail)
          .isEqualTo(Outcome.reshaped());
    }
  }

  @Test
  void randomMailNeverThrows() throws Exception {
    Random random = new Random(2157);
    String[] pieces = {
      "Content-Type: multipart/mixed; boundary=a\r\n",
      "--a\r\n",
      "--a--\r\n",
      "\r\n",
      "\r\n\r\n",
      "Content-Type: message/rfc822\r\n",
      "Content-Transfer-Encoding: base64\r\n",
      "AAEC\r\n",
      "MMHS-Message-Type: drill\r\n",
      "Subject: \u00e9\u00e8\r\n",
      "text \u00ff\r\n",
      "Content-Type: text/plain; charset=utf-8\r\n",
      "Content-Disposition: attachment; filename*=''\r\n",
      "Content-Type: multipart/alternative; boundary=b\r\n",
      "--b\r\n",
      "=?utf-8?b?!!?=\r\n",
      "MIME-Version: 1.0\r\n",
      "Content-Type: multipart/encrypted; boundary=a\r\n"
    };
    for (int i = 0; i < 1500; i++) {
      StringBuilder mail = new StringBuilder();
      for (int k = 0; k < random.nextInt(20); k++) {
        mail.append(pieces[random.nextInt(pieces.length)]);
      }
      Outcome outcome =
          shape(RoundTripTest.envelope(), mail.toString().getBytes(StandardCharsets.ISO_8859_1));
      assertThat(outcome).as("seed 2157, round " + i + ": " + mail).isEqualTo(Outcome.reshaped());
      Draft x400 = bench.made.getFirst();
      TestBench back = new TestBench();
      assertThat(
              back.shape(
                      TestBench.shaper("BRAVO"),
                      x400.envelope(),
                      bench.store.octets(x400.content()))
                  .get(FIRST))
          .as("seed 2157, round " + i + ": " + mail)
          .isEqualTo(Outcome.reshaped());
    }
  }
}
