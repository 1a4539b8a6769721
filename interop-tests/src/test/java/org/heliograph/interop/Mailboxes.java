package org.heliograph.interop;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP sink of the tests' own: takes everything, keeps it, answers 250 when it is kept. Offers
 * no DSN, so that a switch that delivers here has to report <i>relayed</i> itself.
 */
final class Mailboxes implements AutoCloseable {

  record Mail(String from, List<String> to, byte[] content) {
    String text() {
      return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** The header as one string, folded lines joined. */
    String header() {
      return text().split("\r\n\r\n", 2)[0].replaceAll("\r\n[ \t]+", " ");
    }
  }

  /** The local part of a mailbox that is unknown here. */
  static final String REFUSED = "nobody";

  private static final String NOBODY = "(no MAIL)";

  private final ServerSocket listener;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  Mailboxes() throws IOException {
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  List<Mail> mails() {
    return List.copyOf(mails);
  }

  /** Refuses for the time being, or takes mail again. */
  void away(boolean now) {
    away = now;
  }

  /** How many mails arrived. */
  int count() {
    return mails.size();
  }

  /** How often a text arrived. */
  long copies(String text) {
    return mails.stream().filter(m -> m.text().contains(text)).count();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      say(out, "220 mailboxes.test ESMTP");
      String from = NOBODY;
      List<String> to = new ArrayList<>();
      for (byte[] line = line(in); line != null; line = line(in)) {
        String command = new String(line, StandardCharsets.UTF_8).strip();
        String verb = command.toUpperCase(java.util.Locale.ROOT);
        if (verb.startsWith("EHLO")) {
          say(out, "250-mailboxes.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 2000000000");
        } else if (verb.startsWith("MAIL FROM:") && away) {
          from = NOBODY;
          to = new ArrayList<>();
          say(out, "451 4.3.0 not now");
        } else if (verb.startsWith("RCPT TO:") && from.equals(NOBODY)) {
          say(out, "503 5.5.1 no sender");
        } else if (verb.startsWith("MAIL FROM:")) {
          from = path(command);
          to = new ArrayList<>();
          say(out, "250 2.1.0 ok");
        } else if (verb.startsWith("RCPT TO:")) {
          if (path(command).startsWith(REFUSED + "@")) {
            say(out, "550 5.1.1 no such mailbox");
          } else {
            to.add(path(command));
            say(out, "250 2.1.5 ok");
          }
        } else if (verb.equals("DATA") && to.isEmpty()) {
          say(out, "503 5.5.1 no recipient");
        } else if (verb.equals("DATA")) {
          say(out, "354 go on");
          mails.add(new Mail(from, List.copyOf(to), content(in)));
          say(out, "250 2.0.0 kept");
        } else if (verb.equals("QUIT")) {
          say(out, "221 2.0.0 bye");
          return;
        } else {
          say(out, "250 2.0.0 ok");
        }
      }
    } catch (IOException gone) {
      // A peer that was killed: what it had not finished was not kept.
    }
  }

  private static String path(String command) {
    return command.substring(command.indexOf('<') + 1, command.lastIndexOf('>'));
  }

  private static byte[] content(InputStream in) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      byte[] line = line(in);
      if (line == null) {
        throw new IOException("cut off inside the content");
      }
      if (line.length == 3 && line[0] == '.') {
        return content.toByteArray();
      }
      int from = line[0] == '.' ? 1 : 0;
      content.write(line, from, line.length - from);
    }
  }

  /** One line with its CRLF, or null at the end. */
  private static byte @org.jspecify.annotations.Nullable [] line(InputStream in)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n') {
        return line.toByteArray();
      }
    }
    return null;
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
