package org.heliograph.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.SignedData;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Handling;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Oid;
import org.heliograph.model.Outcome;
import org.heliograph.model.RecipientId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL opens what we wrap, layer by layer; we open what OpenSSL wraps. */
class OpensslJudgeTest {
  private static final String SIGNED = "1.2.840.113549.1.7.2";
  private static final String ENVELOPED = "1.2.840.113549.1.7.3";
  private static final byte[] ID_DATA = HexFormat.of().parseHex("06092a864886f70d010701");
  private static final byte[] ID_SIGNED = HexFormat.of().parseHex("06092a864886f70d010702");

  @TempDir Path directory;

  static byte[] content(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    byte[] canary = "THE CANARY SINGS".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(canary, 0, octets, 0, Math.min(canary.length, length));
    return octets;
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_2048,RSA_2048,3000,22",
    "RSA_2048,EC_P256,3000,22",
    "EC_P256,RSA_2048,3000,2",
    "EC_P256,EC_P256,3000,1.3.26.0.4406.0.4.1",
    "EC_P256,EC_P256,0,22",
    "EC_P256,EC_P256,700000,22"
  })
  void opensslOpensWhatWeWrap(KeyType alpha, KeyType bravo, int size, String type)
      throws Exception {
    Openssl openssl = new Openssl(directory);
    Parties parties = new Parties(alpha, bravo);
    byte[] content = content(size);
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(content), Parties.CLOCK);
    Envelope envelope =
        Parties.envelope(ContentType.parse(type), Parties.user("BRAVO", "Baker"))
            .label(Optional.of(Parties.SECRET))
            .build();

    Map<RecipientId, Outcome> outcomes = bench.run(parties.protect(), envelope);

    assertThat(outcomes.values()).allMatch(o -> o instanceof Outcome.Reshaped);
    assertThat(bench.made).hasSize(1);
    Draft draft = bench.made.getFirst();
    Envelope made = draft.envelope();
    assertThat(made.contentType()).isEqualTo(ContentTypes.CONTENT_INFO);
    assertThat(made.encodedInformationTypes().extended())
        .containsExactly(new Oid("1.2.840.113549.1.9.16.10.6"));
    assertThat(made.handling().has(Handling.Flag.IMPLICIT_CONVERSION_PROHIBITED)).isTrue();
    assertThat(made.handling().has(Handling.Flag.DL_EXPANSION_PROHIBITED)).isTrue();
    assertThat(made.label()).contains(Parties.SECRET);
    byte[] wrapped = store.octets(draft.content());
    assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("CANARY SINGS");
    assertThat(bench.notes.toString()).doesNotContain("CANARY");

    openssl.certificate("root.pem", parties.pki.root());
    openssl.certificate("bravo.pem", parties.bravo.certificate());
    openssl.key("bravo.key", parties.bravo.key());
    openssl.certificate("alpha.pem", parties.alpha.certificate());
    openssl.key("alpha.key", parties.alpha.key());
    openssl.write("outer.der", wrapped);
    SignedData outer = SignedData.getInstance(ContentInfo.getInstance(wrapped).getContent());
    assertThat(outer.getEncapContentInfo().getContentType().getId()).isEqualTo(ENVELOPED);
    openssl.verify("outer.der", "enveloped.bare");
    byte[] bare = openssl.read("enveloped.bare");
    assertThat(EnvelopedData.getInstance(bare).getEncryptedContentInfo().getContentType().getId())
        .isEqualTo(SIGNED);
    openssl.write("enveloped.der", Openssl.contentInfo(ENVELOPED, bare));
    for (String who : List.of("bravo", "alpha")) {
      // The originator's own key opens it too (RFC 3855 2.6).
      openssl.decrypt("enveloped.der", who, "signed.bare");
      openssl.write("inner.der", Openssl.contentInfo(SIGNED, openssl.read("signed.bare")));
      openssl.verify("inner.der", "content");
      assertThat(openssl.read("content")).isEqualTo(content);
    }
    SignedData inner =
        SignedData.getInstance(ContentInfo.getInstance(openssl.read("inner.der")).getContent());
    assertThat(inner.getEncapContentInfo().getContentType().getId())
        .isEqualTo(
            switch (type) {
              case "22" -> "2.6.1.10.1";
              case "2" -> "2.6.1.10.0";
              default -> type;
            });
    String shown = openssl.cms("-cmsout", "-print", "-noout", "-inform", "DER", "-in", "inner.der");
    assertThat(shown)
        .contains("id-smime-aa-securityLabel", "id-smime-aa-signingCertificateV2", "signingTime");
    if (size > 300_000) {
      assertThat(bench.pauses).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_2048,RSA_2048,3000,22",
    "EC_P256,EC_P256,3000,1.3.26.0.4406.0.4.1",
    "RSA_2048,EC_P256,100000,2"
  })
  void weOpenWhatOpensslWraps(KeyType alpha, KeyType bravo, int size, String type)
      throws Exception {
    Openssl openssl = new Openssl(directory);
    Parties parties = new Parties(alpha, bravo);
    byte[] content = content(size);
    byte[] wrapped = opensslWraps(openssl, parties, content, type);
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(wrapped), Parties.CLOCK);
    Envelope envelope =
        Parties.envelope(ContentTypes.CONTENT_INFO, Parties.user("BRAVO", "Baker")).build();

    Map<RecipientId, Outcome> outcomes = bench.run(parties.unprotect(), envelope);

    assertThat(outcomes.values()).allMatch(o -> o instanceof Outcome.Reshaped);
    Draft draft = bench.made.getFirst();
    assertThat(draft.envelope().contentType()).isEqualTo(ContentType.parse(type));
    assertThat(store.octets(draft.content())).isEqualTo(content);
    assertThat(bench.notes.toString()).doesNotContain("CANARY");
  }

  /**
   * A library's complaint may quote what it could not read; what was encrypted must not leave so.
   */
  @Test
  void saysNothingOfWhatItDecrypted() throws Exception {
    Openssl openssl = new Openssl(directory);
    Parties parties = new Parties(KeyType.RSA_2048, KeyType.RSA_2048);
    // SEQUENCE { INTEGER 1, OCTET STRING "CANARY" }: well-formed, and no SignedData
    byte[] odd = HexFormat.of().parseHex("300b020101" + "0406" + "43414e415259");
    openssl.certificate("alpha.pem", parties.alpha.certificate());
    openssl.key("alpha.key", parties.alpha.key());
    openssl.certificate("bravo.pem", parties.bravo.certificate());
    openssl.write("1.bare", odd);
    byte[] wrapped = opensslEncloses(openssl, Layer.NONE);
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(wrapped), Parties.CLOCK);
    Map<RecipientId, Outcome> outcomes =
        bench.run(
            parties.unprotect(),
            Parties.envelope(ContentTypes.CONTENT_INFO, Parties.user("BRAVO", "Baker")).build());
    assertThat(outcomes.get(new RecipientId(1))).isInstanceOf(Outcome.Held.class);
    assertThat((outcomes + " " + bench.notes).toLowerCase(Locale.ROOT))
        .contains("not well-formed")
        .doesNotContain("canary")
        .doesNotContain("43414e415259");
    assertThat(bench.made).isEmpty();
  }

  /** Each layer damaged alone, and the layers outside it made whole again by OpenSSL. */
  @ParameterizedTest
  @CsvSource({
    "INNER_CONTENT,inner signature does not hold",
    "INNER_SIGNATURE,inner signature does not hold",
    "CIPHERTEXT,",
    "OUTER_SIGNATURE,outer signature does not hold"
  })
  void noticesDamageInEachLayer(Layer damaged, @Nullable String why) throws Exception {
    Openssl openssl = new Openssl(directory);
    Parties parties = new Parties(KeyType.RSA_2048, KeyType.RSA_2048);
    byte[] wrapped = opensslWraps(openssl, parties, content(3000), "22", damaged);
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(wrapped), Parties.CLOCK);
    Map<RecipientId, Outcome> outcomes =
        bench.run(
            parties.unprotect(),
            Parties.envelope(ContentTypes.CONTENT_INFO, Parties.user("BRAVO", "Baker")).build());
    assertThat(outcomes.get(new RecipientId(1))).isInstanceOf(Outcome.Held.class);
    assertThat(outcomes.toString()).contains(why == null ? "protection" : why);
    assertThat(bench.made).isEmpty();
  }

  /** A relay that signs anew without the label does not get through. */
  @Test
  void noticesAnOuterSignatureWithoutTheInnerLabel() throws Exception {
    Openssl openssl = new Openssl(directory);
    Parties parties = new Parties(KeyType.EC_P256, KeyType.EC_P256);
    byte[] ours = DamageJudgeTest.wrap(parties, content(3000), Optional.of(Parties.SECRET));
    openssl.certificate("root.pem", parties.pki.root());
    openssl.certificate("alpha.pem", parties.alpha.certificate());
    openssl.key("alpha.key", parties.alpha.key());
    openssl.write("outer.der", ours);
    openssl.verify("outer.der", "2.bare");
    openssl.signAsAlpha("2.bare", ENVELOPED, "3.der");
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(openssl.read("3.der")), Parties.CLOCK);
    Map<RecipientId, Outcome> outcomes =
        bench.run(
            parties.unprotect(),
            Parties.envelope(ContentTypes.CONTENT_INFO, Parties.user("BRAVO", "Baker"))
                .label(Optional.of(Parties.SECRET))
                .build());
    assertThat(outcomes.toString()).contains("labels of outer and inner signature differ");
    assertThat(bench.made).isEmpty();
  }

  enum Layer {
    NONE,
    INNER_CONTENT,
    INNER_SIGNATURE,
    CIPHERTEXT,
    OUTER_SIGNATURE
  }

  private static void flip(Openssl openssl, String name, int fromEnd) throws Exception {
    byte[] octets = openssl.read(name);
    octets[octets.length - fromEnd] ^= 1;
    openssl.write(name, octets);
  }

  static byte[] opensslWraps(Openssl openssl, Parties parties, byte[] content, String type)
      throws Exception {
    return opensslWraps(openssl, parties, content, type, Layer.NONE);
  }

  private static byte[] opensslWraps(
      Openssl openssl, Parties parties, byte[] content, String type, Layer damaged)
      throws Exception {
    String oid =
        switch (type) {
          case "22" -> "2.6.1.10.1";
          case "2" -> "2.6.1.10.0";
          default -> type;
        };
    openssl.certificate("alpha.pem", parties.alpha.certificate());
    openssl.key("alpha.key", parties.alpha.key());
    openssl.certificate("bravo.pem", parties.bravo.certificate());
    openssl.write("plain", content);
    openssl.signAsAlpha("plain", oid, "1.der");
    byte[] canary = "CANARY".getBytes(StandardCharsets.US_ASCII);
    byte[] inner = Openssl.bare(openssl.read("1.der"));
    openssl.write(
        "1.bare",
        damaged == Layer.INNER_CONTENT
            ? Openssl.replaceOnce(inner, canary, "CANABY".getBytes(StandardCharsets.US_ASCII))
            : inner);
    if (damaged == Layer.INNER_SIGNATURE) {
      flip(openssl, "1.bare", 5);
    }
    return opensslEncloses(openssl, damaged);
  }

  /** Encrypts and signs what stands in {@code 1.bare}. */
  private static byte[] opensslEncloses(Openssl openssl, Layer damaged) throws Exception {
    openssl.encryptForBravo("1.bare", "2.der");
    byte[] enveloped = openssl.read("2.der");
    // openssl always says id-data here; RFC 3854 3.4.1 step 4 asks for id-signedData.
    openssl.write("2.bare", Openssl.bare(Openssl.replaceOnce(enveloped, ID_DATA, ID_SIGNED)));
    if (damaged == Layer.CIPHERTEXT) {
      flip(openssl, "2.bare", 500);
    }
    openssl.signAsAlpha("2.bare", ENVELOPED, "3.der");
    if (damaged == Layer.OUTER_SIGNATURE) {
      flip(openssl, "3.der", 5);
    }
    byte[] wrapped = openssl.read("3.der");
    assertThat(Arrays.equals(wrapped, enveloped)).isFalse();
    return wrapped;
  }
}
