package org.heliograph.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A network that does harm: a TCP relay on loopback in front of a switch. Each connection takes the
 * next of the harms that are planned; when there is none it passes everything on.
 */
final class FaultyLink implements AutoCloseable {
  /** What becomes of the octets of a connection. */
  enum Fault {
    /** Each piece waits up to 20 ms, in both directions. */
    DELAY,
    /** Pieces of 1 to 11 octets, each its own segment, in both directions. */
    SPLIT,
    /** What comes within 15 ms goes on in one write, in both directions. */
    JOIN,
    /** The connection ends behind an octet. */
    CUT,
    /** Behind an octet nothing arrives any more; the connection ends when it has been silent. */
    SWALLOW,
    /** The 40 octets before an octet come twice. */
    REPEAT,
    /** One bit of an octet is the other. */
    FLIP;

    /** Whether it happens once, at an octet, and not all the time. */
    boolean atAnOctet() {
      return this != DELAY && this != SPLIT && this != JOIN;
    }

    /** Whether TCP's promise is broken: what arrives is not what was sent. */
    boolean corrupts() {
      return this == REPEAT || this == FLIP;
    }
  }

  /**
   * What is done to one connection.
   *
   * @param fromCaller whether the octets counted are those of whoever called
   * @param at the octet where it happens
   */
  record Harm(Fault fault, boolean fromCaller, long at, long seed) {}

  /** A connection that was harmed ends after so much silence, as a firewall or a reboot does it. */
  private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(1_500);

  private static final int REPEATED = 40;

  private final ServerSocket listener;
  private final int target;
  private final Deque<Harm> planned = new ConcurrentLinkedDeque<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong fromCallers = new AtomicLong();
  private final AtomicLong harms = new AtomicLong();

  FaultyLink(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("faulty link").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next connections are harmed so, one each. */
  void plan(Harm... next) {
    planned.addAll(List.of(next));
  }

  /** Ends what is connected, and forgets what is planned: the next connection is a new one. */
  void restart() {
    open.forEach(Connection::end);
    planned.clear();
  }

  /** Octets that callers have sent so far. */
  long fromCallers() {
    return fromCallers.get();
  }

  /** How often harm was done so far. */
  long harms() {
    return harms.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        try {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
          new Connection(near, far, Optional.ofNullable(planned.poll())).start();
        } catch (IOException nobody) {
          near.close();
        }
      } catch (IOException closed) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Connection::end);
  }

  private final class Connection {
    private final Socket near;
    private final Socket far;
    private final Optional<Harm> harm;
    private volatile boolean done;
    private volatile long last = System.nanoTime();

    Connection(Socket near, Socket far, Optional<Harm> harm) throws IOException {
      this.near = near;
      this.far = far;
      this.harm = harm;
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    }

    void start() {
      open.add(this);
      Thread.ofVirtual().start(() -> pump(near, far, true));
      Thread.ofVirtual().start(() -> pump(far, near, false));
      if (harm.isPresent()) {
        Thread.ofVirtual().start(this::watch);
      }
    }

    void end() {
      if (open.remove(this) && !done) {
        // It ended before the octet came: the next one has that harm.
        harm.filter(h -> h.fault().atAnOctet()).ifPresent(planned::addFirst);
      }
      done = true;
      close(near);
      close(far);
    }

    private void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException alreadyClosed) {
        // That was wanted.
      }
    }

    private void watch() {
      boolean harmed = false;
      while (!near.isClosed() && !harmed) {
        sleep(50);
        harmed = done && System.nanoTime() - last > SILENCE;
      }
      end();
    }

    private void pump(Socket from, Socket to, boolean fromCaller) {
      byte[] piece = new byte[8 * 1024];
      long at = 0;
      @Nullable Pass pass = pass(fromCaller);
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          last = System.nanoTime();
          if (fromCaller) {
            fromCallers.addAndGet(n);
          }
          if (pass == null) {
            out.write(piece, 0, n);
          } else if (!pass.on(piece, n, at, in, out)) {
            end();
            return;
          }
          at += n;
        }
        to.shutdownOutput();
        if (from.isOutputShutdown()) {
          end();
        }
      } catch (IOException gone) {
        end();
      }
    }

    private @Nullable Pass pass(boolean fromCaller) {
      if (harm.isEmpty()) {
        return null;
      }
      Harm h = harm.get();
      Random random = new Random(h.seed());
      return switch (h.fault()) {
        case DELAY -> delaying(random);
        case SPLIT -> splitting(random);
        case JOIN -> joining();
        case CUT -> h.fromCaller() == fromCaller ? cutting(h.at()) : null;
        case SWALLOW -> h.fromCaller() == fromCaller ? swallowing(h.at()) : null;
        case REPEAT -> h.fromCaller() == fromCaller ? repeating(h.at()) : null;
        case FLIP -> h.fromCaller() == fromCaller ? flipping(h.at(), random.nextInt(8)) : null;
      };
    }

    private void did() {
      done = true;
      harms.incrementAndGet();
    }

    private Pass delaying(Random random) {
      return (piece, n, at, in, out) -> {
        sleep(random.nextInt(20));
        out.write(piece, 0, n);
        harms.incrementAndGet();
        return true;
      };
    }

    private Pass splitting(Random random) {
      return (piece, n, at, in, out) -> {
        for (int i = 0; i < n; ) {
          int some = Math.min(n - i, 1 + random.nextInt(11));
          out.write(piece, i, some);
          i += some;
        }
        harms.incrementAndGet();
        return true;
      };
    }

    private Pass joining() {
      return (piece, n, at, in, out) -> {
        int all = n;
        sleep(15);
        while (in.available() > 0 && all < piece.length) {
          all += in.read(piece, all, Math.min(in.available(), piece.length - all));
        }
        out.write(piece, 0, all);
        harms.incrementAndGet();
        return true;
      };
    }

    private Pass cutting(long where) {
      return (piece, n, at, in, out) -> {
        if (at + n <= where) {
          out.write(piece, 0, n);
          return true;
        }
        out.write(piece, 0, (int) (where - at));
        did();
        return false;
      };
    }

    private Pass swallowing(long where) {
      return (piece, n, at, in, out) -> {
        int passes = (int) Math.max(0, Math.min(n, where - at));
        out.write(piece, 0, passes);
        if (passes < n && !done) {
          did();
        }
        return true;
      };
    }

    private Pass repeating(long where) {
      return (piece, n, at, in, out) -> {
        if (done || at + n <= where) {
          out.write(piece, 0, n);
          return true;
        }
        int here = (int) (where - at);
        out.write(piece, 0, here);
        out.write(piece, Math.max(0, here - REPEATED), Math.min(here, REPEATED));
        out.write(piece, here, n - here);
        did();
        return true;
      };
    }

    private Pass flipping(long where, int bit) {
      return (piece, n, at, in, out) -> {
        if (!done && at + n > where) {
          piece[(int) (where - at)] ^= (byte) (1 << bit);
          did();
        }
        out.write(piece, 0, n);
        return true;
      };
    }
  }

  private static void sleep(int milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One direction of a harmed connection. */
  private interface Pass {
    /**
     * Passes a piece on.
     *
     * @param at how many octets came before it
     * @return false to end the connection
     */
    boolean on(byte[] piece, int n, long at, InputStream in, OutputStream out) throws IOException;
  }
}
