package org.heliograph.server.dissect;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.heliograph.server.dissect.Frames.End;
import org.heliograph.server.dissect.Frames.Segment;

/**
 * Puts the TCP connections of a capture together again and dissects those that are RFC 1006. What
 * comes out of order waits, at most 4 MiB for each direction; what was not captured ends its
 * direction. Memory does not grow with the length of a connection.
 */
public final class Conversations implements CaptureFile.Packets {
  private static final int MOST_WAITING = 4 << 20;
  private static final int MOST_CONNECTIONS = 10_000;

  /**
   * A connection.
   *
   * @param number in the order in which they begin, from 1
   */
  public record Connection(int number, String initiator, String responder) {
    @Override
    public String toString() {
      return "connection " + number + ", " + initiator + " -> " + responder;
    }
  }

  private record Key(End from, End to) {}

  private final BiConsumer<Connection, Pdu> sink;
  private final boolean trees;
  private final IntPredicate ports;
  private final Map<Key, Flow> flows = new HashMap<>();
  private int connections;
  private long passedOver;

  /**
   * @param sink takes the PDUs of every connection
   * @param ports which ports of the responder are of interest
   */
  public Conversations(BiConsumer<Connection, Pdu> sink, boolean trees, IntPredicate ports) {
    this.sink = sink;
    this.trees = trees;
    this.ports = ports;
  }

  /** Connections that were RFC 1006. */
  public int connections() {
    return connections;
  }

  /** Connections that were something else, or not of interest. */
  public long passedOver() {
    return passedOver;
  }

  @Override
  public void packet(int link, long micros, byte[] octets, boolean whole) {
    Frames.segment(link, octets).ifPresent(s -> segment(s, micros));
  }

  private void segment(Segment s, long micros) {
    Key there = new Key(s.from(), s.to());
    Key back = new Key(s.to(), s.from());
    boolean opens = s.syn() && !s.ack();
    Flow flow = flows.get(there);
    Flow other = flows.get(back);
    if (opens || flow == null && other == null) {
      if (s.payload().length == 0 && !opens || flows.size() >= MOST_CONNECTIONS) {
        return;
      }
      flow = new Flow(new Meeting(s.from(), s.to()), true);
      flows.put(there, flow);
      flows.put(back, new Flow(flow.meeting, false));
    } else if (flow == null) {
      return;
    }
    flow.take(s, micros);
  }

  /** A connection of which it is not yet known whether it is RFC 1006. */
  private final class Meeting {
    private final End initiator;
    private final End responder;
    private @org.jspecify.annotations.Nullable Dissector dissector;
    private boolean decided;

    Meeting(End initiator, End responder) {
      this.initiator = initiator;
      this.responder = responder;
    }

    @org.jspecify.annotations.Nullable
    Dissector dissector(byte[] first) {
      if (!decided) {
        decided = true;
        boolean tpkt = first[0] == 3 && (first.length < 2 || first[1] == 0);
        if (tpkt && ports.test(responder.port())) {
          Connection connection =
              new Connection(++connections, initiator.toString(), responder.toString());
          dissector = new Dissector(pdu -> sink.accept(connection, pdu), trees);
        } else {
          passedOver++;
        }
      }
      return dissector;
    }
  }

  /** One direction. */
  private static final class Flow {
    private final Meeting meeting;
    private final boolean fromInitiator;
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private boolean known;
    private boolean lost;
    private long next;
    private long waitingOctets;

    Flow(Meeting meeting, boolean fromInitiator) {
      this.meeting = meeting;
      this.fromInitiator = fromInitiator;
    }

    void take(Segment s, long micros) {
      long sequence = unwrapped(s.sequence());
      if (s.syn()) {
        next = sequence + 1;
        known = true;
        waiting.clear();
        return;
      }
      if (lost || s.payload().length + s.missing() == 0) {
        return;
      }
      if (!known) {
        next = sequence;
        known = true;
      }
      give(sequence, s.payload(), micros);
      while (!waiting.isEmpty() && waiting.firstKey() <= next) {
        Map.Entry<Long, byte[]> first = waiting.pollFirstEntry();
        waitingOctets -= first.getValue().length;
        give(first.getKey(), first.getValue(), micros);
      }
      if (s.missing() > 0 && sequence + s.payload().length <= next
          || waitingOctets > MOST_WAITING) {
        lost = true;
        Dissector dissector = meeting.dissector;
        if (dissector != null) {
          dissector.gap(fromInitiator, micros, "octets of the connection are not in the capture");
        }
      }
    }

    /** Sequence numbers that do not wrap, near the one expected. */
    private long unwrapped(int sequence) {
      if (!known) {
        return sequence & 0xFFFFFFFFL;
      }
      return next + (sequence - (int) next);
    }

    private void give(long sequence, byte[] payload, long micros) {
      if (sequence > next) {
        if (waiting.putIfAbsent(sequence, payload) == null) {
          waitingOctets += payload.length;
        }
        return;
      }
      int skip = (int) Math.min(next - sequence, payload.length);
      if (skip == payload.length) {
        return;
      }
      next = sequence + payload.length;
      Dissector dissector = meeting.dissector(payload);
      if (dissector != null) {
        dissector.octets(fromInitiator, micros, payload, skip, payload.length - skip);
      }
    }
  }
}
