package org.heliograph.osi.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.osi.layer.Collected;
import org.heliograph.osi.layer.ProtocolError;

/** Takes TSDUs in pieces: streams the user information of DT, collects everything else. */
final class Incoming {
  private static final int LARGEST = 64 * 1024;
  private static final int ENCLOSURE_END = 2;
  private static final int HEAD = 32;

  private final Session session;
  private final Collected collected = new Collected(LARGEST);
  private boolean streaming;
  private boolean endsSsdu = true;

  Incoming(Session session) {
    this.session = session;
  }

  void piece(ByteBuffer octets, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    if (!streaming) {
      int before = collected.length();
      // Two headers with an enclosure item are all that a DT needs; what is behind them stays where
      // it is.
      int user = start(octets);
      if (user < 0) {
        if (!collected.add(octets)) {
          throw Session.fail("TSDU", LARGEST, "a control SPDU of more than 64 KiB");
        }
        if (last) {
          session.spdu(SpduReader.read(collected.drain()));
        }
        return;
      }
      octets.position(octets.position() + user - before);
      collected.clear();
      streaming = true;
    }
    if (last) {
      streaming = false;
    }
    if (octets.hasRemaining() || last) {
      session.data(octets, last && endsSsdu);
    }
  }

  /**
   * The number of octets of the TSDU before the user information of a DT, -1 if this is no DT or
   * not yet to be told.
   */
  private int start(ByteBuffer octets) throws ProtocolError {
    if (collected.length() > HEAD) {
      return -1;
    }
    byte[] head = head(octets);
    if (head.length < 2 || head[0] != Spdu.GT && head[0] != Spdu.PT) {
      return -1;
    }
    Length first = Length.read(head, 1, head.length);
    if (first == null) {
      return -1;
    }
    int at = first.next() + first.value();
    if (at + 1 >= head.length || head[at] != Spdu.DT) {
      return -1;
    }
    Length second = Length.read(head, at + 1, head.length);
    if (second == null || second.next() + second.value() > head.length) {
      return -1;
    }
    int user = second.next() + second.value();
    Parameters tokens = Parameters.read("GT", head, first.next(), at);
    if (tokens.number(Parameters.TOKEN_ITEM, 1, 0) != 0 && head[0] == Spdu.GT) {
      throw Session.fail("GT", 0, "tokens given together with DT in a monologue");
    }
    Parameters data = Parameters.read("DT", head, second.next(), user);
    endsSsdu = (data.number(Parameters.ENCLOSURE, 1, ENCLOSURE_END) & ENCLOSURE_END) != 0;
    return user;
  }

  /**
   * What was collected and the start of the new piece: enough for two headers of ordinary length.
   */
  private byte[] head(ByteBuffer octets) {
    int n = Math.min(octets.remaining(), HEAD);
    byte[] head = new byte[collected.length() + n];
    byte[] old = collected.copy(0, head.length - n);
    System.arraycopy(old, 0, head, 0, old.length);
    octets.get(octets.position(), head, old.length, n);
    return head;
  }
}
