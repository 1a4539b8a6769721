package org.heliograph.mail;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Content-Transfer-Encoding (RFC 2045 6). */
public enum TransferEncoding {
  SEVEN_BIT("7bit"),
  EIGHT_BIT("8bit"),
  BINARY("binary"),
  QUOTED_PRINTABLE("quoted-printable"),
  BASE64("base64"),
  /** One that nobody here knows: the octets are to be left as they are (RFC 2045 6.4). */
  UNKNOWN("x-unknown");

  private final String token;

  TransferEncoding(String token) {
    this.token = token;
  }

  /** The name in header fields. */
  public String token() {
    return token;
  }

  /** The encoding of a field's body; an absent field is 7bit. */
  public static TransferEncoding of(Optional<String> body) {
    if (body.isEmpty()) {
      return SEVEN_BIT;
    }
    Lexer lexer = new Lexer(body.get());
    lexer.skip();
    String token = lexer.word(";").toLowerCase(Locale.ROOT);
    for (TransferEncoding encoding : values()) {
      if (encoding.token.equals(token)) {
        return encoding;
      }
    }
    return UNKNOWN;
  }

  /** Whether the octets stand as they are. */
  public boolean identity() {
    return this != QUOTED_PRINTABLE && this != BASE64;
  }

  /**
   * The decoded octets of {@code encoded}, streamed. Characters that do not belong are passed over
   * (RFC 2045 6.8), and a last group that is cut off gives the octets that are whole.
   */
  public InputStream decode(InputStream encoded) {
    return switch (this) {
      case BASE64 -> new Base64InputStream(encoded, DecodeMonitor.SILENT);
      case QUOTED_PRINTABLE -> new QuotedPrintableInputStream(encoded, DecodeMonitor.SILENT);
      case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> encoded;
    };
  }
}
