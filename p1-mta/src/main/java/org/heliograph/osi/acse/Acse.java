package org.heliograph.osi.acse;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.acse.AAREApdu;
import org.heliograph.asn1.acse.AARQApdu;
import org.heliograph.asn1.acse.ABRTApdu;
import org.heliograph.asn1.acse.ABRTDiagnostic;
import org.heliograph.asn1.acse.ABRTSource;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.acse.AssociateResult;
import org.heliograph.asn1.acse.AssociateSourceDiagnostic;
import org.heliograph.asn1.acse.RLREApdu;
import org.heliograph.asn1.acse.RLRQApdu;
import org.heliograph.asn1.acse.ReleaseRequestReason;
import org.heliograph.asn1.acse.ReleaseResponseReason;
import org.heliograph.asn1.acse.ServiceProviderDiagnostic;
import org.heliograph.asn1.acse.ServiceUserDiagnostic;
import org.heliograph.asn1.acse.X227;
import org.heliograph.asn1.presentation.X226;
import org.heliograph.osi.acse.APrimitive.AProviderReject.By;
import org.heliograph.osi.layer.Layer;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.jspecify.annotations.Nullable;

/**
 * The association control protocol machine of one association. P-DATA and activities do not pass
 * through it.
 */
public final class Acse implements Layer<APrimitive, PPrimitive> {

  /** X.227 annex A. A cell that is not overridden is a protocol error. */
  enum State {
    /** STA0: idle, unassociated. */
    IDLE,
    /** STA1: awaiting AARE. */
    AWAITING_AARE {
      @Override
      boolean takes(ACSEApdu apdu) {
        return apdu instanceof ACSEApdu.Aare;
      }
    },
    /** STA2: awaiting the A-ASSOCIATE response. */
    AWAITING_RESPONSE,
    /** STA3: awaiting RLRE. */
    AWAITING_RLRE {
      @Override
      boolean takes(ACSEApdu apdu) {
        return apdu instanceof ACSEApdu.Rlre;
      }
    },
    /** STA4: awaiting the A-RELEASE response. */
    AWAITING_RELEASE_RESPONSE,
    /** STA5: associated. */
    ASSOCIATED {
      @Override
      boolean takes(ACSEApdu apdu) {
        return apdu instanceof ACSEApdu.Rlrq;
      }
    };

    boolean takes(ACSEApdu apdu) {
      return false;
    }
  }

  private final Sink<APrimitive> above;
  private final Sink<PPrimitive> below;
  private final ObjectIdentifier applicationContext;
  private State state = State.IDLE;
  private List<Context> contexts = List.of();
  private long acseContext = -1;

  /**
   * @param applicationContext the only one that is accepted
   */
  public Acse(Sink<APrimitive> above, Sink<PPrimitive> below, ObjectIdentifier applicationContext) {
    this.above = above;
    this.below = below;
    this.applicationContext = applicationContext;
  }

  @Override
  public void fromAbove(APrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    switch (request) {
      case APrimitive.AAssociate associate -> {
        state = State.AWAITING_AARE;
        define(associate.contexts());
        AARQApdu aarq =
            AARQApdu.builder()
                .applicationContextName(associate.applicationContext())
                .userInformation(information(associate.user()))
                .build();
        below.accept(
            new PPrimitive.PConnect(
                associate.calling(),
                associate.called(),
                associate.reference(),
                associate.contexts(),
                pdv(new ACSEApdu.Aarq(aarq))));
      }
      case APrimitive.AAccept accept -> {
        state = State.ASSOCIATED;
        below.accept(
            new PPrimitive.PAccept(
                contexts,
                pdv(
                    aare(
                        AssociateResult.ACCEPTED,
                        new AssociateSourceDiagnostic.AcseServiceUser(ServiceUserDiagnostic.NULL),
                        accept.user()))));
      }
      case APrimitive.AReject reject -> {
        state = State.IDLE;
        below.accept(
            new PPrimitive.PRefuse(
                pdv(
                    aare(
                        reject.permanent()
                            ? AssociateResult.REJECTED_PERMANENT
                            : AssociateResult.REJECTED_TRANSIENT,
                        new AssociateSourceDiagnostic.AcseServiceUser(
                            ServiceUserDiagnostic.NO_REASON_GIVEN),
                        reject.user()))));
      }
      case APrimitive.ARelease release -> {
        state = State.AWAITING_RLRE;
        below.accept(
            new PPrimitive.PRelease(
                pdv(
                    new ACSEApdu.Rlrq(
                        new RLRQApdu(ReleaseRequestReason.NORMAL, null, List.of())))));
      }
      case APrimitive.AReleaseConfirm confirm -> {
        state = State.IDLE;
        below.accept(
            new PPrimitive.PReleaseConfirm(
                pdv(
                    new ACSEApdu.Rlre(
                        new RLREApdu(ReleaseResponseReason.NORMAL, null, List.of())))));
      }
      case APrimitive.AAbort abort ->
          sendAbort(ABRTSource.ACSE_SERVICE_USER, null, information(abort.user()));
      default -> throw new IllegalStateException(request + " is no request");
    }
  }

