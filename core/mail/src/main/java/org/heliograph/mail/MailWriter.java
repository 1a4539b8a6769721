package org.heliograph.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;

/** Writes a message as a stream: fields, boundaries, encoded bodies. Lines end in CRLF. */
public final class MailWriter {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] CRLF = {'\r', '\n'};
  private static final int SLICE = 48 * 1024;

  private final OutputStream out;

  public MailWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * A boundary that neither base64 nor quoted-printable can contain, and other text only by a
   * chance of 1 in 2^96.
   */
  public static String boundary() {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return "=_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Writes a field as it came. */
  public MailWriter field(HeaderField field) throws IOException {
    out.write(field.octets().toArray());
    return this;
  }

  /** Writes a field and folds it. */
  public MailWriter field(String name, String body) throws IOException {
    return text(Folding.fold(name, body));
  }

  /** Ends a header. */
  public MailWriter endHeader() throws IOException {
    out.write(CRLF);
    return this;
  }

  /** Writes text as it is, in UTF-8. */
  public MailWriter text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Opens the next part of the multipart with {@code boundary}. */
  public MailWriter part(String boundary) throws IOException {
    return text("\r\n--" + boundary + "\r\n");
  }

  /** Closes the multipart with {@code boundary}. */
  public MailWriter end(String boundary) throws IOException {
    return text("\r\n--" + boundary + "--\r\n");
  }

  /** Writes octets as they are. */
  public MailWriter copy(InputStream octets) throws IOException {
    octets.transferTo(out);
    return this;
  }

  /** Writes octets in base64, lines of 76 characters (RFC 2045 6.8). */
  public MailWriter base64(InputStream octets) throws IOException {
    try (OutputStream encoder = Base64.getMimeEncoder().wrap(new Unclosed(out))) {
      transfer(octets, encoder);
    }
    out.write(CRLF);
    return this;
  }

  /** Writes text in quoted-printable, its CRLFs as line ends (RFC 2045 6.7). */
  public MailWriter quotedPrintable(InputStream text) throws IOException {
    QuotedPrintableOutputStream encoder = new QuotedPrintableOutputStream(new Unclosed(out), false);
    transfer(text, encoder);
    encoder.close();
    return this;
  }

  private static void transfer(InputStream in, OutputStream to) throws IOException {
    byte[] slice = new byte[SLICE];
    for (int n = in.read(slice); n >= 0; n = in.read(slice)) {
      to.write(slice, 0, n);
    }
  }

  /** Keeps an encoder's end from ending the message. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
