package org.heliograph.mail;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Content;
import org.heliograph.model.StoreUnavailable;

/**
 * A message or one of its parts, as a map of the stored content.
 *
 * @param header its header
 * @param type Content-Type, or the default that holds in its place
 * @param encoding Content-Transfer-Encoding
 * @param head from the first octet of the header to the first of the body
 * @param body without the line end that belongs to the boundary behind it
 * @param parts of a multipart its parts, of message/rfc822 the one message in it, else empty
 */
public record Entity(
    Header header,
    MediaType type,
    TransferEncoding encoding,
    Range head,
    Range body,
    List<Entity> parts) {
  public Entity {
    parts = List.copyOf(parts);
  }

  /** Header and body. */
  public Range whole() {
    return new Range(head.start(), body.end());
  }

  public boolean isMultipart() {
    return type.type().equals("multipart") && !parts.isEmpty();
  }

  /** The nested message of a message/rfc822 that could be looked into. */
  public Optional<Entity> message() {
    return type.is("message", "rfc822") && parts.size() == 1
        ? Optional.of(parts.getFirst())
        : Optional.empty();
  }

  public Optional<Disposition> disposition() {
    return header.body("Content-Disposition").flatMap(Disposition::parse);
  }

  /** The name of the file: of Content-Disposition, else the old {@code name} of Content-Type. */
  public Optional<String> filename() {
    return disposition()
        .flatMap(Disposition::filename)
        .or(() -> type.parameter("name").map(EncodedWords::decode));
  }

  /** The octets of the body as they stand in {@code content}, the content this was read from. */
  public InputStream encoded(Content content) throws StoreUnavailable {
    return new RangeStream(content.open(body.start()), body.length());
  }

  /** The octets of the body with the transfer encoding taken off. */
  public InputStream decoded(Content content) throws StoreUnavailable {
    return encoding.decode(encoded(content));
  }
}
