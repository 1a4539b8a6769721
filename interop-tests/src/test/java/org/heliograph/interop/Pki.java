package org.heliograph.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.conf.DemoPki;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;

/** Keys of both switches in one directory: an elliptic curve for Alpha, RSA for Bravo. */
final class Pki {
  private static final Duration LIFE = Duration.ofDays(2);

  private Pki() {}

  static void write(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      DemoPki pki = new DemoPki(Instant.now());
      pki.writeAnchor(directory.resolve("anchor.pem"));
      pki.write(directory, "alpha", pki.issue(holder("alpha"), DemoPki.KeyType.EC_P256, LIFE));
      pki.write(directory, "bravo", pki.issue(holder("bravo"), DemoPki.KeyType.RSA_2048, LIFE));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static DemoPki.Holder holder(String name) {
    OrAddress domain =
        new OrAddress(
            List.of(
                OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
                OrAttribute.of(OrAttribute.Type.ADMD, " "),
                OrAttribute.of(OrAttribute.Type.PRMD, name.toUpperCase(Locale.ROOT))));
    return new DemoPki.Holder(
        name, Optional.of(domain), Optional.of(name + ".example"), Optional.empty());
  }
}
