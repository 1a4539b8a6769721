package org.heliograph.model;

import java.util.Optional;

/**
 * The names by which others know a message, each world its own.
 *
 * @param mtsIdentifier X.411 message-identifier
 * @param contentIdentifier X.411 content-identifier, at most 16 characters
 * @param contentCorrelator X.411 content-correlator, BER octets of the extension value
 * @param ipmIdentifier the IPM identifier in text form
 * @param messageId RFC 5322 Message-ID without angle brackets
 * @param envelopeId RFC 3461 ENVID, decoded
 */
public record Identification(
    Optional<MtsIdentifier> mtsIdentifier,
    Optional<String> contentIdentifier,
    Optional<Bytes> contentCorrelator,
    Optional<String> ipmIdentifier,
    Optional<String> messageId,
    Optional<String> envelopeId) {
  private static final Identification NONE =
      new Identification(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Nothing known. */
  public static Identification none() {
    return NONE;
  }

  public Identification withMtsIdentifier(MtsIdentifier id) {
    return new Identification(
        Optional.of(id),
        contentIdentifier,
        contentCorrelator,
        ipmIdentifier,
        messageId,
        envelopeId);
  }

  public Identification withContentIdentifier(Optional<String> id) {
    return new Identification(
        mtsIdentifier, id, contentCorrelator, ipmIdentifier, messageId, envelopeId);
  }

  public Identification withContentCorrelator(Optional<Bytes> correlator) {
    return new Identification(
        mtsIdentifier, contentIdentifier, correlator, ipmIdentifier, messageId, envelopeId);
  }

  public Identification withIpmIdentifier(Optional<String> id) {
    return new Identification(
        mtsIdentifier, contentIdentifier, contentCorrelator, id, messageId, envelopeId);
  }

  public Identification withMessageId(Optional<String> id) {
    return new Identification(
        mtsIdentifier, contentIdentifier, contentCorrelator, ipmIdentifier, id, envelopeId);
  }

  public Identification withEnvelopeId(Optional<String> id) {
    return new Identification(
        mtsIdentifier, contentIdentifier, contentCorrelator, ipmIdentifier, messageId, id);
  }
}
