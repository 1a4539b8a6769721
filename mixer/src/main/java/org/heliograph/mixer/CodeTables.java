package org.heliograph.mixer;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.heliograph.model.Failure;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.X400Code;

/**
 * Failure codes of one world in the other's words: RFC 2156 5.1.8.4 from mail to X.400, 5.3.8.2
 * from X.400 to mail. The tables are not inverses of each other.
 */
public final class CodeTables {
  /**
   * "subject.detail reason/diagnostic"; a subject's entry for detail 0 stands for all not named.
   */
  private static final String FROM_MAIL =
      "0.0 1, 1.0 1, 1.1 1/0, 1.2 1/0, 1.3 1/0, 1.4 1/1, 1.6 1/43, 1.7 1/11, 1.8 1/11, 2.0 1, "
          + "2.1 1/4, 2.2 1/4, 2.3 1/7, 2.4 1/30, 3.0 0, 3.1 1/2, 3.2 1/2, 3.3 1/18, 3.4 1/7, "
          + "3.5 1, 4.0 0, 4.1 0, 4.2 0, 4.3 6, 4.4 0, 4.5 1/2, 4.6 1/3, 4.7 1/5, 5.0 1, "
          + "5.1 1/14, 5.2 1/14, 5.3 1/16, 5.4 1/14, 5.5 1/18, 6.0 2, 6.1 1/6, 6.2 1/9, 6.3 2/8, "
          + "6.5 2/47, 7.0 1/46, 7.1 1/29, 7.2 1/28, 7.3 1/46, 7.4 1/46, 7.5 1/46, 7.6 1/46, "
          + "7.7 1/46";

  private static final String[] BY_REASON = {
    "4.4.0", "5.0.0", "5.6.3", "5.6.0", "5.1.0", "5.7.1", "5.4.3", "5.3.3"
  };

  private static final String BY_DIAGNOSTIC =
      "0 5.1.1, 1 5.1.4, 2 4.3.1, 3 5.4.6, 4 4.2.1, 5 4.4.7, 6 5.6.1, 7 5.2.3, 8 5.6.3, 9 5.6.3, "
          + "10 5.6.3, 11 5.5.2, 12 5.5.2, 13 5.5.2, 14 5.5.0, 15 5.6.1, 16 5.5.3, 17 5.4.4, "
          + "18 5.3.3, 19 5.6.2, 20 5.6.0, 21 5.6.0, 22 5.6.2, 23 5.6.2, 24 5.6.2, 25 5.6.2, "
          + "26 5.4.0, 27 5.4.6, 28 5.7.2, 29 5.7.1, 30 4.2.4, 31 5.6.0, 43 5.1.6, 46 5.7.0, "
          + "47 5.3.3, 48 5.3.4, 49 4.4.7";

  private static final Map<String, X400Code> TO_X400 = new HashMap<>();
  private static final Map<Integer, String> TO_STATUS = new HashMap<>();

  static {
    for (String entry : FROM_MAIL.split(", ")) {
      String[] pair = entry.split(" ");
      int slash = pair[1].indexOf('/');
      int reason = Integer.parseInt(slash < 0 ? pair[1] : pair[1].substring(0, slash));
      OptionalInt diagnostic =
          slash < 0
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(pair[1].substring(slash + 1)));
      TO_X400.put(pair[0], new X400Code(reason, diagnostic));
    }
    for (String entry : BY_DIAGNOSTIC.split(", ")) {
      String[] pair = entry.split(" ");
      TO_STATUS.put(Integer.parseInt(pair[0]), pair[1]);
    }
    for (int physical = 32; physical <= 45; physical++) {
      TO_STATUS.putIfAbsent(physical, "5.1.0");
    }
  }

  private CodeTables() {}

  /** RFC 2156 5.1.8.4: reason and diagnostic for an enhanced status code. */
  public static X400Code toX400(String enhanced) {
    int dot = enhanced.indexOf('.');
    String detail = enhanced.substring(dot + 1);
    X400Code exact = TO_X400.get(detail);
    if (exact != null) {
      return exact;
    }
    X400Code subject = TO_X400.get(detail.substring(0, Math.max(0, detail.indexOf('.'))) + ".0");
    return subject != null ? X400Code.of(subject.reason()) : X400Code.of(1);
  }

  /** RFC 2156 5.3.8.2: the enhanced status code for reason and diagnostic. */
  public static String toStatus(X400Code code) {
    if (code.diagnostic().isPresent()) {
      String status = TO_STATUS.get(code.diagnostic().getAsInt());
      if (status != null) {
        return status;
      }
    }
    return code.reason() >= 0 && code.reason() < BY_REASON.length
        ? BY_REASON[code.reason()]
        : "5.0.0";
  }

  /** {@code failure} with an SMTP code, from its X.400 code or its cause if it has none yet. */
  public static Failure withSmtp(Failure failure) {
    if (failure.smtp().isPresent()) {
      return failure;
    }
    String status =
        failure
            .x400()
            .map(CodeTables::toStatus)
            .orElseGet(() -> org.heliograph.mail.StatusCodes.of(failure, true));
    return failure.withSmtp(new SmtpCode(status.charAt(0) == '4' ? 450 : 550, status));
  }

  /** {@code failure} with an X.400 code, from its SMTP code or its cause if it has none yet. */
  public static Failure withX400(Failure failure) {
    if (failure.x400().isPresent()) {
      return failure;
    }
    X400Code code =
        failure.smtp().isPresent()
            ? toX400(failure.smtp().get().enhanced())
            : ofCause(failure.cause());
    return failure.withX400(code);
  }

  private static X400Code ofCause(Failure.Cause cause) {
    return switch (cause) {
      case UNKNOWN_RECIPIENT, NO_ROUTE -> X400Code.UNRECOGNISED_OR_NAME;
      case EXPIRED -> X400Code.MAXIMUM_TIME_EXPIRED;
      case TOO_LARGE -> X400Code.CONTENT_TOO_LONG;
      case LOOP -> X400Code.LOOP_DETECTED;
      case REFUSED_BY_PEER, PEER_UNAVAILABLE, INTERNAL ->
          X400Code.of(X400Code.REASON_TRANSFER_FAILURE);
      case CONTENT_NOT_SUPPORTED -> X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, 15);
      case CONTENT_SYNTAX -> X400Code.CONTENT_SYNTAX_ERROR;
      case CRITICAL_EXTENSION -> X400Code.UNSUPPORTED_CRITICAL_FUNCTION;
      case CONVERSION_FAILED -> X400Code.of(X400Code.REASON_CONVERSION_NOT_PERFORMED, 8);
      case PROTECTION_FAILED -> X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, 46);
      case POLICY -> X400Code.of(X400Code.REASON_RESTRICTED_DELIVERY);
      case OPERATOR -> X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER);
    };
  }
}
