package org.heliograph.trust;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

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
    return of(own, anchors, CertificateRule.ANY);
  }

  /**
   * A context that takes only certain certificates of peers: the handshake fails for others.
   *
   * @param own what to show, if anything
   * @param anchors whom to believe; empty: the anchors of the Java installation
   * @param rule whose certificate the peer must show
   * @throws TrustException if the key or an anchor cannot be used
   */
  public static SSLContext of(
      Optional<Identity> own, Collection<X509Certificate> anchors, CertificateRule rule)
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
      context.init(keys.getKeyManagers(), managers(anchors, rule), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TrustException("no TLS context can be made: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] managers(Collection<X509Certificate> anchors, CertificateRule rule)
      throws GeneralSecurityException, IOException {
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
    return Stream.of(trust.getTrustManagers())
        .map(m -> m instanceof X509ExtendedTrustManager path ? new Ruled(path, rule) : m)
        .toArray(TrustManager[]::new);
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Looks at the certificate itself when the path to it stands. */
  private static final class Ruled extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager path;
    private final CertificateRule rule;

    Ruled(X509ExtendedTrustManager path, CertificateRule rule) {
      this.path = path;
      this.rule = rule;
    }

    private void judge(X509Certificate[] chain) throws CertificateException {
      Optional<String> objection = rule.objection(chain[0]);
      if (objection.isPresent()) {
        throw new CertificateException(objection.get());
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      path.checkClientTrusted(chain, type);
      judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      path.checkClientTrusted(chain, type, socket);
      judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      path.checkClientTrusted(chain, type, engine);
      judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      path.checkServerTrusted(chain, type);
      judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      path.checkServerTrusted(chain, type, socket);
      judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      path.checkServerTrusted(chain, type, engine);
      judge(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return path.getAcceptedIssuers();
    }
  }
}
