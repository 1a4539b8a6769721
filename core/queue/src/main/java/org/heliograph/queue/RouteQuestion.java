package org.heliograph.queue;

import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.Label;
import org.heliograph.model.Precedence;

/**
 * What routes decide by.
 *
 * @param address the recipient
 * @param kind message, probe or report; conditions on content and label do not hold reports back
 * @param contentType absent: not known yet, no condition on it objects
 * @param octets of the content; of a probe those that its message would have
 * @param precedence how urgent; absent: not known yet
 * @param label the message security label
 */
public record RouteQuestion(
    Address address,
    Envelope.Kind kind,
    Optional<ContentType> contentType,
    long octets,
    Optional<Precedence> precedence,
    Optional<Label> label) {
  /** Where messages for {@code address} go, whatever they are. */
  public static RouteQuestion of(Address address) {
    return new RouteQuestion(
        address, Envelope.Kind.MESSAGE, Optional.empty(), 0, Optional.empty(), Optional.empty());
  }

  /** About one recipient of an envelope around so many octets. */
  public static RouteQuestion of(Envelope envelope, Address recipient, long octets) {
    return new RouteQuestion(
        recipient,
        envelope.kind(),
        Optional.of(envelope.contentType()),
        octets,
        Optional.of(envelope.precedence()),
        envelope.label());
  }

  public RouteQuestion withContentType(ContentType type) {
    return new RouteQuestion(address, kind, Optional.of(type), octets, precedence, label);
  }

  public RouteQuestion withOctets(long other) {
    return new RouteQuestion(address, kind, contentType, other, precedence, label);
  }

  public RouteQuestion withPrecedence(Precedence other) {
    return new RouteQuestion(address, kind, contentType, octets, Optional.of(other), label);
  }

  public RouteQuestion withLabel(Label other) {
    return new RouteQuestion(address, kind, contentType, octets, precedence, Optional.of(other));
  }
}
