package org.heliograph.p1;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.heliograph.trust.CertificateRule;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.TrustException;

/**
 * Strong authentication with a peer (X.411 12.1.1, StrongCredentials): in the place of passwords
 * each side signs a bind token for the other.
 *
 * @param ours with what we sign; empty: we give our password
 * @param theirs what it must prove; empty: it must give its password
 */
public record StrongBind(Optional<Identity> ours, Optional<Proof> theirs) {
  /** Passwords both ways. */
  public static final StrongBind NONE = new StrongBind(Optional.empty(), Optional.empty());

  /** How far a token's time may be from ours, if nothing else is said. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /**
   * What a token must hold against.
   *
   * @param path whom to believe
   * @param rule whose certificate it must be
   * @param window how far its time may be from ours; so long tokens are remembered, too, so that
   *     none is taken twice
   */
  public record Proof(PathValidator path, CertificateRule rule, Duration window) {
    public Proof {
      if (!window.isPositive()) {
        throw new IllegalArgumentException("the window of a bind token must be positive");
      }
    }
  }

  /**
   * Credentials with a token made for one bind, if we give such.
   *
   * @param recipient the MTA name of the other side
   * @throws IllegalArgumentException if our key cannot be used
   */
  public Optional<org.heliograph.asn1.x411.Credentials> credentials(
      String recipient, InstantSource clock) {
    try {
      return ours.isPresent()
          ? Optional.of(new Tokens(clock).make(ours.get(), recipient))
          : Optional.empty();
    } catch (TrustException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
