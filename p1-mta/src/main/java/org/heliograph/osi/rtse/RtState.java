package org.heliograph.osi.rtse;

import java.io.IOException;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.session.ExceptionReason;
import org.heliograph.osi.session.SActivity;

/**
 * The states of X.228 annex A. What a constant does not override is a protocol error, or for a
 * request a mistake of our own.
 */
enum RtState {
  /** STA0: no association. */
  IDLE {
    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.Open;
    }
  },

  /** STA01: RTORQ sent. */
  OPENING,

  /** STA02: RTORQ received, wait for the RT-OPEN response. */
  OPEN_INDICATED {
    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.Accept || request instanceof RtPrimitive.Refuse;
    }
  },

  /** STA10 and STA11: associated, no transfer. */
  ASSOCIATED {
    @Override
    boolean hearsPlease() {
      return true;
    }

    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return switch (request) {
        case RtPrimitive.Begin b -> turn;
        case RtPrimitive.Resume r -> turn;
        case RtPrimitive.TurnGive g -> turn;
        case RtPrimitive.Close c -> turn;
        case RtPrimitive.TurnPlease p -> !turn;
        default -> false;
      };
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      switch (what) {
        case SActivity.Start start -> r.begun(start.identifier());
        case SActivity.Resume resume -> r.resumed(resume);
        case SActivity.ControlGive give -> r.turned(true);
        default -> super.activity(r, what);
      }
    }
  },

  /** STA20: sending. */
  SENDING {
    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.Piece
          || request instanceof RtPrimitive.Discard
          || request instanceof RtPrimitive.Interrupt;
    }

    @Override
    boolean hearsPlease() {
      return true;
    }

    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      sender(r, what);
    }
  },

  /** STA21: activity end sent. */
  ENDING {
    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.Discard;
    }

    @Override
    boolean hearsPlease() {
      return true;
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
    boolean takes(RtPrimitive request, boolean turn) {
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

  /** STA23 as well: interrupt sent. */
  INTERRUPTING {
    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      if (what instanceof SActivity.InterruptConfirm) {
        r.confirmed(new RtPrimitive.Interrupted());
      } else {
        super.activity(r, what);
      }
    }
  },

  /** The turn is on its way to the peer. */
  GIVING {
    @Override
    void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
      if (what instanceof SActivity.ControlGiven) {
        r.turned(false);
      } else {
        super.activity(r, what);
      }
    }
  },

  /** An activity is to be resumed; the user says at once whether it is known. */
  RESUME_INDICATED {
    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.Resumed
          || request instanceof RtPrimitive.Completed
          || request instanceof RtPrimitive.Unrecognized
          || request instanceof RtPrimitive.NotTaken;
    }
  },

  /** STA30: receiving. */
  RECEIVING {
    @Override
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.Checkpoint
          || request instanceof RtPrimitive.NotTaken
          || request instanceof RtPrimitive.Replay
          || request instanceof RtPrimitive.TurnPlease;
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
    boolean takes(RtPrimitive request, boolean turn) {
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
    boolean takes(RtPrimitive request, boolean turn) {
      return request instanceof RtPrimitive.CloseConfirm;
    }
  },

  /** Over. */
  GONE {
    @Override
    void activity(Rtse r, SActivity what) {}
  };

  /** Whether the user may say this now. */
  boolean takes(RtPrimitive request, boolean turn) {
    return false;
  }

  /** Activity, synchronization or exception from below. */
  void activity(Rtse r, SActivity what) throws ProtocolError, IOException, InterruptedException {
    throw Rtse.fail("S-" + what.getClass().getSimpleName(), 0, "not expected in state " + this);
  }

  /** Whether it is of interest now that the peer asks for the turn. */
  boolean hearsPlease() {
    return false;
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
              new RtPrimitive.Aborted(
                  "the peer discarded the transfer: " + ExceptionReason.text(discard.reason())),
              tell);
      case SActivity.Interrupt interrupt ->
          r.abandoned(new SActivity.InterruptConfirm(), new RtPrimitive.Interrupt(), tell);
      default ->
          throw Rtse.fail(
              "S-" + what.getClass().getSimpleName(), 0, "not expected in state " + r.state());
    }
  }
}
