package org.heliograph.x400;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.x411.ContentType;
import org.heliograph.asn1.x411.EncodedInformationTypes;
import org.heliograph.model.Oid;

/**
 * Content types (X.411 8.2.1.1.1.34) and encoded information types (8.5.6) between model and ASN.1.
 */
public final class Types {
  private static final int MOST_BITS = 2048;

  private Types() {}

  public static org.heliograph.model.ContentType read(ContentType type) {
    return switch (type) {
      case ContentType.BuiltIn b ->
          new org.heliograph.model.ContentType.BuiltIn(
              Math.clamp(b.value(), Integer.MIN_VALUE, Integer.MAX_VALUE));
      case ContentType.Extended e ->
          new org.heliograph.model.ContentType.Extended(Raw.oid(e.value()));
    };
  }

  /**
   * The X.411 content type.
   *
   * @throws IllegalArgumentException for mail, which has none
   */
  public static ContentType write(org.heliograph.model.ContentType type) {
    return switch (type) {
      case org.heliograph.model.ContentType.BuiltIn b -> new ContentType.BuiltIn((long) b.number());
      case org.heliograph.model.ContentType.Extended e ->
          new ContentType.Extended(Raw.oid(e.oid()));
      case org.heliograph.model.ContentType.Mail m ->
          throw new IllegalArgumentException("Internet mail is no X.411 content type");
    };
  }

  /** The types named; parameters of facsimile and teletex are not in the model. */
  public static org.heliograph.model.EncodedInformationTypes read(EncodedInformationTypes types) {
    BitString bits = types.builtInEncodedInformationTypes();
    Set<Integer> builtIn = new TreeSet<>();
    for (int bit = 0; bit < Math.min(MOST_BITS, bits.length()); bit++) {
      if (bits.isSet(bit)) {
        builtIn.add(bit);
      }
    }
    List<Oid> extended =
        types.extendedEncodedInformationTypes() == null
            ? List.of()
            : types.extendedEncodedInformationTypes().stream().map(Raw::oid).toList();
    return new org.heliograph.model.EncodedInformationTypes(builtIn, extended);
  }

  public static EncodedInformationTypes write(org.heliograph.model.EncodedInformationTypes types) {
    return new EncodedInformationTypes(
        BitString.ofBits(types.builtIn().stream().mapToInt(Integer::intValue).toArray()),
        BitString.EMPTY,
        null,
        types.extended().isEmpty() ? null : types.extended().stream().map(Raw::oid).toList());
  }
}
