package org.heliograph.osi.layer;

/**
 * The peer broke the protocol: in which layer and PDU, at which octet of it, which rule. The only
 * thing that octets from the wire can make a layer throw.
 */
public final class ProtocolError extends Exception {
  private static final long serialVersionUID = 1L;

  /** Layers, from below. */
  public enum In {
    TPKT,
    TRANSPORT,
    SESSION,
    PRESENTATION,
    ACSE,
    RTSE
  }

  private final In in;
  private final long offset;

  /**
   * @param in the layer that found it
   * @param pdu the PDU's short name in its standard, or what else was read
   * @param offset octets from the start of the PDU
   * @param rule in words
   */
  public ProtocolError(In in, String pdu, long offset, String rule) {
    super(
        in.name().toLowerCase(java.util.Locale.ROOT)
            + ", "
            + pdu
            + ", octet "
            + offset
            + ": "
            + rule);
    this.in = in;
    this.offset = offset;
  }

  public In in() {
    return in;
  }

  public long offset() {
    return offset;
  }
}
