package org.heliograph.mixer;

import org.heliograph.asn1.Limits;
import org.heliograph.mail.MailLimits;

/**
 * What one conversion may cost. What is beyond a limit is carried in one piece or refused, never
 * cut.
 *
 * @param mail headers, parts and depth of a message
 * @param ber depth and elements of an X.400 content
 * @param textOctets text in other character sets than ASCII up to this size is converted, larger
 *     text is carried as a file
 * @param smallOctets what is smaller is held in memory while it is converted
 * @param conversions in one direction; one more is a loop (RFC 2156 5.1.5)
 * @param trace trace elements taken over from a message, the newest
 */
public record MixerLimits(
    MailLimits mail, Limits ber, int textOctets, int smallOctets, int conversions, int trace) {
  /** Text of 1 MiB, 256 KiB in memory, 5 conversions, 100 trace elements. */
  public static final MixerLimits DEFAULT =
      new MixerLimits(MailLimits.DEFAULT, new Limits(64, 200_000), 1024 * 1024, 256 * 1024, 5, 100);

  public MixerLimits {
    if (textOctets < 1 || smallOctets < 1 || conversions < 1 || trace < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
