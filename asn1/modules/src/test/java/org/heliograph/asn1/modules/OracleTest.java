package org.heliograph.asn1.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parsers of other hands see in our octets what we see. */
class OracleTest {
  private static final Pattern OPENSSL_LINE =
      Pattern.compile("\\s*(\\d+):d=(\\d+)\\s+hl=(\\d+)\\s+l=\\s*(\\w+)\\s+(cons|prim):.*");

  @TempDir Path directory;

  static List<Samples.Sample> samples() {
    return Samples.ALL;
  }

  /**
   * Bouncy Castle reads what came and what we make of it, and its DER of our DER is the same
   * octets.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void bouncyCastleReadsIt(Samples.Sample sample) throws Exception {
    bouncyCastle(sample.octets());
    bouncyCastle(encoded(sample.codec(), sample.octets()));
    byte[] der = encodedDer(sample.codec(), sample.octets());
    assertThat(bouncyCastle(der).getEncoded()).isEqualTo(der);
  }

  private static ASN1Primitive bouncyCastle(byte[] octets) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(octets)) {
      ASN1Primitive value = in.readObject();
      assertThat(in.read()).as("nothing is left").isEqualTo(-1);
      return value;
    }
  }

  /** {@code openssl asn1parse} finds the same primitive elements in the same places. */
  @ParameterizedTest
  @MethodSource("samples")
  void opensslSeesTheSameElements(Samples.Sample sample) throws Exception {
    assumeTrue(openssl("version") != null, "openssl is not installed");
    byte[] encoded = encoded(sample.codec(), sample.octets());
    Path file = Files.write(directory.resolve("encoded.ber"), encoded);
    String parsed =
        Objects.requireNonNull(openssl("asn1parse", "-inform", "DER", "-in", file.toString()));

    List<String> theirs = new ArrayList<>();
    for (String line : parsed.split("\n")) {
      Matcher m = OPENSSL_LINE.matcher(line);
      // What does not match is the rest of a text with line ends in it.
      if (m.matches() && m.group(5).equals("prim")) {
        int content = Integer.parseInt(m.group(1)) + Integer.parseInt(m.group(3));
        theirs.add(
            HexFormat.of().formatHex(encoded, content, content + Integer.parseInt(m.group(4))));
      }
    }
    assertThat(theirs)
        .isEqualTo(Leaves.of(encoded).stream().map(l -> l.substring(l.indexOf('=') + 1)).toList());
  }

  private static @org.jspecify.annotations.Nullable String openssl(String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      process.getInputStream().transferTo(out);
      return process.waitFor() == 0 ? out.toString(StandardCharsets.UTF_8) : null;
    } catch (IOException e) {
      if (arguments[0].equals("version")) {
        return null;
      }
      throw new UncheckedIOException(e);
    }
  }

  private static <T extends Object> byte[] encoded(Codec<T> codec, byte[] octets)
      throws DecodeException {
    return codec.encodeToArray(codec.decode(octets));
  }

  private static <T extends Object> byte[] encodedDer(Codec<T> codec, byte[] octets)
      throws DecodeException {
    return codec.encodeDer(codec.decode(octets)).toByteArray();
  }
}
