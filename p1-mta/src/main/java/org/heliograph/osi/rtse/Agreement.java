package org.heliograph.osi.rtse;

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
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;

/**
 * What the two sides come to when an association is opened, and its end: RTORQ, RTOAC, RTORJ, RTAB
 * as APDUs (X.228 clauses 7.1, 7.6, 7.8). In X.410-1984 mode there are no presentation contexts,
 * RTORQ names the application protocol, and RTORJ has a reason where normal mode has user data.
 */
final class Agreement {
  private final ApplicationContext application;
  private final int mostCheckpoint;
  private final int mostWindow;
  private boolean x410;
  private long transferContext;
  private long userContext;
  private Terms terms = new Terms(0, 3, false, 0);
  private Optional<ConnectionName> recovers = Optional.empty();

  Agreement(ApplicationContext application, int mostCheckpoint, int mostWindow) {
    this.application = application;
    this.mostCheckpoint = mostCheckpoint;
    this.mostWindow = mostWindow;
  }

  Terms terms() {
    return terms;
  }

  boolean x410() {
    return x410;
  }

  long transferContext() {
    return transferContext;
  }

  long userContext() {
    return userContext;
  }

  /** RTORQ. */
  APrimitive.AAssociate request(RtPrimitive.Open open) throws ProtocolError {
    terms = open.terms();
    recovers = open.recovers();
    List<Context> proposed = terms.applicationProtocol() == 0 ? application.proposed() : List.of();
    define(proposed);
    ConnectionData data =
        recovers
            .<ConnectionData>map(name -> new ConnectionData.Recover(name.identifier()))
            .orElseGet(() -> new ConnectionData.Open(new Any(open.user())));
    RTORQapdu rtorq =
        new RTORQapdu(
            terms.checkpoint(),
            terms.window(),
            terms.twoWayAlternate() ? DialogueMode.TWA : DialogueMode.MONOLOGUE,
            data,
            x410 ? Long.valueOf(terms.applicationProtocol()) : null);
    return new APrimitive.AAssociate(
        application.name(),
        open.calling(),
        open.called(),
        open.reference(),
        proposed,
        pdv(new RTSEApdus.RtorqApdu(rtorq)));
  }

  /** What RTORQ asks for. */
  RtPrimitive.Open indication(APrimitive.AAssociate associate) throws ProtocolError {
    define(associate.contexts());
    if (!(decode("RTORQ", associate.user()) instanceof RTSEApdus.RtorqApdu(RTORQapdu rtorq))) {
      throw fail("RTORQ", 0, "another APDU in its place");
    }
    if (rtorq.checkpointSize() < 0 || rtorq.windowSize() < 1) {
      throw fail(
          "RTORQ",
          0,
          "checkpoint size " + rtorq.checkpointSize() + ", window " + rtorq.windowSize());
    }
    Long protocol = rtorq.applicationProtocol();
    terms =
        new Terms(
                (int) Math.min(Integer.MAX_VALUE, rtorq.checkpointSize()),
                (int) Math.min(Integer.MAX_VALUE, rtorq.windowSize()),
                rtorq.dialogueMode() == DialogueMode.TWA,
                // X.410 knew one protocol only, P1, and let it be left out.
                !x410 ? 0 : protocol == null ? 1 : Math.clamp(protocol, -1, 255))
            .grant(mostCheckpoint, mostWindow);
    Octets user = Octets.empty();
    switch (rtorq.connectionDataRQ()) {
      case ConnectionData.Open open -> user = open.value().octets();
      case ConnectionData.Recover recover ->
          recovers = Optional.of(ConnectionName.of(recover.value()));
    }
    return new RtPrimitive.Open(
        associate.calling(), associate.called(), associate.reference(), terms, recovers, user);
  }

  /** RTOAC. */
  APrimitive.AAccept accept(Octets user) {
    ConnectionData data =
        recovers
            .<ConnectionData>map(name -> new ConnectionData.Recover(name.identifier()))
            .orElseGet(() -> new ConnectionData.Open(new Any(user)));
    return new APrimitive.AAccept(
        List.of(),
        pdv(new RTSEApdus.RtoacApdu(new RTOACapdu(terms.checkpoint(), terms.window(), data))));
  }

