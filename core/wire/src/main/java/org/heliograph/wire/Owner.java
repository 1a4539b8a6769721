package org.heliograph.wire;

/** Who serves the connections of a listener. Each call runs on a virtual thread of its own. */
@FunctionalInterface
public interface Owner {

  /**
   * Serves one connection to its end. The connection is closed when this returns or throws.
   *
   * @throws Exception logged with the peer's address; costs this connection only
   */
  void serve(Connection connection) throws Exception;
}
