package org.heliograph.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.trust.Certificates;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.TlsContexts;
import org.heliograph.trust.TrustException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the demonstration's authority writes is what trust reads. */
class DemoPkiTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;

  private static DemoPki.Holder holder() {
    return new DemoPki.Holder(
        "Alpha",
        Optional.of(
            new OrAddress(
                List.of(
                    OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
                    OrAttribute.of(OrAttribute.Type.PRMD, "ALPHA")))),
        Optional.of("alpha.example"),
        Optional.of("able@alpha.example"));
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void whatIsWrittenIsRead(KeyType type) throws Exception {
    DemoPki pki = new DemoPki(NOW);
    pki.writeAnchor(directory.resolve("anchor.pem"));
    pki.write(directory, "alpha", pki.issue(holder(), type, Duration.ofDays(30)));
    char[] password = Files.readString(directory.resolve("alpha.password")).strip().toCharArray();
    Identity identity = Identity.readPkcs12(directory.resolve("alpha.p12"), password).getFirst();
    List<X509Certificate> anchors = Certificates.read(directory.resolve("anchor.pem"));

    assertThat(identity.certificate())
        .isEqualTo(Certificates.read(directory.resolve("alpha.pem")).getFirst());
    assertThat(identity.key().getAlgorithm()).isEqualTo(type == KeyType.RSA_2048 ? "RSA" : "EC");
    assertThatCode(
            () ->
                new PathValidator(anchors, List.of())
                    .validate(identity.certificate(), List.of(), NOW))
        .doesNotThrowAnyException();
    // rfc822Name 1, dNSName 2, x400Address 3 (RFC 5280 4.2.1.6)
    List<Object> kinds = new ArrayList<>();
    identity.certificate().getSubjectAlternativeNames().forEach(name -> kinds.add(name.get(0)));
    assertThat(kinds).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(identity.toString()).contains("Alpha").doesNotContain("rivate");
    for (String secret : List.of("alpha.p12", "alpha.password")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve(secret))))
          .isEqualTo("rw-------");
    }
    assertThatThrownBy(
            () -> Identity.readPkcs12(directory.resolve("alpha.p12"), "no".toCharArray()))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("alpha.p12");
  }

  @Test
  void anotherAuthorityIsNotBelieved() throws Exception {
    DemoPki pki = new DemoPki(NOW);
    DemoPki other = new DemoPki(NOW);
    X509Certificate certificate =
        pki.issue(holder(), KeyType.EC_P256, Duration.ofDays(30)).certificate();
    assertThatThrownBy(
            () ->
                new PathValidator(List.of(other.root()), List.of())
                    .validate(certificate, List.of(), NOW))
        .isInstanceOf(TrustException.class);
  }

  /** Both ends in one thread, without a socket. */
  @Test
  void contextsShakeHandsOnlyUnderOneAuthority() throws Exception {
    DemoPki pki = new DemoPki(Instant.now());
    Identity server = identity(pki.issue(holder(), KeyType.EC_P256, Duration.ofDays(30)));
    SSLContext serving = TlsContexts.of(Optional.of(server), List.of(pki.root()));
    assertThatCode(() -> shake(serving, TlsContexts.of(Optional.empty(), List.of(pki.root()))))
        .doesNotThrowAnyException();
    DemoPki other = new DemoPki(Instant.now());
    assertThatThrownBy(
            () -> shake(serving, TlsContexts.of(Optional.empty(), List.of(other.root()))))
        .isInstanceOf(SSLException.class);
  }

  private static Identity identity(DemoPki.Issued issued) {
    return new Identity(issued.key(), issued.chain());
  }

  private static void shake(SSLContext serving, SSLContext calling) throws Exception {
    SSLEngine server = serving.createSSLEngine();
    server.setUseClientMode(false);
    SSLEngine client = calling.createSSLEngine("alpha.example", 25);
    client.setUseClientMode(true);
    server.beginHandshake();
    client.beginHandshake();
    var toServer = java.nio.ByteBuffer.allocate(1 << 17);
    var toClient = java.nio.ByteBuffer.allocate(1 << 17);
    for (int round = 0; round < 100; round++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
      if (client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
          && server.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
        return;
      }
    }
    throw new SSLException("no end of the handshake");
  }

  private static void step(SSLEngine engine, java.nio.ByteBuffer in, java.nio.ByteBuffer out)
      throws SSLException {
    var nothing = java.nio.ByteBuffer.allocate(0);
    var plain = java.nio.ByteBuffer.allocate(1 << 16);
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
    if (in.position() > 0) {
      in.flip();
      engine.unwrap(in, plain);
      in.compact();
    }
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(nothing, out);
    }
  }
}
