package org.heliograph.osi.session;

import java.io.IOException;
import org.heliograph.osi.layer.ProtocolError;

/**
 * The states of X.225 annex A that the functional units of RTSE can reach in a monologue. What a
 * constant does not override is a protocol error, or for a request a mistake of our own.
 */
enum SessionState {
  /** STA 01: no connection. */
  IDLE,

  /** STA 01B: wait for T-CONNECT confirm. */
  WAIT_TRANSPORT,

  /** STA 01C: transport connection accepted, wait for CN. */
  WAIT_CN {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      if (spdu instanceof Spdu.Cn cn) {
        s.receivedCn(cn);
      } else {
        super.spdu(s, spdu);
      }
    }
  },

  /** STA 02A: CN sent, wait for AC. */
  WAIT_AC(true) {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      switch (spdu) {
        case Spdu.Ac ac -> s.receivedAc(ac);
        case Spdu.Rf rf -> {
          s.become(GONE);
          s.pass(new SPrimitive.SRefuse(rf.reason(), rf.userData()));
        }
        default -> super.spdu(s, spdu);
      }
    }
  },

  /** STA 08: CN received, wait for the S-CONNECT response. */
  WAIT_CONNECT_RESPONSE(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      switch (request) {
        case SPrimitive.SAccept accept -> s.accept(accept.userData());
        case SPrimitive.SRefuse refuse -> s.refuse(refuse.reason(), refuse.userData());
        default -> super.request(s, request);
      }
    }
  },

  /** STA 713: data transfer, inside or outside an activity. */
  DATA_TRANSFER(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      switch (request) {
        case SActivity.Start start when s.token && !s.activity -> {
          s.beginActivity(1);
          s.send(new Spdu.As(start.identifier()));
        }
        case SActivity.Resume resume when s.token && !s.activity -> {
          s.beginActivity(resume.serial() + 1);
          s.send(
              new Spdu.Ar(
                  resume.identifier(),
                  resume.oldConnection(),
                  resume.oldIdentifier(),
                  resume.serial()));
        }
        case SActivity.TokenPlease please when !s.token ->
            s.send(new Spdu.Pt(Spdu.DATA_TOKEN, please.userData()));
        case SActivity.ControlGive give when s.token && !s.activity -> {
          s.become(WAIT_GTA);
          s.send(new Spdu.Gtc());
        }
        case SActivity.SyncMinor sync -> s.send(new Spdu.Mip(sync.confirm(), s.nextSerial++));
        case SActivity.SyncMinorConfirm confirm -> {
          s.unconfirmed = confirm.serial() + 1;
          s.send(new Spdu.Mia(confirm.serial()));
        }
        case SActivity.End end -> {
          s.become(WAIT_AEA);
          s.send(new Spdu.Ae(s.nextSerial));
        }
        case SActivity.UserException exception -> {
          s.become(WAIT_RECOVERY);
          s.send(new Spdu.Ed(exception.reason()));
        }
        case SPrimitive.SRelease release -> {
          s.become(WAIT_DN);
          s.send(new Spdu.Fn(Spdu.Ab.RELEASE, release.userData()));
        }
        default -> recovery(s, request);
      }
    }

    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      switch (spdu) {
        case Spdu.As as when !s.activity && !s.token -> {
          s.beginActivity(1);
          s.pass(new SActivity.Start(as.identifier()));
        }
        case Spdu.Ar ar when !s.activity && !s.token -> {
          s.beginActivity(ar.serial() + 1);
          s.pass(
              new SActivity.Resume(
                  ar.identifier(), ar.oldIdentifier(), ar.oldConnection(), ar.serial()));
        }
        case Spdu.Gtc gtc when !s.activity && !s.token -> {
          s.token = true;
          s.send(new Spdu.Gta());
          s.pass(new SActivity.ControlGive());
        }
        case Spdu.Mip mip when s.activity && !s.token -> {
          serial(s, "MIP", mip.serial());
          s.nextSerial++;
          s.pass(new SActivity.SyncMinor(mip.serial(), mip.confirm()));
        }
        case Spdu.Mia mia when s.activity && s.token -> minorConfirmed(s, mia);
        case Spdu.Ae ae when s.activity && !s.token -> {
          serial(s, "AE", ae.serial());
          s.become(WAIT_END_RESPONSE);
          s.pass(new SActivity.End(ae.serial()));
        }
        case Spdu.Ed ed when s.activity && s.token -> exception(s, ed);
        case Spdu.Er er when s.activity && s.token -> {
          s.become(EXCEPTION_RECEIVED);
          s.pass(new SActivity.ProviderException());
        }
        case Spdu.Fn fn when !s.activity && !s.token -> {
          s.become(WAIT_RELEASE_RESPONSE);
          s.pass(new SPrimitive.SRelease(fn.userData()));
        }
        case Spdu.Pt pt when s.token -> s.pass(new SActivity.TokenPlease(pt.userData()));
        // GT without tokens says nothing.
        case Spdu.Gt gt when gt.tokens() == 0 -> {}
        default -> recovered(s, spdu);
      }
    }

    @Override
    boolean takesData(Session s) {
      return s.activity && !s.token;
    }
  },

  /** STA 06: GTC sent, wait for GTA. */
  WAIT_GTA(true) {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      switch (spdu) {
        case Spdu.Gta gta -> {
          s.token = false;
          s.become(DATA_TRANSFER);
          s.pass(new SActivity.ControlGiven());
        }
        // It was asked for before the peer saw that it comes.
        case Spdu.Pt pt -> {}
        default -> super.spdu(s, spdu);
      }
    }
  },

  /** STA 04B: AE sent, wait for AEA. */
  WAIT_AEA(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      recovery(s, request);
    }

    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      switch (spdu) {
        case Spdu.Aea aea -> {
          serial(s, "AEA", aea.serial());
          s.activity = false;
          s.become(DATA_TRANSFER);
          s.pass(new SActivity.EndConfirm());
        }
        case Spdu.Mia mia -> minorConfirmed(s, mia);
        case Spdu.Ed ed -> exception(s, ed);
        case Spdu.Pt pt when s.token -> s.pass(new SActivity.TokenPlease(pt.userData()));
        default -> super.spdu(s, spdu);
      }
    }
  },

  /** STA 10B: AE received, wait for the S-ACTIVITY-END response. */
  WAIT_END_RESPONSE(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      switch (request) {
        case SActivity.EndConfirm confirm -> {
          s.activity = false;
          s.become(DATA_TRANSFER);
          s.send(new Spdu.Aea(s.nextSerial));
        }
        case SActivity.SyncMinorConfirm confirm -> s.send(new Spdu.Mia(confirm.serial()));
        case SActivity.UserException exception -> {
          s.become(WAIT_RECOVERY);
          s.send(new Spdu.Ed(exception.reason()));
        }
        default -> super.request(s, request);
      }
    }

    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      recovered(s, spdu);
    }
  },

  /** STA 05B: AI sent, wait for AIA. */
  WAIT_AIA(true) {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      if (spdu instanceof Spdu.Aia) {
        s.activity = false;
        s.become(DATA_TRANSFER);
        s.pass(new SActivity.InterruptConfirm());
      } else if (!crossing(spdu)) {
        super.spdu(s, spdu);
      }
    }
  },

  /** STA 05C: AD sent, wait for ADA. */
  WAIT_ADA(true) {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      if (spdu instanceof Spdu.Ada) {
        s.activity = false;
        s.become(DATA_TRANSFER);
        s.pass(new SActivity.DiscardConfirm());
      } else if (!crossing(spdu)) {
        super.spdu(s, spdu);
      }
    }
  },

  /** STA 11B and 11C: AI or AD received, wait for the response. */
  WAIT_RECOVERY_RESPONSE(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      switch (request) {
        case SActivity.InterruptConfirm confirm -> {
          s.activity = false;
          s.become(DATA_TRANSFER);
          s.send(new Spdu.Aia());
        }
        case SActivity.DiscardConfirm confirm -> {
          s.activity = false;
          s.become(DATA_TRANSFER);
          s.send(new Spdu.Ada());
        }
        default -> super.request(s, request);
      }
    }
  },

  /** STA 20: ED sent, wait for the peer to interrupt or discard. RTSE drops what still comes. */
  WAIT_RECOVERY(true) {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      switch (spdu) {
        case Spdu.Mip mip -> s.nextSerial = mip.serial() + 1;
        case Spdu.Ae ae -> {}
        case Spdu.Gt gt when gt.tokens() == 0 -> {}
        default -> recovered(s, spdu);
      }
    }

    @Override
    boolean takesData(Session s) {
      return true;
    }
  },

  /** STA 19: an exception was reported to us, the sender; we have to interrupt or discard. */
  EXCEPTION_RECEIVED(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      recovery(s, request);
    }

    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      if (!crossing(spdu)) {
        super.spdu(s, spdu);
      }
    }
  },

  /** STA 03: FN sent, wait for DN. */
  WAIT_DN(true) {
    @Override
    void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
      switch (spdu) {
        case Spdu.Dn dn -> {
          s.become(GONE);
          s.pass(new SPrimitive.SReleaseConfirm(dn.userData()));
        }
        case Spdu.Pt pt -> {}
        default -> super.spdu(s, spdu);
      }
    }
  },

  /** STA 09: FN received, wait for the S-RELEASE response. */
  WAIT_RELEASE_RESPONSE(true) {
    @Override
    void request(Session s, SPrimitive request)
        throws ProtocolError, IOException, InterruptedException {
      if (request instanceof SPrimitive.SReleaseConfirm confirm) {
        s.become(GONE);
        s.send(new Spdu.Dn(confirm.userData()));
      } else {
        super.request(s, request);
      }
    }
  },

  /**
   * STA 16: over; only the end of the transport connection is to come, and anything else is
   * ignored.
   */
  GONE {
    @Override
    void request(Session s, SPrimitive request) {}

    @Override
    void spdu(Session s, Spdu spdu) {}

    @Override
    boolean takesData(Session s) {
      return true;
    }

    @Override
    boolean dropsData() {
      return true;
    }
  };

  private final boolean abortable;

  SessionState() {
    this(false);
  }

  SessionState(boolean abortable) {
    this.abortable = abortable;
  }

  /** A request or response of the user other than S-CONNECT request and S-DATA. */
  void request(Session s, SPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    otherwise(s, request);
  }

  /** An SPDU other than DT. */
  void spdu(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
    otherwise(s, spdu);
  }

  private void otherwise(Session s, SPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    if (request instanceof SPrimitive.SUAbort abort) {
      if (abortable()) {
        s.abort(Spdu.Ab.USER, abort.userData());
      } else {
        s.become(GONE);
      }
      return;
    }
    throw new IllegalStateException(request.getClass().getSimpleName() + " in state " + this);
  }

  private void otherwise(Session s, Spdu spdu)
      throws ProtocolError, IOException, InterruptedException {
    if (!(spdu instanceof Spdu.Ab ab) || !abortable()) {
      throw s.unexpected(spdu);
    }
    s.become(GONE);
    if ((ab.disconnect() & Spdu.Ab.USER) != 0) {
      s.pass(new SPrimitive.SUAbort(ab.userData()));
      return;
    }
    boolean error = (ab.disconnect() & Spdu.Ab.PROTOCOL_ERROR) != 0;
    s.pass(
        new SPrimitive.SPAbort(
            "the peer's session entity "
                + (error ? "reports a protocol error" : "aborted and gave no reason")));
  }

  /** Whether a DT is legal now. */
  boolean takesData(Session s) {
    return false;
  }

  /** Whether the user data of a legal DT is of no interest. */
  boolean dropsData() {
    return false;
  }

  /** Whether there is a session connection that can be aborted, by either side. */
  boolean abortable() {
    return abortable;
  }

  /** The sender gives an activity up. */
  void recovery(Session s, SPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    switch (request) {
      case SActivity.Interrupt interrupt when s.activity && s.token -> {
        s.become(WAIT_AIA);
        s.send(new Spdu.Ai(interrupt.reason()));
      }
      case SActivity.Discard discard when s.activity && s.token -> {
        s.become(WAIT_ADA);
        s.send(new Spdu.Ad(discard.reason()));
      }
      default -> otherwise(s, request);
    }
  }

  /** The peer, who is sending, gives an activity up. */
  void recovered(Session s, Spdu spdu) throws ProtocolError, IOException, InterruptedException {
    switch (spdu) {
      case Spdu.Ai ai when s.activity && !s.token -> {
        s.become(WAIT_RECOVERY_RESPONSE);
        s.pass(new SActivity.Interrupt(ai.reason()));
      }
      case Spdu.Ad ad when s.activity && !s.token -> {
        s.become(WAIT_RECOVERY_RESPONSE);
        s.pass(new SActivity.Discard(ad.reason()));
      }
      default -> otherwise(s, spdu);
    }
  }

  /** What the receiver may have sent before it saw our AI or AD. */
  private static boolean crossing(Spdu spdu) {
    return spdu instanceof Spdu.Mia
        || spdu instanceof Spdu.Aea
        || spdu instanceof Spdu.Ed
        || spdu instanceof Spdu.Er
        || spdu instanceof Spdu.Pt;
  }

  private static void exception(Session s, Spdu.Ed ed)
      throws ProtocolError, IOException, InterruptedException {
    s.become(EXCEPTION_RECEIVED);
    s.pass(new SActivity.UserException(ed.reason()));
  }

  private static void serial(Session s, String spdu, int serial) throws ProtocolError {
    if (serial != s.nextSerial) {
      throw Session.fail(spdu, 0, "serial number " + serial + " where " + s.nextSerial + " is due");
    }
  }

  private static void minorConfirmed(Session s, Spdu.Mia mia)
      throws ProtocolError, IOException, InterruptedException {
    if (mia.serial() < s.unconfirmed || mia.serial() >= s.nextSerial) {
      throw Session.fail(
          "MIA",
          0,
          "serial number "
              + mia.serial()
              + " where "
              + s.unconfirmed
              + " to "
              + (s.nextSerial - 1)
              + " are open");
    }
    s.unconfirmed = mia.serial() + 1;
    s.pass(new SActivity.SyncMinorConfirm(mia.serial()));
  }
}
