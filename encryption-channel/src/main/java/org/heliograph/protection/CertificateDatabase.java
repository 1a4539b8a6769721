package org.heliograph.protection;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.model.Address;

/**
 * Certificates of correspondents, found by O/R address or mailbox. The closest name wins: a user's
 * own certificate before that of the gateway of his domain. Immutable, any thread may ask.
 */
public final class CertificateDatabase {
  private record Entry(X509Certificate certificate, Names names) {}

  private final List<Entry> entries;

  private CertificateDatabase(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * A database.
   *
   * @throws ProtectionException if a certificate's names cannot be read; names the certificate
   */
  public static CertificateDatabase of(Collection<X509Certificate> certificates)
      throws ProtectionException {
    List<Entry> entries = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      try {
        entries.add(new Entry(certificate, Names.of(certificate)));
      } catch (ProtectionException e) {
        throw new ProtectionException(
            certificate.getSubjectX500Principal().getName() + ": " + e.getMessage(), e);
      }
    }
    return new CertificateDatabase(entries);
  }

  /** The certificate to encrypt with for {@code address}. */
  public Optional<X509Certificate> find(Address address) {
    Optional<X509Certificate> best = Optional.empty();
    int closest = 0;
    for (Entry entry : entries) {
      OptionalInt fit = entry.names().fit(address);
      if (fit.isPresent() && fit.getAsInt() > closest) {
        closest = fit.getAsInt();
        best = Optional.of(entry.certificate());
      }
    }
    return best;
  }

  /** All certificates. */
  public List<X509Certificate> all() {
    return entries.stream().map(Entry::certificate).toList();
  }
}
