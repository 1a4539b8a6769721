package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenSSL opens what passed between two switches: verifies the outer signature, decrypts, verifies
 * the inner one. The octets are cut from the captured connection by code that shares nothing with
 * the stack.
 */
class OpensslOpensTest {
  private static final String CANARY = "canary-osl4406-for-bob-alone";
  private static final byte[] SIGNED_DATA = HexFormat.of().parseHex("06092a864886f70d010702");
  private static final byte[] ENVELOPED_DATA = HexFormat.of().parseHex("06092a864886f70d010703");

  @TempDir Path directory;
  private Foreign openssl;

  @BeforeEach
  void find() {
    openssl = Foreign.needed("openssl");
  }

  @Test
  void layerByLayer() throws Exception {
    Files.write(directory.resolve("outer.der"), protectedContent());
    String password = Files.readString(directory.resolve("pki/bravo.password")).strip();
    say("pkcs12 -in pki/bravo.p12 -nodes -out bravo.pem -passin pass:" + password);

    say("cms -verify -binary -inform DER -in outer.der -CAfile pki/anchor.pem -out enveloped.bare");
    contentInfo(ENVELOPED_DATA, "enveloped.bare", "enveloped.der");
    assertThat(shown("enveloped.der"))
        .as("for Bravo's RSA key and, since it is the originator, for Alpha's EC key")
        .contains("pkcs7-envelopedData", "aes-128-cbc", "d.ktri", "d.kari");
    say("cms -decrypt -binary -inform DER -in enveloped.der -inkey bravo.pem -out inner.bare");
    contentInfo(SIGNED_DATA, "inner.bare", "inner.der");
    assertThat(shown("inner.der")).contains("id-smime-aa-securityLabel");
    say("cms -verify -binary -inform DER -in inner.der -CAfile pki/anchor.pem -out content");

    String content =
        new String(Files.readAllBytes(directory.resolve("content")), StandardCharsets.ISO_8859_1);
    assertThat(content).contains(CANARY).contains("for the judge");
  }

  private byte[] protectedContent() throws Exception {
    int bravoP1 = TestSwitch.freePort();
    Capture capture = new Capture(bravoP1);
    try (Mailboxes mailboxes = new Mailboxes();
        Tap tap = new Tap(capture);
        Pair pair =
            Pair.start(directory, mailboxes.port(), Pair.Protection.ON, bravoP1, tap.port());
        Sender sender = new Sender(pair.alphaSmtp())) {
      assertThat(
              sender.send(
                  "alice@alpha.example",
                  "bob@bravo.example",
                  "From: alice@alpha.example\nTo: bob@bravo.example\nSubject: for the judge\n"
                      + "SIO-Label: marking=\"EXERCISE SECRET\"; type=\":ess\"; "
                      + "label=\"MRsCAQQGBSsaAQMBEw9FWEVSQ0lTRSBTRUNSRVQ=\"\n\n"
                      + CANARY
                      + "\n"))
          .startsWith("250");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(mailboxes.copies(CANARY)).isEqualTo(1));
    }
    assertThat(capture.contains(CANARY)).isFalse();
    return content(transferred(capture.all(true)));
  }

  /** The user data of the transport connections: TPKT and DT headers (RFC 1006, X.224) removed. */
  private static byte[] transferred(byte[] stream) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(stream);
    while (in.hasRemaining()) {
      int start = in.position();
      assertThat(in.get()).as("TPKT version at %d", start).isEqualTo((byte) 3);
      in.get();
      int length = Short.toUnsignedInt(in.getShort());
      int header = Byte.toUnsignedInt(in.get());
      if (in.get() == (byte) 0xf0) {
        data.write(stream, start + 5 + header, length - 5 - header);
      }
      in.position(start + length);
    }
    return data.toByteArray();
  }

  /** The octets of the P1 content: the OCTET STRING that a ContentInfo of SignedData begins. */
  private static byte[] content(byte[] data) {
    int oid =
        new String(data, StandardCharsets.ISO_8859_1)
            .indexOf(new String(SIGNED_DATA, StandardCharsets.ISO_8859_1));
    assertThat(oid).as("where SignedData stands").isPositive();
    int start = oid - 2;
    assertThat(HexFormat.of().formatHex(data, start - 4, start))
        .as("a primitive OCTET STRING with a length of two octets")
        .startsWith("0482");
    int length = Short.toUnsignedInt(ByteBuffer.wrap(data, start - 2, 2).getShort());
    return Arrays.copyOfRange(data, start, start + length);
  }

  /** OpenSSL hands out what a layer held without the ContentInfo that its next call expects. */
  private void contentInfo(byte[] type, String from, String to) throws Exception {
    byte[] bare = Files.readAllBytes(directory.resolve(from));
    ByteBuffer out = ByteBuffer.allocate(bare.length + type.length + 8);
    out.putShort((short) 0x3082).putShort((short) (type.length + 4 + bare.length)).put(type);
    out.putShort((short) 0xa082).putShort((short) bare.length).put(bare);
    Files.write(directory.resolve(to), Arrays.copyOf(out.array(), out.position()));
  }

  private String shown(String file) throws Exception {
    return openssl
        .run(directory, ("cms -cmsout -print -noout -inform DER -in " + file).split(" "))
        .succeeded()
        .out();
  }

  private void say(String arguments) throws Exception {
    openssl.run(directory, arguments.split(" ")).succeeded();
  }
}
