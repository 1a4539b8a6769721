package org.heliograph.server.dissect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.heliograph.asn1.Octets;

/**
 * One PDU of one layer.
 *
 * @param micros when its last octet passed, in microseconds of the clock of the capture
 * @param fromInitiator whether the side that opened the connection sent it
 * @param offset of the TPKT that ended it, among the octets of its direction
 * @param name as its standard calls it
 * @param facts what is said in it, in order
 * @param octets of the layer; of those below only where the layer is not ASN.1
 * @param tree the ASN.1 of it, lines ended by line feeds; empty where it is not ASN.1
 */
public record Pdu(
    long micros,
    boolean fromInitiator,
    long offset,
    Layer layer,
    String name,
    Map<String, String> facts,
    Octets octets,
    String tree) {
  public Pdu {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  public Pdu named(String other) {
    return new Pdu(micros, fromInitiator, offset, layer, other, facts, octets, tree);
  }

  /** The facts in one line. */
  public String summary() {
    return facts.entrySet().stream()
        .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Direction, layer, name and facts in one line. */
  public String line() {
    String summary = summary();
    return (fromInitiator ? "> " : "< ")
        + layer
        + " "
        + name
        + (summary.isEmpty() ? "" : ": " + summary);
  }
}
