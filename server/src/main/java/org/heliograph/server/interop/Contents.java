package org.heliograph.server.interop;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Precedence;
import org.heliograph.server.user.Composer;

/** Contents of messages, made here. */
final class Contents {
  /**
   * A CMS ContentInfo with id-signedData: version 3, no digest algorithms, the content of type P22
   * within, nobody signed (RFC 5652 5.1).
   */
  private static final byte[] SIGNED_DATA = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x07, 0x02
  };

  /** 2.6.1.10.1 (X.420 annex C). */
  private static final byte[] P22 = {0x06, 0x04, 0x56, 0x01, 0x0A, 0x01};

  private Contents() {}

  /** A content type by the name that peer files use. */
  static ContentType type(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "2" -> ContentTypes.P2;
      case "22" -> ContentTypes.P22;
      case "p772" -> ContentTypes.P772;
      case "cms" -> ContentTypes.CONTENT_INFO;
      default ->
          throw new IllegalArgumentException("content '" + name + "'; expected 2, 22, p772 or cms");
    };
  }

  static Octets of(ContentType type, Exchange exchange, String subject) {
    return type.equals(ContentTypes.CONTENT_INFO)
        ? signed(composer(exchange, subject, List.of()).content(ContentTypes.P22, id()))
        : composer(exchange, subject, List.of()).content(type, id());
  }

  /** P22 with a file that makes it at least as large as asked for. */
  static Octets large(Exchange exchange, int octets) {
    byte[] file = new byte[octets];
    new java.util.Random(411).nextBytes(file);
    return composer(exchange, "large", List.of(new Composer.File("large.bin", file)))
        .content(ContentTypes.P22, id());
  }

  private static String id() {
    return Composer.newIdentifier("conformance");
  }

  private static Composer composer(Exchange exchange, String subject, List<Composer.File> files) {
    OrAddress from = exchange.user("tester");
    return new Composer(
        from,
        List.of(exchange.recipient()),
        List.of(),
        subject,
        "This message tests how two message transfer agents work together.\n",
        files,
        Optional.empty(),
        Precedence.ROUTINE);
  }

  private static Octets signed(Octets content) {
    byte[] inner = element(0x04, content.toByteArray());
    byte[] encapsulated = element(0x30, P22, element(0xA0, inner));
    byte[] data = element(0x30, new byte[] {2, 1, 3}, element(0x31), encapsulated, element(0x31));
    return Octets.of(element(0x30, SIGNED_DATA, element(0xA0, data)));
  }

  private static byte[] element(int tag, byte[]... parts) {
    java.io.ByteArrayOutputStream value = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write(tag);
    int length = value.size();
    if (length >= 0x80) {
      int octets = length > 0xFFFF ? 3 : length > 0xFF ? 2 : 1;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >> 8 * i);
      }
    } else {
      out.write(length);
    }
    out.writeBytes(value.toByteArray());
    return out.toByteArray();
  }
}
