package org.heliograph.x400;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.x411.Attempted;
import org.heliograph.asn1.x411.DomainSuppliedInformation;
import org.heliograph.asn1.x411.GlobalDomainIdentifier;
import org.heliograph.asn1.x411.InternalTraceInformationElement;
import org.heliograph.asn1.x411.MTASuppliedInformation;
import org.heliograph.asn1.x411.OtherActions;
import org.heliograph.asn1.x411.RoutingAction;
import org.heliograph.asn1.x411.TraceInformationElement;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.TraceElement;
import org.heliograph.model.TraceElement.Action;
import org.heliograph.model.TraceElement.OtherAction;
import org.jspecify.annotations.Nullable;

/**
 * Trace and internal trace (X.411 12.3.1). An element that would be written otherwise than it came
 * keeps its octets in {@code unknown}.
 */
final class Traces {
  private Traces() {}

  static List<TraceElement> read(@Nullable List<TraceInformationElement> elements) {
    return elements == null ? List.of() : elements.stream().map(Traces::read).toList();
  }

  static List<TraceElement> readInternal(List<InternalTraceInformationElement> elements) {
    return elements.stream().map(Traces::readInternal).toList();
  }

  static List<TraceInformationElement> write(List<TraceElement> elements) {
    return elements.stream().map(Traces::write).toList();
  }

  static List<InternalTraceInformationElement> writeInternal(List<TraceElement> elements) {
    return elements.stream().map(Traces::writeInternal).toList();
  }

  private static TraceElement read(TraceInformationElement in) {
    TraceElement plain = plain(in);
    TraceInformationElement out = fresh(plain);
    return out.equals(in)
        ? plain
        : keeping(plain, Raw.bytes(TraceInformationElement.CODEC.encode(in)));
  }

  private static TraceElement readInternal(InternalTraceInformationElement in) {
    TraceElement plain = plain(in);
    InternalTraceInformationElement out = freshInternal(plain);
    return out.equals(in)
        ? plain
        : keeping(plain, Raw.bytes(InternalTraceInformationElement.CODEC.encode(in)));
  }

  private static TraceInformationElement write(TraceElement e) {
    if (e.unknown().isPresent()) {
      try {
        TraceInformationElement kept =
            TraceInformationElement.CODEC.decode(Raw.octets(e.unknown().get()));
        if (keeping(plain(kept), e.unknown().get()).equals(e)) {
          return kept;
        }
      } catch (DecodeException of) {
        // Not ours: the components are what is left.
      }
    }
    return fresh(e);
  }

  private static InternalTraceInformationElement writeInternal(TraceElement e) {
    if (e.unknown().isPresent()) {
      try {
        InternalTraceInformationElement kept =
            InternalTraceInformationElement.CODEC.decode(Raw.octets(e.unknown().get()));
        if (keeping(plain(kept), e.unknown().get()).equals(e)) {
          return kept;
        }
      } catch (DecodeException of) {
        // Not ours: the components are what is left.
      }
    }
    return freshInternal(e);
  }

  private static TraceElement keeping(TraceElement e, org.heliograph.model.Bytes octets) {
    return new TraceElement(
        e.domain(),
        e.mta(),
        e.arrival(),
        e.action(),
        e.attemptedDomain(),
        e.deferredUntil(),
        e.converted(),
        e.other(),
        Optional.of(octets));
  }

  private static TraceElement plain(TraceInformationElement in) {
    DomainSuppliedInformation d = in.domainSuppliedInformation();
    return new TraceElement(
        Domains.read(in.globalDomainIdentifier()),
        Optional.empty(),
        Times.read(d.arrivalTime()),
        action(d.routingAction()),
        Optional.ofNullable(d.attemptedDomain())
            .map(a -> new TraceElement.Attempted(Optional.of(Domains.read(a)), Optional.empty())),
        Optional.ofNullable(d.deferredTime()).map(Times::read),
        Optional.ofNullable(d.convertedEncodedInformationTypes()).map(Types::read),
        others(d.otherActions()),
        Optional.empty());
  }

