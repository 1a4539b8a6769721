package org.heliograph.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Whose certificate it has to be: that a path leads to an anchor says only that somebody is known.
 * An empty rule takes any certificate.
 *
 * @param subject its distinguished name; compared as RFC 5280 7.1 has it
 * @param names of which it must carry at least one as a subjectAltName: DNS names, mail addresses,
 *     URIs and IP addresses; empty asks for none. DNS names and mail domains are compared without
 *     regard to case, and a wildcard of the certificate stands for nothing but itself
 */
public record CertificateRule(Optional<X500Principal> subject, List<String> names) {
  /** Takes every certificate. */
  public static final CertificateRule ANY = new CertificateRule(Optional.empty(), List.of());

  private static final int RFC822 = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;

  public CertificateRule {
    names = List.copyOf(names);
  }

  /**
   * Reads a rule.
   *
   * @param subject a distinguished name in the form of RFC 4514
   * @throws IllegalArgumentException naming what cannot be read
   */
  public static CertificateRule of(Optional<String> subject, List<String> names) {
    return new CertificateRule(subject.map(CertificateRule::principal), names);
  }

  private static X500Principal principal(String text) {
    try {
      return new X500Principal(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a distinguished name: '" + text + "'; expected such as CN=mta.example,O=Example", e);
    }
  }

  public boolean any() {
    return subject.isEmpty() && names.isEmpty();
  }

  /** Why the certificate is not the one that is meant; empty if it is. */
  public Optional<String> objection(X509Certificate certificate) {
    X500Principal shown = certificate.getSubjectX500Principal();
    if (subject.isPresent() && !subject.get().equals(shown)) {
      return Optional.of(
          "its certificate is for '"
              + shown.getName()
              + "', not '"
              + subject.get().getName()
              + "'");
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<String> carried = names(certificate);
    boolean one = names.stream().anyMatch(n -> carried.contains(n.toLowerCase(Locale.ROOT)));
    return one
        ? Optional.empty()
        : Optional.of(
            "its certificate is for '"
                + shown.getName()
                + "' with the names "
                + carried
                + ", of which none is in "
                + names);
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> all = new ArrayList<>();
    try {
      Collection<List<?>> carried = certificate.getSubjectAlternativeNames();
      if (carried != null) {
        for (List<?> name : carried) {
          int kind = (Integer) name.get(0);
          if ((kind == RFC822 || kind == DNS || kind == URI || kind == IP)
              && name.get(1) instanceof String text) {
            all.add(text.toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException broken) {
      // A name that cannot be read is none that was asked for.
      return List.of();
    }
    return all;
  }
}
