package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.heliograph.wire.Network;

/** The gateway between mail and X.400 (RFC 2156). */
public record MixerSettings(
    @Key(
            says =
                "Table of equivalences between mail domains and O/R addresses (RFC 2156 appendix F);"
                    + " absent: none, every address is put under the gateway's own.",
            mustExist = true)
        Optional<Path> mapping,
    @Key(
            says =
                "Mail domain of O/R addresses that no equivalence covers, and right-hand side of"
                    + " Message-IDs made here; absent: host-name.")
        Optional<String> gatewayDomain,
    @Key(
            says =
                "Networks whose mail may ask for a precedence above routine, and whose fields"
                    + " X-X400-Heading are believed; absent: those that may relay through any"
                    + " listener of section smtp. Others get at most what SMTP granted them.")
        Optional<List<Network>> believeFrom,
    @Key(
            says =
                "Which domain X.400 trace that is made of mail names: gateway (this switch's, so"
                    + " that no other domain takes a mail for one that loops), or mapped (that of"
                    + " the originator or host, to the letter of RFC 2156 5.1.6).",
            or = "gateway")
        MailTrace mailTrace) {
  /** Which domain X.400 trace made of mail names. */
  public enum MailTrace {
    GATEWAY,
    MAPPED
  }
}
