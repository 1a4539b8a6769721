package org.heliograph.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.heliograph.server.dissect.CaptureFile;
import org.heliograph.server.dissect.Conversations;
import org.heliograph.server.dissect.Layer;
import org.heliograph.server.dissect.Pdu;
import org.heliograph.server.json.Json;

/** Prints what a capture file holds, PDU by PDU. */
final class CaptureDecode {
  private static final int INDENT = 4;

  private final PrintWriter out;
  private final Optional<Layer> only;
  private final boolean json;
  private final Map<Integer, Long> begun = new HashMap<>();
  private long left;
  private int last;
  private boolean understood = true;

  /**
   * @param only PDUs of this layer; empty: of all, with the ASN.1 of presentation and P1
   * @param lines after which it stops
   */
  CaptureDecode(PrintWriter out, Optional<Layer> only, boolean json, long lines) {
    this.out = out;
    this.only = only;
    this.json = json;
    this.left = lines;
  }

  /**
   * Prints all PDUs; in JSON one object in each line.
   *
   * @return whether all of it was understood
   * @throws IOException if the file is no whole capture; what came before is printed
   */
  boolean print(Path file, IntPredicate ports) throws IOException, CommandFailed {
    Conversations conversations = new Conversations(this::pdu, true, ports);
    try {
      CaptureFile.read(file, conversations);
    } finally {
      out.flush();
    }
    if (conversations.connections() == 0) {
      throw new CommandFailed(
          "no RFC 1006 connection in "
              + file
              + (conversations.passedOver() > 0
                  ? "; " + conversations.passedOver() + " other TCP connections were passed over"
                  : ""));
    }
    if (left <= 0) {
      out.println("! stopped: more lines than --lines");
      out.flush();
    }
    return understood && left > 0;
  }

  private void pdu(Conversations.Connection connection, Pdu pdu) {
    boolean broken =
        pdu.name().equals("not understood")
            || pdu.name().equals("malformed")
            || pdu.facts().containsKey("not decoded");
    understood &= !broken;
    if (left <= 0 || only.isPresent() && only.get() != pdu.layer()) {
      return;
    }
    if (json) {
      line(Json.write(object(connection, pdu)));
      return;
    }
    if (connection.number() != last) {
      last = connection.number();
      line("# " + connection);
    }
    long since = pdu.micros() - begun.computeIfAbsent(last, n -> pdu.micros());
    line(String.format(java.util.Locale.ROOT, "%9.3f ms ", since / 1000.0) + pdu.line());
    boolean tree =
        only.isPresent() || pdu.layer() == Layer.PRESENTATION || pdu.layer() == Layer.P1 || broken;
    boolean within = pdu.layer() == Layer.P1 && pdu.name().startsWith("MTABind");
    if (tree && (only.isPresent() || !within)) {
      pdu.tree().lines().forEach(l -> line(" ".repeat(INDENT) + l));
    }
  }

  private static Map<String, Object> object(Conversations.Connection connection, Pdu pdu) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("connection", connection.number());
    object.put("initiator", connection.initiator());
    object.put("responder", connection.responder());
    object.put(
        "at",
        Instant.ofEpochSecond(pdu.micros() / 1_000_000, pdu.micros() % 1_000_000 * 1000)
            .toString());
    object.put("from", pdu.fromInitiator() ? "initiator" : "responder");
    object.put("offset", pdu.offset());
    object.put("layer", pdu.layer().toString());
    object.put("pdu", pdu.name());
    object.put("facts", pdu.facts());
    object.put("tree", pdu.tree().lines().toList());
    return object;
  }

  private void line(String text) {
    if (left-- > 0) {
      out.println(text);
    }
  }
}
