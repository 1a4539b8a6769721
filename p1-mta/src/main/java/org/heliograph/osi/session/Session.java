package org.heliograph.osi.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.Layer;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.transport.DisconnectReason;
import org.heliograph.osi.transport.TPrimitive;

/** The session entity of one connection. Its states are in {@link SessionState}. */
public final class Session implements Layer<SPrimitive, TPrimitive> {
  /** Half-duplex, minor synchronize, activity management, exceptions. */
  static final int REQUIREMENTS = 0x0249;

  /** X.225 clause 8.3.1.16: what holds when a CN or AC names none. */
  static final int DEFAULT_REQUIREMENTS = 0x0349;

  private static final int LARGEST_BASIC_DATA = 512;

  private final Sink<SPrimitive> above;
  private final Sink<TPrimitive> below;
  private final Octets callingTransport;
  private final Octets calledTransport;
  private final Incoming incoming = new Incoming(this);
  private SessionState state = SessionState.IDLE;
  private SPrimitive.SConnect connect =
      new SPrimitive.SConnect(Octets.empty(), Octets.empty(), Reference.NONE, Octets.empty());
  private Octets peerTransport = Octets.empty();
  private Octets ownTransport = Octets.empty();
  private int version = Spdu.VERSION_2;
  private final boolean versionOne;
  private boolean writing;

  /** Whether an activity is in progress (Vact). */
  boolean activity;

  /** Whether all tokens are ours; they move together. */
  boolean token;

  /** V(M): the serial number of the next synchronization point. */
  int nextSerial = 1;

  /** V(A): the lowest serial number that is not yet confirmed. */
  int unconfirmed = 1;

  /**
   * @param callingTransport selector for the transport connection that a connect request makes
   * @param calledTransport likewise
   * @param versionOne whether a connect request proposes version 1 alone, for peers that stumble
   *     over more
   */
  public Session(
      Sink<SPrimitive> above,
      Sink<TPrimitive> below,
      Octets callingTransport,
      Octets calledTransport,
      boolean versionOne) {
    this.versionOne = versionOne;
    this.above = above;
    this.below = below;
    this.callingTransport = callingTransport;
    this.calledTransport = calledTransport;
  }

  /** The calling transport selector of the connection that was accepted. */
  public Octets peerTransport() {
    return peerTransport;
  }

  /** The called transport selector of the connection that was accepted. */
  public Octets ownTransport() {
    return ownTransport;
  }

  /** Whether an abort would reach a session entity that knows of this connection. */
  public boolean abortable() {
    return state.abortable();
  }

