package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.AuthenticatedBindResult;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.Credentials;
import org.heliograph.asn1.x411.MTABindResult;
import org.heliograph.asn1.x411.Password;
import org.heliograph.osi.Acceptor;
import org.heliograph.osi.AcceptorSettings;
import org.heliograph.osi.ApduSink;
import org.heliograph.osi.Responder;
import org.heliograph.wire.Listener;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;

/** Takes every APDU over P1, counts it and keeps nothing: the end of the benchmark's line. */
final class P1Sink implements AutoCloseable {
  private static final int CONNECTIONS = 1000;

  /** Octets of an APDU in which its number stands. */
  private static final int BEGINNING = 1024;

  private final AtomicLong messages = new AtomicLong();
  private final LongConsumer arrived;
  private final Listener listener;

  /**
   * @param name of the MTA
   * @param arrived hears the number of each message, on the thread of its association
   * @throws IOException if no port is free
   */
  P1Sink(Wire wire, String name, String password, LongConsumer arrived) throws IOException {
    this.arrived = arrived;
    Octets result =
        BindOperation.CODEC.encode(
            new BindOperation.Result(
                new MTABindResult.Authenticated(
                    new AuthenticatedBindResult(
                        Text.ia5(name),
                        new Credentials.Simple(new Password.Ia5String(Text.ia5(password)))))));
    this.listener =
        wire.listen(
            new ListenerSettings(
                "sink",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                CONNECTIONS,
                CONNECTIONS,
                Optional.empty()),
            new Acceptor(
                AcceptorSettings.DEFAULT,
                asked -> new Responder.Answer.Accept(result, activity -> new Counting())));
  }

  InetSocketAddress address() {
    return listener.address();
  }

  /** APDUs that were complete. */
  long messages() {
    return messages.get();
  }

  @Override
  public void close() {
    listener.close();
  }

  /** One APDU. */
  private final class Counting implements ApduSink {
    private final byte[] beginning = new byte[BEGINNING];
    private int have;

    @Override
    public void segment(ByteBuffer octets) {
      int n = Math.min(octets.remaining(), BEGINNING - have);
      octets.get(beginning, have, n);
      have += n;
      octets.position(octets.limit());
    }

    @Override
    public void end() {
      messages.incrementAndGet();
      arrived.accept(P1Apdus.number(beginning, have));
    }

    @Override
    public void aborted(String why) {
      // It was not complete, so it does not count.
    }
  }
}
