package org.heliograph.x400;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.x411.ConversionWithLossProhibited;
import org.heliograph.asn1.x411.DLExpansionProhibited;
import org.heliograph.asn1.x411.InternalTraceInformation;
import org.heliograph.asn1.x411.RecipientReassignmentProhibited;
import org.heliograph.asn1.x411.Time;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Extension.Criticality;
import org.heliograph.model.Label;
import org.heliograph.model.TraceElement;

/**
 * A standard extension that the model has a component for. The component is what counts. The
 * extension stays in the list beside it only when it came in another form than we write (another
 * criticality, a value that means absence); then it leaves in that form while it still says the
 * same as the component.
 *
 * @param <C> the component
 */
final class Slot<C extends Object> {
  private static final Set<Criticality> DELIVERY = Set.of(Criticality.DELIVERY);

  static final Slot<Boolean> REASSIGNMENT_PROHIBITED =
      flag(
          X411.RECIPIENT_REASSIGNMENT_PROHIBITED,
          RecipientReassignmentProhibited.CODEC,
          RecipientReassignmentProhibited.RECIPIENT_REASSIGNMENT_PROHIBITED);
  static final Slot<Boolean> DL_EXPANSION_PROHIBITED =
      flag(
          X411.DL_EXPANSION_PROHIBITED,
          DLExpansionProhibited.CODEC,
          DLExpansionProhibited.DL_EXPANSION_PROHIBITED);
  static final Slot<Boolean> CONVERSION_WITH_LOSS_PROHIBITED =
      flag(
          X411.CONVERSION_WITH_LOSS_PROHIBITED,
          ConversionWithLossProhibited.CODEC,
          ConversionWithLossProhibited.CONVERSION_WITH_LOSS_PROHIBITED);
  static final Slot<Instant> LATEST_DELIVERY =
      new Slot<>(
          X411.LATEST_DELIVERY_TIME,
          DELIVERY,
          v -> Optional.of(Time.CODEC.decode(Raw.octets(v)).instant()),
          c -> Raw.bytes(Time.CODEC.encode(Times.write(c))));
  static final Slot<Label> LABEL =
      new Slot<>(
          X411.MESSAGE_SECURITY_LABEL,
          DELIVERY,
          v -> Optional.of(Labels.decodeX411(v)),
          c -> Raw.bytes(org.heliograph.asn1.x411.SecurityLabel.CODEC.encode(Labels.x411(c))));
  static final Slot<Bytes> CORRELATOR =
      new Slot<>(X411.CONTENT_CORRELATOR, Set.of(), Optional::of, c -> c);
  static final Slot<List<TraceElement>> INTERNAL_TRACE =
      new Slot<>(
          X411.INTERNAL_TRACE_INFORMATION,
          Set.of(),
          v ->
              Optional.of(Traces.readInternal(InternalTraceInformation.CODEC.decode(Raw.octets(v))))
                  .filter(t -> !t.isEmpty()),
          c -> Raw.bytes(InternalTraceInformation.CODEC.encode(Traces.writeInternal(c))));

  /** Reads a value. */
  private interface Reader<C extends Object> {
    Optional<C> read(Bytes value) throws DecodeException;
  }

  /** Writes a value. */
  private interface Writer<C extends Object> {
    Bytes write(C component);
  }

  private final int number;
  private final Set<Criticality> recommended;
  private final Reader<C> reader;
  private final Writer<C> writer;

  private Slot(long number, Set<Criticality> recommended, Reader<C> reader, Writer<C> writer) {
    this.number = (int) number;
    this.recommended = recommended;
    this.reader = reader;
    this.writer = writer;
  }

  private static <E extends Enum<E>> Slot<Boolean> flag(long number, Codec<E> codec, E set) {
    return new Slot<>(
        number,
        DELIVERY,
        v -> codec.decode(Raw.octets(v)) == set ? Optional.of(true) : Optional.empty(),
        c -> Raw.bytes(codec.encode(set)));
  }

  /** Takes the component out of {@code extensions}, which loses the extension if we write it so. */
  Optional<C> take(List<Extension> extensions) {
    Optional<Extension> found = find(extensions);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<C> component = read(found.get());
    if (component.isPresent() && found.get().equals(extension(recommended, component.get()))) {
      extensions.remove(found.get());
    }
    return component;
  }

  /** Puts the component into {@code extensions}. */
  void put(List<Extension> extensions, Optional<C> component) {
    Optional<Extension> found = find(extensions);
    if (found.isPresent()) {
      if (read(found.get()).equals(component)) {
        return;
      }
      extensions.remove(found.get());
    }
    if (component.isPresent()) {
      extensions.add(
          extension(found.map(Extension::criticality).orElse(recommended), component.get()));
    }
  }

  private Optional<Extension> find(List<Extension> extensions) {
    return extensions.stream().filter(e -> e.is(number)).findFirst();
  }

  private Extension extension(Set<Criticality> criticality, C component) {
    return new Extension(new Extension.Standard(number), criticality, writer.write(component));
  }

  private Optional<C> read(Extension e) {
    try {
      return reader.read(e.value());
    } catch (DecodeException broken) {
      // No value of the type: it is carried as it came and says nothing to us.
      return Optional.empty();
    }
  }
}
