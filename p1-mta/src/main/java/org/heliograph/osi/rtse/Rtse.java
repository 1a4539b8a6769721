package org.heliograph.osi.rtse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.rtse.AbortReason;
import org.heliograph.asn1.rtse.ConnectionData;
import org.heliograph.asn1.rtse.DialogueMode;
import org.heliograph.asn1.rtse.RTABapdu;
import org.heliograph.asn1.rtse.RTOACapdu;
import org.heliograph.asn1.rtse.RTORJapdu;
import org.heliograph.asn1.rtse.RTORQapdu;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.osi.acse.APrimitive;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.ExceptionReason;
import org.heliograph.osi.session.SActivity;
import org.jspecify.annotations.Nullable;

/**
 * The reliable transfer protocol machine of one association. Unlike the other layers it has two
 * neighbours below: ACSE for setting up and ending, presentation for everything else.
 */
public final class Rtse {
  private final Sink<RtPrimitive> above;
  private final Sink<APrimitive> acse;
  private final Sink<PPrimitive> presentation;
  private final ApplicationContext application;
  private final int mostCheckpoint;
  private final int mostWindow;
  private final Rttr rttr = new Rttr(this::content);
  private RtState state = RtState.IDLE;
  private Wrapper wrapper = new Wrapper(-1, apdu -> {});
  private @Nullable Sending sending;
  private long transferContext = -1;
  private long userContext = -1;
  private boolean initiator;
  private int checkpoint;
  private int window = 3;

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
    this.application = application;
    this.mostCheckpoint = mostCheckpoint;
    this.mostWindow = mostWindow;
  }

  /** Agreed checkpoint size in units of 1024 octets. */
  public int checkpoint() {
    return checkpoint;
  }

  /** Agreed window. */
  public int window() {
    return window;
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

  /** A request or response of the user. */
  public void fromAbove(RtPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    if (request instanceof RtPrimitive.Abort abort) {
      abort(abort.temporary() ? AbortReason.TEMPORARY_PROBLEM : AbortReason.PERMANENT_PROBLEM);
      return;
    }
    if (!state.takes(request)) {
      throw new IllegalStateException(request.getClass().getSimpleName() + " in state " + state);
    }
    switch (request) {
      case RtPrimitive.Open open -> open(open);
      case RtPrimitive.Accept accept -> {
        become(RtState.ASSOCIATED);
        acse.accept(
            new APrimitive.AAccept(
                List.of(),
                pdv(
                    new RTSEApdus.RtoacApdu(
                        new RTOACapdu(
                            checkpoint,
                            window,
                            new ConnectionData.Open(new Any(accept.user())))))));
      }
      case RtPrimitive.Refuse refuse -> refuse(refuse.permanent(), refuse.user());
      case RtPrimitive.Begin begin -> {
        become(RtState.SENDING);
        activity(new SActivity.Start(begin.activity()));
        sending =
            new Sending(
                presentation, transferContext, userContext, checkpoint, window, begin.length());
      }
      case RtPrimitive.Piece piece -> piece(piece.octets());
      case RtPrimitive.Checkpoint secured ->
          activity(new SActivity.SyncMinorConfirm(secured.serial()));
      case RtPrimitive.EndConfirm end -> {
        become(RtState.ASSOCIATED);
        activity(new SActivity.EndConfirm());
      }
      case RtPrimitive.NotTaken refuse -> {
        become(RtState.REFUSING);
        activity(
            new SActivity.UserException(
                refuse.temporary()
                    ? ExceptionReason.NON_SPECIFIC
                    : ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR));
      }
      case RtPrimitive.Discard discard -> {
        if (owed() > 0) {
          throw new IllegalStateException("discard within a P-DATA");
        }
        become(RtState.DISCARDING);
        activity(
            new SActivity.Discard(
                discard.temporary()
                    ? ExceptionReason.NON_SPECIFIC
                    : ExceptionReason.LOCAL_USER_ERROR));
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

  private void open(RtPrimitive.Open open) throws ProtocolError, IOException, InterruptedException {
    become(RtState.OPENING);
    initiator = true;
    checkpoint = open.checkpoint();
    window = open.window();
    List<Context> proposed = application.proposed();
    define(proposed);
    acse.accept(
        new APrimitive.AAssociate(
            application.name(),
            open.calling(),
            open.called(),
            open.reference(),
            proposed,
            pdv(
                new RTSEApdus.RtorqApdu(
                    new RTORQapdu(
                        checkpoint,
                        window,
                        DialogueMode.MONOLOGUE,
                        new ConnectionData.Open(new Any(open.user())),
                        null)))));
  }

  private void refuse(boolean permanent, Optional<Octets> user)
      throws ProtocolError, IOException, InterruptedException {
    become(RtState.GONE);
    acse.accept(
        new APrimitive.AReject(
            permanent,
            pdv(new RTSEApdus.RtorjApdu(new RTORJapdu(null, user.map(Any::new).orElse(null))))));
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
      acse.accept(
          new APrimitive.AAbort(pdv(new RTSEApdus.RtabApdu(new RTABapdu(reason, null, null)))));
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
      case APrimitive.AAccept accept -> accepted(accept);
      case APrimitive.AReject reject -> {
        become(RtState.GONE);
        Optional<Octets> error = Optional.empty();
        if (!reject.user().value().isEmpty()) {
          if (!(decode("RTORJ", reject.user()) instanceof RTSEApdus.RtorjApdu(RTORJapdu rtorj))) {
            throw fail("RTORJ", 0, "another APDU in its place");
          }
          error = Optional.ofNullable(rtorj.userDataRJ()).map(Any::octets);
        }
        above.accept(new RtPrimitive.Refuse(reject.permanent(), error));
      }
      case APrimitive.AProviderReject reject -> {
        become(RtState.GONE);
        above.accept(
            new RtPrimitive.ProviderRefuse(reject.by().name(), reject.permanent(), reject.text()));
      }
      case APrimitive.ARelease release -> {
        if (state != RtState.ASSOCIATED) {
          throw fail("RT-CLOSE", 0, "not expected in state " + state);
        }
        become(RtState.CLOSE_INDICATED);
        above.accept(new RtPrimitive.Close());
      }
      case APrimitive.AReleaseConfirm confirm -> {
        become(RtState.GONE);
        above.accept(new RtPrimitive.CloseConfirm());
      }
      case APrimitive.AAbort abort -> gone(text(abort.user()));
      case APrimitive.AProviderAbort abort -> gone(abort.reason());
    }
  }

  private void gone(String why) throws ProtocolError, IOException, InterruptedException {
    become(RtState.GONE);
    above.accept(new RtPrimitive.Gone(why));
  }

  private String text(Pdv user) {
    String text = "the peer aborted";
    try {
      if (!user.value().isEmpty()
          && decode("RTAB", user) instanceof RTSEApdus.RtabApdu(RTABapdu rtab)
          && rtab.abortReason() != null) {
        return text + ": " + reason(rtab.abortReason());
      }
    } catch (ProtocolError unreadable) {
      return text + " (" + unreadable.getMessage() + ")";
    }
    return text;
  }

  private static String reason(long reason) {
    return switch ((int) reason) {
      case 0 -> "local system problem";
      case 1 -> "invalid parameter";
      case 2 -> "unrecognized activity";
      case 3 -> "temporary problem";
      case 4 -> "protocol error";
      case 5 -> "permanent problem";
      case 6 -> "user error";
      case 7 -> "transfer completed";
      default -> "reason " + reason;
    };
  }

  private void associate(APrimitive.AAssociate associate)
      throws ProtocolError, IOException, InterruptedException {
    become(RtState.OPEN_INDICATED);
    try {
      define(associate.contexts());
    } catch (ProtocolError missing) {
      become(RtState.GONE);
      acse.accept(new APrimitive.AReject(true, APrimitive.none()));
      throw missing;
    }
    if (!(decode("RTORQ", associate.user()) instanceof RTSEApdus.RtorqApdu(RTORQapdu rtorq))) {
      throw fail("RTORQ", 0, "another APDU in its place");
    }
    if (!(rtorq.connectionDataRQ() instanceof ConnectionData.Open(Any user))) {
      // Nothing of an interrupted transfer is kept here, so the peer has to open anew.
      refuse(false, Optional.empty());
      return;
    }
    negotiate(rtorq);
    above.accept(
        new RtPrimitive.Open(
            associate.calling(),
            associate.called(),
            associate.reference(),
            checkpoint,
            window,
            rtorq.dialogueMode() == DialogueMode.TWA,
            user.octets()));
  }

  private void negotiate(RTORQapdu rtorq) throws ProtocolError {
    if (rtorq.checkpointSize() < 0 || rtorq.windowSize() < 1) {
      throw fail(
          "RTORQ",
          0,
          "checkpoint size " + rtorq.checkpointSize() + ", window " + rtorq.windowSize());
    }
    checkpoint = (int) Math.min(mostCheckpoint, rtorq.checkpointSize());
    window = (int) Math.min(mostWindow, rtorq.windowSize());
  }

  private void accepted(APrimitive.AAccept accept)
      throws ProtocolError, IOException, InterruptedException {
    define(accept.contexts());
    if (!(decode("RTOAC", accept.user()) instanceof RTSEApdus.RtoacApdu(RTOACapdu rtoac))) {
      throw fail("RTOAC", 0, "another APDU in its place");
    }
    if (rtoac.checkpointSize() < 0
        || checkpoint > 0 && rtoac.checkpointSize() > checkpoint
        || rtoac.checkpointSize() > 1 << 20
        || rtoac.windowSize() < 1
        || rtoac.windowSize() > 1024) {
      throw fail(
          "RTOAC",
          0,
          "checkpoint size "
              + rtoac.checkpointSize()
              + " and window "
              + rtoac.windowSize()
              + " where "
              + checkpoint
              + " and "
              + window
              + " were proposed");
    }
    if (!(rtoac.connectionDataAC() instanceof ConnectionData.Open(Any user))) {
      throw fail("RTOAC", 0, "a recovery that was not asked for");
    }
    checkpoint = (int) rtoac.checkpointSize();
    window = Math.min(window, (int) rtoac.windowSize());
    become(RtState.ASSOCIATED);
    above.accept(new RtPrimitive.Accept(user.octets()));
  }

  private void define(List<Context> contexts) throws ProtocolError {
    transferContext = id(contexts, application.transferSyntax(), "RTSE");
    userContext = id(contexts, application.userSyntax(), "the user of RTSE");
    wrapper =
        new Wrapper(
            userContext,
            apdu -> {
              if (state == RtState.RECEIVING) {
                above.accept(new RtPrimitive.Piece(apdu));
              }
            });
  }

  private static long id(List<Context> contexts, ObjectIdentifier syntax, String whose)
      throws ProtocolError {
    return contexts.stream()
        .filter(c -> c.syntax().equals(syntax))
        .mapToLong(Context::id)
        .findFirst()
        .orElseThrow(
            () -> fail("RT-OPEN", 0, "no presentation context for " + whose + " (" + syntax + ")"));
  }

  /** An indication or confirm of presentation in the data phase. */
  public void fromPresentation(PPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case PPrimitive.PData data -> {
        if (!state.takesData()) {
          throw fail("P-DATA", 0, "not expected in state " + state);
        }
        if (data.context() != transferContext) {
          throw fail("P-DATA", 0, "a value of context " + data.context() + " in place of RTTR");
        }
        rttr.feed(data.octets(), data.last());
      }
      case PPrimitive.PActivity activity -> state.activity(this, activity.what());
      default -> throw new IllegalStateException(indication + " is not for RTSE");
    }
  }

  private void content(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    if (state != RtState.RECEIVING) {
      return;
    }
    try {
      wrapper.feed(octets);
    } catch (ProtocolError malformed) {
      if (state == RtState.RECEIVING) {
        unreadable(malformed);
      }
    }
  }

  /** What is around the APDU is broken: that costs this APDU, not the association. */
  private void unreadable(ProtocolError malformed)
      throws ProtocolError, IOException, InterruptedException {
    if (malformed.in() != ProtocolError.In.RTSE) {
      throw malformed;
    }
    become(RtState.REFUSING);
    activity(new SActivity.UserException(ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR));
    above.accept(new RtPrimitive.Aborted(String.valueOf(malformed.getMessage())));
  }

  void begun(Octets identifier) throws ProtocolError, IOException, InterruptedException {
    onlyFromInitiator("S-ACTIVITY-START");
    become(RtState.RECEIVING);
    wrapper.reset();
    above.accept(new RtPrimitive.Begin(identifier, -1));
  }

  void resumed() throws ProtocolError, IOException, InterruptedException {
    onlyFromInitiator("S-ACTIVITY-RESUME");
    become(RtState.REFUSING);
    activity(new SActivity.UserException(ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR));
  }

  private void onlyFromInitiator(String what) throws ProtocolError {
    if (initiator) {
      throw fail(what, 0, "an activity of the responder in a monologue");
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
      wrapper.finish();
    } catch (ProtocolError malformed) {
      unreadable(malformed);
      return;
    }
    become(RtState.END_INDICATED);
    above.accept(new RtPrimitive.End());
  }

  /** The sender gave the activity up; the user is told unless it knows already. */
  void abandoned(SActivity confirm, String why, boolean tell)
      throws ProtocolError, IOException, InterruptedException {
    become(RtState.ASSOCIATED);
    if (tell) {
      above.accept(new RtPrimitive.Aborted(why));
    }
    activity(confirm);
  }

  void secured(int serial) throws ProtocolError, IOException, InterruptedException {
    if (sending != null) {
      above.accept(new RtPrimitive.Secured(sending.confirmed(serial)));
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
    above.accept(
        new RtPrimitive.NotTaken(
            reason != ExceptionReason.UNRECOVERABLE_PROCEDURE_ERROR,
            "the peer does not take the APDU: " + ExceptionReason.text(reason)));
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

  private Pdv pdv(RTSEApdus apdu) {
    return new Pdv(transferContext, RTSEApdus.CODEC.encode(apdu));
  }

  private RTSEApdus decode(String name, Pdv pdv) throws ProtocolError {
    if (pdv.context() != transferContext) {
      throw fail(name, 0, "a value of context " + pdv.context() + ", RTSE has " + transferContext);
    }
    try {
      return RTSEApdus.CODEC.decode(pdv.value());
    } catch (DecodeException broken) {
      throw fail(
          name,
          broken.offset(),
          (broken.path().isEmpty() ? "" : broken.path() + ": ") + broken.rule());
    }
  }

  static ProtocolError fail(String apdu, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.RTSE, apdu, offset, rule);
  }
}