  private static TraceElement plain(InternalTraceInformationElement in) {
    MTASuppliedInformation m = in.mtaSuppliedInformation();
    return new TraceElement(
        Domains.read(in.globalDomainIdentifier()),
        Optional.of(Raw.characters(in.mtaName())),
        Times.read(m.arrivalTime()),
        action(m.routingAction()),
        Optional.ofNullable(m.attempted()).map(Traces::attempted),
        Optional.ofNullable(m.deferredTime()).map(Times::read),
        Optional.ofNullable(m.convertedEncodedInformationTypes()).map(Types::read),
        others(m.otherActions()),
        Optional.empty());
  }

  private static TraceInformationElement fresh(TraceElement e) {
    return new TraceInformationElement(
        Domains.write(e.domain()),
        DomainSuppliedInformation.builder()
            .arrivalTime(Times.write(e.arrival()))
            .routingAction(action(e.action()))
            .attemptedDomain(attemptedDomain(e))
            .deferredTime(e.deferredUntil().map(Times::write).orElse(null))
            .convertedEncodedInformationTypes(converted(e))
            .otherActions(others(e.other()))
            .build());
  }

  private static InternalTraceInformationElement freshInternal(TraceElement e) {
    return new InternalTraceInformationElement(
        Domains.write(e.domain()),
        Raw.ia5(e.mta().orElse("")),
        MTASuppliedInformation.builder()
            .arrivalTime(Times.write(e.arrival()))
            .routingAction(action(e.action()))
            .attempted(attempted(e))
            .deferredTime(e.deferredUntil().map(Times::write).orElse(null))
            .convertedEncodedInformationTypes(converted(e))
            .otherActions(others(e.other()))
            .build());
  }

  private static TraceElement.Attempted attempted(Attempted in) {
    return switch (in) {
      case Attempted.Mta m ->
          new TraceElement.Attempted(Optional.empty(), Optional.of(Raw.characters(m.value())));
      case Attempted.Domain d ->
          new TraceElement.Attempted(Optional.of(Domains.read(d.value())), Optional.empty());
    };
  }

  private static @Nullable Attempted attempted(TraceElement e) {
    if (e.attemptedDomain().isEmpty()) {
      return null;
    }
    TraceElement.Attempted a = e.attemptedDomain().get();
    return a.mta().isPresent()
        ? new Attempted.Mta(Raw.ia5(a.mta().get()))
        : a.domain().<Attempted>map(d -> new Attempted.Domain(Domains.write(d))).orElse(null);
  }

  private static @Nullable GlobalDomainIdentifier attemptedDomain(TraceElement e) {
    return e.attemptedDomain()
        .flatMap(TraceElement.Attempted::domain)
        .map(Domains::write)
        .orElse(null);
  }

  private static org.heliograph.asn1.x411.@Nullable EncodedInformationTypes converted(
      TraceElement e) {
    Optional<EncodedInformationTypes> converted = e.converted();
    return converted.isPresent() ? Types.write(converted.get()) : null;
  }

  private static Action action(RoutingAction action) {
    return switch (action) {
      case RELAYED -> Action.RELAYED;
      case REROUTED -> Action.REROUTED;
    };
  }

  private static RoutingAction action(Action action) {
    return switch (action) {
      case RELAYED -> RoutingAction.RELAYED;
      case REROUTED -> RoutingAction.REROUTED;
    };
  }

  private static Set<OtherAction> others(BitString bits) {
    Set<OtherAction> others = EnumSet.noneOf(OtherAction.class);
    if (bits.isSet(OtherActions.REDIRECTED)) {
      others.add(OtherAction.REDIRECTED);
    }
    if (bits.isSet(OtherActions.DL_OPERATION)) {
      others.add(OtherAction.DL_OPERATION);
    }
    return others;
  }

  private static BitString others(Set<OtherAction> others) {
    List<Integer> bits = new ArrayList<>();
    if (others.contains(OtherAction.REDIRECTED)) {
      bits.add(OtherActions.REDIRECTED);
    }
    if (others.contains(OtherAction.DL_OPERATION)) {
      bits.add(OtherActions.DL_OPERATION);
    }
    return BitString.ofBits(bits.stream().mapToInt(Integer::intValue).toArray());
  }
}
