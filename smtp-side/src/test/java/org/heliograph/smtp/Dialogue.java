package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says what the test says, octet by octet, and reads what is answered. */
final class Dialogue implements AutoCloseable {
  private Socket socket;
  private InputStream in;

  Dialogue(InetSocketAddress server) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A connection that was greeted and has said EHLO. */
  static Dialogue greeted(InetSocketAddress server) throws IOException {
    return new Dialogue(server).expect("220 ").say("EHLO client.example").expect("250 ");
  }

  /** Says a line, and CRLF behind it. */
  Dialogue say(String line) throws IOException {
    return octets(line + "\r\n");
  }

  /** Sends characters as octets, as they are. */
  Dialogue octets(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Dialogue octets(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    return this;
  }

  /** Reads a reply; its last line must begin so. */
  Dialogue expect(String beginning) throws IOException {
    List<String> lines = reply();
    assertThat(lines.getLast()).startsWith(beginning);
    return this;
  }

  /** Says a line and reads its reply. */
  Dialogue exchange(String line, String beginning) throws IOException {
    return say(line).expect(beginning);
  }

  /** The lines of the next reply. */
  List<String> reply() throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(line());
    } while (lines.getLast().length() > 3 && lines.getLast().charAt(3) == '-');
    return lines;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the server ended the connection after '" + line + "'");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** The server must say nothing more and end the connection. */
  void expectEnd() throws IOException {
    assertThat(in.read()).isEqualTo(-1);
  }

  /** The client's half ends; the server may still answer. */
  Dialogue end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** TLS from here on. */
  Dialogue tls(SSLContext context) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, "server.example", socket.getPort(), true);
    secure.setSoTimeout(20_000);
    secure.startHandshake();
    socket = secure;
    in = new BufferedInputStream(secure.getInputStream());
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
