package org.heliograph.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Takes mail and throws it away; counts messages. */
final class MailSink implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private final AtomicLong messages = new AtomicLong();

  MailSink() throws IOException {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("sink").start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Messages whose final dot was answered. */
  long messages() {
    return messages.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
      OutputStream out = socket.getOutputStream();
      say(out, "220 sink ESMTP");
      String line = line(in);
      while (!line.isEmpty()) {
        String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> say(out, "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 0");
          case "DATA" -> {
            say(out, "354 go on");
            message(in);
            messages.incrementAndGet();
            say(out, "250 2.0.0 thrown away");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 2.0.0 ok");
        }
        line = line(in);
      }
    } catch (IOException e) {
      // The other side went; nothing is lost here.
    }
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }

  /** Reads up to the line that is a single dot. */
  private static void message(InputStream in) throws IOException {
    int state = 2;
    while (state < 5) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the message has no end");
      }
      // 0 in a line, 1 after CR, 2 at a line's start, 3 after its dot, 4 after dot and CR
      state =
          switch (c) {
            case '\r' -> state == 3 ? 4 : 1;
            case '\n' -> state == 4 ? 5 : state == 1 ? 2 : 0;
            case '.' -> state == 2 ? 3 : 0;
            default -> 0;
          };
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
