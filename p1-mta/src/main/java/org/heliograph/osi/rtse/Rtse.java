package org.heliograph.osi.rtse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.rtse.AbortReason;
import org.heliograph.osi.acse.APrimitive;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.ExceptionReason;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.session.SActivity;
import org.jspecify.annotations.Nullable;

/**
 * The reliable transfer protocol machine of one association. Unlike the other layers it has two
 * neighbours below: ACSE for setting up and ending, presentation for everything else. In X.410-1984
 * mode one layer is both.
 */
public final class Rtse {
  private final Sink<RtPrimitive> above;
  private final Sink<APrimitive> acse;
  private final Sink<PPrimitive> presentation;
  private final Agreement agreed;
  private Receiving receiving;
  private RtState state = RtState.IDLE;
  private @Nullable Sending sending;

  /** Whether the turn is ours. */
  private boolean turn;

  private boolean resuming;

  /**
   * @param mostCheckpoint the largest checkpoint size that is granted, in units of 1024 octets; 0
   *     for none
   * @param mostWindow the largest window that is granted
   */
  public Rtse(
      Sink<RtPrimitive> above,
      Sink<APrimitive> acse,
      Sink<PPrimitive> presentation,
      ApplicationContext application,
      int mostCheckpoint,
      int mostWindow) {
    this.above = above;
    this.acse = acse;
    this.presentation = presentation;
    this.agreed = new Agreement(application, mostCheckpoint, mostWindow);
    this.receiving = receiving();
  }

  /** What the two sides have agreed on. */
  public Terms terms() {
    return agreed.terms();
  }

  /** Whether the turn is ours. */
  public boolean turn() {
    return turn;
  }

  /** Octets of the APDU that can be sent now without overrunning the window; 0 if none. */
  public long room() {
    return state == RtState.SENDING && sending != null ? sending.room() : 0;
  }

  /** Octets of an RTTR that has begun: before they are sent nothing else can be said. */
  public long owed() {
    return sending == null ? 0 : sending.owed();
  }

  /** Whether the activity end is out and not yet answered: the peer may have the APDU or not. */
  public boolean ending() {
    return state == RtState.ENDING;
  }

  /** Octets of an APDU of this length that are not sent again behind a checkpoint. */
  public long behind(int serial, long length) {
    return Sending.behind(agreed, serial, length);
  }

  /**
   * Of the APDU that is being received: what, beside its octets, has to be known to go on with it.
   * Empty if that is not enough.
   */
  public Optional<Octets> wrapper() {
    return receiving.head();
  }

  /** A request or response of the user. */
  public void fromAbove(RtPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    if (request instanceof RtPrimitive.Abort abort) {
      abort(abort.temporary() ? AbortReason.TEMPORARY_PROBLEM : AbortReason.PERMANENT_PROBLEM);
      return;
    }
    if (!state.takes(request, turn)) {
      throw new IllegalStateException(request.getClass().getSimpleName() + " in state " + state);
    }
    switch (request) {
      case RtPrimitive.Open open -> {
        become(RtState.OPENING);
        turn = true;
        acse.accept(agreed.request(open));
        receiving = receiving();
      }
      case RtPrimitive.Accept accept -> {
        become(RtState.ASSOCIATED);
        acse.accept(agreed.accept(accept.user()));
      }
      case RtPrimitive.Refuse refuse -> {
        become(RtState.GONE);
        acse.accept(agreed.reject(refuse));
      }
      case RtPrimitive.Begin begin -> {
        become(RtState.SENDING);
        resuming = false;
        activity(new SActivity.Start(begin.activity()));
        sending = new Sending(presentation, agreed, 0, begin.length());
      }
      case RtPrimitive.Resume resume -> resume(resume);
      case RtPrimitive.Piece piece -> piece(piece.octets());
      case RtPrimitive.Checkpoint secured ->
          activity(new SActivity.SyncMinorConfirm(secured.serial()));
      case RtPrimitive.EndConfirm end -> {
        become(RtState.ASSOCIATED);
        activity(new SActivity.EndConfirm());
      }
      case RtPrimitive.NotTaken refuse ->
          except(
              refuse.temporary()
                  ? ExceptionReason.NON_SPECIFIC
                  : ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR);
      case RtPrimitive.Resumed resumed -> {
        become(RtState.RECEIVING);
        receiving.resume(resumed.wrapper());
      }
      case RtPrimitive.Replay again -> receiving.replay(again.octets());
      case RtPrimitive.Completed completed -> except(ExceptionReason.SEQUENCE_ERROR);
      case RtPrimitive.Unrecognized unknown -> abort(AbortReason.UNRECOGNIZED_ACTIVITY);
      case RtPrimitive.Discard discard -> {
        betweenValues();
        become(RtState.DISCARDING);
        activity(
            new SActivity.Discard(
                discard.temporary()
                    ? ExceptionReason.NON_SPECIFIC
                    : ExceptionReason.LOCAL_USER_ERROR));
      }
      case RtPrimitive.Interrupt interrupt -> {
        betweenValues();
        become(RtState.INTERRUPTING);
        activity(new SActivity.Interrupt(ExceptionReason.NON_SPECIFIC));
      }
      case RtPrimitive.TurnPlease please ->
          presentation.accept(
              new PPrimitive.PTokenPlease(
                  new Pdv(
                      agreed.transferContext(), Codecs.INTEGER.encode((long) please.priority()))));
      case RtPrimitive.TurnGive give -> {
        become(RtState.GIVING);
        activity(new SActivity.ControlGive());
      }
      case RtPrimitive.Close close -> {
        become(RtState.CLOSING);
        acse.accept(new APrimitive.ARelease());
      }
      case RtPrimitive.CloseConfirm confirm -> {
        become(RtState.GONE);
        acse.accept(new APrimitive.AReleaseConfirm());
      }
      default -> throw new IllegalStateException(request + " is no request");
    }
  }

