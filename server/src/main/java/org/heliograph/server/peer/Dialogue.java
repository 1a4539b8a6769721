package org.heliograph.server.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.heliograph.p1.PeerTls;
import org.heliograph.server.dissect.Dissector;
import org.heliograph.server.dissect.Pdu;
import org.heliograph.wire.TlsFailed;

/**
 * A connection on which octets are said by hand. What passes is dissected. Not for more than one
 * thread.
 */
public final class Dialogue implements AutoCloseable {
  private static final int MOST_PDUS = 2000;

  private Socket socket;
  private final long began = System.nanoTime();
  private final List<Pdu> pdus = new ArrayList<>();
  private final Dissector dissector = new Dissector(this::add, true);
  private final byte[] buffer = new byte[64 * 1024];
  private int looked;
  private boolean ended;

  private Dialogue(Socket socket) {
    this.socket = socket;
  }

  /** Connects; the error says which address. */
  public static Dialogue connect(InetSocketAddress address, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, (int) timeout.toMillis());
      return new Dialogue(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connects to the target's first address, and speaks TLS with it if it is to be spoken. */
  public static Dialogue with(Target target, Duration timeout) throws IOException {
    InetSocketAddress address = target.address().socketAddress();
    Dialogue dialogue = connect(address, timeout);
    if (target.tls().isPresent()) {
      try {
        SSLSession _ = dialogue.secure(target.tls().get(), address, timeout);
      } catch (IOException e) {
        dialogue.close();
        throw e;
      }
    }
    return dialogue;
  }

  /**
   * From now on within TLS.
   *
   * @return what it came to
   * @throws TlsFailed telling a person why not
   */
  public SSLSession secure(PeerTls tls, InetSocketAddress address, Duration timeout)
      throws IOException {
    try {
      socket.setSoTimeout((int) timeout.toMillis());
      SSLSocket secured =
          (SSLSocket)
              tls.context()
                  .getSocketFactory()
                  .createSocket(socket, address.getHostString(), address.getPort(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setProtocols(tls.protocols().toArray(String[]::new));
      if (tls.verifyName()) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      socket = secured;
      return secured.getSession();
    } catch (IOException e) {
      throw new TlsFailed(address.getAddress().getHostAddress() + ":" + address.getPort(), e);
    }
  }

  private void add(Pdu pdu) {
    if (pdus.size() < MOST_PDUS) {
      pdus.add(pdu);
    }
  }

  private long micros() {
    return (System.nanoTime() - began) / 1000;
  }

  /** Says octets, in one write. */
  public void say(byte[] octets) throws IOException {
    dissector.octets(true, micros(), octets, 0, octets.length);
    looked = pdus.size();
    try {
      socket.getOutputStream().write(octets);
    } catch (IOException cut) {
      throw socket instanceof SSLSocket ? new TlsFailed("the peer any more", cut) : cut;
    }
  }

  /**
   * Waits for a PDU of the peer that has come since the last {@link #say}.
   *
   * @return empty if the peer closes the connection, or says nothing in time
   */
  public Optional<Pdu> await(Predicate<Pdu> wanted, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      for (int i = looked; i < pdus.size(); i++) {
        if (!pdus.get(i).fromInitiator() && wanted.test(pdus.get(i))) {
          return Optional.of(pdus.get(i));
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (ended || left <= 0 || !read((int) left)) {
        return Optional.empty();
      }
    }
  }

  /** False if nothing came in time; true also at the end, which is then known. */
  private boolean read(int millis) throws IOException {
    socket.setSoTimeout(Math.max(1, millis));
    try {
      InputStream in = socket.getInputStream();
      int n = in.read(buffer);
      if (n < 0) {
        ended = true;
      } else {
        dissector.octets(false, micros(), buffer, 0, n);
      }
      return true;
    } catch (SocketTimeoutException late) {
      return false;
    } catch (SSLException alert) {
      throw new TlsFailed("the peer any more", alert);
    } catch (java.net.SocketException reset) {
      // What the peer has to say of our certificate it may have said and cut off itself.
      if (socket instanceof SSLSocket && pdus.stream().allMatch(Pdu::fromInitiator)) {
        throw new TlsFailed("the peer any more", reset);
      }
      ended = true;
      return true;
    }
  }

  /** Whether the peer has closed the connection; waits for it. */
  public boolean closes(Duration patience) throws IOException {
    await(pdu -> false, patience);
    return ended;
  }

  /** Whether the peer has closed the connection, as far as is known. */
  public boolean ended() {
    return ended;
  }

  /** Everything that passed, in order. */
  public List<Pdu> pdus() {
    return List.copyOf(pdus);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed all the same.
    }
  }
}
