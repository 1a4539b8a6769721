package org.heliograph.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that hears and says what the test wants. Each connection has the next script. */
final class Scripted implements AutoCloseable {
  /** What happens on one connection. */
  interface Script {
    void run(Peer peer) throws Exception;
  }

  /** The server's side of one connection. */
  static final class Peer {
    private Socket socket;
    private InputStream in;

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(20_000);
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Hears a line, which must begin so, and answers it, if there is something to answer. */
    Peer on(String beginning, String... answers) throws IOException {
      String line = line();
      if (!line.startsWith(beginning)) {
        throw new IOException("heard '" + line + "', wanted '" + beginning + "'");
      }
      return say(answers);
    }

    /** A line and the answer, whatever the line is; returns the line. */
    String hear(String answer) throws IOException {
      String line = line();
      say(answer);
      return line;
    }

    Peer say(String... lines) throws IOException {
      for (String line : lines) {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
      return this;
    }

    /** Greeting and EHLO with these offers. */
    Peer greet(String... offers) throws IOException {
      say("220 scripted ESMTP").on("EHLO me.example", "250-scripted");
      for (String offer : offers) {
        say("250-" + offer);
      }
      return say("250 HELP");
    }

    /** The octets of a message up to its end, dots and all. */
    String message() throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        int octet = in.read();
        if (octet < 0) {
          return all.toString(StandardCharsets.ISO_8859_1) + "<end>";
        }
        all.write(octet);
        String text = all.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n.\r\n") || text.equals(".\r\n")) {
          return text.substring(0, text.length() - 3);
        }
      }
    }

    String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          return line + "<end>";
        }
        line.write(octet);
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    Peer tls(SSLContext context) throws IOException {
      SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, in, true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      socket = secure;
      in = new BufferedInputStream(secure.getInputStream());
      return this;
    }

    void hangUp() throws IOException {
      socket.close();
    }
  }

  private final ServerSocket listening;
  private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
  private final int scripts;

  Scripted(Script... scripts) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.scripts = scripts.length;
    Thread.ofVirtual()
        .start(
            () -> {
              for (Script script : List.of(scripts)) {
                try {
                  Socket socket = listening.accept();
                  Thread.ofVirtual().start(() -> run(script, socket));
                } catch (IOException closed) {
                  return;
                }
              }
            });
  }

  private void run(Script script, Socket socket) {
    try (socket) {
      script.run(new Peer(socket));
      ends.add(new Done());
    } catch (Throwable t) {
      ends.add(t);
    }
  }

  private static final class Done extends Throwable {
    private static final long serialVersionUID = 1;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Waits until every script has run, and fails with what failed in one. */
  void played() throws Exception {
    for (int i = 0; i < scripts; i++) {
      Throwable end = ends.poll(20, TimeUnit.SECONDS);
      if (end == null) {
        throw new AssertionError("only " + i + " of " + scripts + " connections came and ended");
      }
      if (!(end instanceof Done)) {
        throw new AssertionError("the script failed: " + end.getMessage(), end);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
