package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** TLS under RFC 1006: keys, whom to believe, versions. */
public final class TlsSettings {
  private TlsSettings() {}

  /** The oldest version that is spoken; the newest is always TLS 1.3. */
  public enum Oldest {
    TLS12,
    TLS13
  }

  /** A key with its certificate chain. */
  public record Keys(
      @Key(says = "PKCS#12 file with key and certificate chain.", mustExist = true) Path file,
      @Key(says = "Its password.") Secret password) {}

  /** Whose certificate it has to be. */
  public record Whose(
      @Key(says = "The distinguished name that it must have, such as CN=mta.example,O=Example.")
          Optional<String> subject,
      @Key(
              says =
                  "Names of which it must carry at least one as a subjectAltName: DNS names, mail"
                      + " addresses, URIs, IP addresses.")
          List<String> names) {}

  /** An address on which associations are taken over TLS. */
  public record Door(
      @Key(says = "Address and port; port 0 takes a free one.") Endpoint address,
      @Key(says = "Key and certificate that we show.") Keys keys,
      @Key(
              says = "PEM or DER files of the trust anchors for certificates of those who call.",
              mustExist = true)
          List<Path> anchors,
      @Key(
              says = "Whether who calls must show a certificate; anchors are needed then.",
              or = "true")
          boolean clientCertificate,
      @Key(says = "Oldest version of TLS.", or = "tls12") Oldest oldest) {
    public Door {
      if (clientCertificate && anchors.isEmpty()) {
        throw new IllegalArgumentException(
            "client-certificate = true needs anchors: whose certificates are to be believed?");
      }
    }
  }

  /** TLS with a peer that is called. */
  public record Client(
      @Key(says = "Key and certificate that we show; absent: none.") Optional<Keys> keys,
      @Key(
              says =
                  "PEM or DER files of the trust anchors for its certificate; none: those of the Java"
                      + " installation.",
              mustExist = true)
          List<Path> anchors,
      @Key(
              says = "Whether its certificate must carry the host of the address that is called.",
              or = "true")
          boolean verifyName,
      @Key(says = "Whose certificate it must be; absent: anybody's with that host.")
          Optional<Whose> certificate,
      @Key(says = "Oldest version of TLS.", or = "tls12") Oldest oldest) {}

  /** From where and how a peer may call us, beside what it says when it binds. */
  public record Admission(
      @Key(says = "Networks in CIDR notation that it calls from; none: any.")
          List<org.heliograph.wire.Network> networks,
      @Key(says = "Selectors of its own that it must send; those left out are not looked at.")
          P1Settings.Selectors calling,
      @Key(says = "Selectors of ours that it must send; those left out are not looked at.")
          P1Settings.Selectors called,
      @Key(says = "Whether it may come over TLS only.", or = "false") boolean tls,
      @Key(
              says =
                  "Whose certificate it must show in TLS. With it a peer that binds without a name is"
                      + " known from any address.")
          Optional<Whose> certificate) {}
}
