package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration of a switch between a source and a sink of P1, with a peer that never answers. */
record P1Town(Path directory, int port) {
  /**
   * Writes it.
   *
   * @param directory of the switch; made
   * @param port where it listens
   * @param sink where the sink listens
   * @param dead a port where nobody does
   * @param associations to the sink
   */
  static P1Town write(
      Path directory, String password, int port, InetSocketAddress sink, int dead, int associations)
      throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("bind"), password + "\n", StandardCharsets.US_ASCII);
    String configuration =
        """
        node = bench
        host-name = bench.example
        home = data
        ports-file = ports
        domain { country = XX, prmd = BENCH, mta = bench-mta }
        p1 {
          listen = [ "127.0.0.1:%d" ]
          max-associations = 1000
          peers.source {
            theirs { mta = source-mta, password { file = bind } }
            ours { mta = bench-mta, password { file = bind } }
            inbound-associations = 500
          }
          peers.sink {
            addresses = [ "127.0.0.1:%d" ]
            theirs { mta = sink-mta, password { file = bind } }
            ours { mta = bench-mta, password { file = bind } }
            associations = %d
          }
          peers.dead {
            addresses = [ "127.0.0.1:%d" ]
            theirs { mta = dead-mta, password { file = bind } }
            ours { mta = bench-mta, password { file = bind } }
          }
        }
        routes = [
          { to = "/PRMD=SINK/ADMD= /C=XX/", via = p1, peer = sink }
          { to = "/PRMD=DEAD/ADMD= /C=XX/", via = p1, peer = dead }
        ]
        """
            .formatted(port, sink.getPort(), associations, dead);
    Files.writeString(directory.resolve("bench.conf"), configuration, StandardCharsets.UTF_8);
    return new P1Town(directory, port);
  }

  Path configuration() {
    return directory.resolve("bench.conf");
  }

  Path store() {
    return directory.resolve("data/store");
  }

  InetSocketAddress listen() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
