package org.heliograph.x400;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.ExtensionField;
import org.heliograph.asn1.x411.ExtensionType;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Extension.Criticality;

/**
 * Extension fields (X.411 9.1) between ASN.1 and the model: type, criticality and the octets of the
 * value. An absent value is one of no octets.
 */
final class ExtensionFields {
  private static final Criticality[] BITS = Criticality.values();

  private ExtensionFields() {}

  /** As they came, but for those under the arc that {@link Kept} uses inside. */
  static List<Extension> read(List<ExtensionField> fields) {
    List<Extension> out = new ArrayList<>(fields.size());
    for (ExtensionField f : fields) {
      Extension e = read(f);
      if (!Kept.is(e)) {
        out.add(e);
      }
    }
    return out;
  }

  private static Extension read(ExtensionField field) {
    Extension.Type type =
        switch (field.type()) {
          case ExtensionType.StandardExtension s ->
              new Extension.Standard(Math.clamp(s.value(), Integer.MIN_VALUE, Integer.MAX_VALUE));
          case ExtensionType.PrivateExtension p -> new Extension.Private(Raw.oid(p.value()));
        };
    Set<Criticality> criticality = EnumSet.noneOf(Criticality.class);
    for (Criticality c : BITS) {
      if (field.criticality().isSet(c.ordinal())) {
        criticality.add(c);
      }
    }
    Bytes value = field.value() == null ? Bytes.empty() : Raw.bytes(field.value().octets());
    return new Extension(type, criticality, value);
  }

  /** Standard ones by number, then private ones; a SET OF has no order of its own. */
  static List<ExtensionField> write(List<Extension> extensions) {
    return extensions.stream()
        .filter(e -> !Kept.is(e))
        .sorted(Comparator.comparingInt(ExtensionFields::order))
        .map(ExtensionFields::write)
        .toList();
  }

  private static int order(Extension e) {
    return e.type() instanceof Extension.Standard s ? s.number() : Integer.MAX_VALUE;
  }

  private static ExtensionField write(Extension e) {
    ExtensionType type =
        switch (e.type()) {
          case Extension.Standard s -> new ExtensionType.StandardExtension((long) s.number());
          case Extension.Private p -> new ExtensionType.PrivateExtension(Raw.oid(p.oid()));
        };
    int[] bits = e.criticality().stream().mapToInt(Criticality::ordinal).toArray();
    Octets value = Raw.octets(e.value());
    return new ExtensionField(
        type, BitString.ofBits(bits), value.isEmpty() ? null : new org.heliograph.asn1.Any(value));
  }
}
