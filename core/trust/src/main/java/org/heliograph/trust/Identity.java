package org.heliograph.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A private key and the certificates that go with it, its own first. Its text form names the
 * certificate only.
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate");
    }
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /**
   * All keys of a PKCS#12 file, in the order of their aliases.
   *
   * @throws TrustException if the file cannot be read, the password is wrong or there is no key
   */
  public static List<Identity> readPkcs12(Path file, char[] password) throws TrustException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      List<String> aliases = Collections.list(store.aliases());
      Collections.sort(aliases);
      List<Identity> identities = new ArrayList<>();
      for (String alias : aliases) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          List<X509Certificate> chain = new ArrayList<>();
          for (Certificate certificate : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) certificate);
          }
          identities.add(new Identity(key, chain));
        }
      }
      if (identities.isEmpty()) {
        throw new TrustException(file + " holds no private key");
      }
      return identities;
    } catch (IOException | GeneralSecurityException e) {
      throw new TrustException(
          file + " cannot be opened as PKCS#12 (wrong password or damaged): " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return certificate().getSubjectX500Principal().getName()
        + ", serial "
        + certificate().getSerialNumber().toString(16);
  }
}
