package org.heliograph.protection;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.heliograph.model.Label;

/**
 * What a signature layer said and what held of it. Each fact stands alone, so that an operator sees
 * which one failed.
 *
 * @param signer whose certificate it was
 * @param signature whether signature and digest hold
 * @param path why no path leads from the signer to an anchor; empty: one does
 * @param label the ESS security label among the signed attributes
 * @param algorithm of the signature, by name or object identifier
 */
record Verified(
    X509Certificate signer,
    boolean signature,
    Optional<String> path,
    Optional<Label> label,
    String algorithm) {
  String subject() {
    return signer.getSubjectX500Principal().getName();
  }
}
