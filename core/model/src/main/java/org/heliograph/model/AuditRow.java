package org.heliograph.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line of the audit journal. Never holds content or secrets.
 *
 * @param message which message; absent for acts of the operator on the switch itself
 * @param recipient which recipient, if one
 * @param event a word such as {@code accepted}, {@code transferred}, {@code unwrapped}, {@code
 *     held}
 * @param facts what else is worth keeping, by stable keys in kebab-case
 */
public record AuditRow(
    Optional<MessageId> message,
    Optional<RecipientId> recipient,
    Instant at,
    String event,
    Map<String, String> facts) {
  public AuditRow {
    facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
