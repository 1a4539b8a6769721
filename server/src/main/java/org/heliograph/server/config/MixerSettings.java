package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.Optional;

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
        Optional<String> gatewayDomain) {}