  @Override
  public void fromBelow(TPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case TPrimitive.TData data -> incoming.piece(data.octets(), data.last());
      case TPrimitive.TConnect wanted -> {
        peerTransport = wanted.calling();
        ownTransport = wanted.called();
        become(SessionState.WAIT_CN);
        below.accept(new TPrimitive.TAccept());
      }
      case TPrimitive.TAccept accepted -> {
        become(SessionState.WAIT_AC);
        sendCn();
      }
      case TPrimitive.TDisconnect gone -> {
        SessionState before = state;
        become(SessionState.GONE);
        if (before != SessionState.GONE) {
          pass(
              new SPrimitive.SPAbort(
                  "transport connection refused or ended: "
                      + DisconnectReason.text(gone.reason())));
        }
      }
    }
  }

  @Override
  public void fromAbove(SPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    switch (request) {
      case SPrimitive.SConnect wanted -> {
        if (state != SessionState.IDLE) {
          throw new IllegalStateException("S-CONNECT in state " + state);
        }
        if (wanted.userData().length() > SpduReader.LARGEST_CONNECT_DATA) {
          throw new IOException(
              "session user data of "
                  + wanted.userData().length()
                  + " octets; a CN carries at most 10240: shorten the bind argument");
        }
        if (versionOne && wanted.userData().length() > LARGEST_BASIC_DATA) {
          throw new IOException(
              "session user data of "
                  + wanted.userData().length()
                  + " octets; with session version 1 a CN carries at most 512: shorten the bind"
                  + " argument or let version 2 be used");
        }
        connect = wanted;
        token = true;
        become(SessionState.WAIT_TRANSPORT);
        below.accept(new TPrimitive.TConnect(callingTransport, calledTransport));
      }
      case SPrimitive.SData data -> sendData(data);
      default -> state.request(this, request);
    }
  }

  void spdu(Spdu spdu) throws ProtocolError, IOException, InterruptedException {
    state.spdu(this, spdu);
  }

  /** User information of a DT in pieces. */
  void data(ByteBuffer octets, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    if (!state.takesData(this)) {
      throw fail("DT", 0, "not expected in state " + state + (activity ? "" : " without activity"));
    }
    if (!state.dropsData()) {
      above.accept(new SPrimitive.SData(octets, last));
    }
  }

  private void sendData(SPrimitive.SData data)
      throws ProtocolError, IOException, InterruptedException {
    if (!writing) {
      if (state != SessionState.DATA_TRANSFER || !token || !activity) {
        throw new IllegalStateException("S-DATA in state " + state);
      }
      writing = true;
      below.accept(new TPrimitive.TData(ByteBuffer.wrap(SpduWriter.DATA), false));
    }
    if (data.last()) {
      writing = false;
    }
    below.accept(new TPrimitive.TData(data.octets(), data.last()));
  }

  private void sendCn() throws ProtocolError, IOException, InterruptedException {
    boolean basic = connect.userData().length() <= LARGEST_BASIC_DATA;
    send(
        new Spdu.Cn(
            connect.reference(),
            0,
            0,
            versionOne ? Spdu.VERSION_1 : basic ? Spdu.VERSION_1 | Spdu.VERSION_2 : Spdu.VERSION_2,
            0,
            REQUIREMENTS,
            connect.calling(),
            connect.called(),
            connect.userData()));
  }

  /** Vact, V(M) and V(A) at the start of an activity, or where it goes on. */
  void beginActivity(int serial) {
    activity = true;
    nextSerial = serial;
    unconfirmed = serial;
  }

  /** Accepts or refuses at session level what a CN asks for. */
  void receivedCn(Spdu.Cn cn) throws ProtocolError, IOException, InterruptedException {
    connect = new SPrimitive.SConnect(cn.calling(), cn.called(), cn.reference(), cn.userData());
    if ((cn.version() & (Spdu.VERSION_1 | Spdu.VERSION_2)) == 0) {
      refuse(RefuseReason.VERSION, Octets.empty());
      throw fail("CN", 0, "protocol versions " + cn.version() + ", neither 1 nor 2");
    }
    version = (cn.version() & Spdu.VERSION_2) != 0 ? Spdu.VERSION_2 : Spdu.VERSION_1;
    if ((cn.requirements() & REQUIREMENTS) != REQUIREMENTS) {
      refuse(RefuseReason.UNSPECIFIED, Octets.empty());
      throw fail(
          "CN",
          0,
          "functional units 0x"
              + Integer.toHexString(cn.requirements())
              + " without all of half-duplex, minor synchronize, activity management, exceptions");
    }
    if (!tokensStay(cn.tokens())) {
      refuse(RefuseReason.UNSPECIFIED, Octets.empty());
      throw fail("CN", 0, "tokens on our side at the start; only the initiator sends here");
    }
    become(SessionState.WAIT_CONNECT_RESPONSE);
    above.accept(connect);
  }

  /** Each of the four tokens on the initiator's side (00) or for us to choose (10). */
  private static boolean tokensStay(int setting) {
    for (int shift = 0; shift < 8; shift += 2) {
      if ((setting >> shift & 3) == 1) {
        return false;
      }
    }
    return true;
  }

  void accept(Octets userData) throws ProtocolError, IOException, InterruptedException {
    if (version == Spdu.VERSION_1 && userData.length() > LARGEST_BASIC_DATA) {
      refuse(RefuseReason.IMPLEMENTATION_RESTRICTION, Octets.empty());
      throw new IOException(
          "an answer of "
              + userData.length()
              + " octets; with session version 1, which the peer has, it carries at most 512");
    }
    send(new Spdu.Ac(connect.reference(), 0, version, 0, REQUIREMENTS, connect.called(), userData));
    become(SessionState.DATA_TRANSFER);
  }

  void refuse(int reason, Octets userData) throws ProtocolError, IOException, InterruptedException {
    send(
        new Spdu.Rf(connect.reference(), Spdu.Ab.RELEASE, REQUIREMENTS, version, reason, userData));
    become(SessionState.GONE);
  }

  void receivedAc(Spdu.Ac ac) throws ProtocolError, IOException, InterruptedException {
    if ((ac.requirements() & REQUIREMENTS) != REQUIREMENTS) {
      throw fail(
          "AC",
          0,
          "functional units 0x"
              + Integer.toHexString(ac.requirements())
              + " without all of 0x0249 that reliable transfer needs");
    }
    if (!tokensStay(ac.tokens())) {
      throw fail("AC", 0, "the responder takes tokens that were not offered");
    }
    version = (ac.version() & Spdu.VERSION_2) != 0 ? Spdu.VERSION_2 : Spdu.VERSION_1;
    become(SessionState.DATA_TRANSFER);
    above.accept(new SPrimitive.SAccept(ac.userData()));
  }

  /** Sends AB; afterwards the transport connection has to be closed. */
  void abort(int flags, Octets userData) throws ProtocolError, IOException, InterruptedException {
    // Version 1 has room for 9 octets: enough for X.410's abort information.
    Octets data = version == Spdu.VERSION_1 && userData.length() > 9 ? Octets.empty() : userData;
    become(SessionState.GONE);
    if (!writing) {
      send(new Spdu.Ab(Spdu.Ab.RELEASE | flags, data));
    }
  }

  /** Aborts on the session entity's own account: the peer broke the session protocol. */
  public void abortForProtocolError() throws ProtocolError, IOException, InterruptedException {
    if (state.abortable()) {
      abort(Spdu.Ab.PROTOCOL_ERROR, Octets.empty());
    }
  }

  void become(SessionState next) {
    state = next;
  }

  void send(Spdu spdu) throws ProtocolError, IOException, InterruptedException {
    below.accept(new TPrimitive.TData(ByteBuffer.wrap(SpduWriter.write(spdu)), true));
  }

  void pass(SPrimitive indication) throws ProtocolError, IOException, InterruptedException {
    above.accept(indication);
  }

  ProtocolError unexpected(Spdu spdu) {
    return fail(
        spdu.name().toUpperCase(java.util.Locale.ROOT), 0, "not expected in state " + state);
  }

  static ProtocolError fail(String spdu, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.SESSION, spdu, offset, rule);
  }
}
