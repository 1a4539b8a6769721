package org.heliograph.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between two switches on loopback, passes every octet on and writes it into a {@link
 * Capture}.
 */
final class Tap implements AutoCloseable {
  private final ServerSocket listener;
  private final Capture capture;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile InetSocketAddress target;

  Tap(Capture capture) throws IOException {
    this.capture = capture;
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), capture.port());
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("tap").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on connections go to another port (a switch that was started again). */
  void target(int port) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
          server.connect(target, 5_000);
        } catch (IOException refused) {
          client.close();
          continue;
        }
        int number = connections.getAndIncrement();
        capture.opened(number);
        Thread.ofVirtual().start(() -> pump(number, true, client, server));
        Thread.ofVirtual().start(() -> pump(number, false, server, client));
      } catch (IOException closed) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void pump(int number, boolean fromClient, Socket from, Socket to) {
    byte[] buffer = new byte[32 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        capture.octets(number, fromClient, buffer, n);
        out.write(buffer, 0, n);
      }
      capture.closed(number, fromClient);
      to.shutdownOutput();
    } catch (IOException gone) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Tap::closeQuietly);
  }
}
