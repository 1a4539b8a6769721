package org.heliograph.osi.rtse;

import java.util.List;
import java.util.Set;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.acse.X227;
import org.heliograph.osi.presentation.PPrimitive.Context;

/**
 * What an association is for.
 *
 * @param name of the application context
 * @param transferSyntax abstract syntax of RTSE with the user's bind
 * @param userSyntax abstract syntax of the user's APDUs
 */
public record ApplicationContext(
    ObjectIdentifier name, ObjectIdentifier transferSyntax, ObjectIdentifier userSyntax) {
  /** id-ac-mts-transfer with id-as-mta-rtse and id-as-mtse (X.419 clause 13). */
  public static final ApplicationContext MTS_TRANSFER =
      new ApplicationContext(
          ObjectIdentifier.of("2.6.0.1.6"),
          ObjectIdentifier.of("2.6.0.2.12"),
          ObjectIdentifier.of("2.6.0.2.7"));

  /** What an initiator proposes: ACSE 1, RTSE 3, user 5. */
  List<Context> proposed() {
    return List.of(
        new Context(1, X227.ACSE_ABSTRACT_SYNTAX),
        new Context(3, transferSyntax),
        new Context(5, userSyntax));
  }

  /** What a responder accepts. */
  public Set<ObjectIdentifier> supported() {
    return Set.of(X227.ACSE_ABSTRACT_SYNTAX, transferSyntax, userSyntax);
  }
}
