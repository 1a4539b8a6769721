package org.heliograph.smtp;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Link;
import org.heliograph.model.Outcome;
import org.heliograph.model.Outcome.Scope;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.StoreUnavailable;

/** A connection in the hands of the queue. */
final class SmtpLink implements Link {
  private final SmtpOutbound outbound;
  private final SmtpPeerSettings settings;
  private ClientConnection connection;
  private boolean fresh;

  /**
   * @param fresh whether the connection was made for this link
   */
  SmtpLink(
      SmtpOutbound outbound,
      SmtpPeerSettings settings,
      ClientConnection connection,
      boolean fresh) {
    this.outbound = outbound;
    this.settings = settings;
    this.connection = connection;
    this.fresh = fresh;
  }

  @Override
  public Map<RecipientId, Outcome> transfer(
      Dispatch dispatch, Envelope envelope, Content content, Signal signal) {
    if (signal.yieldWanted()) {
      return all(dispatch, new Outcome.Interrupted(Optional.empty()));
    }
    Letter letter;
    try {
      letter = Letter.of(envelope, content, outbound.reports());
    } catch (StoreUnavailable | IOException e) {
      return all(
          dispatch,
          Outcome.deferred(
              Scope.MESSAGE, Failure.of(Failure.Cause.INTERNAL, "the content cannot be read now")));
    }
    List<Recipient> recipients =
        envelope.recipients().stream().filter(r -> dispatch.recipients().contains(r.id())).toList();
    Transfer transfer = new Transfer(connection, settings, letter, outbound.clock());
    Map<RecipientId, Outcome> outcomes = transfer.to(recipients);
    // a connection that was left alone may have ended meanwhile: that is nobody's failure
    if (!connection.usable() && !transfer.answered() && (!fresh || connection.used())) {
      try {
        connection = outbound.open(settings);
        fresh = true;
      } catch (PeerUnavailable e) {
        return all(dispatch, Outcome.deferred(Scope.PEER, e.failure()));
      }
      outcomes = new Transfer(connection, settings, letter, outbound.clock()).to(recipients);
    }
    return outcomes;
  }

  private static Map<RecipientId, Outcome> all(Dispatch dispatch, Outcome outcome) {
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    dispatch.recipients().forEach(id -> outcomes.put(id, outcome));
    return outcomes;
  }

  @Override
  public boolean usable() {
    return connection.usable();
  }

  @Override
  public void close() {
    outbound.giveBack(settings, connection);
  }
}
