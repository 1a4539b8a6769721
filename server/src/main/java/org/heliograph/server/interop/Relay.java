package org.heliograph.server.interop;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.server.dissect.Dissector;
import org.heliograph.server.dissect.Pdu;

/**
 * Stands between two ends, passes every octet on, and dissects what passes. Can cut the connections
 * after a number of octets of the initiator. Any thread may call.
 */
final class Relay implements AutoCloseable {
  private static final int MOST_PDUS = 400;
  private static final int CONNECT = 20_000;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Deque<Pdu> pdus = new ArrayDeque<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong passed = new AtomicLong();
  private volatile long cutAt = Long.MAX_VALUE;

  /**
   * @param listen where to listen
   * @param target where to pass on to
   */
  Relay(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    this.listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(listen, 50);
    this.target = target;
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Forgets what passed. */
  void forget() {
    synchronized (pdus) {
      pdus.clear();
    }
    passed.set(0);
  }

  /** Octets of initiators since {@link #forget}. */
  long passed() {
    return passed.get();
  }

  /** Cuts every connection when so many octets of initiators have passed since now. */
  void cutAfter(long octets) {
    cutAt = passed.get() + octets;
  }

  void cutNoMore() {
    cutAt = Long.MAX_VALUE;
  }

  /** What passed, the newest 400 PDUs. */
  List<Pdu> pdus() {
    synchronized (pdus) {
      return List.copyOf(pdus);
    }
  }

  private void add(Pdu pdu) {
    synchronized (pdus) {
      if (pdus.size() == MOST_PDUS) {
        pdus.removeFirst();
      }
      pdus.add(pdu);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException closed) {
        // The listener was closed, or a client was gone before it was taken.
      }
    }
  }

  private void join(Socket client) {
    Socket server = new Socket();
    open.add(client);
    open.add(server);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target, CONNECT);
    } catch (IOException refused) {
      end(client, server);
      return;
    }
    Dissector dissector = new Dissector(this::add, true);
    Thread.ofVirtual().start(() -> pump(dissector, true, client, server));
    pump(dissector, false, server, client);
  }

  private void pump(Dissector dissector, boolean fromInitiator, Socket from, Socket to) {
    byte[] buffer = new byte[32 * 1024];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (dissector) {
          dissector.octets(fromInitiator, System.nanoTime() / 1000, buffer, 0, n);
        }
        if (fromInitiator && passed.addAndGet(n) > cutAt) {
          end(from, to);
          return;
        }
        to.getOutputStream().write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    for (Socket socket : List.of(one, other)) {
      open.remove(socket);
      try {
        socket.close();
      } catch (IOException gone) {
        // It is closed all the same.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