  private void betweenValues() {
    if (owed() > 0) {
      throw new IllegalStateException("within a P-DATA nothing else can be said");
    }
  }

  private void resume(RtPrimitive.Resume resume)
      throws ProtocolError, IOException, InterruptedException {
    become(RtState.SENDING);
    resuming = true;
    activity(
        new SActivity.Resume(
            resume.activity(),
            resume.oldActivity(),
            resume.oldConnection().map(ConnectionName::reference).orElse(Reference.NONE),
            resume.serial()));
    sending = new Sending(presentation, agreed, resume.serial(), resume.length());
  }

  private void except(int reason) throws ProtocolError, IOException, InterruptedException {
    become(RtState.REFUSING);
    activity(new SActivity.UserException(reason));
  }

  private void piece(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    Sending apdu = sending;
    if (apdu == null) {
      throw new IllegalStateException("no APDU is being sent");
    }
    apdu.piece(octets);
    if (apdu.complete()) {
      become(RtState.ENDING);
      activity(new SActivity.End(0));
    }
  }

  /** Gives the association up (RTAB within ABRT). */
  private void abort(long reason) throws ProtocolError, IOException, InterruptedException {
    boolean can = state.abortable();
    become(RtState.GONE);
    if (can) {
      acse.accept(agreed.abort(reason));
    }
  }

  /** Aborts on this entity's own account. */
  public void abortForProtocolError() throws ProtocolError, IOException, InterruptedException {
    abort(AbortReason.PROTOCOL_ERROR);
  }

