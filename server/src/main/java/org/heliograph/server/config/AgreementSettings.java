package org.heliograph.server.config;

import java.nio.file.Path;
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
        Optional<ClearanceSettings> clearance,
    @Key(
            says =
                "Content types that it takes: p2, p22, p772, a number or an object identifier; empty:"
                    + " all. Others are reported, content-type-not-supported.")
        List<String> contentTypes,
    @Key(
            says =
                "Encoded information types that it takes: bit numbers of X.411 such as 2 for IA5"
                    + " text, or object identifiers; empty: all. Nothing is converted on the way to"
                    + " it: messages with others are reported, encoded-information-types-unsupported"
                    + " or implicit-conversion-prohibited.")
        List<String> encodedInformationTypes,
    @Key(
            says =
                "PEM or DER files of trust anchors. Where named, what comes from it with a message"
                    + " origin authentication check, content integrity check or message token must"
                    + " hold, by the originator-certificate that came along; where not, these pass"
                    + " untouched.",
            mustExist = true)
        List<Path> originAnchors) {

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
