package org.heliograph.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.mina.core.future.ConnectFuture;
import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.service.SimpleIoProcessorPool;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.apache.mina.transport.socket.nio.NioSocketConnector;

/**
 * The process's sockets: as many I/O threads as cores, shared by all listeners and outbound
 * connections. Thread-safe.
 */
public final class Wire implements AutoCloseable {
  private final Duration writeTimeout;
  private final IoProcessor<NioSession> processors;
  private final NioSocketConnector connector;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** With a write time-out of two minutes. */
  public Wire() {
    this(Duration.ofMinutes(2));
  }

  /**
   * @param writeTimeout how long a peer may read nothing while octets wait for it
   */
  public Wire(Duration writeTimeout) {
    this.writeTimeout = writeTimeout;
    this.processors =
        new SimpleIoProcessorPool<>(NioProcessor.class, Runtime.getRuntime().availableProcessors());
    this.connector = new NioSocketConnector(processors);
    connector.setHandler(new Sessions(session -> Sessions.connection(session).opened()));
    Sessions.configure(connector.getSessionConfig());
  }

  /**
   * Listens, and serves each connection on a virtual thread.
   *
   * @throws IOException if the address cannot be had; names it
   */
  public Listener listen(ListenerSettings settings, Owner owner) throws IOException {
    NioSocketAcceptor acceptor = new NioSocketAcceptor(processors);
    Listener listener = new Listener(settings, owner, acceptor, writeTimeout);
    try {
      listener.bind();
    } catch (IOException refused) {
      acceptor.dispose();
      BindException named =
          new BindException(
              "cannot listen on "
                  + settings.address()
                  + " ("
                  + settings.name()
                  + "): "
                  + refused.getMessage());
      named.initCause(refused);
      throw named;
    }
    listeners.add(listener);
    return listener;
  }

  /**
   * Connects; the calling thread becomes the owner.
   *
   * @throws IOException if there is no connection, or no TLS where it is asked for, within the
   *     time-out
   */
  public Connection connect(ConnectSettings settings) throws IOException, InterruptedException {
    ConnectFuture future =
        settings.from().isPresent()
            ? connector.connect(
                settings.address(), settings.from().get(), (s, f) -> prepare(s, settings))
            : connector.connect(settings.address(), (s, f) -> prepare(s, settings));
    if (!future.await(settings.timeout().toMillis())) {
      future.cancel();
      throw new IOException(
          "no answer from "
              + settings.address()
              + " within "
              + settings.timeout().toSeconds()
              + " s");
    }
    if (!future.isConnected()) {
      Throwable cause = future.getException();
      throw new IOException(
          "cannot connect to "
              + settings.address()
              + ": "
              + (cause == null ? "no reason given" : cause.getMessage()),
          cause);
    }
    Connection connection = Sessions.connection(future.getSession());
    if (settings.tls().isPresent()) {
      connection.awaitTls(settings.timeout());
    }
    return connection;
  }

  private void prepare(IoSession session, ConnectSettings settings) {
    Connection connection = new Connection(session, writeTimeout);
    settings.tls().ifPresent(connection::tlsWhenOpened);
    Sessions.attach(session, connection);
  }

  /** Stops accepting, gives the owners that long to end, then closes what is left. */
  public void close(Duration patience) {
    List<Listener> all = new ArrayList<>(listeners);
    all.forEach(Listener::stopAccepting);
    long until = System.nanoTime() + patience.toNanos();
    for (Listener listener : all) {
      listener.awaitIdle(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
      listener.close();
    }
    connector.getManagedSessions().values().forEach(IoSession::closeNow);
    connector.dispose(false);
    processors.dispose();
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /** The loopback address of the machine, for those that listen for themselves only. */
  public static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
