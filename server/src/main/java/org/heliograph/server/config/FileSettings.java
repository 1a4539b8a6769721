package org.heliograph.server.config;

import java.nio.file.Path;

/** The channel that writes messages into a directory. */
public record FileSettings(
    @Key(says = "Where messages are written, each as envelope and content.", or = "delivered")
        Path directory) {}
