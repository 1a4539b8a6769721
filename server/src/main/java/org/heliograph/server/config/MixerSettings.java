package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.Optional;

/** The gateway between mail and X.400 (RFC 2156). */
public record MixerSettings(
    @Key(says = "Table of address mappings, see the file's own head.", mustExist = true)
        Optional<Path> mapping) {}
