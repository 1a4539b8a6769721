package org.heliograph.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts from identities and anchors. */
public final class TlsContexts {
  private TlsContexts() {}

  /**
   * A context.
   *
   * @param own what to show, if anything
   * @param anchors whom to believe; empty: the anchors of the Java installation
   * @throws TrustException if the key or an anchor cannot be used
   */
  public static SSLContext of(Optional<Identity> own, Collection<X509Certificate> anchors)
      throws TrustException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      KeyStore store = empty();
      if (own.isPresent()) {
        store.setKeyEntry(
            "own", own.get().key(), new char[0], own.get().chain().toArray(X509Certificate[]::new));
      }
      keys.init(store, new char[0]);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      if (anchors.isEmpty()) {
        trust.init((KeyStore) null);
      } else {
        KeyStore believed = empty();
        int number = 0;
        for (X509Certificate anchor : anchors) {
          believed.setCertificateEntry("anchor" + number++, anchor);
        }
        trust.init(believed);
      }
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TrustException("no TLS context can be made: " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
