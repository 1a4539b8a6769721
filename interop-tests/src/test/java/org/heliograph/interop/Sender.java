package org.heliograph.interop;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A small SMTP client of the tests' own, so that what judges the switch does not share its code.
 * Says what it is told and returns the reply.
 */
final class Sender implements Closeable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  Sender(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    reply();
    say("EHLO sender.test");
  }

  /** Sends one line and returns the last line of the reply. */
  String say(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return reply();
  }

  /** Sends one message; the lines of {@code content} may end with LF. Returns the final reply. */
  String send(String from, String to, String content) throws IOException {
    return send(
        "MAIL FROM:<" + from + ">",
        "RCPT TO:<" + to + ">",
        content.getBytes(StandardCharsets.UTF_8));
  }

  String send(String mail, String rcpt, byte[] content) throws IOException {
    for (String line : new String[] {mail, rcpt}) {
      String reply = say(line);
      if (!reply.startsWith("250")) {
        say("RSET");
        return reply;
      }
    }
    String go = say("DATA");
    if (!go.startsWith("354")) {
      return go;
    }
    String text =
        new String(content, StandardCharsets.ISO_8859_1)
            .replace("\r\n", "\n")
            .replace("\n", "\r\n");
    text = text.replace("\r\n.", "\r\n..");
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    if (!text.endsWith("\r\n")) {
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return say(".");
  }

  private String reply() throws IOException {
    while (true) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the switch closed the connection after: " + line);
        }
        line.append((char) c);
      }
      if (line.length() < 4 || line.charAt(3) != '-') {
        return line.toString().strip();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
