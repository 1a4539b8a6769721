package org.heliograph.osi.presentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.ARPPPDU;
import org.heliograph.asn1.presentation.ARUNormal;
import org.heliograph.asn1.presentation.AbortReason;
import org.heliograph.asn1.presentation.AbortType;
import org.heliograph.asn1.presentation.CPANormal;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPNormal;
import org.heliograph.asn1.presentation.CPRNormal;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.ContextIdentifierItem;
import org.heliograph.asn1.presentation.ContextItem;
import org.heliograph.asn1.presentation.ContextProviderReason;
import org.heliograph.asn1.presentation.ModeSelector;
import org.heliograph.asn1.presentation.ModeValue;
import org.heliograph.asn1.presentation.ProviderReason;
import org.heliograph.asn1.presentation.Result;
import org.heliograph.asn1.presentation.ResultItem;
import org.heliograph.asn1.presentation.X226;
import org.heliograph.osi.layer.Layer;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.SActivity;
import org.heliograph.osi.session.SPrimitive;
import org.jspecify.annotations.Nullable;

/** The presentation entity of one connection. */
public final class Presentation implements Layer<PPrimitive, SPrimitive> {
  private static final int MOST_CONTEXTS = 64;
  private static final Octets NO_SELECTOR = Octets.empty();

  /** X.226 annex A: the states of the kernel. */
  enum State {
    /** STAI0: idle. */
    IDLE,
    /** STAI1: wait for CPA. */
    WAIT_CPA,
    /** STAI2: wait for the P-CONNECT response. */
    WAIT_RESPONSE,
    /** STAt0: connected. */
    CONNECTED,
    GONE
  }

  private final Sink<PPrimitive> above;
  private final Sink<SPrimitive> below;
  private final Set<ObjectIdentifier> supported;
  private final DataReader reader;
  private State state = State.IDLE;
  private List<Context> contexts = List.of();
  private List<ResultItem> results = List.of();
  private Octets responding = NO_SELECTOR;

  /**
   * @param supported abstract syntaxes that are accepted when a peer proposes them
   */
  public Presentation(
      Sink<PPrimitive> above, Sink<SPrimitive> below, Set<ObjectIdentifier> supported) {
    this.above = above;
    this.below = below;
    this.supported = Set.copyOf(supported);
    this.reader = new DataReader(above);
  }

  @Override
  public void fromAbove(PPrimitive request)
      throws ProtocolError, IOException, InterruptedException {
    switch (request) {
      case PPrimitive.PConnect connect -> {
        state = State.WAIT_CPA;
        contexts = connect.contexts();
        below.accept(
            new SPrimitive.SConnect(
                connect.calling().session(),
                connect.called().session(),
                connect.reference(),
                cp(connect)));
      }
      case PPrimitive.PAccept accept -> {
        state = State.CONNECTED;
        below.accept(new SPrimitive.SAccept(cpa(accept.data())));
      }
      case PPrimitive.PRefuse refuse -> {
        state = State.GONE;
        refuse(
            CPRNormal.builder()
                .respondingPresentationSelector(optional(responding))
                .presentationContextDefinitionResultList(results)
                .userData(Ppdu.userData(refuse.data()))
                .build());
      }
      case PPrimitive.PRelease release ->
          below.accept(new SPrimitive.SRelease(Ppdu.encode(release.data())));
      case PPrimitive.PReleaseConfirm confirm -> {
        state = State.GONE;
        below.accept(new SPrimitive.SReleaseConfirm(Ppdu.encode(confirm.data())));
      }
      case PPrimitive.PUAbort abort -> {
        state = State.GONE;
        below.accept(new SPrimitive.SUAbort(aru(abort.data())));
      }
      case PPrimitive.PDataStart start ->
          below.accept(
              new SPrimitive.SData(Ppdu.dataHeader(start.context(), start.length()), false));
      case PPrimitive.PData data -> below.accept(new SPrimitive.SData(data.octets(), data.last()));
      case PPrimitive.PTokenPlease please ->
          below.accept(new SActivity.TokenPlease(Ppdu.encode(please.data())));
      case PPrimitive.PActivity activity -> below.accept(activity.what());
      case PPrimitive.PProviderRefuse never ->
          throw new IllegalStateException("P-CONNECT is refused by the provider alone");
      case PPrimitive.PPAbort never -> throw new IllegalStateException("P-P-ABORT is no request");
    }
  }

