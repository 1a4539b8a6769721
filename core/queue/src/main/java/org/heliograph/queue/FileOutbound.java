package org.heliograph.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Address;
import org.heliograph.model.AddressKind;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Link;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.StoreUnavailable;

/**
 * Delivers into a directory: for each recipient a directory named after it, in it for each message
 * {@code NUMBER.json} (facts of the envelope) and {@code NUMBER.content} (the content as it is).
 *
 * <p>Both files are written under another name, forced and renamed, the envelope last, and the
 * directory is forced: where a {@code .json} stands its message is whole. A message that is
 * delivered again after a crash overwrites itself.
 */
public final class FileOutbound implements org.heliograph.model.Outbound {
  private static final int LONGEST_NAME = 100;

  private final ChannelName name;
  private final Path directory;
  private final InstantSource clock;

  public FileOutbound(ChannelName name, Path directory, InstantSource clock) {
    this.name = name;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public ChannelName name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    Set<Form> all = new HashSet<>();
    for (AddressKind kind : AddressKind.values()) {
      for (ContentFamily family : EnumSet.allOf(ContentFamily.class)) {
        all.add(new Form(kind, family));
      }
    }
    // a probe is not delivered, it is answered
    return new Capabilities(all, Long.MAX_VALUE, false, 1);
  }

  /** The directory of a recipient: letters, digits, dots and hyphens; long ones end in a hash. */
  public static String directoryName(Address recipient) {
    String text =
        switch (recipient) {
          case Mailbox mailbox -> mailbox.text();
          case OrAddress or -> or.comparisonKey();
        };
    StringBuilder safe = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "@=-_".indexOf(c) >= 0);
      if (plain || c == '.' && safe.length() > 0) {
        safe.append(c);
      } else {
        safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return safe.length() <= LONGEST_NAME
        ? safe.toString()
        : safe.substring(0, LONGEST_NAME) + "+" + Digests.short256(text);
  }

  @Override
  public Link connect(PeerName peer) {
    return new Link() {
      @Override
      public Map<RecipientId, Outcome> transfer(
          Dispatch dispatch, Envelope envelope, Content content, Signal signal) {
        Map<RecipientId, Outcome> outcomes = new HashMap<>();
        for (RecipientId id : dispatch.recipients()) {
          Optional<Recipient> recipient = envelope.recipient(id);
          if (recipient.isPresent()) {
            outcomes.put(id, deliver(dispatch, envelope, recipient.get(), content));
          }
        }
        return outcomes;
      }

      @Override
      public boolean usable() {
        return true;
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }

  private Outcome deliver(
      Dispatch dispatch, Envelope envelope, Recipient recipient, Content content) {
    try {
      Path place = directory.resolve(directoryName(recipient.address()));
      if (!Files.isDirectory(place)) {
        Files.createDirectories(place);
        force(directory);
      }
      String number = dispatch.message().toString();
      write(
          place,
          number + ".content",
          out -> {
            try (InputStream in = content.open()) {
              in.transferTo(out);
            } catch (StoreUnavailable e) {
              throw new IOException(e.getMessage(), e);
            }
          });
      String facts = EnvelopeFacts.json(dispatch.message(), envelope, recipient, content.length());
      write(place, number + ".json", out -> out.write(facts.getBytes(StandardCharsets.UTF_8)));
      return new Outcome.Done(
          Outcome.DoneKind.DELIVERED, clock.instant(), Optional.empty(), Optional.empty());
    } catch (IOException e) {
      if (e.getCause() instanceof StoreUnavailable) {
        return Outcome.deferred(
            Outcome.Scope.MESSAGE, Failures.internal("the content cannot be read now"));
      }
      return Outcome.deferred(
          Outcome.Scope.PEER,
          Failure.of(Failure.Cause.PEER_UNAVAILABLE, "the delivery directory cannot be written"));
    }
  }

  private static void force(Path place) throws IOException {
    try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** What is to stand in a file. */
  @FunctionalInterface
  private interface Writer {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Path place, String name, Writer writer) throws IOException {
    Path temporary = place.resolve("." + name);
    try (FileChannel channel =
            FileChannel.open(
                temporary,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream out = Channels.newOutputStream(channel)) {
      writer.write(out);
      channel.force(true);
    }
    Files.move(temporary, place.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(place);
  }
}
