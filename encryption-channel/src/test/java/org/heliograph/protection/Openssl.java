package org.heliograph.protection;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.junit.jupiter.api.Assumptions;

/** The openssl program as a judge: a directory of files and one call after the other. */
final class Openssl {
  private final Path directory;

  Openssl(Path directory) {
    this.directory = directory;
    Assumptions.assumeTrue(
        new File("/usr/bin/openssl").canExecute(), "openssl is absent: apt-get install openssl");
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  byte[] read(String name) throws IOException {
    return Files.readAllBytes(file(name));
  }

  void write(String name, byte[] octets) throws IOException {
    Files.write(file(name), octets);
  }

  void certificate(String name, X509Certificate certificate) throws Exception {
    Files.writeString(file(name), pem("CERTIFICATE", certificate.getEncoded()));
  }

  void key(String name, PrivateKey key) throws IOException {
    Files.writeString(file(name), pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String what, byte[] octets) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(octets)
        + "\n-----END "
        + what
        + "-----\n";
  }

  /** Runs {@code openssl cms ...} in the directory; fails the test with what it said. */
  String cms(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "cms"));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(directory, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("openssl did not end: " + command);
    }
    String text = Files.readString(said, StandardCharsets.ISO_8859_1);
    if (process.exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + text);
    }
    return text;
  }

  /** Verifies a signature against {@code root.pem} and writes what was signed. */
  void verify(String in, String out) throws Exception {
    cms("-verify", "-binary", "-inform", "DER", "-in", in, "-CAfile", "root.pem", "-out", out);
  }

  /** Signs with SHA-256 by {@code alpha.pem} and {@code alpha.key}. */
  void signAsAlpha(String in, String contentType, String out) throws Exception {
    String[] signer = {"-signer", "alpha.pem", "-inkey", "alpha.key"};
    String[] form = {"-sign", "-binary", "-nodetach", "-outform", "DER", "-md", "sha256"};
    String[] what = {"-econtent_type", contentType, "-in", in, "-out", out};
    cms(Stream.of(form, signer, what).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Encrypts with AES-128-CBC for {@code bravo.pem}. */
  void encryptForBravo(String in, String out) throws Exception {
    String[] to = {"-recip", "bravo.pem", "-in", in, "-out", out};
    String[] form = {"-encrypt", "-binary", "-outform", "DER", "-aes128"};
    cms(Stream.of(form, to).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Decrypts with the certificate and key of a party. */
  void decrypt(String in, String who, String out) throws Exception {
    String[] by = {"-recip", who + ".pem", "-inkey", who + ".key", "-in", in, "-out", out};
    String[] form = {"-decrypt", "-binary", "-inform", "DER"};
    cms(Stream.of(form, by).flatMap(Stream::of).toArray(String[]::new));
  }

  /** openssl reads and writes ContentInfo only; between layers stands what is inside it. */
  static byte[] contentInfo(String type, byte[] bare) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(bare)) {
      ASN1Primitive value = in.readObject();
      return new ContentInfo(new ASN1ObjectIdentifier(type), value).getEncoded("DER");
    }
  }

  static byte[] bare(byte[] contentInfo) throws IOException {
    return ContentInfo.getInstance(contentInfo).getContent().toASN1Primitive().getEncoded();
  }

  /** The octets {@code from} once replaced by {@code to}, of equal length. */
  static byte[] replaceOnce(byte[] octets, byte[] from, byte[] to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i + from.length <= octets.length; i++) {
      if (java.util.Arrays.equals(octets, i, i + from.length, from, 0, from.length)) {
        out.write(octets, 0, i);
        out.writeBytes(to);
        out.write(octets, i + from.length, octets.length - i - from.length);
        return out.toByteArray();
      }
    }
    throw new AssertionError("the octets to replace are not there");
  }
}
