package org.heliograph.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The military header fields of RFC 6477, each at most once.
 *
 * @param exemptedAddresses MMHS-Exempted-Address
 * @param extendedAuthorisation MMHS-Extended-Authorisation-Info
 * @param subjectIndicatorCodes MMHS-Subject-Indicator-Codes, of 3 to 8 characters
 * @param handlingInstructions MMHS-Handling-Instructions
 * @param messageInstructions MMHS-Message-Instructions
 * @param codressIndicator MMHS-Codress-Message-Indicator
 * @param originatorReference MMHS-Originator-Reference
 * @param primaryPrecedence MMHS-Primary-Precedence, 0 to 31
 * @param copyPrecedence MMHS-Copy-Precedence, 0 to 31
 * @param messageType MMHS-Message-Type
 * @param otherRecipientsTo MMHS-Other-Recipients-Indicator-To
 * @param otherRecipientsCc MMHS-Other-Recipients-Indicator-CC
 * @param acp127Identifier MMHS-Acp127-Message-Identifier
 * @param originatorPlad MMHS-Originator-PLAD
 */
public record MmhsFields(
    List<MailAddress> exemptedAddresses,
    Optional<OffsetDateTime> extendedAuthorisation,
    List<String> subjectIndicatorCodes,
    List<String> handlingInstructions,
    List<String> messageInstructions,
    OptionalInt codressIndicator,
    Optional<String> originatorReference,
    OptionalInt primaryPrecedence,
    OptionalInt copyPrecedence,
    Optional<MessageType> messageType,
    List<String> otherRecipientsTo,
    List<String> otherRecipientsCc,
    Optional<String> acp127Identifier,
    Optional<String> originatorPlad) {

  /** What all names of these fields begin with. */
  public static final String PREFIX = "MMHS-";

  /**
   * RFC 6477 3.10.
   *
   * @param type 0 exercise, 1 operation, 2 project, 3 drill; to 255
   */
  public record MessageType(int type, Optional<String> identifier) {}

  public MmhsFields {
    exemptedAddresses = List.copyOf(exemptedAddresses);
    subjectIndicatorCodes = List.copyOf(subjectIndicatorCodes);
    handlingInstructions = List.copyOf(handlingInstructions);
    messageInstructions = List.copyOf(messageInstructions);
    otherRecipientsTo = List.copyOf(otherRecipientsTo);
    otherRecipientsCc = List.copyOf(otherRecipientsCc);
  }

  /** No field at all. */
  public static MmhsFields none() {
    return new MmhsFields(
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether {@code name} is the name of one of these fields. */
  public static boolean isMilitary(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }
}
