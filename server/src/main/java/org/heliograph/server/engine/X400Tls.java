package org.heliograph.server.engine;

import java.util.List;
import java.util.Optional;
import org.heliograph.p1.Admission;
import org.heliograph.p1.P1Settings.Door;
import org.heliograph.p1.PeerTls;
import org.heliograph.p1.StrongBind;
import org.heliograph.server.config.P1Settings;
import org.heliograph.server.config.TlsSettings;
import org.heliograph.trust.CertificateRule;
import org.heliograph.trust.Certificates;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.TlsContexts;
import org.heliograph.trust.TrustException;
import org.heliograph.wire.Tls;

/** TLS under RFC 1006, bind tokens, and who may come, from a configuration. */
final class X400Tls {
  private X400Tls() {}

  /**
   * An address on which TLS is spoken.
   *
   * @throws IllegalArgumentException if keys or anchors cannot be used; names them
   */
  static Door door(TlsSettings.Door door) {
    try {
      Tls tls =
          new Tls(
              TlsContexts.of(Optional.of(identity(door.keys())), Certificates.read(door.anchors())),
              door.clientCertificate(),
              Optional.empty(),
              protocols(door.oldest()));
      return new Door(door.address().socketAddress(), Optional.of(tls));
    } catch (TrustException e) {
      throw new IllegalArgumentException("p1.secure " + door.address() + ": " + e.getMessage(), e);
    }
  }

  /**
   * TLS with a peer that is called.
   *
   * @param peer its name, for the error
   * @throws IllegalArgumentException if keys, anchors or names cannot be used; names them
   */
  static PeerTls client(String peer, TlsSettings.Client tls) {
    try {
      Optional<Identity> own =
          tls.keys().isPresent() ? Optional.of(identity(tls.keys().get())) : Optional.empty();
      return new PeerTls(
          TlsContexts.of(
              own,
              Certificates.read(tls.anchors()),
              tls.certificate().map(X400Tls::rule).orElse(CertificateRule.ANY)),
          tls.verifyName(),
          protocols(tls.oldest()));
    } catch (TrustException e) {
      throw new IllegalArgumentException("p1.peers." + peer + ".tls: " + e.getMessage(), e);
    }
  }

  static Admission admission(TlsSettings.Admission from) {
    return new Admission(
        from.networks(),
        X400Side.selectors(from.calling()),
        X400Side.selectors(from.called()),
        from.tls(),
        from.certificate().map(X400Tls::rule));
  }

  /**
   * Bind tokens in the place of passwords.
   *
   * @param where for the error
   * @throws IllegalArgumentException if keys, anchors or names cannot be used; names them
   */
  static StrongBind strong(
      String where, Optional<P1Settings.Login> ours, Optional<P1Settings.Login> theirs) {
    try {
      Optional<TlsSettings.Keys> keys = ours.flatMap(P1Settings.Login::keys);
      Optional<Identity> own =
          keys.isPresent() ? Optional.of(identity(keys.get())) : Optional.empty();
      Optional<P1Settings.Login> proving = theirs.filter(t -> !t.anchors().isEmpty());
      return new StrongBind(
          own, proving.isPresent() ? Optional.of(proof(proving.get())) : Optional.empty());
    } catch (TrustException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private static StrongBind.Proof proof(P1Settings.Login theirs) throws TrustException {
    return new StrongBind.Proof(
        new PathValidator(Certificates.read(theirs.anchors()), List.of()),
        theirs.certificate().map(X400Tls::rule).orElse(CertificateRule.ANY),
        theirs.window());
  }

  static CertificateRule rule(TlsSettings.Whose whose) {
    return CertificateRule.of(whose.subject(), whose.names());
  }

  static Identity identity(TlsSettings.Keys keys) throws TrustException {
    return Identity.readPkcs12(keys.file(), keys.password().reveal().toCharArray()).getFirst();
  }

  private static List<String> protocols(TlsSettings.Oldest oldest) {
    return switch (oldest) {
      case TLS12 -> List.of("TLSv1.3", "TLSv1.2");
      case TLS13 -> List.of("TLSv1.3");
    };
  }
}
