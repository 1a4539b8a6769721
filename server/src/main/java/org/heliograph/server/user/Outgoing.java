package org.heliograph.server.user;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Mailbox;

/**
 * A message as a mail user submits it.
 *
 * @param from empty for the null reverse-path
 * @param to at least one
 * @param content the RFC 5322 message with CRLF line ends
 * @param events the NOTIFY parameter for each recipient, such as {@code SUCCESS,FAILURE}
 * @param envelopeId the ENVID parameter
 */
public record Outgoing(
    Optional<Mailbox> from,
    List<Mailbox> to,
    byte[] content,
    Optional<String> events,
    Optional<String> envelopeId) {
  public Outgoing {
    to = List.copyOf(to);
  }
}
