package org.heliograph.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads X.509 certificates from PEM or DER files. */
public final class Certificates {
  private Certificates() {}

  /**
   * All certificates of a file, in order.
   *
   * @throws TrustException if it cannot be read or holds none; names the file
   */
  public static List<X509Certificate> read(Path file) throws TrustException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> read = new ArrayList<>();
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        read.add((X509Certificate) certificate);
      }
      if (read.isEmpty()) {
        throw new TrustException(file + " holds no certificate; expected PEM or DER");
      }
      return read;
    } catch (IOException | CertificateException e) {
      throw new TrustException(file + " cannot be read as certificates: " + e.getMessage(), e);
    }
  }

  /** All certificates of all files. */
  public static List<X509Certificate> read(List<Path> files) throws TrustException {
    List<X509Certificate> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(read(file));
    }
    return all;
  }
}
