package org.heliograph.server.interop;

import java.io.IOException;

/** One thing that an MTA does or refuses. */
public interface Case {
  /** What is tried, in a few words. */
  String name();

  /** The clause that says what must happen. */
  String clause();

  /**
   * Tries it.
   *
   * @throws IOException if it could not be tried, or the connection broke: a failure
   */
  Verdict run(Exchange exchange) throws IOException, InterruptedException;

  /** What a case does. */
  @FunctionalInterface
  interface Body {
    Verdict run(Exchange exchange) throws IOException, InterruptedException;
  }

  /** A case of its parts. */
  static Case of(String name, String clause, Body body) {
    record Simple(String name, String clause, Body body) implements Case {
      @Override
      public Verdict run(Exchange exchange) throws IOException, InterruptedException {
        return body.run(exchange);
      }
    }
    return new Simple(name, clause, body);
  }
}
