package org.heliograph.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery status notification says (RFC 3464).
 *
 * @param envelopeId Original-Envelope-Id, decoded
 * @param originalMessageId Message-ID of the returned message or header, without angle brackets
 * @param reportingMta name of the reporting MTA, without type
 * @param arrival Arrival-Date
 * @param recipients about whom, in order
 * @param fields of the first group, all of them
 */
public record DeliveryStatus(
    Optional<String> envelopeId,
    Optional<String> originalMessageId,
    String reportingMta,
    Optional<OffsetDateTime> arrival,
    List<PerRecipient> recipients,
    Header fields) {

  /** RFC 3464 2.3.3. */
  public enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED
  }

  /** A value with the type before it, as in {@code rfc822;a@b.example}. */
  public record Typed(String type, String value) {}

  /**
   * What it says about one recipient.
   *
   * @param status for example {@code 5.1.1}
   * @param remoteMta Remote-MTA
   * @param diagnostic Diagnostic-Code
   * @param fields of its group, all of them
   */
  public record PerRecipient(
      Optional<Typed> original,
      Typed finalRecipient,
      Action action,
      String status,
      Optional<String> remoteMta,
      Optional<Typed> diagnostic,
      Optional<OffsetDateTime> lastAttempt,
      Header fields) {}

  public DeliveryStatus {
    recipients = List.copyOf(recipients);
  }
}
