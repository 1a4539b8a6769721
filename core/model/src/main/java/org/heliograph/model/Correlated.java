package org.heliograph.model;

import java.util.List;
import java.util.Optional;

/**
 * What the correlation table remembers of a message, also after it is gone.
 *
 * @param message its number
 * @param identification its names
 * @param originator its originator
 * @param recipients its recipients with their addresses and original numbers
 * @param contentType its content type
 * @param parent the message it was made from
 */
public record Correlated(
    MessageId message,
    Identification identification,
    Optional<Address> originator,
    List<Recipient> recipients,
    ContentType contentType,
    Optional<MessageId> parent) {
  public Correlated {
    recipients = List.copyOf(recipients);
  }
}
