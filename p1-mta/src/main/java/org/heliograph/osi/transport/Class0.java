package org.heliograph.osi.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.Collected;
import org.heliograph.osi.layer.Layer;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;

/**
 * The transport entity of one connection, X.224 class 0 over RFC 1006. Below it are the octets of
 * TCP.
 */
public final class Class0 implements Layer<TPrimitive, ByteBuffer> {
  /** RFC 1006 clause 6: the largest TPKT less its header. */
  public static final int LARGEST_TPDU = 65531;

  static final int DT = 0xF0;
  private static final int DR = 0x80;
  private static final int ER = 0x70;
  private static final int LARGEST_CONTROL = 512;
  private static final int LARGEST_POWER_OF_TWO = 2048;

  /**
   * X.224 annex A, the states that class 0 has. A cell that is not overridden is a protocol error.
   */
  enum State {
    CLOSED {
      @Override
      State request(Class0 t, TPrimitive request)
          throws ProtocolError, IOException, InterruptedException {
        if (request instanceof TPrimitive.TConnect connect) {
          t.sendCr(connect);
          return WFCC;
        }
        return super.request(t, request);
      }

      @Override
      State connect(Class0 t, ConnectTpdu tpdu)
          throws ProtocolError, IOException, InterruptedException {
        return tpdu.code() == ConnectTpdu.CR ? t.receivedCr(tpdu) : super.connect(t, tpdu);
      }
    },
    /** Wait for the connection confirm. */
    WFCC {
      @Override
      State connect(Class0 t, ConnectTpdu tpdu)
          throws ProtocolError, IOException, InterruptedException {
        return tpdu.code() == ConnectTpdu.CC ? t.receivedCc(tpdu) : super.connect(t, tpdu);
      }

      @Override
      State disconnect(Class0 t, int reason)
          throws ProtocolError, IOException, InterruptedException {
        t.above.accept(new TPrimitive.TDisconnect(reason));
        return GONE;
      }
    },
    /** Wait for the T-CONNECT response. */
    WFTRESP {
      @Override
      State request(Class0 t, TPrimitive request)
          throws ProtocolError, IOException, InterruptedException {
        switch (request) {
          case TPrimitive.TAccept accept -> {
            t.sendCc();
            return OPEN;
          }
          case TPrimitive.TDisconnect refuse -> {
            t.sendDr(refuse.reason());
            return GONE;
          }
          default -> {
            return super.request(t, request);
          }
        }
      }
    },
    OPEN {
      @Override
      State request(Class0 t, TPrimitive request)
          throws ProtocolError, IOException, InterruptedException {
        switch (request) {
          case TPrimitive.TData data -> {
            t.outgoing.data(data.octets(), data.last());
            return OPEN;
          }
          // Class 0 has no disconnection of its own: whoever drives the layers closes TCP.
          case TPrimitive.TDisconnect end -> {
            return GONE;
          }
          default -> {
            return super.request(t, request);
          }
        }
      }

      @Override
      State disconnect(Class0 t, int reason)
          throws ProtocolError, IOException, InterruptedException {
        t.above.accept(new TPrimitive.TDisconnect(reason));
        return GONE;
      }

      @Override
      boolean takesData() {
        return true;
      }
    },
    /** Refused or disconnected; what still comes is of no interest. */
    GONE {
      @Override
      State request(Class0 t, TPrimitive request) {
        return GONE;
      }

      @Override
      State connect(Class0 t, ConnectTpdu tpdu) {
        return GONE;
      }

      @Override
      State disconnect(Class0 t, int reason) {
        return GONE;
      }
    };

    State request(Class0 t, TPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      throw new IllegalStateException(request.getClass().getSimpleName() + " in state " + this);
    }

    State connect(Class0 t, ConnectTpdu tpdu)
        throws ProtocolError, IOException, InterruptedException {
      throw fail(tpdu.code() == ConnectTpdu.CR ? "CR" : "CC", 1, "not expected in state " + this);
    }

    State disconnect(Class0 t, int reason) throws ProtocolError, IOException, InterruptedException {
      throw fail("DR", 1, "not expected in state " + this);
    }

    boolean takesData() {
      return false;
    }
  }

  private final Sink<TPrimitive> above;
  private final int reference;
  private final int tpduSize;
  private final Outgoing outgoing;
  private final Tpkt incoming = new Tpkt(this::tpdu);
  private final Collected control = new Collected(LARGEST_CONTROL);
  private State state = State.CLOSED;
  private int remoteReference;
  private int agreedSize;
  private boolean inPreferredForm;
  private boolean inData;
  private boolean endOfTsdu;

  /**
   * @param reference our reference for the connection, not 0
   * @param tpduSize largest TPDU to propose or grant, a power of two up to 2048, or 0 for the most
   *     there is
   */
  public Class0(Sink<TPrimitive> above, Sink<ByteBuffer> below, int reference, int tpduSize) {
    this.above = above;
    this.reference = reference & 0xFFFF;
    this.tpduSize = tpduSize;
    this.outgoing = new Outgoing(below);
  }

  /** Whether the connection stands. */
  public boolean open() {
    return state == State.OPEN;
  }

  @Override
  public void fromBelow(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    incoming.feed(octets);
  }

  @Override
  public void fromAbove(TPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    state = state.request(this, request);
  }

  private void tpdu(ByteBuffer piece, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    if (state == State.GONE) {
      return;
    }
    if (!inData && !header(piece)) {
      collect(piece, last);
      return;
    }
    if (last) {
      inData = false;
    }
    if (piece.hasRemaining() || last && endOfTsdu) {
      above.accept(new TPrimitive.TData(piece, last && endOfTsdu));
    }
  }

