package org.heliograph.asn1;

/**
 * A constraint (SIZE or value range) that a decoded value breaks. The value is there all the same:
 * what to do about a broken upper bound is decided by the protocol, not by the decoder.
 *
 * @param offset octet offset of the element
 * @param path of the element within the value
 * @param rule the constraint and what was found
 */
public record Violation(long offset, String path, String rule) {
  static String join(String outer, String inner) {
    if (inner.isEmpty()) {
      return outer;
    }
    return inner.startsWith("[") ? outer + inner : outer + "." + inner;
  }

  Violation within(String outer) {
    return new Violation(offset, join(outer, path), rule);
  }
}
