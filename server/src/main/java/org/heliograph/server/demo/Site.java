package org.heliograph.server.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory of one demonstration: {@code alpha}, {@code bravo} and {@code mailboxes}, with the
 * configurations made from the templates in {@code conf/demo}.
 */
record Site(Path root) {
  private static final Pattern PLACE = Pattern.compile("@([a-z0-9-]+)@");

  Path alpha() {
    return root.resolve("alpha");
  }

  Path bravo() {
    return root.resolve("bravo");
  }

  Path mailboxes() {
    return root.resolve("mailboxes");
  }

  /** Where the templates are. */
  static Path templates() {
    return Path.of(System.getProperty("heliograph.home", "."), "conf", "demo");
  }

  /**
   * Writes a file made from a template.
   *
   * @param values for the names that stand between at signs
   * @throws IOException if a name has no value, or a file cannot be read or written
   */
  static Path write(Path template, Map<String, String> values, Path to) throws IOException {
    StringBuilder text = new StringBuilder();
    Matcher matcher = PLACE.matcher(Files.readString(template, StandardCharsets.UTF_8));
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new IOException(template + " names @" + matcher.group(1) + "@, which has no value");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(text);
    Files.createDirectories(java.util.Objects.requireNonNull(to.getParent()));
    return Files.writeString(to, text, StandardCharsets.UTF_8);
  }
}
