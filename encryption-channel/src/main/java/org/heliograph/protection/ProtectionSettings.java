package org.heliograph.protection;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Label;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;

/**
 * What both shapers work with.
 *
 * @param own keys of this switch; the first one signs, all of them decrypt
 * @param certificates of correspondents
 * @param paths judges certificates
 * @param contentKeyBits of AES: 128 or 256
 * @param defaultLabel for messages without a label; empty: they are wrapped without one
 * @param onMissingCertificate what becomes of a recipient for whom there is no certificate
 * @param onFailedCheck what becomes of a message whose protection does not hold
 */
public record ProtectionSettings(
    List<Identity> own,
    CertificateDatabase certificates,
    PathValidator paths,
    int contentKeyBits,
    Optional<Label> defaultLabel,
    OnFailure onMissingCertificate,
    OnFailure onFailedCheck) {
  /** What becomes of what cannot be protected or verified; it never goes on as it is. */
  public enum OnFailure {
    /** Kept for the security officer. */
    HOLD,
    /** Reported to the originator. */
    FAIL
  }

  public ProtectionSettings {
    own = List.copyOf(own);
    if (own.isEmpty()) {
      throw new IllegalArgumentException("protection needs a key of this switch's own");
    }
    if (contentKeyBits != 128 && contentKeyBits != 256) {
      throw new IllegalArgumentException(
          "AES with " + contentKeyBits + " bits; expected 128 or 256");
    }
  }

  /** AES-128, no default label; recipients without certificate fail, failed checks are held. */
  public static ProtectionSettings of(
      List<Identity> own, CertificateDatabase certificates, PathValidator paths) {
    return new ProtectionSettings(
        own, certificates, paths, 128, Optional.empty(), OnFailure.FAIL, OnFailure.HOLD);
  }

  Identity signer() {
    return own.getFirst();
  }
}
