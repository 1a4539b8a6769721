package org.heliograph.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.future.IoFuture;
import org.apache.mina.core.future.WriteFuture;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection. Its owner, one virtual thread, calls everything here but {@link #post} and
 * {@link #abort}, which are for any thread.
 */
public final class Connection implements AutoCloseable {
  /** Octets written and not yet with the operating system, at which a writer waits. */
  static final int UNSENT = 256 * 1024;

  /** Nanoseconds between two nudges while octets wait to be sent. */
  private static final long NUDGE = 100_000_000;

  /** Small octets that are written before the owner waits again go out together, up to so many. */
  private static final int TOGETHER = 16 * 1024;

  private static final String TLS = "tls";

  /** Milliseconds between two looks at a handshake. */
  private static final long GLANCE = 50;

  /** Milliseconds that an alert has to leave. */
  private static final long ALERT = 1000;

  private final IoSession session;
  private final Inbox inbox = new Inbox();
  private final Duration writeTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> secured = new CompletableFuture<>();
  private volatile Optional<Tls> onOpening = Optional.empty();
  private long unsent;

  /** What the owner has written since it last waited; not yet handed over. */
  private @Nullable ByteBuffer joined;

  /** Whether the buffer of what is joined was made here, so that there is room to be used. */
  private boolean roomy;

  private volatile boolean closed;
  private volatile @Nullable Throwable broken;
  private volatile boolean inputClosed;

  /** From a request for TLS until TLS stands no octets may come but those of the handshake. */
  private volatile boolean onlyTls;

  Connection(IoSession session, Duration writeTimeout) {
    this.session = session;
    this.writeTimeout = writeTimeout;
  }

  public InetSocketAddress remote() {
    return (InetSocketAddress) session.getRemoteAddress();
  }

  public InetSocketAddress local() {
    return (InetSocketAddress) session.getLocalAddress();
  }

  /** The peer for a log line: address and port. */
  public String peer() {
    InetSocketAddress remote = remote();
    return remote.getAddress().getHostAddress() + ":" + remote.getPort();
  }

  /** The next event; {@link Event.TimedOut} if none comes in time. */
  public Event take(Duration timeout) throws InterruptedException {
    try {
      handOver();
    } catch (IOException e) {
      put(new Event.Failed(e));
    }
    return inbox.take(timeout, this::resumeRead, this::nudge);
  }

  /** Puts a word of another thread into the owner's inbox. */
  public void post(Object what) {
    put(new Event.Posted(what));
  }

  /**
   * Sends octets; waits while more than 256 KiB are unsent. Small ones leave when the owner next
   * takes an event, flushes or closes: what it says in one turn is one packet.
   *
   * @param octets the connection's from now on: not to be touched again
   * @throws IOException if the connection is gone, or the peer has read nothing for the write
   *     time-out (it is then aborted)
   */
  public void write(ByteBuffer octets) throws IOException, InterruptedException {
    ByteBuffer before = joined;
    if (before == null) {
      if (octets.remaining() < TOGETHER) {
        joined = octets;
        roomy = false;
      } else {
        send(octets);
      }
    } else if (before.remaining() + octets.remaining() <= TOGETHER) {
      joined = append(before, octets);
    } else {
      handOver();
      write(octets);
      return;
    }
    if (closed) {
      throw gone();
    }
  }

  private IOException gone() {
    Throwable why = broken;
    return why == null
        ? new IOException("the connection with " + peer() + " is closed")
        : new IOException("the connection with " + peer() + " broke: " + TlsFailed.words(why), why);
  }

  private ByteBuffer append(ByteBuffer before, ByteBuffer octets) {
    int end = before.limit();
    int n = octets.remaining();
    if (roomy && before.capacity() - end >= n) {
      return before.limit(end + n).put(end, octets, octets.position(), n);
    }
    roomy = true;
    ByteBuffer more = ByteBuffer.allocate(Math.max(2 * (before.remaining() + n), 1024));
    return more.put(before).put(octets).flip();
  }

  private void handOver() throws IOException, InterruptedException {
    ByteBuffer octets = joined;
    joined = null;
    if (octets != null) {
      send(octets);
    }
  }

  private void send(ByteBuffer octets) throws IOException, InterruptedException {
    int n = octets.remaining();
    lock.lock();
    try {
      awaitUnsent(UNSENT - 1);
      unsent += n;
    } finally {
      lock.unlock();
    }
    WriteFuture future = session.write(IoBuffer.wrap(octets));
    future.addListener((IoFuture done) -> sent(n));
  }

  /** Waits until everything written is with the operating system. */
  public void flush() throws IOException, InterruptedException {
    handOver();
    lock.lock();
    try {
      awaitUnsent(0);
    } finally {
      lock.unlock();
    }
  }

  private void awaitUnsent(long most) throws IOException, InterruptedException {
    long left = writeTimeout.toNanos();
    long before = unsent;
    while (unsent > most && !closed) {
      long wait = Math.min(left, NUDGE);
      left -= wait - drained.awaitNanos(wait);
      if (unsent < before) {
        before = unsent;
        left = writeTimeout.toNanos();
      } else if (left > 0) {
        wake();
      } else if (left <= 0) {
        abort();
        throw new IOException(peer() + " has read nothing for " + writeTimeout.toSeconds() + " s");
      }
    }
    if (closed) {
      throw gone();
    }
  }

  private void sent(int n) {
    lock.lock();
    try {
      unsent -= n;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins TLS on a clear connection (RFC 3207). What the peer sent in the clear behind its request
   * would be taken as said under TLS: that is refused.
   *
   * @param goAhead sent in the clear first, the server's go-ahead; empty for a client
   * @throws IOException if the handshake fails, takes longer than the time-out, or clear octets are
   *     waiting
   */
  public TlsFacts startTls(Tls tls, ByteBuffer goAhead, Duration timeout)
      throws IOException, InterruptedException {
    // Suspended, so that no octet of the handshake can slip past the filter before it stands.
    session.suspendRead();
    onlyTls = true;
    if (inbox.holdsOctets()) {
      abort();
      throw new IOException(peer() + " sent clear text behind its request for TLS");
    }
    if (goAhead.hasRemaining()) {
      write(goAhead);
      flush();
    }
    addTls(tls);
    resumeRead();
    TlsFacts facts = awaitTls(timeout);
    onlyTls = false;
    return facts;
  }

  /**
   * Begins TLS. For a connection that is just being opened on its I/O thread only: MINA would begin
   * twice, on two threads at the same time, if another one did it while the opening is told.
   */
  void addTls(Tls tls) {
    SslFilter filter = new PeerNamed(tls.context(), tls.serverName());
    filter.setEnabledProtocols(tls.protocols().toArray(String[]::new));
    filter.setNeedClientAuth(tls.clientCertificate());
    session.getFilterChain().addFirst(TLS, filter);
  }

  void tlsWhenOpened(Tls tls) {
    onOpening = Optional.of(tls);
  }

  /** On the I/O thread, before the first octet. */
  void opened() {
    onOpening.ifPresent(this::addTls);
  }

  TlsFacts awaitTls(Duration timeout) throws IOException, InterruptedException {
    try {
      awaitSecured(timeout);
    } catch (TimeoutException late) {
      abort();
      throw new IOException(
          "no TLS with " + peer() + " within " + timeout.toSeconds() + " s", late);
    } catch (ExecutionException broken) {
      endAfterAlert();
      throw new TlsFailed(peer(), broken.getCause());
    }
    forwardEarly();
    return tls().orElseThrow(this::gone);
  }

  /** The peer is to learn by its alert why there is no TLS, if it takes it soon. */
  private void endAfterAlert() {
    session.closeOnFlush();
    if (!session.getCloseFuture().awaitUninterruptibly(ALERT)) {
      abort();
    }
  }

  /**
   * What the peer said right behind its last octet of the handshake MINA deciphers on the thread of
   * a task, if a certificate of the peer was checked there, and keeps it until more comes. Nothing
   * that comes now brings it out.
   */
  private void forwardEarly() {
    session.getFilterChain().fireMessageReceived(IoBuffer.allocate(0));
  }

  /**
   * MINA keeps an error of a task, such as a certificate that is not trusted, until something is
   * read or written next. So the engine is looked at while we wait, and an octet, which cannot
   * leave any more, brings the error out.
   */
  private void awaitSecured(Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    long until = System.nanoTime() + timeout.toNanos();
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      try {
        secured.get(Math.max(1, Math.min(left, GLANCE)), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        if (left <= GLANCE) {
          throw notYet;
        }
        if (session.getFilterChain().get(TLS) instanceof PeerNamed filter && filter.gaveUp()) {
          session.write(IoBuffer.wrap(new byte[1]));
        }
      }
    }
  }

  /** What TLS came to, if it protects this connection. */
  public Optional<TlsFacts> tls() {
    if (!(session.getAttribute(SslFilter.SSL_SECURED) instanceof SSLSession ssl)) {
      return Optional.empty();
    }
    return Optional.of(new TlsFacts(ssl.getProtocol(), ssl.getCipherSuite(), certificates(ssl)));
  }

  private static List<X509Certificate> certificates(SSLSession ssl) {
    try {
      return List.of(ssl.getPeerCertificates()).stream().map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  /**
   * Sends what is written, then closes. Waits at most the write time-out for a peer that does not
   * read.
   */
  @Override
  public void close() {
    if (!closed) {
      sendLast();
      session.closeOnFlush();
      if (!session.getCloseFuture().awaitUninterruptibly(writeTimeout.toMillis())) {
        abort();
      }
    }
  }

  private void sendLast() {
    ByteBuffer octets = joined;
    joined = null;
    if (octets != null) {
      session.write(IoBuffer.wrap(octets));
    }
  }

  /** Closes at once and drops what is unsent. */
  public void abort() {
    session.closeNow();
  }

  public boolean open() {
    return !closed;
  }

  /** Completes when the connection is gone. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void received(ByteBuffer octets) {
    if (onlyTls && tls().isEmpty()) {
      // an I/O thread was just handing them over when reading was suspended
      failed(new IOException(peer() + " sent clear text behind its request for TLS"));
      abort();
      return;
    }
    put(new Event.Received(octets));
  }

  private void put(Event event) {
    inbox.put(event, session::suspendRead);
  }

  /**
   * A selector learns of changed interests only when it selects anew: without the nudge that may
   * take MINA's whole second.
   */
  private void resumeRead() {
    session.resumeRead();
    wake();
  }

  private void wake() {
    if (session instanceof NioSession nio) {
      nio.getProcessor().flush(nio);
    }
  }

  /**
   * MINA keeps the interests in reading and writing in one word, which our resuming and its own I/O
   * thread change without a lock: one change can undo the other, and the connection would stand
   * still for ever. So whoever waits says again, now and then, what should be of interest.
   */
  private void nudge() {
    if (inputClosed) {
      wake();
    } else {
      resumeRead();
    }
  }

  void inputClosed() {
    inputClosed = true;
    // MINA would go on reading the end of the stream for ever.
    session.suspendRead();
    put(new Event.InputClosed());
  }

  void failed(Throwable cause) {
    broken = cause;
    secured.completeExceptionally(cause);
    put(new Event.Failed(cause));
  }

  void closed() {
    closed = true;
    secured.completeExceptionally(new IOException("closed by " + peer()));
    lock.lock();
    try {
      drained.signalAll();
    } finally {
      lock.unlock();
    }
    put(new Event.Closed());
    ended.complete(null);
  }

  void tlsStands() {
    secured.complete(null);
  }
}
