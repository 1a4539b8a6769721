package org.heliograph.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about the other names of a recipient when it is redirected or a list is
 * expanded, and what of that a report says. X.400 keeps it in extensions (X.411 8.2.1.1.1.5,
 * 8.3.1.1.1); {@code x400} knows their form.
 */
public interface Readdressing {
  /** X.411 RedirectionReason. */
  enum Reason {
    RECIPIENT_ASSIGNED,
    ORIGINATOR_REQUESTED,
    MD_ASSIGNED,
    DIRECTORY_LOOKUP,
    ALIAS
  }

  /** Without any history: the address changes and that is all. */
  Readdressing NONE = new Readdressing() {};

  /** The alternate recipient that the originator asked for. */
  default Optional<Address> requestedAlternate(Recipient recipient) {
    return Optional.empty();
  }

  /** The names under which a recipient was intended before, the first one first. */
  default List<Address> intended(Recipient recipient) {
    return List.of();
  }

  /** The recipient under another address. */
  default Recipient redirected(Recipient recipient, Address to, Reason reason, Instant at) {
    return recipient.withAddress(to);
  }

  /** The lists that a message went through, the first one first. */
  default List<Address> expanded(Envelope envelope) {
    return List.of();
  }

  /** The envelope behind the expansion of {@code list}. */
  default Envelope expanded(Envelope envelope, Address list, Instant at) {
    return envelope;
  }

  /**
   * What a report says of the way of its subject: the originator, then the lists, in order (X.411
   * originator-and-DL-expansion-history); empty if it says nothing.
   */
  default List<Address> way(Envelope report) {
    return List.of();
  }

  /** What a report says of {@code recipient}, with what it must repeat of its history. */
  default ReportedRecipient reported(ReportedRecipient said, Recipient recipient) {
    return said;
  }

  /** Whether the originator, not only the MTA where it was submitted, wants to hear this. */
  default boolean originatorWants(ReportedRecipient said) {
    return true;
  }

  /**
   * The extensions of a report about {@code subject}: through which lists it went.
   *
   * @param list the list that reports, if one does
   */
  default List<Extension> reported(Envelope subject, Optional<Address> list) {
    return List.of();
  }
}
