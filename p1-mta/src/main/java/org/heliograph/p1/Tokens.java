package org.heliograph.p1;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Preserved;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.directory.AlgorithmIdentifier;
import org.heliograph.asn1.directory.Certificates;
import org.heliograph.asn1.x411.AsymmetricToken;
import org.heliograph.asn1.x411.AsymmetricTokenData;
import org.heliograph.asn1.x411.Credentials;
import org.heliograph.asn1.x411.StrongCredentials;
import org.heliograph.asn1.x411.Token;
import org.heliograph.asn1.x411.TokenData;
import org.heliograph.asn1.x411.TokenMTA;
import org.heliograph.asn1.x411.TokenName;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Show;
import org.heliograph.trust.Identity;
import org.heliograph.trust.Signatures;
import org.heliograph.trust.TrustException;
import org.heliograph.x400.Domains;

/**
 * Bind tokens (X.411 8.5.8 and 12.1.1): asymmetric tokens over the name of whom they are for, the
 * time, and a random number. Encrypted data is neither sent nor asked for. Thread-safe.
 */
final class Tokens {
  private static final int RANDOM = 16;

  /** Certificates of a certification path that are looked at. */
  private static final int MOST_PATH = 8;

  private static final Codec<List<List<Any>>> PATH = Codecs.sequenceOf(Codecs.setOf(Codecs.ANY));
  private static final SecureRandom RANDOM_NUMBERS = new SecureRandom();

  private final InstantSource clock;
  private final Replays seen;

  Tokens(InstantSource clock) {
    this.clock = clock;
    this.seen = new Replays(Replays.MOST);
  }

  /** A token that is not taken; why is for the log only. */
  static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1L;

