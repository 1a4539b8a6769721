package org.heliograph.asn1;

/** The octets break the syntax or a {@link Limits limit}: where, on which path, and which rule. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private long offset;
  private final String rule;
  private String path = "";

  public DecodeException(long offset, String rule) {
    super(rule);
    this.offset = offset;
    this.rule = rule;
  }

  /** Octet offset from the start of what was decoded. */
  public long offset() {
    return offset;
  }

  /** The rule broken, in words. */
  public String rule() {
    return rule;
  }

  /** Where in the value: {@code message.envelope.per-recipient-fields[2].recipient-name}. */
  public String path() {
    return path;
  }

  @Override
  public String getMessage() {
    return "octet " + offset + (path.isEmpty() ? "" : ", " + path) + ": " + rule;
  }

  DecodeException at(long where) {
    offset = where;
    return this;
  }

  DecodeException within(String outer) {
    path = Violation.join(outer, path);
    return this;
  }
}
