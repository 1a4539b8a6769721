/**
 * The configuration file and the records it is bound to.
 *
 * <p>A file is HOCON. It is bound to {@link org.heliograph.server.config.SwitchSettings} and what
 * that holds; each record component is a key, written in kebab-case, and carries its description,
 * default and limits as a {@link org.heliograph.server.config.Key}. Reading collects everything
 * that is wrong, each with file, line and what was expected, before it refuses. The reference in
 * {@code docs/CONFIGURATION.md} is written from the same records.
 *
 * <p>This package opens no socket and no store; what the settings mean is decided where the switch
 * is wired.
 */
@NullMarked
package org.heliograph.server.config;

import org.jspecify.annotations.NullMarked;
