package org.heliograph.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Per-message indications that say what may and may not be done on the way.
 *
 * @param flags what was asked for
 * @param contentReturn what of the content a non-delivery report returns (X.411
 *     content-return-request, RFC 3461 RET)
 * @param bodyType what SMTP's BODY parameter said (RFC 6152, RFC 3030)
 */
public record Handling(Set<Flag> flags, ContentReturn contentReturn, BodyType bodyType) {
  /** Indications of X.411 PerMessageIndicators and of its extensions, and of SMTP. */
  public enum Flag {
    /** disclosure-of-other-recipients is allowed. */
    DISCLOSURE_OF_OTHER_RECIPIENTS,
    /** implicit-conversion-prohibited. */
    IMPLICIT_CONVERSION_PROHIBITED,
    /** alternate-recipient-allowed. */
    ALTERNATE_RECIPIENT_ALLOWED,
    /** conversion-with-loss-prohibited (extension 4). */
    CONVERSION_WITH_LOSS_PROHIBITED,
    /** dl-expansion-prohibited (extension 3). */
    DL_EXPANSION_PROHIBITED,
    /** recipient-reassignment-prohibited (extension 1). */
    RECIPIENT_REASSIGNMENT_PROHIBITED,
    /** SMTPUTF8 was given (RFC 6531). */
    SMTPUTF8
  }

  /** What a non-delivery report is to return. */
  public enum ContentReturn {
    /** Nothing was said. */
    UNSPECIFIED,
    /** RET=HDRS; X.411: content is not to be returned. */
    HEADERS,
    /** RET=FULL; X.411: content is to be returned. */
    FULL
  }

  /** RFC 6152 and RFC 3030 body types. */
  public enum BodyType {
    SEVEN_BIT,
    EIGHT_BIT_MIME,
    BINARY_MIME
  }

  private static final Handling DEFAULT =
      new Handling(Set.of(), ContentReturn.UNSPECIFIED, BodyType.SEVEN_BIT);

  public Handling {
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
  }

  /** Nothing asked. */
  public static Handling unspecified() {
    return DEFAULT;
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** This with {@code flag} set. */
  public Handling with(Flag flag) {
    EnumSet<Flag> more = EnumSet.of(flag);
    more.addAll(flags);
    return new Handling(more, contentReturn, bodyType);
  }
}