  /** An indication or confirm of ACSE. */
  public void fromAcse(APrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case APrimitive.AAssociate associate -> associate(associate);
      case APrimitive.AAccept accept -> {
        RtPrimitive.Accept confirm = agreed.confirm(accept);
        receiving = receiving();
        become(RtState.ASSOCIATED);
        above.accept(confirm);
      }
      case APrimitive.AReject reject -> {
        become(RtState.GONE);
        above.accept(agreed.refused(reject));
      }
      case APrimitive.AProviderReject reject -> {
        become(RtState.GONE);
        above.accept(
            new RtPrimitive.ProviderRefuse(reject.by().name(), reject.permanent(), reject.text()));
      }
      case APrimitive.ARelease release -> {
        if (state != RtState.ASSOCIATED || turn) {
          throw fail(
              "RT-CLOSE", 0, "not expected in state " + state + (turn ? " with the turn" : ""));
        }
        become(RtState.CLOSE_INDICATED);
        above.accept(new RtPrimitive.Close());
      }
      case APrimitive.AReleaseConfirm confirm -> {
        if (state != RtState.CLOSING) {
          throw fail("RT-CLOSE", 0, "an answer in state " + state);
        }
        become(RtState.GONE);
        above.accept(new RtPrimitive.CloseConfirm());
      }
      case APrimitive.AAbort abort -> gone(agreed.aborted(abort.user()));
      case APrimitive.AProviderAbort abort ->
          gone(new RtPrimitive.Gone(abort.reason(), AbortCause.OTHER));
    }
  }

  private void gone(RtPrimitive.Gone why) throws ProtocolError, IOException, InterruptedException {
    become(RtState.GONE);
    above.accept(why);
  }

  private void associate(APrimitive.AAssociate associate)
      throws ProtocolError, IOException, InterruptedException {
    become(RtState.OPEN_INDICATED);
    RtPrimitive.Open open;
    try {
      open = agreed.indication(associate);
    } catch (ProtocolError broken) {
      become(RtState.GONE);
      acse.accept(
          agreed.x410()
              ? agreed.reject(
                  new RtPrimitive.Refuse(
                      true, Optional.empty(), Optional.of(OpenRefusal.VALIDATION_FAILURE)))
              : new APrimitive.AReject(true, APrimitive.none()));
      throw broken;
    }
    receiving = receiving();
    above.accept(open);
  }

  /** An indication or confirm of presentation in the data phase. */
  public void fromPresentation(PPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case PPrimitive.PData data -> {
        if (!state.takesData()) {
          throw fail("P-DATA", 0, "not expected in state " + state);
        }
        receiving.data(data, state == RtState.RECEIVING);
      }
      case PPrimitive.PTokenPlease please -> pleased(please.data());
      case PPrimitive.PActivity activity -> state.activity(this, activity.what());
      default -> throw new IllegalStateException(indication + " is not for RTSE");
    }
  }

  /** RTTP. What is not understood of it is taken as of the least priority. */
  private void pleased(Pdv rttp) throws ProtocolError, IOException, InterruptedException {
    if (!turn || !state.hearsPlease()) {
      return;
    }
    int priority = Integer.MAX_VALUE;
    try {
      if (!rttp.value().isEmpty()) {
        priority = Math.clamp(Codecs.INTEGER.decode(rttp.value()), 0, Integer.MAX_VALUE);
      }
    } catch (DecodeException other) {
      // It is about urgency only.
    }
    above.accept(new RtPrimitive.TurnPlease(priority));
  }

  private Receiving receiving() {
    return new Receiving(
        agreed,
        apdu -> {
          if (state == RtState.RECEIVING) {
            above.accept(new RtPrimitive.Piece(apdu));
          }
        },
        broken -> {
          if (state == RtState.RECEIVING) {
            unreadable(broken);
          }
        });
  }

  /** What is around the APDU is broken: that costs this APDU, not the association. */
  private void unreadable(ProtocolError malformed)
      throws ProtocolError, IOException, InterruptedException {
    except(ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR);
    above.accept(new RtPrimitive.Aborted(String.valueOf(malformed.getMessage())));
  }

  void begun(Octets identifier) throws ProtocolError, IOException, InterruptedException {
    notWithTurn("S-ACTIVITY-START");
    become(RtState.RECEIVING);
    receiving.begin();
    above.accept(new RtPrimitive.Begin(identifier, -1));
  }

  void resumed(SActivity.Resume resume) throws ProtocolError, IOException, InterruptedException {
    notWithTurn("S-ACTIVITY-RESUME");
    become(RtState.RESUME_INDICATED);
    above.accept(
        new RtPrimitive.Resume(
            resume.identifier(),
            resume.oldIdentifier(),
            ConnectionName.of(resume.oldConnection()),
            resume.serial(),
            -1));
  }

  private void notWithTurn(String what) throws ProtocolError {
    if (turn) {
      throw fail(what, 0, "an activity of the side that does not have the turn");
    }
  }

  void checkpointed(SActivity.SyncMinor sync)
      throws ProtocolError, IOException, InterruptedException {
    if (sync.confirm()) {
      above.accept(new RtPrimitive.Checkpoint(sync.serial()));
    }
  }

  void ended() throws ProtocolError, IOException, InterruptedException {
    try {
      receiving.finish();
    } catch (ProtocolError malformed) {
      unreadable(malformed);
      return;
    }
    become(RtState.END_INDICATED);
    above.accept(new RtPrimitive.End());
  }

  /** The sender gave the activity up; the user is told unless it knows already. */
  void abandoned(SActivity confirm, RtPrimitive how, boolean tell)
      throws ProtocolError, IOException, InterruptedException {
    become(RtState.ASSOCIATED);
    if (tell) {
      above.accept(how);
    }
    activity(confirm);
  }

  void secured(int serial) throws ProtocolError, IOException, InterruptedException {
    if (sending != null) {
      above.accept(new RtPrimitive.Secured(serial, sending.confirmed(serial)));
    }
  }

  void confirmed(RtPrimitive what) throws ProtocolError, IOException, InterruptedException {
    sending = null;
    become(RtState.ASSOCIATED);
    above.accept(what);
  }

  void excepted(int reason) throws ProtocolError, IOException, InterruptedException {
    become(RtState.EXCEPTED);
    if (sending != null) {
      sending.stop();
    }
    if (resuming && reason == ExceptionReason.SEQUENCE_ERROR) {
      above.accept(new RtPrimitive.AlreadyTaken());
      return;
    }
    above.accept(
        new RtPrimitive.NotTaken(
            reason != ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR,
            "the peer does not take the APDU: " + ExceptionReason.text(reason)));
  }

  /** The turn has changed sides. */
  void turned(boolean ours) throws ProtocolError, IOException, InterruptedException {
    if (!agreed.terms().twoWayAlternate()) {
      throw fail("S-CONTROL-GIVE", 0, "the turn is given in a monologue");
    }
    turn = ours;
    become(RtState.ASSOCIATED);
    if (ours) {
      above.accept(new RtPrimitive.TurnGive());
    }
  }

  void become(RtState next) {
    state = next;
  }

  RtState state() {
    return state;
  }

  private void activity(SActivity what) throws ProtocolError, IOException, InterruptedException {
    presentation.accept(new PPrimitive.PActivity(what));
  }

  static ProtocolError fail(String apdu, long offset, String rule) {
    return Agreement.fail(apdu, offset, rule);
  }
}
