package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;

/** Signing, encrypting, verifying and decrypting. */
public record ProtectionSettings(
    @Key(
            says = "PKCS#12 file with this switch's keys: the first signs, all of them decrypt.",
            mustExist = true)
        Path keys,
    @Key(says = "Its password.") Secret password,
    @Key(says = "PEM or DER files of the trust anchors.", mustExist = true) List<Path> anchors,
    @Key(
            says =
                "PEM or DER files with certificates of correspondents and their gateways, and with"
                    + " intermediate certificates.",
            mustExist = true)
        List<Path> certificates,
    @Key(
            says = "Key length of AES for content, in bits: 128 or 256.",
            or = "128",
            min = 128,
            max = 256)
        int contentKeyBits,
    @Key(
            says =
                "What becomes of a recipient for whom there is no certificate: held for the security"
                    + " officer, or failed and reported. It never goes in the clear.",
            or = "fail")
        OnFailure onMissingCertificate,
    @Key(says = "What becomes of a message whose protection does not hold.", or = "hold")
        OnFailure onFailedCheck) {

  /** What becomes of what cannot be protected or verified. */
  public enum OnFailure {
    HOLD,
    FAIL
  }

  public ProtectionSettings {
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("anchors is empty; expected at least one trust anchor");
    }
    if (contentKeyBits != 128 && contentKeyBits != 256) {
      throw new IllegalArgumentException(
          "content-key-bits is " + contentKeyBits + "; expected 128 or 256");
    }
  }
}
