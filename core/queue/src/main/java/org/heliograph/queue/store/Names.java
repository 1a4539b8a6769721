package org.heliograph.queue.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.model.Identification;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.UniqueKey.Scheme;

/** The names under which messages are found, as the 32 octets that stand in the tables. */
final class Names {
  private static final int SIGNIFICANT = 512;

  private Names() {}

  static byte[] hash(UniqueKey key) {
    String value = key.value();
    String cut = value.length() > SIGNIFICANT ? value.substring(0, SIGNIFICANT) : value;
    return sha256().digest((key.scheme() + " " + cut).getBytes(StandardCharsets.UTF_8));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All names of a message. */
  static List<UniqueKey> of(Identification names) {
    List<UniqueKey> keys = new ArrayList<>(4);
    names
        .mtsIdentifier()
        .ifPresent(id -> keys.add(new UniqueKey(Scheme.MTS_IDENTIFIER, id.toString())));
    names.messageId().ifPresent(id -> keys.add(new UniqueKey(Scheme.MESSAGE_ID, id)));
    names.ipmIdentifier().ifPresent(id -> keys.add(new UniqueKey(Scheme.IPM_IDENTIFIER, id)));
    names.envelopeId().ifPresent(id -> keys.add(new UniqueKey(Scheme.ENVELOPE_ID, id)));
    return keys;
  }
}
