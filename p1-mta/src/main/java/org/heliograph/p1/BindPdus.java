package org.heliograph.p1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Null;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.AuthenticatedBindArgument;
import org.heliograph.asn1.x411.AuthenticatedBindResult;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.MTABindError;
import org.heliograph.asn1.x411.MTABindResult;
import org.heliograph.asn1.x411.Password;
import org.heliograph.asn1.x411.SecurityLabel;
import org.heliograph.asn1.x411.StrongCredentials;
import org.heliograph.osi.Mode;
import org.heliograph.osi.rtse.OpenRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Bind argument, result and error as octets (X.411 12.1.1; tags [16], [17], [18] of X.419). Read
 * with and without the outer tag, as X.410 mode and old peers send them.
 */
final class BindPdus {
  static final int BUSY = (int) MTABindError.BUSY;
  static final int AUTHENTICATION_ERROR = (int) MTABindError.AUTHENTICATION_ERROR;
  static final int UNACCEPTABLE_DIALOGUE_MODE = (int) MTABindError.UNACCEPTABLE_DIALOGUE_MODE;
  static final int UNACCEPTABLE_SECURITY_CONTEXT = (int) MTABindError.UNACCEPTABLE_SECURITY_CONTEXT;

  /**
   * What one side said of itself.
   *
   * @param name empty for a NULL bind
   * @param password empty for a NULL bind and for credentials other than a password
   * @param strong a bind token with its certificate
   * @param context labels within which the association is to stay; none where none was said
   */
  record Said(
      Optional<String> name,
      Optional<Octets> password,
      Optional<StrongCredentials> strong,
      List<SecurityLabel> context) {
    static final Said NOTHING =
        new Said(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    static Said of(
        Text name,
        org.heliograph.asn1.x411.Credentials credentials,
        @Nullable List<SecurityLabel> context) {
      return new Said(
          Optional.of(name.toString()),
          BindPdus.password(credentials),
          credentials instanceof org.heliograph.asn1.x411.Credentials.Strong strong
              ? Optional.of(strong.value())
              : Optional.empty(),
          context == null ? List.of() : context);
    }
  }

  /**
   * What we say of ourselves.
   *
   * @param credentials a password, or a token made for this bind
   */
  record Given(String name, org.heliograph.asn1.x411.Credentials credentials) {
    static Given password(Credentials ours) {
      return new Given(ours.name(), ours.asn1());
    }
  }

  private BindPdus() {}

  static Octets argument(Optional<Given> ours, Mode mode) {
    MTABindArgument argument =
        ours.<MTABindArgument>map(
                c ->
                    new MTABindArgument.Authenticated(
                        new AuthenticatedBindArgument(Text.ia5(c.name()), c.credentials(), null)))
            .orElseGet(() -> new MTABindArgument.Unauthenticated(Null.NULL));
    return mode.x410()
        ? MTABindArgument.CODEC.encode(argument)
        : BindOperation.CODEC.encode(new BindOperation.Argument(argument));
  }

  static Octets result(Optional<Given> ours, Mode mode) {
    MTABindResult result =
        ours.<MTABindResult>map(
                c ->
                    new MTABindResult.Authenticated(
                        new AuthenticatedBindResult(Text.ia5(c.name()), c.credentials())))
            .orElseGet(() -> new MTABindResult.Unauthenticated(Null.NULL));
    return mode.x410()
        ? MTABindResult.CODEC.encode(result)
        : BindOperation.CODEC.encode(new BindOperation.Result(result));
  }

  static Octets error(int code) {
    return BindOperation.CODEC.encode(new BindOperation.Error((long) code));
  }

  /** The same in X.410-1984 mode, where the transfer service says it (X.419 8.1.1). */
  static OpenRefusal refusal(int code) {
    return switch (code) {
      case BUSY -> OpenRefusal.BUSY;
      case UNACCEPTABLE_DIALOGUE_MODE -> OpenRefusal.UNACCEPTABLE_DIALOGUE_MODE;
      default -> OpenRefusal.VALIDATION_FAILURE;
    };
  }

  static Said readArgument(Octets octets) throws DecodeException {
    MTABindArgument argument =
        isTagged(octets, 16)
            ? ((BindOperation.Argument) BindOperation.CODEC.decode(octets)).value()
            : MTABindArgument.CODEC.decode(octets);
    return switch (argument) {
      case MTABindArgument.Unauthenticated u -> Said.NOTHING;
      case MTABindArgument.Authenticated a ->
          Said.of(
              a.value().initiatorName(),
              a.value().initiatorCredentials(),
              a.value().securityContext());
    };
  }

  static Said readResult(Octets octets) throws DecodeException {
    MTABindResult result =
        isTagged(octets, 17)
            ? ((BindOperation.Result) BindOperation.CODEC.decode(octets)).value()
            : MTABindResult.CODEC.decode(octets);
    return switch (result) {
      case MTABindResult.Unauthenticated u -> Said.NOTHING;
      case MTABindResult.Authenticated a ->
          Said.of(a.value().responderName(), a.value().responderCredentials(), null);
    };
  }

  /** The bind error in words; what cannot be read is shown in hexadecimal. */
  static String describeError(Octets octets) {
    try {
      long code =
          isTagged(octets, 18)
              ? ((BindOperation.Error) BindOperation.CODEC.decode(octets)).value()
              : Codecs.INTEGER.decode(octets);
      return switch ((int) code) {
        case 0 -> "busy (0)";
        case 2 -> "authentication-error (2)";
        case 3 -> "unacceptable-dialogue-mode (3)";
        case 4 -> "unacceptable-security-context (4)";
        case 5 -> "inadequate-association-confidentiality (5)";
        default -> "bind error " + code;
      };
    } catch (DecodeException broken) {
      return String.format(Locale.ROOT, "an error that cannot be read (%s)", octets.hex(32));
    }
  }

  private static boolean isTagged(Octets octets, int number) {
    return !octets.isEmpty() && octets.at(0) == (0xA0 | number);
  }

  private static Optional<Octets> password(org.heliograph.asn1.x411.Credentials credentials) {
    if (credentials instanceof org.heliograph.asn1.x411.Credentials.Simple simple) {
      return Optional.of(
          switch (simple.value()) {
            case Password.Ia5String ia5 -> ia5.value().octets();
            case Password.OctetString octets -> octets.value();
          });
    }
    return Optional.empty();
  }
}
