package org.heliograph.x400;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Bytes;
import org.heliograph.model.Extension;
import org.heliograph.model.Oid;

/**
 * Parts of P1 envelopes that the model has no component for, carried as private extensions under an
 * arc of our own so that they leave as they came. They exist inside the switch only: never written
 * as extensions, and refused as such when a peer sends one.
 *
 * <p>Where the model has a component but cannot say how it was written (bits that count for
 * nothing, a time without seconds), the component decides and the kept octets are only used while
 * they say the same.
 */
public enum Kept {
  /** The element {@code per-domain-bilateral-information}. */
  BILATERAL_INFORMATION(1),
  /** Original encoded information types, with parameters of facsimile and teletex. */
  ENCODED_INFORMATION_TYPES(2),
  /** The BIT STRING of per-message indicators. */
  PER_MESSAGE_INDICATORS(3),
  /** The BIT STRING of per-recipient indicators. */
  PER_RECIPIENT_INDICATORS(4),
  /** The UTCTime of deferred-delivery-time. */
  DEFERRED_DELIVERY_TIME(5),
  /** The INTEGER of explicit-conversion. */
  EXPLICIT_CONVERSION(6),
  /** The INTEGER of a probe's content-length. */
  CONTENT_LENGTH(7),
  /** The element {@code additional-information} of a report. */
  ADDITIONAL_INFORMATION(8),
  /** The ORName of originally-intended-recipient-name. */
  ORIGINALLY_INTENDED_RECIPIENT(9),
  /** The LastTraceInformation of a reported recipient. */
  LAST_TRACE(10),
  /** The MTSIdentifier of message, probe or report. */
  IDENTIFIER(11),
  /** The MTSIdentifier of a report's subject. */
  SUBJECT_IDENTIFIER(12);

  /** A UUID arc (X.667), ours alone. */
  private static final String ARC = "2.25.181426327914872340169483297611035870214.";

  private final String oid;

  Kept(int number) {
    oid = ARC + number;
  }

  /** The extension that carries {@code element}. */
  public Extension of(Bytes element) {
    return new Extension(new Extension.Private(new Oid(oid)), Set.of(), element);
  }

  /** What was kept, if anything. */
  public Optional<Bytes> in(List<Extension> extensions) {
    for (Extension e : extensions) {
      if (e.type() instanceof Extension.Private p && p.oid().dotted().equals(oid)) {
        return Optional.of(e.value());
      }
    }
    return Optional.empty();
  }

  /** Whether {@code extension} is one of these and so no extension of the protocol. */
  public static boolean is(Extension extension) {
    return extension.type() instanceof Extension.Private p && p.oid().dotted().startsWith(ARC);
  }
}
