package org.heliograph.protection;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.conf.DemoPki;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.Address;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Label;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Recipient;
import org.heliograph.model.Source;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;

/** Two domains with a key each, certified by one root. */
final class Parties {
  /** OpenSSL judges validity by the machine's clock, so the certificates must hold by it. */
  @SuppressWarnings("TimeInStaticInitializer")
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  static final Label SECRET =
      new Label(
          Optional.of(new Oid("1.3.26.1.3.1")),
          OptionalInt.of(4),
          Optional.of("NATO SECRET"),
          List.of());

  final DemoPki pki;
  final Identity alpha;
  final Identity bravo;

  Parties(KeyType alphaType, KeyType bravoType) throws GeneralSecurityException {
    this(alphaType, bravoType, Duration.ofDays(30));
  }

  Parties(KeyType alphaType, KeyType bravoType, Duration life) throws GeneralSecurityException {
    pki = new DemoPki(NOW.minus(Duration.ofDays(2)));
    alpha = identity(pki.issue(holder("alpha", "ALPHA"), alphaType, life));
    bravo = identity(pki.issue(holder("bravo", "BRAVO"), bravoType, life));
  }

  static DemoPki.Holder holder(String name, String prmd) {
    return new DemoPki.Holder(
        name, Optional.of(domain(prmd)), Optional.of(name + ".example"), Optional.empty());
  }

  static Identity identity(DemoPki.Issued issued) {
    return new Identity(issued.key(), issued.chain());
  }

  static OrAddress domain(String prmd) {
    return new OrAddress(
        List.of(
            OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
            OrAttribute.of(OrAttribute.Type.ADMD, " "),
            OrAttribute.of(OrAttribute.Type.PRMD, prmd)));
  }

  static OrAddress user(String prmd, String surname) {
    return domain(prmd).with(OrAttribute.of(OrAttribute.Type.SURNAME, surname));
  }

  ProtectionSettings settings(Identity own, X509Certificate... correspondents)
      throws ProtectionException {
    return settings(List.of(pki.root()), own, correspondents);
  }

  static ProtectionSettings settings(
      List<X509Certificate> roots, Identity own, X509Certificate... correspondents)
      throws ProtectionException {
    return ProtectionSettings.of(
        List.of(own),
        CertificateDatabase.of(List.of(correspondents)),
        new PathValidator(roots, List.of()));
  }

  ProtectShaper protect() throws ProtectionException {
    return new ProtectShaper(
        new ChannelName("protect"), settings(alpha, alpha.certificate(), bravo.certificate()));
  }

  UnprotectShaper unprotect() throws ProtectionException {
    return new UnprotectShaper(
        new ChannelName("unprotect"), settings(bravo, alpha.certificate(), bravo.certificate()));
  }

  static EnvelopeBuilder envelope(ContentType type, Address... recipients) {
    EnvelopeBuilder builder =
        Envelope.message(type, NOW, Source.internal(new ChannelName("judge")))
            .originator(user("ALPHA", "Able"));
    int number = 1;
    for (Address recipient : recipients) {
      builder.recipient(Recipient.of(number++, recipient));
    }
    return builder;
  }
}
