package org.heliograph.server.mailboxes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.heliograph.model.Address;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.Recipient;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Submission;
import org.heliograph.model.UniqueKey;
import org.heliograph.server.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes: {@code DIRECTORY/MAILBOX/NUMBER.eml} with {@code NUMBER.json}, its envelope,
 * beside it.
 */
final class Mailboxes implements Submission {
  private static final Logger LOG = LoggerFactory.getLogger(Mailboxes.class);

  private final Path directory;
  private final Path incoming;
  private final Set<Mailbox> known;
  private final Consumer<Delivery> delivered;
  private final AtomicLong next = new AtomicLong(1);

  /** A message that was delivered to some of the mailboxes. */
  record Delivery(MessageId message, Envelope envelope, List<Recipient> recipients, Path file) {}

  /**
   * @param known all mailboxes there are
   * @param delivered hears of each delivery after it is on disk
   */
  Mailboxes(Path directory, Set<Mailbox> known, Consumer<Delivery> delivered) throws IOException {
    this.directory = directory;
    this.incoming = Files.createDirectories(directory.resolve("incoming"));
    this.known = Set.copyOf(known);
    this.delivered = delivered;
    try (Stream<Path> left = Files.list(incoming)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    for (Mailbox mailbox : known) {
      Path box = Files.createDirectories(directory.resolve(mailbox.text()));
      try (Stream<Path> there = Files.list(box)) {
        there.forEach(file -> next.accumulateAndGet(number(file) + 1, Math::max));
      }
    }
  }

  private static long number(Path file) {
    String digits = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }

  @Override
  public Stage stage() throws StoreUnavailable {
    long key = next.getAndIncrement();
    return new FileStage(incoming.resolve(Long.toString(key)), key);
  }

  @Override
  public Answer routable(Address recipient, ContentFamily family, Source source) {
    return recipient instanceof Mailbox mailbox && known.contains(mailbox) ? Answer.YES : Answer.NO;
  }

  @Override
  public MessageId submit(Draft draft, Set<UniqueKey> keys)
      throws AlreadyAccepted, StoreUnavailable {
    MessageId message = new MessageId(draft.content().key());
    List<Recipient> recipients =
        draft.envelope().recipients().stream().filter(r -> known.contains(r.address())).toList();
    try {
      Path staged = incoming.resolve(Long.toString(draft.content().key()));
      Path last = staged;
      for (Recipient recipient : recipients) {
        last = store(message, draft.envelope(), recipient, staged);
      }
      Files.delete(staged);
      LOG.info(
          "{} delivered to {}: {} octets from {}",
          message,
          recipients.stream().map(r -> r.address().display()).toList(),
          draft.content().length(),
          draft.envelope().originator().map(Address::display).orElse("<>"));
      delivered.accept(new Delivery(message, draft.envelope(), recipients, last));
      return message;
    } catch (IOException e) {
      throw new StoreUnavailable("the mailbox directory takes nothing now: " + e.getMessage(), e);
    }
  }

  private Path store(MessageId message, Envelope envelope, Recipient recipient, Path staged)
      throws IOException {
    Path box = directory.resolve(((Mailbox) recipient.address()).text());
    Map<String, Object> facts = new TreeMap<>();
    facts.put("from", envelope.originator().map(Address::display).orElse(""));
    facts.put("to", recipient.address().display());
    facts.put("arrived", envelope.submitted().toString());
    facts.put("source", envelope.source().remote());
    facts.put(
        "report", recipient.reportRequest().events().stream().map(Enum::name).sorted().toList());
    envelope.identification().envelopeId().ifPresent(id -> facts.put("envid", id));
    Path described = box.resolve(message.value() + ".json");
    Files.writeString(described, Json.write(facts) + "\n", StandardCharsets.UTF_8);
    Path part = box.resolve(message.value() + ".part");
    Files.copy(staged, part, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    // Who waits for messages looks for .eml only, and finds it whole.
    return Files.move(part, box.resolve(message.value() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void quarantine(Source source, ContentRef octets, String why) {
    LOG.warn("{} sent what cannot be read: {}", source.remote(), why);
  }

  @Override
  public boolean open() {
    return true;
  }
}
