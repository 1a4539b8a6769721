package org.heliograph.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.ssl.SslEvent;
import org.apache.mina.transport.socket.SocketSessionConfig;

/**
 * From MINA's events, on its I/O threads, to the inboxes of connections. Does nothing that could
 * block.
 */
final class Sessions extends IoHandlerAdapter {
  private static final AttributeKey CONNECTION = new AttributeKey(Sessions.class, "connection");
  private static final int READ_BUFFER = 64 * 1024;

  private final Consumer<IoSession> opened;

  /**
   * @param opened told of each new session, before its first octet
   */
  Sessions(Consumer<IoSession> opened) {
    this.opened = opened;
  }

  static void configure(SocketSessionConfig config) {
    config.setTcpNoDelay(true);
    config.setKeepAlive(true);
    config.setReadBufferSize(8 * 1024);
    config.setMinReadBufferSize(2 * 1024);
    config.setMaxReadBufferSize(READ_BUFFER);
  }

  static void attach(IoSession session, Connection connection) {
    session.setAttribute(CONNECTION, connection);
  }

  static Connection connection(IoSession session) {
    return (Connection) session.getAttribute(CONNECTION);
  }

  private static boolean attached(IoSession session) {
    return session.containsAttribute(CONNECTION);
  }

  @Override
  public void sessionOpened(IoSession session) {
    opened.accept(session);
  }

  @Override
  public void messageReceived(IoSession session, Object message) {
    if (attached(session)) {
      connection(session).received(own(((IoBuffer) message).buf()));
    }
  }

  /**
   * Small reads come in large buffers: an inbox of them must not hold many times what it counts.
   */
  private static ByteBuffer own(ByteBuffer octets) {
    if (octets.hasArray() && octets.remaining() * 2 >= octets.capacity()) {
      return octets;
    }
    ByteBuffer copy = ByteBuffer.allocate(octets.remaining());
    copy.put(octets).flip();
    return copy;
  }

  @Override
  public void inputClosed(IoSession session) {
    if (attached(session)) {
      connection(session).inputClosed();
    } else {
      session.closeNow();
    }
  }

  @Override
  public void exceptionCaught(IoSession session, Throwable cause) {
    if (attached(session)) {
      connection(session).failed(cause);
    }
    if (cause instanceof SSLException) {
      // The alert that tells the peer is on its way out.
      session.closeOnFlush();
    } else {
      session.closeNow();
    }
  }

  @Override
  public void sessionClosed(IoSession session) {
    if (attached(session)) {
      connection(session).closed();
    }
  }

  @Override
  public void event(IoSession session, FilterEvent event) {
    if (event == SslEvent.SECURED && attached(session)) {
      connection(session).tlsStands();
    }
  }
}
