package org.heliograph.osi.rtse;

import java.io.IOException;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.session.ExceptionReason;
import org.heliograph.osi.session.SActivity;

/**
 * The states of X.228 annex A for a monologue. What a constant does not override is a protocol
 * error, or for a request a mistake of our own.
 */
enum RtState {
  /** STA0: no association. */
  IDLE {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.Open;
    }
  },

  /** STA01: RTORQ sent. */
  OPENING,

  /** STA02: RTORQ received, wait for the RT-OPEN response. */
  OPEN_INDICATED {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.Accept || request instanceof RtPrimitive.Refuse;
    }
  },

  /** STA10 and STA11: associated, no transfer. */
  ASSOCIATED {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.Begin || request instanceof RtPrimitive.Close;
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      switch (what) {
        case SActivity.Start start -> r.begun(start.identifier());
        case SActivity.Resume resume -> r.resumed();
        default -> super.activity(r, what);
      }
    }
  },

  /** STA20: sending. */
  SENDING {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.Piece || request instanceof RtPrimitive.Discard;
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      sender(r, what);
    }
  },

  /** STA21: activity end sent. */
  ENDING {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.Discard;
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      if (what instanceof SActivity.EndConfirm) {
        r.confirmed(new RtPrimitive.EndConfirm());
      } else {
        sender(r, what);
      }
    }
  },

  /** STA22: the peer reported an exception; we have to discard. */
  EXCEPTED {
    @Override
    boolean takes(RtPrimitive request) {
      // Pieces of the RTTR that has begun have to be completed before anything else can be said.
      return request instanceof RtPrimitive.Discard || request instanceof RtPrimitive.Piece;
    }
  },

  /** STA23: discard sent. */
  DISCARDING {
    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      if (what instanceof SActivity.DiscardConfirm) {
        r.confirmed(new RtPrimitive.Discarded());
      } else {
        super.activity(r, what);
      }
    }
  },

  /** STA30: receiving. */
  RECEIVING {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.Checkpoint || request instanceof RtPrimitive.NotTaken;
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      switch (what) {
        case SActivity.SyncMinor sync -> r.checkpointed(sync);
        case SActivity.End end -> r.ended();
        default -> receiver(r, what, true);
      }
    }
  },

  /** STA31: activity end received, wait for the user. */
  END_INDICATED {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.EndConfirm || request instanceof RtPrimitive.NotTaken;
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      receiver(r, what, true);
    }
  },

  /** STA32: exception reported, wait for the sender to discard or interrupt. */
  REFUSING {
    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      receiver(r, what, false);
    }
  },

  /** STA40: release sent. */
  CLOSING,

  /** STA41: release received. */
  CLOSE_INDICATED {
    @Override
    boolean takes(RtPrimitive request) {
      return request instanceof RtPrimitive.CloseConfirm;
    }
  },

  /** Over. */
  GONE {
    @Override
    void activity(Rtse r, SActivity what) {}
  };

  /** Whether the user may say this now. */
  boolean takes(RtPrimitive request) {
    return false;
  }

  /** Activity, synchronization or exception from below. */
  void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
    if (what instanceof SActivity.TokenPlease) {
      // RTTP: in a monologue the turn is not for the asking, but the question does no harm.
      return;
    }
    throw Rtse.fail("S-" + what.getClass().getSimpleName(), 0, "not expected in state " + this);
  }

  /** Whether P-DATA may come now. */
  boolean takesData() {
    return this == RECEIVING || this == REFUSING || this == GONE;
  }

  /** Whether there is an association to abort. */
  boolean abortable() {
    return this != IDLE && this != GONE;
  }

  void sender(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
    switch (what) {
      case SActivity.SyncMinorConfirm confirm -> r.secured(confirm.serial());
      case SActivity.UserException exception -> r.excepted(exception.reason());
      case SActivity.ProviderException exception -> r.excepted(ExceptionReason.NON_SPECIFIC);
      case SActivity.TokenPlease please -> {}
      default ->
          throw Rtse.fail(
              "S-" + what.getClass().getSimpleName(), 0, "not expected in state " + this);
    }
  }

  static void receiver(Rtse r, SActivity what, boolean tell)
      throws ProtocolError, IOException, InterruptedException {
    switch (what) {
      case SActivity.Discard discard ->
          r.abandoned(
              new SActivity.DiscardConfirm(),
              "the peer discarded the transfer: " + ExceptionReason.text(discard.reason()),
              tell);
      case SActivity.Interrupt interrupt ->
          r.abandoned(
              new SActivity.InterruptConfirm(),
              "the peer interrupted the transfer: " + ExceptionReason.text(interrupt.reason()),
              tell);
      case SActivity.TokenPlease please -> {}
      default ->
          throw Rtse.fail(
              "S-" + what.getClass().getSimpleName(), 0, "not expected in state " + r.state());
    }
  }
}
