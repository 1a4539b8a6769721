package org.heliograph.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Validates certification paths against trust anchors (RFC 5280 section 6): signatures, validity,
 * basic constraints, key usage of the issuers, path length. Revocation is not checked. Thread-safe.
 */
public final class PathValidator {
  /** Longest path, anchor left out. */
  private static final int MAX_PATH = 8;

  /** Certificates of others that are looked at; more are refused. */
  private static final int MAX_OTHERS = 64;

  private final Set<TrustAnchor> anchors;
  private final List<X509Certificate> known;

  /**
   * @param anchors whom to believe
   * @param known intermediate certificates that messages need not carry
   */
  public PathValidator(Collection<X509Certificate> anchors, Collection<X509Certificate> known) {
    this.anchors =
        anchors.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toUnmodifiableSet());
    this.known = List.copyOf(known);
  }

  /**
   * Checks that a path leads from {@code certificate} to an anchor at a time.
   *
   * @param others intermediates that came along
   * @throws TrustException telling why not
   */
  public void validate(X509Certificate certificate, Collection<X509Certificate> others, Instant at)
      throws TrustException {
    if (anchors.isEmpty()) {
      throw new TrustException("no trust anchor is configured");
    }
    if (others.size() > MAX_OTHERS) {
      throw new TrustException(others.size() + " certificates came along; at most " + MAX_OTHERS);
    }
    try {
      certificate.checkValidity(Date.from(at));
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(certificate);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      List<X509Certificate> all = new ArrayList<>(known);
      all.addAll(others);
      all.add(certificate);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.setMaxPathLength(MAX_PATH);
      Object _ = CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException e) {
      throw new TrustException(
          "no path from '"
              + certificate.getSubjectX500Principal().getName()
              + "' to a trust anchor: "
              + e.getMessage(),
          e);
    }
  }
}
