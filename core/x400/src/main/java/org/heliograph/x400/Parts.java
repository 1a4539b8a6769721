package org.heliograph.x400;

import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.MTSIdentifier;
import org.heliograph.model.Address;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.jspecify.annotations.Nullable;

/**
 * Elements that envelopes of messages, probes and reports have in common, and how each goes along
 * as {@link Kept} where the model cannot say how it came.
 */
final class Parts {
  private static final int MOST_RECIPIENT_NUMBER = 32767;

  private Parts() {}

  static org.heliograph.asn1.x411.@Nullable EncodedInformationTypes encodedTypes(
      org.heliograph.model.EncodedInformationTypes types, List<Extension> extensions) {
    var kept =
        kept(
            Kept.ENCODED_INFORMATION_TYPES,
            org.heliograph.asn1.x411.EncodedInformationTypes.CODEC,
            extensions);
    if (kept != null && Types.read(kept).equals(types)) {
      return kept;
    }
    return types.isEmpty() ? null : Types.write(types);
  }

  static void keepTypes(
      List<Extension> extensions, org.heliograph.asn1.x411.EncodedInformationTypes types) {
    org.heliograph.model.EncodedInformationTypes read = Types.read(types);
    if (read.isEmpty() || !Types.write(read).equals(types)) {
      keep(
          extensions,
          Kept.ENCODED_INFORMATION_TYPES,
          org.heliograph.asn1.x411.EncodedInformationTypes.CODEC,
          types);
    }
  }

  static MTSIdentifier identifier(
      Identification names, Kept place, List<Extension> extensions, String what) {
    MtsIdentifier id =
        names
            .mtsIdentifier()
            .orElseThrow(() -> new IllegalArgumentException(what + " has no MTS identifier"));
    MTSIdentifier kept = kept(place, MTSIdentifier.CODEC, extensions);
    return kept != null && Domains.read(kept).equals(id) ? kept : Domains.write(id);
  }

  static @Nullable Text contentIdentifier(Identification names) {
    return names.contentIdentifier().map(Raw::printable).orElse(null);
  }

  static OrAddress x400(Address address) {
    if (address instanceof OrAddress or) {
      return or;
    }
    throw new IllegalArgumentException(address.display() + " is no O/R address");
  }

  static long bounded(int number) {
    return Math.clamp(number, 1, MOST_RECIPIENT_NUMBER);
  }

  static <T extends Object> void keep(
      List<Extension> extensions, Kept place, Codec<T> codec, T value) {
    extensions.add(place.of(Raw.bytes(codec.encode(value))));
  }

  static <T extends Object> @Nullable T kept(
      Kept place, Codec<T> codec, List<Extension> extensions) {
    Optional<Bytes> octets = place.in(extensions);
    if (octets.isEmpty()) {
      return null;
    }
    try {
      return new Any(Raw.octets(octets.get())).as(codec);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("what was kept as " + place + " is none", e);
    }
  }
}
