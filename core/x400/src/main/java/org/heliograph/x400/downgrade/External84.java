package org.heliograph.x400.downgrade;

import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ContentType;
import org.heliograph.model.Oid;

/**
 * Content type external (1): a content whose type only 1988 can name, inside an EXTERNAL whose
 * direct reference names it (X.411 8.2.1.1.1.34; the comment in its ASN.1 says so).
 */
public final class External84 {
  /** external (1), reserved for interworking between 1988 and 1984. */
  public static final ContentType EXTERNAL = new ContentType.BuiltIn(1);

  /**
   * What an EXTERNAL holds.
   *
   * @param type by its direct reference
   * @param content by reference
   */
  public record Inner(ContentType type, Octets content) {}

  private External84() {}

  /** {@code content} of type {@code type} in an EXTERNAL, octet-aligned. */
  static Octets wrap(ContentType.Extended type, Octets content) {
    return External.CODEC.encode(
        new External(
            ObjectIdentifier.of(type.oid().dotted()),
            null,
            null,
            new External.Encoding.OctetAligned(content)));
  }

  /** What is in it; empty if it is no EXTERNAL that names its type. */
  public static Optional<Inner> unwrap(Octets content) {
    try {
      External in = External.CODEC.decode(content);
      if (in.directReference() == null) {
        return Optional.empty();
      }
      ContentType type = new ContentType.Extended(new Oid(in.directReference().toString()));
      return switch (in.encoding()) {
        case External.Encoding.OctetAligned o -> Optional.of(new Inner(type, o.value()));
        case External.Encoding.SingleAsn1Type s -> Optional.of(new Inner(type, s.value().octets()));
        case External.Encoding.Arbitrary a -> Optional.empty();
      };
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