  @Override
  public void fromBelow(SPrimitive indication)
      throws ProtocolError, IOException, InterruptedException {
    switch (indication) {
      case SPrimitive.SConnect connect -> connected(connect);
      case SPrimitive.SAccept accept -> accepted(accept);
      case SPrimitive.SRefuse refuse -> refused(refuse);
      case SPrimitive.SRelease release ->
          above.accept(new PPrimitive.PRelease(Ppdu.value("P-RELEASE", release.userData())));
      case SPrimitive.SReleaseConfirm confirm -> {
        state = State.GONE;
        above.accept(new PPrimitive.PReleaseConfirm(Ppdu.value("P-RELEASE", confirm.userData())));
      }
      case SPrimitive.SUAbort abort -> aborted(abort.userData());
      case SPrimitive.SPAbort abort -> {
        state = State.GONE;
        above.accept(new PPrimitive.PPAbort(abort.reason()));
      }
      case SPrimitive.SData data -> reader.feed(data.octets(), data.last());
      case SActivity.TokenPlease please ->
          above.accept(
              new PPrimitive.PTokenPlease(
                  please.userData().isEmpty()
                      ? new Pdv(0, Octets.empty())
                      : Ppdu.value("P-TOKEN-PLEASE", please.userData())));
      case SActivity activity -> above.accept(new PPrimitive.PActivity(activity));
    }
  }

  /** Aborts on the presentation entity's own account (ARP). */
  public void abortForProtocolError() throws ProtocolError, IOException, InterruptedException {
    state = State.GONE;
    below.accept(
        new SPrimitive.SUAbort(
            AbortType.CODEC.encode(
                new AbortType.ArpPpdu(
                    new ARPPPDU(AbortReason.INVALID_PPDU_PARAMETER_VALUE, null)))));
  }

  private static Octets cp(PPrimitive.PConnect connect) {
    List<ContextItem> items = new ArrayList<>();
    for (Context context : connect.contexts()) {
      items.add(
          new ContextItem(context.id(), context.syntax(), List.of(X226.BASIC_ENCODING_RULES)));
    }
    CPNormal normal =
        CPNormal.builder()
            .callingPresentationSelector(optional(connect.calling().presentation()))
            .calledPresentationSelector(optional(connect.called().presentation()))
            .presentationContextDefinitionList(items)
            .userData(Ppdu.userData(connect.data()))
            .build();
    return CPType.CODEC.encode(new CPType(new ModeSelector(ModeValue.NORMAL_MODE), null, normal));
  }

  private Octets cpa(Pdv data) {
    CPANormal normal =
        CPANormal.builder()
            .respondingPresentationSelector(optional(responding))
            .presentationContextDefinitionResultList(results)
            .userData(Ppdu.userData(data))
            .build();
    return CPAPPDU.CODEC.encode(new CPAPPDU(new ModeSelector(ModeValue.NORMAL_MODE), null, normal));
  }

  private Octets aru(Pdv data) {
    List<ContextIdentifierItem> items = new ArrayList<>();
    for (Context context : contexts) {
      if (context.id() == data.context()) {
        items.add(new ContextIdentifierItem(context.id(), X226.BASIC_ENCODING_RULES));
      }
    }
    return AbortType.CODEC.encode(
        new AbortType.AruNormal(new ARUNormal(items, Ppdu.userData(data))));
  }

  private void refuse(CPRNormal cpr) throws ProtocolError, IOException, InterruptedException {
    below.accept(
        new SPrimitive.SRefuse(
            org.heliograph.osi.session.RefuseReason.USER_DATA,
            CPRPPDU.CODEC.encode(new CPRPPDU.NormalModeParameters(cpr))));
  }

  private void connected(SPrimitive.SConnect connect)
      throws ProtocolError, IOException, InterruptedException {
    CPNormal cp;
    Pdv data;
    try {
      cp = normal(connect.userData());
      data = Ppdu.value("CP", cp.userData());
      contexts = answer(cp.presentationContextDefinitionList());
      long of = data.context();
      if (contexts.stream().noneMatch(context -> context.id() == of)) {
        throw new ProtocolError(
            ProtocolError.In.PRESENTATION,
            "CP",
            0,
            "user data of context " + of + ", which is not accepted");
      }
    } catch (ProtocolError broken) {
      if (state != State.GONE) {
        state = State.GONE;
        refuse(CPRNormal.builder().providerReason(ProviderReason.USER_DATA_NOT_READABLE).build());
      }
      throw broken;
    }
    state = State.WAIT_RESPONSE;
    Octets calling = orNone(cp.callingPresentationSelector());
    responding = orNone(cp.calledPresentationSelector());
    above.accept(
        new PPrimitive.PConnect(
            new Address(connect.calling(), calling),
            new Address(connect.called(), responding),
            connect.reference(),
            contexts,
            data));
  }

