package org.heliograph.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.mail.LineScanner.Match;
import org.heliograph.model.Content;
import org.heliograph.model.StoreUnavailable;

/**
 * Reads a message once, from its first octet to its last, and makes the map of it: headers, and
 * where each part lies (RFC 5322, RFC 2045, RFC 2046). Holds headers and one buffer in memory.
 *
 * <p>Lines may end in CRLF or in LF. A multipart without boundary, or beyond the limits, is one
 * opaque part: nothing is lost by not looking into it. A multipart whose end is missing ends with
 * what is around it.
 */
public final class MailReader {
  private final LineScanner scanner;
  private final MailLimits limits;
  private final List<byte[]> boundaries = new ArrayList<>();
  private int entities;

  /** Which boundary ended the last body: an index of {@code boundaries}, or -1 for the end. */
  private int endedBy = -1;

  private boolean closed;

  private MailReader(InputStream in, MailLimits limits) {
    this.scanner = new LineScanner(in);
    this.limits = limits;
  }

  /**
   * The map of {@code content}.
   *
   * @throws MailSyntaxException if a header is larger than the limits allow
   * @throws StoreUnavailable if the content cannot be read now
   */
  public static Entity read(Content content, MailLimits limits)
      throws MailSyntaxException, StoreUnavailable {
    try (InputStream in = content.open()) {
      return new MailReader(in, limits).entity(0, MediaType.PLAIN_TEXT, true);
    } catch (IOException e) {
      throw new StoreUnavailable("content could not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Only the header that {@code in} begins with; what is behind it stays unread or not, as it
   * happens.
   *
   * @throws MailSyntaxException if it is larger than the limits allow
   */
  public static Header readHeader(InputStream in, MailLimits limits)
      throws MailSyntaxException, IOException {
    return new MailReader(in, limits).header();
  }

  private Entity entity(int depth, MediaType otherwise, boolean mayLookInside)
      throws IOException, MailSyntaxException {
    entities++;
    endedBy = -1;
    closed = false;
    long start = scanner.offset();
    Header header = header();
    boolean headerOnly = endedBy >= 0;
    long bodyStart = headerOnly ? scanner.lineStart() : scanner.offset();
    Range head = new Range(start, bodyStart);
    MediaType type =
        header
            .body("Content-Type")
            .map(body -> MediaType.parse(body).orElse(MediaType.OCTETS))
            .orElse(otherwise);
    TransferEncoding encoding = TransferEncoding.of(header.body("Content-Transfer-Encoding"));
    if (headerOnly) {
      return new Entity(header, type, encoding, head, new Range(bodyStart, bodyStart), List.of());
    }
    List<Entity> parts = List.of();
    long bodyEnd;
    boolean deeper = mayLookInside && depth < limits.depth() && entities < limits.parts();
    Optional<String> boundary = type.parameter("boundary").filter(b -> !b.isEmpty());
    if (deeper && type.type().equals("multipart") && boundary.isPresent()) {
      parts = new ArrayList<>();
      bodyEnd = multipart(depth, type, boundary.get(), parts);
    } else if (deeper && type.is("message", "rfc822") && encoding.identity()) {
      Entity inner = entity(depth + 1, MediaType.PLAIN_TEXT, true);
      parts = List.of(inner);
      bodyEnd = inner.body().end();
    } else {
      bodyEnd = bodyUntilBoundary(bodyStart);
    }
    return new Entity(
        header, type, encoding, head, new Range(bodyStart, Math.max(bodyStart, bodyEnd)), parts);
  }

  private long multipart(int depth, MediaType type, String boundary, List<Entity> parts)
      throws IOException, MailSyntaxException {
    byte[] octets = boundary.getBytes(StandardCharsets.UTF_8);
    if (octets.length > LineScanner.PREFIX_OCTETS - 8) {
      return bodyUntilBoundary(scanner.offset());
    }
    int mine = boundaries.size();
    boundaries.add(octets);
    MediaType inner = type.subtype().equals("digest") ? MediaType.MESSAGE : MediaType.PLAIN_TEXT;
    long end = bodyUntilBoundary(scanner.offset());
    while (endedBy == mine && !closed) {
      // beyond the limit the rest of the multipart becomes one part that nobody looks into
      boolean last = entities >= limits.parts();
      if (last) {
        boundaries.set(mine, new byte[0]);
      }
      Entity part = entity(depth + 1, inner, !last);
      parts.add(part);
      end = part.body().end();
      if (last) {
        break;
      }
    }
    boolean ownEnd = endedBy == mine;
    boundaries.removeLast();
    if (ownEnd) {
      end = bodyUntilBoundary(scanner.offset());
    }
    return end;
  }

  /** Passes over lines up to a boundary or the end; says where the body before it ends. */
  private long bodyUntilBoundary(long bodyStart) throws IOException {
    long end = bodyStart;
    int lineEnd = 0;
    endedBy = -1;
    while (scanner.next(LineScanner.PREFIX_OCTETS)) {
      if (atBoundary()) {
        return Math.max(bodyStart, end - lineEnd);
      }
      end = scanner.lineStart() + scanner.lineLength();
      lineEnd = scanner.lineEnd();
    }
    return end;
  }

  private boolean atBoundary() {
    for (int i = boundaries.size() - 1; i >= 0; i--) {
      byte[] boundary = boundaries.get(i);
      Match match = boundary.length == 0 ? Match.NONE : scanner.match(boundary);
      if (match != Match.NONE) {
        endedBy = i;
        closed = match == Match.CLOSE;
        return true;
      }
    }
    return false;
  }

  private Header header() throws IOException, MailSyntaxException {
    List<HeaderField> fields = new ArrayList<>();
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    long total = 0;
    while (scanner.next(limits.headerOctets())) {
      if (scanner.blank()) {
        break;
      }
      if (atBoundary()) {
        break;
      }
      total += scanner.lineLength();
      if (total > limits.headerOctets()) {
        throw new MailSyntaxException(
            scanner.lineStart(), "a header of more than " + limits.headerOctets() + " octets");
      }
      if (!scanner.continued() && field.size() > 0) {
        fields.add(HeaderField.read(field.toByteArray()));
        field.reset();
      }
      byte[] line = scanner.kept();
      field.write(line, 0, line.length - scanner.lineEnd());
      field.write('\r');
      field.write('\n');
    }
    if (field.size() > 0) {
      fields.add(HeaderField.read(field.toByteArray()));
    }
    return new Header(fields);
  }
}
