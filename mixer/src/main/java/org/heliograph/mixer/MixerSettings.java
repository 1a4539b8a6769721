package org.heliograph.mixer;

import java.util.function.Predicate;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Source;
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
 * @param believed of mail from which sources precedence above routine is believed, and what other
 *     gateways keep in fields that nobody sees; by default of none
 * @param mailTrace which domain trace made of mail names
 */
public record MixerSettings(
    AddressMapper addresses,
    GlobalDomain domain,
    String mtaName,
    String mailHost,
    Attachments attachments,
    PrecedencePairing pairing,
    MixerLimits limits,
    Predicate<Source> believed,
    MailTrace mailTrace) {

  /** Which domain a trace element made of Date or Received names (RFC 2156 5.1.6). */
  public enum MailTrace {
    /**
     * The gateway's, always: a domain that never transferred the message would take it for one that
     * loops when it comes in through this gateway.
     */
    GATEWAY,
    /** That of the originator's or the host's equivalence, to the letter of 5.1.6. */
    MAPPED
  }

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
        MixerLimits.DEFAULT,
        source -> false,
        MailTrace.GATEWAY);
  }

  public MixerSettings withAttachments(Attachments other) {
    return new MixerSettings(
        addresses, domain, mtaName, mailHost, other, pairing, limits, believed, mailTrace);
  }

  public MixerSettings withPairing(PrecedencePairing other) {
    return new MixerSettings(
        addresses, domain, mtaName, mailHost, attachments, other, limits, believed, mailTrace);
  }

  public MixerSettings withLimits(MixerLimits other) {
    return new MixerSettings(
        addresses, domain, mtaName, mailHost, attachments, pairing, other, believed, mailTrace);
  }

  public MixerSettings withBelieved(Predicate<Source> other) {
    return new MixerSettings(
        addresses, domain, mtaName, mailHost, attachments, pairing, limits, other, mailTrace);
  }

  public MixerSettings withMailTrace(MailTrace other) {
    return new MixerSettings(
        addresses, domain, mtaName, mailHost, attachments, pairing, limits, believed, other);
  }
}
