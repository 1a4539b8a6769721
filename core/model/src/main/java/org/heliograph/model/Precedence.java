package org.heliograph.model;

/**
 * The six precedences, highest first, so that the natural order of the constants is the order of
 * the queue.
 *
 * <p>RFC 6477 section 3.8 numbers them deferred 0 to override 5; RFC 6710 appendix A gives the
 * MT-PRIORITY values. The pairing with X.411 priority and the STANAG 4406 qualifier is
 * configuration and lives in {@code x400}.
 */
public enum Precedence {
  OVERRIDE(5, 6),
  FLASH(4, 4),
  IMMEDIATE(3, 2),
  PRIORITY(2, 0),
  ROUTINE(1, -2),
  DEFERRED(0, -4);

  private final int mmhs;
  private final int mtPriority;

  Precedence(int mmhs, int mtPriority) {
    this.mmhs = mmhs;
    this.mtPriority = mtPriority;
  }

  /** The number in MMHS-Primary-Precedence (RFC 6477 section 3.8). */
  public int mmhs() {
    return mmhs;
  }

  /** The MT-PRIORITY value of policy STANAG4406 (RFC 6710 appendix A). */
  public int mtPriority() {
    return mtPriority;
  }

  /** The precedence of an MMHS number 0 to 5; national values 16 to 31 rank as override. */
  public static Precedence ofMmhs(int number) {
    for (Precedence p : values()) {
      if (p.mmhs == number) {
        return p;
      }
    }
    if (number > 5 && number <= 31) {
      return OVERRIDE;
    }
    throw new IllegalArgumentException(
        "no such precedence: " + number + "; expected 0 (deferred) to 5 (override)");
  }

  /** Whether this one goes first before {@code other}. */
  public boolean above(Precedence other) {
    return mmhs > other.mmhs;
  }
}