  /** The CP in normal mode; the stack gives one in X.410-1984 mode to somebody else. */
  private CPNormal normal(Octets octets) throws ProtocolError {
    CPType cp = Ppdu.decode("CP", CPType.CODEC, octets);
    CPNormal normal = cp.normalModeParameters();
    if (normal == null) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION, "CP", 0, "normal mode without its parameters");
    }
    return normal;
  }

  private List<Context> answer(@Nullable List<ContextItem> proposed) throws ProtocolError {
    List<ContextItem> items = proposed == null ? List.of() : proposed;
    if (items.size() > MOST_CONTEXTS) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION, "CP", 0, items.size() + " contexts, more than 64");
    }
    List<Context> accepted = new ArrayList<>();
    List<ResultItem> answers = new ArrayList<>();
    for (ContextItem item : items) {
      if (!supported.contains(item.abstractSyntaxName())) {
        answers.add(rejected(ContextProviderReason.ABSTRACT_SYNTAX_NOT_SUPPORTED));
      } else if (!item.transferSyntaxNameList().contains(X226.BASIC_ENCODING_RULES)) {
        answers.add(rejected(ContextProviderReason.PROPOSED_TRANSFER_SYNTAXES_NOT_SUPPORTED));
      } else {
        answers.add(new ResultItem(Result.ACCEPTANCE, X226.BASIC_ENCODING_RULES, null));
        accepted.add(new Context(item.presentationContextIdentifier(), item.abstractSyntaxName()));
      }
    }
    results = answers;
    return accepted;
  }

  private static ResultItem rejected(long reason) {
    return new ResultItem(Result.PROVIDER_REJECTION, null, reason);
  }

  private void accepted(SPrimitive.SAccept accept)
      throws ProtocolError, IOException, InterruptedException {
    CPANormal cpa = Ppdu.decode("CPA", CPAPPDU.CODEC, accept.userData()).normalModeParameters();
    if (cpa == null) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION, "CPA", 0, "an answer that is not of normal mode");
    }
    List<ResultItem> answers = cpa.presentationContextDefinitionResultList();
    if (answers == null || answers.size() != contexts.size()) {
      throw new ProtocolError(
          ProtocolError.In.PRESENTATION,
          "CPA",
          0,
          (answers == null ? 0 : answers.size())
              + " results for "
              + contexts.size()
              + " proposed contexts");
    }
    List<Context> agreed = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).result() == Result.ACCEPTANCE) {
        agreed.add(contexts.get(i));
      }
    }
    contexts = List.copyOf(agreed);
    state = State.CONNECTED;
    above.accept(new PPrimitive.PAccept(contexts, Ppdu.value("CPA", cpa.userData())));
  }

  private void refused(SPrimitive.SRefuse refuse)
      throws ProtocolError, IOException, InterruptedException {
    state = State.GONE;
    int reason = refuse.reason();
    if (reason != org.heliograph.osi.session.RefuseReason.USER_DATA
        || refuse.userData().isEmpty()) {
      above.accept(
          new PPrimitive.PProviderRefuse(
              true,
              org.heliograph.osi.session.RefuseReason.permanent(reason),
              org.heliograph.osi.session.RefuseReason.text(reason)));
      return;
    }
    switch (Ppdu.decode("CPR", CPRPPDU.CODEC, refuse.userData())) {
      case CPRPPDU.X410ModeParameters x410 ->
          above.accept(
              new PPrimitive.PProviderRefuse(false, true, "the peer answers in X.410-1984 mode"));
      case CPRPPDU.NormalModeParameters normal -> {
        CPRNormal cpr = normal.value();
        if (cpr.userData() != null) {
          above.accept(new PPrimitive.PRefuse(Ppdu.value("CPR", cpr.userData())));
        } else {
          above.accept(
              new PPrimitive.PProviderRefuse(
                  false, permanent(cpr.providerReason()), text(cpr.providerReason())));
        }
      }
    }
  }

  private static boolean permanent(@Nullable Long reason) {
    return reason != null
        && reason >= ProviderReason.CALLED_PRESENTATION_ADDRESS_UNKNOWN
        && reason <= ProviderReason.DEFAULT_CONTEXT_NOT_SUPPORTED;
  }

  private static String text(@Nullable Long reason) {
    if (reason == null) {
      return "refused by the presentation user without data";
    }
    return switch (reason.intValue()) {
      case 1 -> "presentation: temporary congestion";
      case 2 -> "presentation: local limit exceeded";
      case 3 -> "presentation: called presentation address unknown";
      case 4 -> "presentation: protocol version not supported";
      case 5 -> "presentation: default context not supported";
      case 6 -> "presentation: user data not readable";
      case 7 -> "presentation: no PSAP available";
      default -> "presentation: refused, reason " + reason;
    };
  }

  private void aborted(Octets userData) throws ProtocolError, IOException, InterruptedException {
    state = State.GONE;
    if (userData.isEmpty()) {
      above.accept(new PPrimitive.PUAbort(new Pdv(0, Octets.empty())));
      return;
    }
    switch (Ppdu.decode("ARU", AbortType.CODEC, userData)) {
      case AbortType.AruNormal aru when aru.value().userData() != null ->
          above.accept(new PPrimitive.PUAbort(Ppdu.value("ARU", aru.value().userData())));
      case AbortType.ArpPpdu arp ->
          above.accept(
              new PPrimitive.PPAbort(
                  "the peer's presentation entity aborted, reason "
                      + arp.value().providerReason()));
      default -> above.accept(new PPrimitive.PUAbort(new Pdv(0, Octets.empty())));
    }
  }

  private static @Nullable Octets optional(Octets selector) {
    return selector.isEmpty() ? null : selector;
  }

  private static Octets orNone(@Nullable Octets selector) {
    return selector == null ? NO_SELECTOR : selector;
  }

  /** The state, for tests. */
  State state() {
    return state;
  }
}
