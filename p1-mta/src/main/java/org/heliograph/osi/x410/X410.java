package org.heliograph.osi.x410;

import java.io.IOException;
import java.util.List;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.AbortType;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.ModeSelector;
import org.heliograph.asn1.presentation.ModeValue;
import org.heliograph.asn1.presentation.X410Abort;
import org.heliograph.asn1.presentation.X410Accept;
import org.heliograph.asn1.presentation.X410Connect;
import org.heliograph.asn1.presentation.X410Refuse;
import org.heliograph.asn1.rtse.RefuseReason;
import org.heliograph.osi.acse.APrimitive;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.SActivity;
import org.heliograph.osi.session.SPrimitive;

/**
 * Speaks to RTSE as ACSE and presentation do, so that RTSE sees one service in both modes. Values
 * are of context 0, and no contexts are defined.
 */
public final class X410 {
  private static final int SET = 0x31;
  private static final int RTORQ = 0xB0;
  private static final int RTOAC = 0xB1;
  private static final int RTORJ = 0xB2;
  private static final int RTAB = 0xB6;

  private final Sink<APrimitive> association;
  private final Sink<PPrimitive> data;
  private final Sink<SPrimitive> below;
  private final ObjectIdentifier applicationContext;

  /**
   * @param association takes what ACSE would indicate
   * @param data takes what presentation would indicate
   * @param applicationContext named in indications, since the protocol does not
   */
  public X410(
      Sink<APrimitive> association,
      Sink<PPrimitive> data,
      Sink<SPrimitive> below,
      ObjectIdentifier applicationContext) {
    this.association = association;
    this.data = data;
    this.below = below;
    this.applicationContext = applicationContext;
  }

  /** Whether the user data of an S-CONNECT indication asks for this mode. */
  public static boolean wanted(Octets userData) {
    try {
      return CPType.CODEC.decode(userData).modeSelector().modeValue() == ModeValue.X410_1984_MODE;
    } catch (DecodeException broken) {
      // Presentation says what is broken.
      return false;
    }
  }

  /** A request or response that RTSE has for ACSE. */
  public void fromAbove(APrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    switch (request) {
      case APrimitive.AAssociate associate -> {
        X410Connect rtorq = convert(X410Connect.CODEC, "RTORQ", associate.user(), SET);
        below.accept(
            new SPrimitive.SConnect(
                associate.calling().session(),
                associate.called().session(),
                associate.reference(),
                CPType.CODEC.encode(new CPType(mode(), rtorq, null))));
      }
      case APrimitive.AAccept accept -> {
        X410Accept rtoac = convert(X410Accept.CODEC, "RTOAC", accept.user(), SET);
        below.accept(
            new SPrimitive.SAccept(CPAPPDU.CODEC.encode(new CPAPPDU(mode(), rtoac, null))));
      }
      case APrimitive.AReject reject ->
          below.accept(
              new SPrimitive.SRefuse(
                  org.heliograph.osi.session.RefuseReason.USER_DATA,
                  tagged(reject.user().value(), SET)));
      case APrimitive.ARelease release -> below.accept(new SPrimitive.SRelease(Octets.empty()));
      case APrimitive.AReleaseConfirm confirm ->
          below.accept(new SPrimitive.SReleaseConfirm(Octets.empty()));
      case APrimitive.AAbort abort ->
          below.accept(new SPrimitive.SUAbort(tagged(abort.user().value(), SET)));
      case APrimitive.AProviderReject never ->
          throw new IllegalStateException("a provider's rejection is no request");
      case APrimitive.AProviderAbort never ->
          throw new IllegalStateException("a provider's abort is no request");
    }
  }

  /** A request that RTSE has for presentation. */
  public void fromAbove(PPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    switch (request) {
      case PPrimitive.PDataStart start -> {
        // The octets stand alone: their length is that of the SSDU.
      }
      case PPrimitive.PData piece ->
          below.accept(new SPrimitive.SData(piece.octets(), piece.last()));
      case PPrimitive.PTokenPlease please ->
          below.accept(new SActivity.TokenPlease(please.data().value()));
      case PPrimitive.PActivity activity -> below.accept(activity.what());
      default -> throw new IllegalStateException(request + " is not of X.410-1984 mode");
    }
  }