  /** Takes the header of a DT off the piece; false if this is no DT, or not yet known. */
  private boolean header(ByteBuffer piece) throws ProtocolError {
    while (piece.hasRemaining()) {
      int have = control.length();
      if (have >= 2 && (control.at(1) & 0xF0) != DT) {
        return false;
      }
      control.add(piece.slice(piece.position(), 1));
      piece.position(piece.position() + 1);
      if (have == 2) {
        int eot = control.at(2);
        boolean expected = state.takesData();
        int li = control.at(0);
        control.clear();
        if (li != 2) {
          throw fail("DT", 0, "a length indicator of " + li + " where class 0 has 2");
        }
        if ((eot & 0x7F) != 0) {
          throw fail("DT", 2, "a TPDU number where class 0 has none");
        }
        if (!expected) {
          throw fail("DT", 1, "not expected in state " + state);
        }
        inData = true;
        endOfTsdu = eot == 0x80;
        return true;
      }
    }
    return false;
  }

  private void collect(ByteBuffer piece, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    if (!control.add(piece)) {
      throw fail("TPDU", LARGEST_CONTROL, "a control TPDU of more than 512 octets");
    }
    if (!last) {
      return;
    }
    byte[] tpdu = control.drain();
    // A TPKT has at least 7 octets, so at least 3 are here.
    switch (tpdu[1] & 0xF0) {
      case ConnectTpdu.CR -> state = state.connect(this, ConnectTpdu.read("CR", tpdu));
      case ConnectTpdu.CC -> state = state.connect(this, ConnectTpdu.read("CC", tpdu));
      case DR -> {
        if (tpdu.length < 7) {
          throw fail("DR", 0, "a DR of " + tpdu.length + " octets, less than 7");
        }
        state = state.disconnect(this, tpdu[6] & 0xFF);
      }
      case ER -> throw fail("ER", 1, "the peer reports that we broke the protocol");
      case DT -> throw fail("DT", 0, "a DT of " + tpdu.length + " octets, less than 3");
      default ->
          throw fail(
              "TPDU", 1, "TPDU code " + Integer.toHexString(tpdu[1] & 0xFF) + " is not of class 0");
    }
  }

  private void sendCr(TPrimitive.TConnect connect)
      throws ProtocolError, IOException, InterruptedException {
    agreedSize = tpduSize;
    outgoing.control(
        new ConnectTpdu(
                ConnectTpdu.CR,
                0,
                reference,
                0,
                false,
                connect.calling(),
                connect.called(),
                tpduSize,
                false)
            .write());
  }

  private State receivedCr(ConnectTpdu cr) throws ProtocolError, IOException, InterruptedException {
    remoteReference = cr.source();
    if (cr.destination() != 0) {
      throw fail(
          "CR", 2, "a destination reference of " + cr.destination() + " where 0 is expected");
    }
    if (cr.preferredClass() != 0 && !cr.classZeroAlternative()) {
      sendDr(DisconnectReason.NEGOTIATION_FAILED);
      throw fail("CR", 6, "class " + cr.preferredClass() + " without class 0 as an alternative");
    }
    int proposed = cr.tpduSize() == 0 ? LARGEST_TPDU : cr.tpduSize();
    int size = Math.min(proposed, tpduSize == 0 ? LARGEST_TPDU : tpduSize);
    // Answered in the form of the question, and only to a peer that raised it.
    inPreferredForm = cr.preferredForm();
    if (inPreferredForm) {
      agreedSize = size / 128 * 128;
    } else if (cr.tpduSize() > 0) {
      agreedSize = Math.min(Integer.highestOneBit(size), LARGEST_POWER_OF_TWO);
    }
    state = State.WFTRESP;
    above.accept(new TPrimitive.TConnect(cr.calling(), cr.called()));
    return state;
  }

  private void sendCc() throws ProtocolError, IOException, InterruptedException {
    if (agreedSize > 0) {
      outgoing.limit(agreedSize);
    }
    outgoing.control(
        new ConnectTpdu(
                ConnectTpdu.CC,
                remoteReference,
                reference,
                0,
                false,
                Octets.empty(),
                Octets.empty(),
                agreedSize,
                inPreferredForm)
            .write());
  }

  private State receivedCc(ConnectTpdu cc) throws ProtocolError, IOException, InterruptedException {
    if (cc.destination() != reference) {
      throw fail(
          "CC", 2, "a destination reference of " + cc.destination() + ", ours is " + reference);
    }
    if (cc.preferredClass() != 0) {
      throw fail("CC", 6, "class " + cc.preferredClass() + " where only 0 was proposed");
    }
    remoteReference = cc.source();
    int granted = cc.tpduSize() == 0 ? LARGEST_TPDU : cc.tpduSize();
    outgoing.limit(Math.min(granted, agreedSize == 0 ? LARGEST_TPDU : agreedSize));
    state = State.OPEN;
    above.accept(new TPrimitive.TAccept());
    return state;
  }

  private void sendDr(int reason) throws ProtocolError, IOException, InterruptedException {
    outgoing.control(
        new byte[] {
          6,
          (byte) DR,
          (byte) (remoteReference >> 8),
          (byte) remoteReference,
          (byte) (reference >> 8),
          (byte) reference,
          (byte) reason
        });
  }

  private static ProtocolError fail(String tpdu, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.TRANSPORT, tpdu, offset, rule);
  }
}
