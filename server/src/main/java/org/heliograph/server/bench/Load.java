package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A source and a sink. */
interface Load extends AutoCloseable {
  /** Where the sink listens. */
  InetSocketAddress sink();

  /** Messages that the sink has taken since it began. */
  long arrived();

  /**
   * Sends messages; returns when the last one was accepted.
   *
   * @param size of the content in octets
   * @param sessions at one time
   */
  void send(InetSocketAddress to, int count, long size, int sessions) throws IOException;

  @Override
  void close() throws IOException;
}