  /** An indication or confirm of session. */
  public void fromBelow(SPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case SPrimitive.SConnect connect -> connected(connect);
      case SPrimitive.SAccept accept -> {
        X410Accept rtoac = decode("PAccept", CPAPPDU.CODEC, accept.userData()).x410ModeParameters();
        if (rtoac == null) {
          throw fail("PAccept", 0, "an answer that is not of X.410-1984 mode");
        }
        association.accept(
            new APrimitive.AAccept(List.of(), value(X410Accept.CODEC.encode(rtoac), RTOAC)));
      }
      case SPrimitive.SRefuse refuse -> refused(refuse);
      case SPrimitive.SRelease release -> association.accept(new APrimitive.ARelease());
      case SPrimitive.SReleaseConfirm confirm ->
          association.accept(new APrimitive.AReleaseConfirm());
      case SPrimitive.SUAbort abort -> association.accept(new APrimitive.AAbort(abort(abort)));
      case SPrimitive.SPAbort abort ->
          association.accept(new APrimitive.AProviderAbort(abort.reason()));
      case SPrimitive.SData piece ->
          data.accept(new PPrimitive.PData(0, piece.octets(), piece.last()));
      case SActivity.TokenPlease please ->
          data.accept(new PPrimitive.PTokenPlease(new Pdv(0, please.userData())));
      case SActivity activity -> data.accept(new PPrimitive.PActivity(activity));
    }
  }

  private void connected(SPrimitive.SConnect connect)
      throws ProtocolError, IOException, InterruptedException {
    X410Connect rtorq = null;
    try {
      rtorq = decode("PConnect", CPType.CODEC, connect.userData()).x410ModeParameters();
      if (rtorq == null) {
        throw fail("PConnect", 0, "X.410-1984 mode without its parameters");
      }
    } finally {
      if (rtorq == null) {
        below.accept(
            new SPrimitive.SRefuse(
                org.heliograph.osi.session.RefuseReason.USER_DATA,
                X410Refuse.CODEC.encode(new X410Refuse(RefuseReason.VALIDATION_FAILURE, null))));
      }
    }
    association.accept(
        new APrimitive.AAssociate(
            applicationContext,
            new Address(connect.calling(), Octets.empty()),
            new Address(connect.called(), Octets.empty()),
            connect.reference(),
            List.of(),
            value(X410Connect.CODEC.encode(rtorq), RTORQ)));
  }

  private void refused(SPrimitive.SRefuse refuse)
      throws ProtocolError, IOException, InterruptedException {
    int reason = refuse.reason();
    Octets userData = refuse.userData();
    if (reason != org.heliograph.osi.session.RefuseReason.USER_DATA || userData.isEmpty()) {
      association.accept(
          new APrimitive.AProviderReject(
              APrimitive.AProviderReject.By.SESSION,
              org.heliograph.osi.session.RefuseReason.permanent(reason),
              org.heliograph.osi.session.RefuseReason.text(reason)));
      return;
    }
    if (userData.at(0) != SET) {
      association.accept(
          new APrimitive.AProviderReject(
              APrimitive.AProviderReject.By.PRESENTATION,
              true,
              "the peer answers in normal mode, not in X.410-1984 mode"));
      return;
    }
    X410Refuse rtorj = decode("PRefuse", X410Refuse.CODEC, userData);
    Long why = rtorj.refuseReason();
    boolean temporary =
        why == null || why == RefuseReason.RTS_BUSY || why == RefuseReason.CANNOT_RECOVER;
    association.accept(
        new APrimitive.AReject(!temporary, value(X410Refuse.CODEC.encode(rtorj), RTORJ)));
  }

  /** Abort information; none, or none that can be read, is no reason to complain of an abort. */
  private static Pdv abort(SPrimitive.SUAbort abort) {
    if (abort.userData().isEmpty()) {
      return APrimitive.none();
    }
    try {
      return AbortType.CODEC.decode(abort.userData()) instanceof AbortType.AruX410 aru
          ? value(X410Abort.CODEC.encode(aru.value()), RTAB)
          : APrimitive.none();
    } catch (DecodeException broken) {
      return APrimitive.none();
    }
  }

  private static ModeSelector mode() {
    return new ModeSelector(ModeValue.X410_1984_MODE);
  }

  private static Pdv value(Octets set, int tag) {
    return new Pdv(0, tagged(set, tag));
  }

  /** The same value under another tag; all that are used have one octet. */
  private static Octets tagged(Octets value, int tag) {
    return Octets.join(
        List.of(Octets.of(new byte[] {(byte) tag}), value.slice(1, value.length() - 1)));
  }

  private static <T extends Object> T convert(Codec<T> codec, String name, Pdv from, int tag)
      throws ProtocolError {
    return decode(name, codec, tagged(from.value(), tag));
  }

  private static <T extends Object> T decode(String name, Codec<T> codec, Octets octets)
      throws ProtocolError {
    try {
      return codec.decode(octets);
    } catch (DecodeException broken) {
      throw fail(
          name,
          broken.offset(),
          (broken.path().isEmpty() ? "" : broken.path() + ": ") + broken.rule());
    }
  }

  private static ProtocolError fail(String pdu, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.PRESENTATION, pdu, offset, rule);
  }
}
