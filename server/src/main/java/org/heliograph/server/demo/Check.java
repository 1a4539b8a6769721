package org.heliograph.server.demo;

import java.util.Map;

/**
 * One thing that had to hold.
 *
 * @param about which message
 * @param what what was compared
 * @param held whether it held
 * @param detail what was found, and if it did not hold what was expected
 */
record Check(String about, String what, boolean held, String detail) {
  Map<String, Object> facts() {
    return Map.of("about", about, "what", what, "held", held, "detail", detail);
  }
}
