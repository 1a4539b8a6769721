package org.heliograph.mixer;

/**
 * The result of a mapping and the rule that made it, for {@code address} on the command line, for
 * logs and for tests.
 *
 * @param rule a short text with its clause of RFC 2156
 */
public record Mapped<T>(T value, String rule) {}