  /** What RTOAC answers. */
  RtPrimitive.Accept confirm(APrimitive.AAccept accept) throws ProtocolError {
    define(accept.contexts());
    if (!(decode("RTOAC", accept.user()) instanceof RTSEApdus.RtoacApdu(RTOACapdu rtoac))) {
      throw fail("RTOAC", 0, "another APDU in its place");
    }
    int proposed = terms.checkpoint();
    if (rtoac.checkpointSize() < 0
        || proposed > 0 && rtoac.checkpointSize() > proposed
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
              + proposed
              + " and "
              + terms.window()
              + " were proposed");
    }
    boolean recovered = rtoac.connectionDataAC() instanceof ConnectionData.Recover;
    if (recovered != recovers.isPresent()) {
      throw fail(
          "RTOAC",
          0,
          recovered ? "a recovery that was not asked for" : "no recovery, which was asked for");
    }
    terms =
        new Terms(
            (int) rtoac.checkpointSize(),
            Math.min(terms.window(), (int) rtoac.windowSize()),
            terms.twoWayAlternate(),
            terms.applicationProtocol());
    return new RtPrimitive.Accept(
        rtoac.connectionDataAC() instanceof ConnectionData.Open open
            ? open.value().octets()
            : Octets.empty());
  }

  /** RTORJ. */
  APrimitive.AReject reject(RtPrimitive.Refuse refuse) {
    OpenRefusal why =
        refuse
            .reason()
            .orElse(refuse.permanent() ? OpenRefusal.VALIDATION_FAILURE : OpenRefusal.BUSY);
    RTORJapdu rtorj =
        x410
            ? new RTORJapdu(why.code(), null)
            : new RTORJapdu(null, refuse.user().map(Any::new).orElse(null));
    return new APrimitive.AReject(refuse.permanent(), pdv(new RTSEApdus.RtorjApdu(rtorj)));
  }

  /** What RTORJ says. */
  RtPrimitive.Refuse refused(APrimitive.AReject reject) throws ProtocolError {
    if (reject.user().value().isEmpty()) {
      return new RtPrimitive.Refuse(reject.permanent(), Optional.empty(), Optional.empty());
    }
    if (!(decode("RTORJ", reject.user()) instanceof RTSEApdus.RtorjApdu(RTORJapdu rtorj))) {
      throw fail("RTORJ", 0, "another APDU in its place");
    }
    return new RtPrimitive.Refuse(
        reject.permanent(),
        Optional.ofNullable(rtorj.userDataRJ()).map(Any::octets),
        Optional.ofNullable(rtorj.refuseReason()).flatMap(OpenRefusal::of));
  }

  /** RTAB. */
  APrimitive.AAbort abort(long reason) {
    return new APrimitive.AAbort(pdv(new RTSEApdus.RtabApdu(new RTABapdu(reason, null, null))));
  }

  /** What RTAB says, if anything that can be read. */
  RtPrimitive.Gone aborted(Pdv user) {
    String text = "the peer aborted";
    try {
      if (!user.value().isEmpty()
          && decode("RTAB", user) instanceof RTSEApdus.RtabApdu(RTABapdu rtab)
          && rtab.abortReason() != null) {
        long reason = rtab.abortReason();
        return new RtPrimitive.Gone(
            text + ": " + text(reason),
            reason == AbortReason.UNRECOGNIZED_ACTIVITY
                ? AbortCause.UNRECOGNIZED_ACTIVITY
                : reason == AbortReason.TRANSFER_COMPLETED
                    ? AbortCause.TRANSFER_COMPLETED
                    : AbortCause.OTHER);
      }
    } catch (ProtocolError unreadable) {
      return new RtPrimitive.Gone(text + " (" + unreadable.getMessage() + ")", AbortCause.OTHER);
    }
    return new RtPrimitive.Gone(text, AbortCause.OTHER);
  }

  private static String text(long reason) {
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

  private void define(List<Context> contexts) throws ProtocolError {
    x410 = contexts.isEmpty();
    transferContext = x410 ? 0 : id(contexts, application.transferSyntax(), "RTSE");
    userContext = x410 ? 0 : id(contexts, application.userSyntax(), "the user of RTSE");
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
