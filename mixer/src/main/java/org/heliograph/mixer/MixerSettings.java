package org.heliograph.mixer;

import org.heliograph.model.GlobalDomain;
import org.heliograph.x400.PrecedencePairing;

/**
 * What the gateway is told.
 *
 * @param addresses maps mailboxes and O/R addresses
 * @param domain this switch's global domain, for trace and identifiers
 * @param mtaName this switch's MTA name, at most 32 characters
 * @param mailHost this switch's name in mail: Received fields and Message-IDs made here
 * @param attachments how octets without a file name go to X.400 (RFC 2157 chapter 8)
 * @param pairing of precedence with X.411 priority, for the Priority field
 * @param limits of one conversion
 */
public record MixerSettings(
    AddressMapper addresses,
    GlobalDomain domain,
    String mtaName,
    String mailHost,
    Attachments attachments,
    PrecedencePairing pairing,
    MixerLimits limits) {

  /** How application/octet-stream without a file name goes to X.400. */
  public enum Attachments {
    /** As a file transfer body part, which loses nothing. */
    FILE_TRANSFER,
    /** As a bilaterally defined body part, for user agents of 1984. */
    BILATERAL
  }

  /** Settings with defaults: file transfer body parts, the common pairing, default limits. */
  public static MixerSettings at(
      AddressMapper addresses, GlobalDomain domain, String mtaName, String mailHost) {
    return new MixerSettings(
        addresses,
        domain,
        mtaName,
        mailHost,
        Attachments.FILE_TRANSFER,
        PrecedencePairing.COMMON,
        MixerLimits.DEFAULT);
  }

  public MixerSettings withAttachments(Attachments other) {
    return new MixerSettings(addresses, domain, mtaName, mailHost, other, pairing, limits);
  }

  public MixerSettings withPairing(PrecedencePairing other) {
    return new MixerSettings(addresses, domain, mtaName, mailHost, attachments, other, limits);
  }

  public MixerSettings withLimits(MixerLimits other) {
    return new MixerSettings(addresses, domain, mtaName, mailHost, attachments, pairing, other);
  }
}
