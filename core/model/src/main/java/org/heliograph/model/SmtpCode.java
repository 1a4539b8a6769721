package org.heliograph.model;

/**
 * An SMTP reply code with its enhanced status code (RFC 5321 4.2, RFC 3463).
 *
 * @param reply 200 to 599
 * @param enhanced class.subject.detail, for example {@code 5.1.1}
 */
public record SmtpCode(int reply, String enhanced) {
  public SmtpCode {
    if (reply < 200 || reply > 599) {
      throw new IllegalArgumentException("SMTP reply code " + reply + " is outside 200 to 599");
    }
    if (!enhanced.matches("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          "not an enhanced status code: '" + Show.safe(enhanced, 16) + "'");
    }
  }

  public boolean permanent() {
    return reply >= 500;
  }

  @Override
  public String toString() {
    return reply + " " + enhanced;
  }
}
