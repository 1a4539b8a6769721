package org.heliograph.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.heliograph.wire.Connection;

/**
 * The server's replies (RFC 5321 4.2, RFC 2034). Held back until the client's commands are used up,
 * so that a group of them is answered with one segment (RFC 2920 3.2).
 */
final class Replies {
  private static final int HOLD = 16 * 1024;
  private static final int TEXT = 400;

  private final Connection connection;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(256);
  private int errors;

  Replies(Connection connection) {
    this.connection = connection;
  }

  /** How many commands were refused. */
  int errors() {
    return errors;
  }

  /** A reply with an enhanced status code. */
  void say(int code, String enhanced, String text) throws IOException, InterruptedException {
    say(code, enhanced + " " + text);
  }

  /** A reply without one: greetings, and 354. */
  void say(int code, String text) throws IOException, InterruptedException {
    if (code >= 400) {
      errors++;
    }
    put(code + " " + shown(text));
  }

  /** A reply of several lines. */
  void say(int code, List<String> lines) throws IOException, InterruptedException {
    for (int i = 0; i < lines.size(); i++) {
      put(code + (i < lines.size() - 1 ? "-" : " ") + shown(lines.get(i)));
    }
  }

  private void put(String line) throws IOException, InterruptedException {
    held.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    held.write('\r');
    held.write('\n');
    if (held.size() >= HOLD) {
      flush();
    }
  }

  /** Replies are US-ASCII, and within RFC 5321 4.5.3.1.5's 512 octets, whatever they quote. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), TEXT));
    for (int i = 0; i < text.length() && i < TEXT; i++) {
      char c = text.charAt(i);
      shown.append(c >= 0x20 && c < 0x7F ? c : '?');
    }
    return shown.toString();
  }

  /** What is held back, taken out; for the go-ahead of STARTTLS. */
  ByteBuffer take() {
    ByteBuffer octets = ByteBuffer.wrap(held.toByteArray());
    held.reset();
    return octets;
  }

  void flush() throws IOException, InterruptedException {
    if (held.size() > 0) {
      connection.write(take());
    }
  }
}
