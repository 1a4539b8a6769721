package org.heliograph.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.model.Mailbox;

/** What has come into a mailbox so far. */
final class Post {
  private final Path box;
  private final Set<Path> seen = new HashSet<>();
  private final List<Arrived> letters = new ArrayList<>();
  private final List<DeliveryStatus> reports = new ArrayList<>();

  Post(Path mailboxes, Mailbox owner) {
    this.box = mailboxes.resolve(owner.text());
  }

  /** Looks for what is new. */
  void look() throws IOException {
    if (!Files.isDirectory(box)) {
      return;
    }
    try (Stream<Path> files = Files.list(box)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
        if (seen.add(file)) {
          Arrived arrived = Arrived.read(Files.readAllBytes(file));
          Optional<DeliveryStatus> status = arrived.status();
          status.ifPresentOrElse(reports::add, () -> letters.add(arrived));
        }
      }
    }
  }

  /** The letter with this subject. */
  Optional<Arrived> letter(String subject) {
    return letters.stream()
        .filter(l -> l.field("Subject").equals(Optional.of(subject)))
        .findFirst();
  }

  int letters() {
    return letters.size();
  }

  /** The report about a letter and one of its recipients. */
  Optional<DeliveryStatus> report(String envelopeId, Mailbox about) {
    return reports.stream()
        .filter(r -> r.envelopeId().equals(Optional.of(envelopeId)))
        .filter(r -> r.recipients().stream().anyMatch(p -> speaksOf(p, about)))
        .findFirst();
  }

  private static boolean speaksOf(DeliveryStatus.PerRecipient recipient, Mailbox about) {
    String text = about.text();
    return recipient.original().map(o -> o.value().equalsIgnoreCase(text)).orElse(false)
        || recipient.finalRecipient().value().equalsIgnoreCase(text);
  }
}
