package org.heliograph.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a report says about one recipient.
 *
 * @param actual the recipient as it was handled last (X.411 actual-recipient-name, RFC 3464
 *     Final-Recipient)
 * @param original as the originator named it (RFC 3464 Original-Recipient)
 * @param originalNumber X.411 originally-specified-recipient-number, from 1
 * @param result what became of it
 * @param lastAttempt when
 * @param remoteMta who said so, as a name without type
 * @param supplementary X.411 supplementary-information, at most 256 characters
 * @param converted encoded information types after a conversion
 * @param extensions per-recipient extensions as they came
 */
public record ReportedRecipient(
    Address actual,
    Optional<OriginalRecipient> original,
    int originalNumber,
    Result result,
    Optional<Instant> lastAttempt,
    Optional<String> remoteMta,
    Optional<String> supplementary,
    Optional<EncodedInformationTypes> converted,
    List<Extension> extensions) {
  /** What became of a recipient (RFC 3464 2.3.3, X.411 report-type). */
  public sealed interface Result {}

  /**
   * Delivered.
   *
   * @param at the time of delivery
   * @param typeOfUser X.411 type-of-MTS-user: 0 public, 1 private, 2 ms, 3 dl, 4 pdau, 5
   *     physical-recipient, 6 other
   */
  public record Delivered(Instant at, int typeOfUser) implements Result {}

  /** Handed on to a system that sends no positive reports (RFC 3461 5.2.2). */
  public record Relayed(Instant at) implements Result {}

  /** Expanded as a list. */
  public record Expanded(Instant at) implements Result {}

  /** Still being tried. */
  public record Delayed(Failure failure, Optional<Instant> until) implements Result {}

  /** Failed for good. */
  public record Failed(Failure failure) implements Result {}

  public ReportedRecipient {
    extensions = List.copyOf(extensions);
  }

  public ReportedRecipient withActual(Address other) {
    return new ReportedRecipient(
        other,
        original,
        originalNumber,
        result,
        lastAttempt,
        remoteMta,
        supplementary,
        converted,
        extensions);
  }

  public ReportedRecipient withOriginal(Optional<OriginalRecipient> other) {
    return new ReportedRecipient(
        actual,
        other,
        originalNumber,
        result,
        lastAttempt,
        remoteMta,
        supplementary,
        converted,
        extensions);
  }

  public ReportedRecipient withOriginalNumber(int other) {
    return new ReportedRecipient(
        actual,
        original,
        other,
        result,
        lastAttempt,
        remoteMta,
        supplementary,
        converted,
        extensions);
  }

  public ReportedRecipient withResult(Result other) {
    return new ReportedRecipient(
        actual,
        original,
        originalNumber,
        other,
        lastAttempt,
        remoteMta,
        supplementary,
        converted,
        extensions);
  }

  public ReportedRecipient withExtensions(List<Extension> others) {
    return new ReportedRecipient(
        actual,
        original,
        originalNumber,
        result,
        lastAttempt,
        remoteMta,
        supplementary,
        converted,
        others);
  }
}
