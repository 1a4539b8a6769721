package org.heliograph.model;

import java.util.List;
import java.util.Optional;

/**
 * One recipient in an envelope.
 *
 * @param id its number within the message
 * @param address where the message goes for it
 * @param originalNumber X.411 originally-specified-recipient-number
 * @param responsible whether this switch is responsible for it; a recipient that is not only stands
 *     in the envelope
 * @param reportRequest what is to be reported
 * @param originalRecipient ORCPT
 * @param extensions per-recipient extensions that have no component of their own here, as they came
 */
public record Recipient(
    RecipientId id,
    Address address,
    int originalNumber,
    boolean responsible,
    ReportRequest reportRequest,
    Optional<OriginalRecipient> originalRecipient,
    List<Extension> extensions) {
  public Recipient {
    extensions = List.copyOf(extensions);
  }

  /** A recipient of whom nothing more is said. */
  public static Recipient of(int number, Address address) {
    return new Recipient(
        new RecipientId(number),
        address,
        number,
        true,
        ReportRequest.unspecified(),
        Optional.empty(),
        List.of());
  }

  public Recipient withAddress(Address other) {
    return new Recipient(
        id, other, originalNumber, responsible, reportRequest, originalRecipient, extensions);
  }

  public Recipient withId(RecipientId other) {
    return new Recipient(
        other, address, originalNumber, responsible, reportRequest, originalRecipient, extensions);
  }

  public Recipient withReportRequest(ReportRequest other) {
    return new Recipient(
        id, address, originalNumber, responsible, other, originalRecipient, extensions);
  }

  public Recipient withOriginalRecipient(Optional<OriginalRecipient> other) {
    return new Recipient(
        id, address, originalNumber, responsible, reportRequest, other, extensions);
  }

  public Recipient withExtensions(List<Extension> other) {
    return new Recipient(
        id, address, originalNumber, responsible, reportRequest, originalRecipient, other);
  }

  public Recipient withResponsible(boolean other) {
    return new Recipient(
        id, address, originalNumber, other, reportRequest, originalRecipient, extensions);
  }
}
