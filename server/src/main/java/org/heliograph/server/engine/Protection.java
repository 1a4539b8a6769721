package org.heliograph.server.engine;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Shaper;
import org.heliograph.protection.CertificateDatabase;
import org.heliograph.protection.ProtectShaper;
import org.heliograph.protection.ProtectionException;
import org.heliograph.protection.ProtectionSettings;
import org.heliograph.protection.UnprotectShaper;
import org.heliograph.server.config.ProtectionSettings.OnFailure;
import org.heliograph.trust.Certificates;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.TrustException;

/** The shapers that protect and open, with the keys and certificates of a configuration. */
final class Protection {
  private Protection() {}

  /**
   * @throws IOException if a key or certificate cannot be read; names the file
   */
  static List<Shaper> shapers(org.heliograph.server.config.ProtectionSettings settings)
      throws IOException {
    try {
      List<Identity> own =
          Identity.readPkcs12(settings.keys(), settings.password().reveal().toCharArray());
      List<X509Certificate> anchors = Certificates.read(settings.anchors());
      List<X509Certificate> known = Certificates.read(settings.certificates());
      List<X509Certificate> all = new ArrayList<>(known);
      own.forEach(identity -> all.addAll(identity.chain()));
      ProtectionSettings protection =
          new ProtectionSettings(
              own,
              CertificateDatabase.of(known),
              new PathValidator(anchors, all),
              settings.contentKeyBits(),
              Optional.empty(),
              onFailure(settings.onMissingCertificate()),
              onFailure(settings.onFailedCheck()));
      return List.of(
          new ProtectShaper(new ChannelName("protect"), protection),
          new UnprotectShaper(new ChannelName("unprotect"), protection));
    } catch (TrustException | ProtectionException e) {
      throw new IOException("protection: " + e.getMessage(), e);
    }
  }

  private static ProtectionSettings.OnFailure onFailure(OnFailure choice) {
    return choice == OnFailure.HOLD
        ? ProtectionSettings.OnFailure.HOLD
        : ProtectionSettings.OnFailure.FAIL;
  }
}
