package org.heliograph.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.Link;
import org.heliograph.model.Outbound;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;

/** A peer that notes in a file what arrived: the Message-ID and how long the content was. */
final class Outbox implements Outbound {
  private final Path file;

  Outbox(Path file) {
    this.file = file;
  }

  @Override
  public ChannelName name() {
    return Fakes.SMTP;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Set.of(Form.MAIL, Form.X400), Long.MAX_VALUE, false, 1);
  }

  @Override
  public Link connect(PeerName peer) {
    return new Link() {
      @Override
      public Map<RecipientId, Outcome> transfer(
          Dispatch dispatch, Envelope envelope, Content content, Signal signal) {
        String line =
            envelope.identification().messageId().orElseThrow()
                + " "
                + Fakes.octets(content).length
                + "\n";
        note(file, line);
        Map<RecipientId, Outcome> outcomes = new HashMap<>();
        dispatch
            .recipients()
            .forEach(r -> outcomes.put(r, Outcome.transferred(Instant.EPOCH, "x", "y")));
        return outcomes;
      }

      @Override
      public boolean usable() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  static synchronized void note(Path file, String line) {
    try {
      Files.write(
          file,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
