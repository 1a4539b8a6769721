package org.heliograph.wire;

import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * TLS could not be set up, or broke. The message tells a person what to look at; the peer has heard
 * no more than the alert of RFC 8446 6.2.
 */
public final class TlsFailed extends IOException {
  private static final long serialVersionUID = 1;

  /** As deep as causes are looked at. */
  private static final int DEPTH = 16;

  /** Alerts of RFC 8446 6.2 and RFC 5246 7.2 as JSSE writes them, and what they mean here. */
  private static final List<String[]> ALERTS =
      List.of(
          new String[] {"certificate_required", "the peer wants a certificate of ours"},
          new String[] {"bad_certificate", "the peer does not take our certificate, or misses one"},
          new String[] {"certificate_unknown", "the peer does not take our certificate"},
          new String[] {"unknown_ca", "the peer does not know who certified us"},
          new String[] {"certificate_expired", "the peer says that our certificate has expired"},
          new String[] {"certificate_revoked", "the peer says that our certificate is revoked"},
          new String[] {"unsupported_certificate", "the peer has no use for our kind of key"},
          new String[] {"protocol_version", "the peer takes no version of TLS that we offer"},
          new String[] {
            "handshake_failure", "the peer found no common way, or misses a certificate"
          },
          new String[] {"access_denied", "the peer knows us and does not let us in"},
          new String[] {"unrecognized_name", "the peer does not know the name we asked for"});

  public TlsFailed(String peer, @Nullable Throwable cause) {
    super("no TLS with " + peer + ": " + words(cause), cause);
  }

  /** What is wrong, in plain words where it is known, with what the library says. */
  public static String words(@Nullable Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = thrown; t != null && causes.size() < DEPTH; t = t.getCause()) {
      causes.add(t);
    }
    if (causes.isEmpty()) {
      return "no reason given";
    }
    for (Throwable t : causes) {
      switch (t) {
        case CertificateExpiredException e -> {
          return "the peer's certificate, or one above it, has expired: " + e.getMessage();
        }
        case CertificateNotYetValidException e -> {
          return "the peer's certificate, or one above it, is not valid yet: " + e.getMessage();
        }
        case SignatureException e -> {
          return "a certificate of the peer is not by whom it says: " + e.getMessage();
        }
        default -> {
          // Others say less than their messages do.
        }
      }
    }
    for (Throwable t : causes) {
      String words = ofMessage(String.valueOf(t.getMessage()));
      if (!words.isEmpty()) {
        return words;
      }
    }
    Throwable first = causes.getLast();
    return first instanceof CertPathValidatorException || first instanceof CertificateException
        ? "the peer's certificate is not taken: " + first.getMessage()
        : String.valueOf(first.getMessage());
  }

  private static String ofMessage(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("received fatal alert")) {
      for (String[] alert : ALERTS) {
        if (lower.contains(alert[0])) {
          return alert[1] + " (alert " + alert[0] + ")";
        }
      }
      return "the peer gave up: " + message;
    }
    if (lower.contains("unable to find valid certification path")
        || lower.contains("path does not chain")) {
      return "the peer's certificate is by nobody whom we believe: is the right anchor configured?";
    }
    if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
      return "the peer's certificate is for another name: " + message;
    }
    if (lower.contains("empty client certificate chain")
        || lower.contains("empty server certificate chain")
        || lower.contains("null cert chain")) {
      return "the peer showed no certificate";
    }
    if (lower.contains("broken pipe") || lower.contains("connection reset")) {
      return "the peer cut the connection under the handshake; it may not take our certificate: "
          + message;
    }
    if (lower.contains("shut down incorrectly") || lower.contains("terminated the handshake")) {
      return "the peer does not speak TLS there: it closed the connection under the handshake";
    }
    if (lower.contains("plaintext connection")
        || lower.contains("unsupported or unrecognized ssl")) {
      return "the peer does not speak TLS there";
    }
    if (lower.contains("no available authentication scheme")
        || lower.contains("no cipher suites in common")) {
      return "no common cipher suite, or no key of ours for one: " + message;
    }
    if (lower.contains("client requested protocol") || lower.contains("protocol_version")) {
      return "the peer offers no version of TLS that is allowed: " + message;
    }
    return "";
  }
}
