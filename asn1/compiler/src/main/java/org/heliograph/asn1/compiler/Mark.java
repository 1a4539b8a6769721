package org.heliograph.asn1.compiler;

import java.util.List;
import java.util.Set;

/**
 * A comment that begins with an at sign.
 *
 * @param name without the at sign
 * @param arguments what follows it, up to a semicolon
 * @param line counted from 1
 */
record Mark(String name, List<String> arguments, int line) {
  static final String PACKAGE = "package";
  static final String STREAM = "stream";
  static final String OCTETS = "octets";
  static final String TABLE = "table";
  static final String BIG = "big";
  static final String OR_EXPLICIT = "or-explicit";
  static final Set<String> KNOWN = Set.of(PACKAGE, STREAM, OCTETS, TABLE, BIG, OR_EXPLICIT);
}
