package org.heliograph.server.interop;

import java.util.List;
import org.heliograph.server.dissect.Pdu;

/**
 * What a case came to.
 *
 * @param text what was seen, in a sentence
 * @param evidence PDUs that passed, for a failure
 */
public record Verdict(Kind kind, String text, List<Pdu> evidence) {
  /** How it ended. */
  public enum Kind {
    PASS,
    FAIL,
    NOT_SUPPORTED
  }

  public Verdict {
    evidence = List.copyOf(evidence);
  }

  public static Verdict pass(String text) {
    return new Verdict(Kind.PASS, text, List.of());
  }

  public static Verdict fail(String text, List<Pdu> evidence) {
    return new Verdict(Kind.FAIL, text, evidence);
  }

  public static Verdict notSupported(String text) {
    return new Verdict(Kind.NOT_SUPPORTED, text, List.of());
  }
}
