package org.heliograph.server.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.mail.DsnReader;
import org.heliograph.mail.Entity;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MmhsReader;
import org.heliograph.model.Content;
import org.heliograph.model.StoreUnavailable;

/** A message as it arrived in a mailbox, taken apart. */
final class Arrived {
  private final Content content;
  private final Entity message;

  /** Octets as content. */
  private record Held(byte[] octets) implements Content {
    @Override
    public long length() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(octets, (int) offset, octets.length - (int) offset);
    }
  }

  private Arrived(Content content, Entity message) {
    this.content = content;
    this.message = message;
  }

  /**
   * @throws IOException if it is no message
   */
  static Arrived read(byte[] octets) throws IOException {
    try {
      Content content = new Held(octets);
      return new Arrived(content, MailReader.read(content, MailLimits.DEFAULT));
    } catch (MailSyntaxException | StoreUnavailable e) {
      throw new IOException("what arrived is no message: " + e.getMessage(), e);
    }
  }

  Optional<String> field(String name) {
    return message.header().first(name).map(f -> f.text().strip());
  }

  MmhsReader.Result military() {
    return MmhsReader.read(message.header());
  }

  /** What it reports, if it is a delivery status notification. */
  Optional<DeliveryStatus> status() throws IOException {
    try {
      return DsnReader.read(message, content);
    } catch (MailSyntaxException | StoreUnavailable e) {
      throw new IOException("a delivery status that cannot be read: " + e.getMessage(), e);
    }
  }

  /** The first text part, with LF line ends and without blank lines at its end. */
  String body() throws IOException {
    for (Entity leaf : leaves()) {
      if (leaf.type().type().equals("text") && leaf.filename().isEmpty()) {
        Charset charset =
            leaf.type()
                .parameter("charset")
                .map(Charset::forName)
                .orElse(StandardCharsets.US_ASCII);
        return new String(octets(leaf), charset).replace("\r\n", "\n").stripTrailing();
      }
    }
    return "";
  }

  /** The parts that are not the first text: attachments. */
  List<Entity> attachments() {
    return leaves().stream()
        .filter(leaf -> leaf.filename().isPresent() || !leaf.type().type().equals("text"))
        .toList();
  }

  byte[] octets(Entity leaf) throws IOException {
    try (InputStream in = leaf.decoded(content)) {
      return in.readAllBytes();
    } catch (StoreUnavailable e) {
      throw new IOException(e);
    }
  }

  private List<Entity> leaves() {
    List<Entity> leaves = new ArrayList<>();
    collect(message, leaves);
    return leaves;
  }

  private static void collect(Entity entity, List<Entity> leaves) {
    if (entity.parts().isEmpty()) {
      leaves.add(entity);
    }
    entity.parts().forEach(part -> collect(part, leaves));
  }
}
