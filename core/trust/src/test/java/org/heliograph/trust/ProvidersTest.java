package org.heliograph.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Security;
import java.security.Signature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chosen providers sign and digest, the JDK's own hold to be right. */
class ProvidersTest {
  @ParameterizedTest
  @CsvSource({"RSA,2048,SHA256withRSA", "EC,256,SHA256withECDSA"})
  void theJdkAgrees(String algorithm, int bits, String name) throws Exception {
    byte[] text = "signed".getBytes(StandardCharsets.US_ASCII);
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    KeyPair keys = generator.generateKeyPair();
    Signature signer = Signature.getInstance(name, Providers.signatures(algorithm));
    signer.initSign(keys.getPrivate());
    signer.update(text);
    byte[] signature = signer.sign();
    Signature judge =
        Signature.getInstance(
            name, Security.getProvider(algorithm.equals("RSA") ? "SunRsaSign" : "SunEC"));
    judge.initVerify(keys.getPublic());
    judge.update(text);
    assertThat(judge.verify(signature)).isTrue();
    Signature verifier = Signature.getInstance(name, Providers.signatures(algorithm));
    verifier.initVerify(keys.getPublic());
    verifier.update(new byte[1]);
    assertThat(verifier.verify(signature)).isFalse();
    assertThat(MessageDigest.getInstance("SHA-256", Providers.digests()).digest(text))
        .isEqualTo(MessageDigest.getInstance("SHA-256", Security.getProvider("SUN")).digest(text));
  }
}
