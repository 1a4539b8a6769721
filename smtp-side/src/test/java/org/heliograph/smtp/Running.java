package org.heliograph.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.heliograph.model.Envelope;
import org.heliograph.model.MemoryStore;
import org.heliograph.wire.Wire;

/** The real server on a free port, over a store in memory. */
final class Running implements AutoCloseable {
  final MemoryStore store = new MemoryStore();
  final Wire wire = new Wire();
  final SmtpServer server;

  Running(UnaryOperator<SmtpServerSettings> settings, SmtpPolicy policy) throws IOException {
    SmtpServerSettings plain =
        SmtpServerSettings.at(new InetSocketAddress(Wire.loopback(), 0), "switch.example");
    server = new SmtpServer(wire, settings.apply(plain), policy, store, InstantSource.system());
    server.start();
  }

  static Running plain() throws IOException {
    return new Running(settings -> settings, SmtpPolicy.closed());
  }

  InetSocketAddress address() {
    return server.address();
  }

  Dialogue greeted() throws IOException {
    return Dialogue.greeted(address());
  }

  /** The envelope of the only message. */
  Envelope envelope() {
    return only().draft().envelope();
  }

  /** The only message that was accepted. */
  MemoryStore.Accepted only() {
    List<MemoryStore.Accepted> all = store.accepted();
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " messages were accepted, not one");
    }
    return all.getFirst();
  }

  /** The content of the only message behind our Received: field. */
  String content() {
    return withoutTrace(whole());
  }

  /** The content of the only message. */
  String whole() {
    return new String(store.octets(only().draft().content()), ISO_8859_1);
  }

  static String withoutTrace(String whole) {
    int at = whole.indexOf("\r\n");
    while (at + 2 < whole.length() && whole.charAt(at + 2) == '\t') {
      at = whole.indexOf("\r\n", at + 2);
    }
    return whole.substring(at + 2);
  }

  @Override
  public void close() {
    server.close();
    wire.close();
  }
}
