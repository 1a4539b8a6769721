package org.heliograph.mixer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.External;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.ExtendedBodyPart;
import org.heliograph.asn1.x420.FileTransferData;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.InformationObject;

/**
 * What a message consists of, seen by others than the gateway: mime4j for mail, the decoder of P22
 * for X.400. Shares no code with what it judges.
 */
final class Leaves {
  private Leaves() {}

  /**
   * A leaf of a message.
   *
   * @param path numbers of parts from the outside in; {@code m} is a message in a part
   * @param type media type, or kind of body part
   * @param charset lower case; empty where none is said
   * @param octets without transfer encoding
   * @param name file name, empty if there is none
   * @param description Content-Description, empty if there is none
   */
  record Leaf(
      String path, String type, String charset, byte[] octets, String name, String description) {
    String text() {
      Charset known = charset.isEmpty() ? StandardCharsets.US_ASCII : Charset.forName(charset);
      return new String(octets, known);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Leaf l
          && path.equals(l.path)
          && type.equals(l.type)
          && charset.equals(l.charset)
          && Arrays.equals(octets, l.octets)
          && name.equals(l.name)
          && description.equals(l.description);
    }

    @Override
    public int hashCode() {
      return path.hashCode();
    }

    @Override
    public String toString() {
      String head = HexFormat.of().formatHex(octets, 0, Math.min(40, octets.length));
      return path + " " + type + " " + charset + " " + octets.length + ":" + head + " " + name;
    }
  }

  /** The leaves of mail, and its multiparts as {@code path multipart/x}. */
  record Mail(List<Leaf> leaves, List<String> shape) {}

  static Mail ofMail(byte[] octets) throws IOException, MimeException {
    MimeTokenStream stream =
        new MimeTokenStream(
            MimeConfig.custom()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(-1)
                .build());
    stream.parse(new ByteArrayInputStream(octets));
    List<Leaf> leaves = new ArrayList<>();
    List<String> shape = new ArrayList<>();
    Deque<Integer> counts = new ArrayDeque<>();
    Deque<String> paths = new ArrayDeque<>(List.of(""));
    String name = "";
    String description = "";
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      switch (state) {
        case T_START_HEADER -> {
          name = "";
          description = "";
        }
        case T_FIELD -> {
          Field field = stream.getField();
          String body = field.getBody().replaceAll("\\s+", " ").strip();
          if (field.getName().equalsIgnoreCase("Content-Disposition")) {
            name = body.replaceAll(".*filename=\"?([^\";]*)\"?.*", "$1");
          } else if (field.getName().equalsIgnoreCase("Content-Description")) {
            description = body;
          }
        }
        case T_START_MULTIPART -> {
          shape.add(paths.peek() + " " + stream.getBodyDescriptor().getMimeType());
          counts.push(0);
        }
        case T_END_MULTIPART -> counts.pop();
        case T_START_BODYPART -> {
          int number = counts.pop() + 1;
          counts.push(number);
          paths.push(paths.peek() + "." + number);
        }
        case T_END_BODYPART -> paths.pop();
        case T_START_MESSAGE -> {
          if (paths.size() > 1 || !counts.isEmpty()) {
            shape.add(paths.peek() + " message/rfc822");
          }
          paths.push(paths.peek() + "m");
        }
        case T_END_MESSAGE -> paths.pop();
        case T_BODY -> {
          BodyDescriptor d = stream.getBodyDescriptor();
          try (InputStream in = stream.getDecodedInputStream()) {
            String type = d.getMimeType();
            String charset =
                type.startsWith("text/")
                    ? (d.getCharset() == null ? "us-ascii" : d.getCharset())
                        .toLowerCase(Locale.ROOT)
                    : "";
            leaves.add(new Leaf(paths.peek(), type, charset, in.readAllBytes(), name, description));
          }
        }
        default -> {}
      }
    }
    return new Mail(leaves, shape);
  }

  /** The leaves of an interpersonal message, in order; forwarded ones are gone into. */
  static List<Leaf> ofX400(byte[] content) throws Exception {
    List<Leaf> leaves = new ArrayList<>();
    walk(((InformationObject.Ipm) InformationObject.CODEC.decode(content)).value(), "", leaves);
    return leaves;
  }

  private static void walk(IPM ipm, String path, List<Leaf> leaves) throws Exception {
    int number = 0;
    for (BodyPart part : ipm.body()) {
      String here = path + "." + ++number;
      switch (part) {
        case BodyPart.Message message -> walk(message.value().data(), here, leaves);
        case BodyPart.Ia5Text text ->
            leaves.add(
                new Leaf(here, "ia5", "", text.value().data().octets().toByteArray(), "", ""));
        case BodyPart.Extended extended -> leaves.add(extended(here, extended.value()));
        default -> leaves.add(new Leaf(here, part.toString(), "", new byte[0], "", ""));
      }
    }
  }

  private static Leaf extended(String path, ExtendedBodyPart part) throws Exception {
    External.Encoding.SingleAsn1Type data =
        (External.Encoding.SingleAsn1Type) part.data().encoding();
    String type = String.valueOf(part.data().directReference());
    if (type.equals("2.6.1.4.12")) {
      External file = data.value().as(FileTransferData.CODEC).getFirst();
      byte[] octets =
          switch (file.encoding()) {
            case External.Encoding.OctetAligned aligned -> aligned.value().toByteArray();
            case External.Encoding.SingleAsn1Type single ->
                single.value().as(Codecs.OCTET_STRING).toByteArray();
            case External.Encoding.Arbitrary bits -> new byte[0];
          };
      return new Leaf(path, "file", "", octets, "", "");
    }
    if (type.equals("2.6.1.4.11")) {
      byte[] text = data.value().as(Codecs.GENERAL_STRING).octets().toByteArray();
      // ESC 28 42, ESC 2D xx, ESC 21 41, ESC 7E
      return new Leaf(path, "general", "", Arrays.copyOfRange(text, 11, text.length), "", "");
    }
    return new Leaf(path, type, "", data.value().octets().toByteArray(), "", "");
  }
}
