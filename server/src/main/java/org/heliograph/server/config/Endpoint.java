package org.heliograph.server.config;

import java.net.InetSocketAddress;

/**
 * A host and port, written {@code host:port}, with an IPv6 address in brackets.
 *
 * @param host a name or address
 * @param port 0 to 65535; to listen on port 0 takes a free one
 */
public record Endpoint(String host, int port) {
  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon > 0 ? text.substring(0, colon) : "";
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    int port = -1;
    if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
      port = Integer.parseInt(text.substring(colon + 1));
    }
    if (host.isEmpty() || port < 0 || port > 65535) {
      throw new IllegalArgumentException("host:port, an IPv6 address in brackets");
    }
    return new Endpoint(host, port);
  }

  /** The address to bind or connect to, resolved now. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
