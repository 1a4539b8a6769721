package org.heliograph.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.heliograph.conf.DemoPki;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;

/** Keys, certificates and bind passwords of one demonstration; nothing of it outlives it. */
final class Keys {
  private static final Duration LIFE = Duration.ofDays(2);
  private static final int PASSWORD_OCTETS = 16;

  private Keys() {}

  /** Writes into each switch's directory what its configuration names. */
  static void make(Site site) throws IOException {
    try {
      DemoPki pki = new DemoPki(Instant.now());
      // One of each kind, so that both ways of agreeing on a content key are shown.
      DemoPki.Issued alpha = pki.issue(holder("alpha"), DemoPki.KeyType.EC_P256, LIFE);
      DemoPki.Issued bravo = pki.issue(holder("bravo"), DemoPki.KeyType.RSA_2048, LIFE);
      for (Path directory : List.of(site.alpha(), site.bravo())) {
        Files.createDirectories(directory);
        pki.writeAnchor(directory.resolve("anchor.pem"));
      }
      pki.write(site.alpha(), "alpha", alpha);
      pki.write(site.bravo(), "bravo", bravo);
      Files.copy(site.bravo().resolve("bravo.pem"), site.alpha().resolve("bravo.pem"));
      Files.copy(site.alpha().resolve("alpha.pem"), site.bravo().resolve("alpha.pem"));
    } catch (GeneralSecurityException e) {
      throw new IOException("the demonstration's keys cannot be made: " + e.getMessage(), e);
    }
    for (String name : List.of("alpha.bind", "bravo.bind")) {
      String password = password();
      for (Path directory : List.of(site.alpha(), site.bravo())) {
        Path file =
            Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
      }
    }
  }

  private static DemoPki.Holder holder(String name) {
    return new DemoPki.Holder(
        name,
        Optional.of(
            new OrAddress(
                List.of(
                    OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
                    OrAttribute.of(OrAttribute.Type.ADMD, " "),
                    OrAttribute.of(
                        OrAttribute.Type.PRMD, name.toUpperCase(java.util.Locale.ROOT))))),
        Optional.of(name + ".example"),
        Optional.empty());
  }

  private static String password() {
    byte[] octets = new byte[PASSWORD_OCTETS];
    new SecureRandom().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }
}
