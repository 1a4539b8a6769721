package org.heliograph.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Link;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.Source;
import org.heliograph.model.StepNo;
import org.heliograph.wire.Wire;

/** The outbound channel with one peer, as the queue would use it. */
final class Sending implements AutoCloseable {
  static final PeerName PEER = new PeerName("peer");
  private static final ChannelName SMTP = new ChannelName("smtp");

  final MemoryStore store = new MemoryStore();
  private final Wire wire = new Wire();
  final SmtpOutbound outbound;

  Sending(int port, UnaryOperator<SmtpPeerSettings> settings) {
    SmtpPeerSettings plain =
        SmtpPeerSettings.at("localhost", port, "me.example")
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));
    outbound =
        new SmtpOutbound(
            wire,
            SMTP,
            "me.example",
            Map.of(PEER, settings.apply(plain)),
            failure -> failure,
            InstantSource.system());
  }

  static Sending to(int port) {
    return new Sending(port, settings -> settings);
  }

  static EnvelopeBuilder from(String sender) {
    EnvelopeBuilder envelope =
        Envelope.message(ContentTypes.MAIL, Instant.now(), Source.internal(SMTP));
    return sender.isEmpty() ? envelope : envelope.originator(Mailbox.parse(sender));
  }

  /** From a@b.example to these. */
  static Envelope to(String... recipients) {
    EnvelopeBuilder envelope = from("a@b.example");
    for (int i = 0; i < recipients.length; i++) {
      envelope.recipient(Recipient.of(i + 1, Mailbox.parse(recipients[i])));
    }
    return envelope.build();
  }

  Link link() throws PeerUnavailable {
    return outbound.connect(PEER);
  }

  /** Sends over a link of its own. */
  Map<RecipientId, Outcome> send(Envelope envelope, String content) throws Exception {
    try (Link link = link()) {
      return send(link, envelope, content);
    }
  }

  Map<RecipientId, Outcome> send(Link link, Envelope envelope, String content) throws Exception {
    return link.transfer(
        dispatch(envelope),
        envelope,
        store.open(store.put(content.getBytes(ISO_8859_1))),
        Signal.none());
  }

  static Map<RecipientId, Outcome> send(Link link, Envelope envelope, Content content) {
    return link.transfer(dispatch(envelope), envelope, content, Signal.none());
  }

  static Dispatch dispatch(Envelope envelope) {
    return new Dispatch(
        new MessageId(1),
        envelope.recipients().stream().map(Recipient::id).collect(Collectors.toSet()),
        new StepNo(0),
        SMTP,
        PEER,
        1,
        new Claim(new NodeId("test"), 1),
        Optional.empty());
  }

  @Override
  public void close() {
    outbound.close();
    wire.close();
  }
}
