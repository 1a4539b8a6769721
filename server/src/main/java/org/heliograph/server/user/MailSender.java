package org.heliograph.server.user;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Show;

/**
 * A connection to a mail server, over which messages are submitted one after the other. For one
 * thread.
 */
public final class MailSender implements AutoCloseable {
  private static final int MAX_LINE = 2048;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private boolean dsn;

  private MailSender(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
  }

  /**
   * Connects and greets.
   *
   * @param name for EHLO
   * @param patience for the connection and for each answer
   * @throws IOException if there is no connection, or the server does not want us
   */
  public static MailSender connect(InetSocketAddress server, String name, Duration patience)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(server, (int) patience.toMillis());
      socket.setSoTimeout((int) patience.toMillis());
      MailSender sender = new MailSender(socket);
      sender.expect(2, "the greeting");
      String offers = sender.order("EHLO " + name, 2);
      sender.dsn = offers.toUpperCase(Locale.ROOT).contains("\nDSN");
      return sender;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether the server offers delivery status notifications (RFC 3461). */
  public boolean offersDsn() {
    return dsn;
  }

  /**
   * Submits a message. The server is responsible for it when this returns.
   *
   * @return what it said to the final dot
   * @throws IOException if it refuses, saying what and why; nothing was submitted then
   */
  public String send(Outgoing message) throws IOException {
    StringBuilder mail =
        new StringBuilder("MAIL FROM:<")
            .append(message.from().map(Mailbox::text).orElse(""))
            .append('>');
    if (dsn && message.envelopeId().isPresent()) {
      mail.append(" ENVID=").append(message.envelopeId().get());
    }
    try {
      order(mail.toString(), 2);
      for (Mailbox to : message.to()) {
        String notify = dsn ? message.events().map(n -> " NOTIFY=" + n).orElse("") : "";
        order("RCPT TO:<" + to.text() + ">" + notify, 2);
      }
      order("DATA", 3);
    } catch (IOException e) {
      reset();
      throw e;
    }
    stuffed(message.content());
    out.flush();
    return expect(2, "the message");
  }

  private void reset() {
    try {
      order("RSET", 2);
    } catch (IOException ignored) {
      // The connection is gone; what went wrong first is what counts.
    }
  }

  /** Content with leading dots doubled and the final dot (RFC 5321 4.5.2). */
  private void stuffed(byte[] content) throws IOException {
    int from = 0;
    boolean lineStart = true;
    for (int i = 0; i < content.length; i++) {
      if (lineStart && content[i] == '.') {
        out.write(content, from, i - from);
        out.write('.');
        from = i;
      }
      lineStart = content[i] == '\n';
    }
    out.write(content, from, content.length - from);
    if (!lineStart) {
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private String order(String line, int wanted) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return expect(wanted, line);
  }

  private String expect(int wanted, String order) throws IOException {
    StringBuilder reply = new StringBuilder();
    while (true) {
      String line = line();
      if (line.length() < 3 || !Character.isDigit(line.charAt(0))) {
        throw new IOException("not an SMTP reply: '" + Show.safe(line, 100) + "'");
      }
      reply.append('\n').append(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) != '-') {
        if (line.charAt(0) != '0' + wanted) {
          throw new IOException(
              "the server answered '" + Show.safe(line, 300) + "' to " + Show.safe(order, 100));
        }
        return reply.toString();
      }
      if (reply.length() > 64 * 1024) {
        throw new IOException("an SMTP reply without end");
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (line.length() > MAX_LINE) {
        throw new IOException("an SMTP reply line of over " + MAX_LINE + " octets");
      }
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    if (c < 0 && line.isEmpty()) {
      throw new IOException("the server closed the connection");
    }
    return line.toString();
  }

  @Override
  public void close() {
    try (socket) {
      out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException ignored) {
      // It was about to be closed.
    }
  }
}
