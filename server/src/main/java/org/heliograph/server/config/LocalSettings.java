package org.heliograph.server.config;

import java.nio.file.Path;
import java.util.Optional;

/** The local interface. */
public record LocalSettings(
    @Key(
            says =
                "Unix-domain socket, made with permissions 0600; absent: heliograph.sock in the home"
                    + " directory. At most 100 octets as an absolute path.")
        Optional<Path> socket) {}
