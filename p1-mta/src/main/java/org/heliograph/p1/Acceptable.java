package org.heliograph.p1;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentType;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Oid;
import org.heliograph.model.X400Code;

/**
 * What a peer takes. This MTA converts nothing on the way to a peer (X.411 14.3.5): what would have
 * to be converted is not transferred.
 *
 * @param contents content types; none named: all
 * @param types encoded information types; none named: all
 */
public record Acceptable(Set<ContentType> contents, EncodedInformationTypes types) {
  private static final int TYPES_UNSUPPORTED = 6;
  private static final int IMPLICIT_CONVERSION_PROHIBITED = 9;
  private static final int CONTENT_TYPE_NOT_SUPPORTED = 15;

  /** Everything. */
  public static final Acceptable ALL = new Acceptable(Set.of(), EncodedInformationTypes.none());

  public Acceptable {
    contents = Set.copyOf(contents);
  }

  /** Why a message or probe cannot go there; reports always can. */
  Optional<Failure> objection(Envelope envelope, String peer) {
    if (envelope.kind() == Envelope.Kind.REPORT) {
      return Optional.empty();
    }
    if (!contents.isEmpty() && !contents.contains(envelope.contentType())) {
      return Optional.of(
          failure(
              Failure.Cause.CONTENT_NOT_SUPPORTED,
              peer + " does not take content type " + envelope.contentType(),
              X400Code.REASON_UNABLE_TO_TRANSFER,
              CONTENT_TYPE_NOT_SUPPORTED));
    }
    if (types.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> builtIn = new HashSet<>(envelope.encodedInformationTypes().builtIn());
    builtIn.removeAll(types.builtIn());
    List<Oid> extended =
        envelope.encodedInformationTypes().extended().stream()
            .filter(t -> !types.extended().contains(t))
            .toList();
    if (builtIn.isEmpty() && extended.isEmpty()) {
      return Optional.empty();
    }
    String text = peer + " does not take encoded information types " + builtIn + " " + extended;
    return Optional.of(
        envelope.handling().has(Flag.IMPLICIT_CONVERSION_PROHIBITED)
            ? failure(
                Failure.Cause.CONVERSION_FAILED,
                text + ", and conversion is prohibited",
                X400Code.REASON_CONVERSION_NOT_PERFORMED,
                IMPLICIT_CONVERSION_PROHIBITED)
            : failure(
                Failure.Cause.CONVERSION_FAILED,
                text + ", and nothing is converted here",
                X400Code.REASON_UNABLE_TO_TRANSFER,
                TYPES_UNSUPPORTED));
  }

  private static Failure failure(Failure.Cause cause, String text, int reason, int diagnostic) {
    return Failure.of(cause, text).withX400(X400Code.of(reason, diagnostic));
  }
}