  @Override
  public void fromBelow(PPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case PPrimitive.PConnect connect -> associate(connect);
      case PPrimitive.PAccept accept -> {
        define(accept.contexts());
        AAREApdu aare = ((ACSEApdu.Aare) expect("AARE", accept.data())).value();
        if (aare.result() != AssociateResult.ACCEPTED) {
          throw fail("AARE", 0, "a rejection within a presentation acceptance");
        }
        if (!aare.applicationContextName().equals(applicationContext)) {
          throw fail("AARE", 0, "another application context: " + aare.applicationContextName());
        }
        state = State.ASSOCIATED;
        above.accept(
            new APrimitive.AAccept(
                accept.contexts(),
                user("AARE", aare.userInformation())
                    .orElseThrow(() -> fail("AARE", 0, "no user information"))));
      }
      case PPrimitive.PRefuse refuse ->
          rejected(((ACSEApdu.Aare) expect("AARE", refuse.data())).value());
      case PPrimitive.PProviderRefuse refuse -> {
        state = State.IDLE;
        above.accept(
            new APrimitive.AProviderReject(
                refuse.bySession() ? By.SESSION : By.PRESENTATION,
                refuse.permanent(),
                refuse.text()));
      }
      case PPrimitive.PRelease release -> {
        expect("RLRQ", release.data());
        state = State.AWAITING_RELEASE_RESPONSE;
        above.accept(new APrimitive.ARelease());
      }
      case PPrimitive.PReleaseConfirm confirm -> {
        expect("RLRE", confirm.data());
        state = State.IDLE;
        above.accept(new APrimitive.AReleaseConfirm());
      }
      case PPrimitive.PUAbort abort -> aborted(abort.data());
      case PPrimitive.PPAbort abort -> {
        state = State.IDLE;
        above.accept(new APrimitive.AProviderAbort(abort.reason()));
      }
      default -> throw new IllegalStateException(indication + " is not for ACSE");
    }
  }

  /** Aborts on this entity's own account. */
  public void abortForProtocolError() throws ProtocolError, IOException, InterruptedException {
    sendAbort(ABRTSource.ACSE_SERVICE_PROVIDER, null, null);
  }

  private void sendAbort(
      long source, @Nullable ABRTDiagnostic diagnostic, @Nullable List<External> information)
      throws ProtocolError, IOException, InterruptedException {
    state = State.IDLE;
    below.accept(
        new PPrimitive.PUAbort(
            pdv(new ACSEApdu.Abrt(new ABRTApdu(source, diagnostic, information, List.of())))));
  }

  private void associate(PPrimitive.PConnect connect)
      throws ProtocolError, IOException, InterruptedException {
    if (state != State.IDLE) {
      throw fail("AARQ", 0, "not expected in state " + state);
    }
    define(connect.contexts());
    if (!(decode("AARQ", connect.data()) instanceof ACSEApdu.Aarq(AARQApdu aarq))) {
      throw fail("AARQ", 0, "another APDU in its place");
    }
    state = State.AWAITING_RESPONSE;
    if (!aarq.protocolVersion().isSet(0)) {
      refuse(
          new AssociateSourceDiagnostic.AcseServiceProvider(
              ServiceProviderDiagnostic.NO_COMMON_ACSE_VERSION));
      throw fail("AARQ", 0, "no common ACSE version");
    }
    if (!aarq.applicationContextName().equals(applicationContext)) {
      refuse(
          new AssociateSourceDiagnostic.AcseServiceUser(
              ServiceUserDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED));
      throw fail(
          "AARQ", 0, "application context " + aarq.applicationContextName() + " is not served");
    }
    Optional<Pdv> user = user("AARQ", aarq.userInformation());
    if (user.isEmpty()) {
      refuse(new AssociateSourceDiagnostic.AcseServiceUser(ServiceUserDiagnostic.NO_REASON_GIVEN));
      throw fail("AARQ", 0, "no user information");
    }
    above.accept(
        new APrimitive.AAssociate(
            aarq.applicationContextName(),
            connect.calling(),
            connect.called(),
            connect.reference(),
            connect.contexts(),
            user.get()));
  }

  private void refuse(AssociateSourceDiagnostic diagnostic)
      throws ProtocolError, IOException, InterruptedException {
    state = State.IDLE;
    below.accept(
        new PPrimitive.PRefuse(
            pdv(aare(AssociateResult.REJECTED_PERMANENT, diagnostic, APrimitive.none()))));
  }

  private void rejected(AAREApdu aare) throws ProtocolError, IOException, InterruptedException {
    state = State.IDLE;
    boolean permanent = aare.result() == AssociateResult.REJECTED_PERMANENT;
    Optional<Pdv> user = user("AARE", aare.userInformation());
    if (user.isPresent()) {
      above.accept(new APrimitive.AReject(permanent, user.get()));
      return;
    }
    above.accept(
        new APrimitive.AProviderReject(
            By.ACSE,
            permanent,
            switch (aare.resultSourceDiagnostic()) {
              case AssociateSourceDiagnostic.AcseServiceUser by ->
                  "association refused by the user, diagnostic "
                      + by.value()
                      + (by.value() == ServiceUserDiagnostic.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED
                          ? " (application context not supported)"
                          : "");
              case AssociateSourceDiagnostic.AcseServiceProvider by ->
                  "association refused by ACSE, diagnostic " + by.value();
            }));
  }

  private void aborted(Pdv data) throws ProtocolError, IOException, InterruptedException {
    state = State.IDLE;
    if (data.value().isEmpty()) {
      above.accept(new APrimitive.AAbort(APrimitive.none()));
      return;
    }
    if (!(decode("ABRT", data) instanceof ACSEApdu.Abrt(ABRTApdu abrt))) {
      throw fail("ABRT", 0, "another APDU in its place");
    }
    if (abrt.abortSource() == ABRTSource.ACSE_SERVICE_PROVIDER) {
      above.accept(new APrimitive.AProviderAbort("the peer's ACSE reports a protocol error"));
      return;
    }
    above.accept(
        new APrimitive.AAbort(user("ABRT", abrt.userInformation()).orElse(APrimitive.none())));
  }

  private ACSEApdu expect(String name, Pdv data) throws ProtocolError {
    ACSEApdu apdu = decode(name, data);
    if (!state.takes(apdu)) {
      throw fail(name, 0, apdu.getClass().getSimpleName() + " in state " + state);
    }
    return apdu;
  }

  private ACSEApdu decode(String name, Pdv data) throws ProtocolError {
    if (data.context() != acseContext) {
      throw fail(name, 0, "a value of context " + data.context() + ", ACSE has " + acseContext);
    }
    try {
      return ACSEApdu.CODEC.decode(data.value());
    } catch (DecodeException broken) {
      throw fail(
          name,
          broken.offset(),
          (broken.path().isEmpty() ? "" : broken.path() + ": ") + broken.rule());
    }
  }

  private void define(List<Context> defined) throws ProtocolError {
    contexts = defined;
    acseContext =
        defined.stream()
            .filter(c -> c.syntax().equals(X227.ACSE_ABSTRACT_SYNTAX))
            .mapToLong(Context::id)
            .findFirst()
            .orElseThrow(() -> fail("A-ASSOCIATE", 0, "no presentation context for ACSE"));
  }

  private ACSEApdu aare(long result, AssociateSourceDiagnostic diagnostic, Pdv user) {
    return new ACSEApdu.Aare(
        AAREApdu.builder()
            .applicationContextName(applicationContext)
            .result(result)
            .resultSourceDiagnostic(diagnostic)
            .userInformation(information(user))
            .build());
  }

  private Pdv pdv(ACSEApdu apdu) {
    return new Pdv(acseContext, ACSEApdu.CODEC.encode(apdu));
  }

  /** One EXTERNAL with transfer syntax and context, as peers send it. */
  private static @Nullable List<External> information(Pdv user) {
    return user.value().isEmpty()
        ? null
        : List.of(
            new External(
                X226.BASIC_ENCODING_RULES,
                user.context(),
                null,
                new External.Encoding.SingleAsn1Type(new Any(user.value()))));
  }

  private static Optional<Pdv> user(String name, @Nullable List<External> information)
      throws ProtocolError {
    if (information == null || information.isEmpty()) {
      return Optional.empty();
    }
    External external = information.getFirst();
    Long context = external.indirectReference();
    if (context == null) {
      throw fail(name, 0, "user information that names no presentation context");
    }
    Octets value =
        switch (external.encoding()) {
          case External.Encoding.SingleAsn1Type single -> single.value().octets();
          case External.Encoding.OctetAligned aligned -> aligned.value();
          case External.Encoding.Arbitrary bits ->
              throw fail(name, 0, "user information as a BIT STRING");
        };
    return Optional.of(new Pdv(context, value));
  }

  private static ProtocolError fail(String apdu, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.ACSE, apdu, offset, rule);
  }
}