    NotTaken(String why) {
      super(why);
    }
  }

  /**
   * Credentials for one bind.
   *
   * @param recipient the MTA name of the other side
   * @throws TrustException if the key cannot be used
   */
  Credentials make(Identity identity, String recipient) throws TrustException {
    AlgorithmIdentifier algorithm = algorithm(Signatures.algorithm(identity.key()));
    byte[] random = new byte[RANDOM];
    RANDOM_NUMBERS.nextBytes(random);
    AsymmetricTokenData data =
        new AsymmetricTokenData(
            algorithm,
            new TokenName.Mta(new TokenMTA(null, Text.ia5(recipient))),
            Time.utc(clock.instant()),
            new TokenData(
                X411.BIND_TOKEN_SIGNED_DATA,
                Any.of(Codecs.BIT_STRING, new BitString(Octets.of(random), 0))),
            null,
            null);
    Octets signed = AsymmetricTokenData.CODEC.encodeDer(data);
    byte[] signature = Signatures.sign(identity.key(), signed.toByteArray());
    AsymmetricToken token =
        new AsymmetricToken(
            new Preserved<>(data, signed), algorithm, new BitString(Octets.of(signature), 0));
    return new Credentials.Strong(
        new StrongCredentials(
            new Token(X411.ID_TOK_ASYMMETRIC_TOKEN, Any.of(AsymmetricToken.CODEC, token)),
            certificates(identity),
            null,
            List.of()));
  }

  private static AlgorithmIdentifier algorithm(String oid) {
    return new AlgorithmIdentifier(
        ObjectIdentifier.of(oid), oid.equals(Signatures.RSA_SHA256) ? Any.NULL : null);
  }

  /** The certificate and those above it but for the root, which the other side must have. */
  private static Certificates certificates(Identity identity) throws TrustException {
    try {
      List<List<Any>> above = new ArrayList<>();
      for (X509Certificate c : identity.chain().subList(1, identity.chain().size())) {
        if (!c.getSubjectX500Principal().equals(c.getIssuerX500Principal())) {
          above.add(List.of(new Any(Octets.of(c.getEncoded()))));
        }
      }
      return new Certificates(
          new Any(Octets.of(identity.certificate().getEncoded())),
          above.isEmpty() ? null : Any.of(PATH, above));
    } catch (CertificateException e) {
      throw new TrustException("a certificate of ours cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Whether the other side has proved who it is.
   *
   * @param name our MTA name as it knows it
   * @param domain our domain, if it matters
   * @throws NotTaken telling the operator why not
   */
  void verify(
      StrongCredentials said, StrongBind.Proof proof, String name, Optional<GlobalDomain> domain)
      throws NotTaken {
    if (said.bindToken() == null || said.certificate() == null) {
      throw new NotTaken("gave strong credentials without token or certificate");
    }
    if (!said.bindToken().tokenTypeIdentifier().equals(X411.ID_TOK_ASYMMETRIC_TOKEN)) {
      throw new NotTaken(
          "gave a token of type "
              + said.bindToken().tokenTypeIdentifier()
              + "; only asymmetric"
              + " ones are understood");
    }
    AsymmetricToken token;
    List<X509Certificate> chain;
    try {
      token = said.bindToken().token().as(AsymmetricToken.CODEC);
      chain = chain(said.certificate());
    } catch (DecodeException | CertificateException e) {
      throw new NotTaken("gave a token or certificate that cannot be read: " + e.getMessage());
    }
    Instant now = clock.instant();
    X509Certificate certificate = chain.getFirst();
    try {
      proof.path().validate(certificate, chain.subList(1, chain.size()), now);
    } catch (TrustException e) {
      throw new NotTaken("shows a certificate that is not believed: " + e.getMessage());
    }
    refuse(proof.rule().objection(certificate));
    AsymmetricTokenData data = token.asymmetricTokenData().value();
    if (!data.signatureAlgorithmIdentifier().equals(token.algorithmIdentifier())) {
      throw new NotTaken("names two algorithms for one signature of its token");
    }
    refuse(
        Signatures.objection(
                certificate,
                token.algorithmIdentifier().algorithm().toString(),
                token.asymmetricTokenData().octets().toByteArray(),
                token.encrypted().octets().toByteArray())
            .map(why -> "gave a token that is not its own: " + why));
    refuse(recipient(data.name(), name, domain));
    fresh(data, certificate, proof.window(), now);
  }

  private static void refuse(Optional<String> objection) throws NotTaken {
    if (objection.isPresent()) {
      throw new NotTaken(objection.get());
    }
  }

  private static Optional<String> recipient(
      TokenName said, String name, Optional<GlobalDomain> domain) {
    if (!(said instanceof TokenName.Mta mta)) {
      return Optional.of("gave a token for a user, not for an MTA");
    }
    String meant = mta.value().mtaName().toString();
    if (!meant.equals(name)) {
      return Optional.of("gave a token for '" + Show.safe(meant, 64) + "', not for '" + name + "'");
    }
    return Optional.ofNullable(mta.value().globalDomainIdentifier())
        .map(Domains::read)
        .filter(d -> domain.isPresent() && !d.equals(domain.get()))
        .map(d -> "gave a token for an MTA of the domain " + Show.safe(d.toString(), 80));
  }

  private void fresh(AsymmetricTokenData data, X509Certificate by, Duration window, Instant now)
      throws NotTaken {
    Instant at;
    try {
      at = data.time().instant();
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new NotTaken("gave a token with a time that is none: " + e.getMessage());
    }
    // The time has seconds only.
    if (Duration.between(at, now).abs().compareTo(window.plusSeconds(1)) > 0) {
      throw new NotTaken("gave a token of " + at + ", more than " + window.toSeconds() + " s away");
    }
    TokenData signed = data.signedData();
    if (signed == null || signed.type() != X411.BIND_TOKEN_SIGNED_DATA) {
      throw new NotTaken("gave a token without a random number");
    }
    String key =
        by.getIssuerX500Principal().getName()
            + ' '
            + by.getSerialNumber()
            + ' '
            + at
            + ' '
            + signed.value().octets().hex(64);
    switch (seen.note(key, now, at.plus(window).plusSeconds(1))) {
      case FRESH -> {
        // Nobody has given it before.
      }
      case SEEN -> throw new NotTaken("gave a token a second time");
      case FULL -> throw new NotTaken("comes when more tokens came than can be remembered");
    }
  }

  private static List<X509Certificate> chain(Certificates said)
      throws DecodeException, CertificateException, NotTaken {
    List<Octets> all = new ArrayList<>();
    all.add(said.userCertificate().octets());
    Any path = said.certificationPath();
    if (path != null) {
      for (List<Any> one : path.as(PATH)) {
        one.forEach(c -> all.add(c.octets()));
      }
    }
    if (all.size() > MOST_PATH) {
      throw new NotTaken(
          "shows " + all.size() + " certificates; at most " + MOST_PATH + " are looked at");
    }
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (Octets octets : all) {
      chain.add(
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(octets.toByteArray())));
    }
    return chain;
  }
}
