package org.heliograph.test;

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
public final class Tap implements Closeable {
  /** One connection. */
  public static final class Session {
    private final ByteArrayOutputStream fromInitiator = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromResponder = new ByteArrayOutputStream();
    private final Socket near;
    private final Socket far;
    private final long cutAt;
    private final boolean hideEnd;
    private volatile boolean muted;

    private Session(Socket near, Socket far, long cutAt, boolean hideEnd) {
      this.near = near;
      this.far = far;
      this.cutAt = cutAt;
      this.hideEnd = hideEnd;
    }

    public byte[] fromInitiator() {
      synchronized (fromInitiator) {
        return fromInitiator.toByteArray();
      }
    }

    public byte[] fromResponder() {
      synchronized (fromResponder) {
        return fromResponder.toByteArray();
      }
    }

    public void cut() {
      try {
        near.close();
        far.close();
      } catch (IOException already) {
        // That is what was wanted.
      }
    }

    /** An SPDU behind GT or PT. */
    private static boolean contains(byte[] octets, int length, int before, int si) {
      for (int i = 0; i + 2 < length; i++) {
        if (octets[i] == before && octets[i + 1] == 0 && octets[i + 2] == si) {
          return true;
        }
      }
      return false;
    }

    private void pump(Socket from, Socket to, boolean initiator, long most) {
      ByteArrayOutputStream kept = initiator ? fromInitiator : fromResponder;
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
          if (hideEnd && initiator && contains(piece, passed, 1, 0x29)) {
            muted = true;
          }
          if (hideEnd && muted && !initiator) {
            if (contains(piece, passed, 2, 0x2A)) {
              cut();
              return;
            }
            continue;
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
  private volatile boolean hideEnd;

  public Tap(InetSocketAddress target) throws IOException {
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
        Session session = new Session(near, far, cutAt, hideEnd);
        cutAt = Long.MAX_VALUE;
        hideEnd = false;
        sessions.add(session);
        Thread.ofVirtual().start(() -> session.pump(near, far, true, session.cutAt));
        Thread.ofVirtual().start(() -> session.pump(far, near, false, Long.MAX_VALUE));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Where connections go from now on. */
  public void target(InetSocketAddress other) {
    target = other;
  }

  /** The next connection ends when its initiator has sent so many octets. */
  public void cutNextAt(long octets) {
    cutAt = octets;
  }

  /** The next connection ends in place of the confirmation of an activity's end. */
  public void hideNextEnd() {
    hideEnd = true;
  }

  public List<Session> sessions() {
    return sessions;
  }

  @Override
  public void close() throws IOException {
    server.close();
    sessions.forEach(Session::cut);
  }
}
