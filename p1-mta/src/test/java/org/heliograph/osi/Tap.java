package org.heliograph.osi;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.wire.Wire;

/**
 * Between an initiator and a responder: keeps what each of them sent, and can cut a connection when
 * the initiator has sent so much over it.
 */
final class Tap implements Closeable {
  /** One connection. */
  static final class Session {
    private final ByteArrayOutputStream fromInitiator = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromResponder = new ByteArrayOutputStream();
    private final Socket near;
    private final Socket far;
    private final long cutAt;

    private Session(Socket near, Socket far, long cutAt) {
      this.near = near;
      this.far = far;
      this.cutAt = cutAt;
    }

    byte[] fromInitiator() {
      synchronized (fromInitiator) {
        return fromInitiator.toByteArray();
      }
    }

    byte[] fromResponder() {
      synchronized (fromResponder) {
        return fromResponder.toByteArray();
      }
    }

    void cut() {
      try {
        near.close();
        far.close();
      } catch (IOException already) {
        // That is what was wanted.
      }
    }

    private void pump(Socket from, Socket to, ByteArrayOutputStream kept, long most) {
      byte[] piece = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        long all = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          int passed = (int) Math.min(n, most - all);
          synchronized (kept) {
            kept.write(piece, 0, passed);
          }
          out.write(piece, 0, passed);
          all += passed;
          if (all >= most) {
            cut();
            return;
          }
        }
        to.shutdownOutput();
      } catch (IOException ended) {
        cut();
      }
    }
  }

  private final ServerSocket server;
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private volatile InetSocketAddress target;
  private volatile long cutAt = Long.MAX_VALUE;

  Tap(InetSocketAddress target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, Wire.loopback());
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far;
        try {
          far = new Socket(target.getAddress(), target.getPort());
        } catch (IOException nobody) {
          near.close();
          continue;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Session session = new Session(near, far, cutAt);
        cutAt = Long.MAX_VALUE;
        sessions.add(session);
        Thread.ofVirtual()
            .start(() -> session.pump(near, far, session.fromInitiator, session.cutAt));
        Thread.ofVirtual()
            .start(() -> session.pump(far, near, session.fromResponder, Long.MAX_VALUE));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Where connections go from now on. */
  void target(InetSocketAddress other) {
    target = other;
  }

  /** The next connection ends when its initiator has sent so many octets. */
  void cutNextAt(long octets) {
    cutAt = octets;
  }

  List<Session> sessions() {
    return sessions;
  }

  @Override
  public void close() throws IOException {
    server.close();
    sessions.forEach(Session::cut);
  }
}
