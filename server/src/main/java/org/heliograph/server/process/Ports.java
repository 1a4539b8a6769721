package org.heliograph.server.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free ports on the loopback address, for processes that must know each other's before either
 * listens. They lie below the range that systems take for outgoing connections, so that nobody gets
 * one by chance between its being found and its being used. Not for more than one thread.
 */
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int COUNT = 12_000;
  private static final int ATTEMPTS = 200;

  private final Random random = new Random();
  private final Set<Integer> given = new HashSet<>();

  /**
   * A port that nobody listens on.
   *
   * @throws IOException if none is found
   */
  public int free() throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = LOWEST + random.nextInt(COUNT);
      if (!given.contains(port) && canListen(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IOException("no free port on the loopback address among " + ATTEMPTS + " tried");
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
