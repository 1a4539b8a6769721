package org.heliograph.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.heliograph.mail.DsnWriter;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.Content;
import org.heliograph.model.Envelope;
import org.heliograph.model.StoreUnavailable;

/** What stands between DATA and its end. Written as often as one likes, always the same octets. */
interface Body {
  /** Writes all of it; an exception of {@code out} passes as it is. */
  void writeTo(OutputStream out) throws IOException, StoreUnavailable;

  /** A message: its content as it is. */
  static Body message(Content content) {
    return out -> {
      byte[] chunk = new byte[Math.clamp(content.length(), 1, 32 * 1024)];
      try (InputStream in = content.open()) {
        while (true) {
          int n = read(in, chunk);
          if (n < 0) {
            return;
          }
          out.write(chunk, 0, n);
        }
      }
    };
  }

  private static int read(InputStream in, byte[] chunk) throws StoreUnavailable {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      throw new StoreUnavailable("content could not be read: " + e.getMessage(), e);
    }
  }

  /** A report: written as a delivery status notification (RFC 3464). */
  static Body report(DsnWriter writer, Envelope envelope, Content returned) {
    String boundary = MailWriter.boundary();
    return out -> writer.write(envelope, returned, boundary, out);
  }
}
