package org.heliograph.server.config;

import java.util.List;
import java.util.Optional;

/** What was agreed on with a peer's domain. */
public record AgreementSettings(
    @Key(
            says =
                "Its global domain, such as /PRMD=BRAVO/ADMD= /C=XX/; stands in the trace of what was"
                    + " tried there and rerouted.")
        Optional<String> domain,
    @Key(says = "How addresses change that come from it; the first rule that fits counts.")
        List<Rewrite> arriving,
    @Key(says = "How addresses change that go to it; the first rule that fits counts.")
        List<Rewrite> leaving,
    @Key(says = "What security labels pass either way; absent: all.")
        Optional<ClearanceSettings> clearance) {

  /** One rule. */
  public record Rewrite(
      @Key(
              says =
                  "Attributes that an address must have, such as /PRMD=A/ADMD= /C=XX/; a blank value"
                      + " is met by one that is blank or not there.")
          String from,
      @Key(says = "What stands in their place; an empty value leaves the attribute out.")
          String to) {}
}
