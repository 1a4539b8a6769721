package org.heliograph.mixer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.asn1.Octets;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailWriter;
import org.heliograph.mail.MediaType;
import org.heliograph.mail.TransferEncoding;

/** A part of a message that is being written; knows how to write itself. */
sealed interface MimePart {
  /** Octets in a transfer encoding. */
  record Leaf(MediaType type, List<HeaderField> fields, Octets octets, TransferEncoding encoding)
      implements MimePart {}

  /** Fields and body that stand as they came, encoded already. */
  record Raw(List<HeaderField> fields, Octets body) implements MimePart {}

  /** A multipart. */
  record Multi(MediaType type, List<HeaderField> fields, List<MimePart> parts)
      implements MimePart {}

  /** A message/rfc822: its own header fields, and the part that is its body. */
  record Message(List<HeaderField> fields, List<HeaderField> header, MimePart body)
      implements MimePart {}

  /** Text that may stand in a message without saying what it is (RFC 2157 6.1). */
  record Plain(Octets octets) implements MimePart {}

  /**
   * Writes header fields and body.
   *
   * @param before fields that stand before those of the part
   */
  static void write(
      MimePart part, List<HeaderField> before, boolean outermost, MailWriter out, Desk desk)
      throws IOException {
    for (HeaderField field : before) {
      out.field(field);
    }
    if (outermost && !(part instanceof Plain) && !says(part, "MIME-Version")) {
      out.field("MIME-Version", "1.0");
    }
    switch (part) {
      case Plain plain -> {
        out.endHeader();
        out.copy(desk.reading(plain.octets()));
      }
      case Leaf leaf -> {
        out.field("Content-Type", leaf.type().text());
        if (leaf.encoding() != TransferEncoding.SEVEN_BIT
            && leaf.encoding() != TransferEncoding.UNKNOWN) {
          out.field("Content-Transfer-Encoding", leaf.encoding().token());
        }
        fields(leaf.fields(), out);
        out.endHeader();
        switch (leaf.encoding()) {
          case BASE64 -> out.base64(desk.reading(leaf.octets()));
          case QUOTED_PRINTABLE -> out.quotedPrintable(desk.reading(leaf.octets()));
          default -> out.copy(desk.reading(leaf.octets()));
        }
      }
      case Raw raw -> {
        fields(raw.fields(), out);
        out.endHeader();
        out.copy(desk.reading(raw.body()));
      }
      case Multi multi -> {
        String boundary = MailWriter.boundary();
        out.field("Content-Type", multi.type().with("boundary", boundary).text());
        fields(multi.fields(), out);
        out.endHeader();
        for (MimePart inner : multi.parts()) {
          out.part(boundary);
          write(inner, List.of(), false, out, desk);
        }
        out.end(boundary);
      }
      case Message message -> {
        out.field("Content-Type", "message/rfc822");
        fields(message.fields(), out);
        out.endHeader();
        write(message.body(), message.header(), true, out, desk);
      }
    }
  }

  private static boolean says(MimePart part, String name) {
    return part instanceof Raw raw && raw.fields().stream().anyMatch(f -> f.is(name));
  }

  private static void fields(List<HeaderField> fields, MailWriter out) throws IOException {
    for (HeaderField field : fields) {
      out.field(field);
    }
  }

  /** Names of the kinds of parts, for people. */
  static List<String> kinds(MimePart part) {
    return switch (part) {
      case Plain plain -> List.of("text/plain");
      case Leaf leaf -> List.of(leaf.type().essence());
      case Raw raw -> List.of("mime-in-ia5-text");
      case Multi multi -> {
        List<String> inner = new ArrayList<>();
        multi.parts().forEach(p -> inner.addAll(kinds(p)));
        yield List.of(multi.type().essence() + "(" + String.join("+", inner) + ")");
      }
      case Message message ->
          List.of("message/rfc822(" + String.join("+", kinds(message.body())) + ")");
    };
  }
}
