package org.heliograph.server.json;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** Writes and reads JSON objects. */
public final class Json {
  private Json() {}

  /**
   * One line of JSON, keys in alphabetical order.
   *
   * @param value of strings, numbers, booleans, lists and maps with string keys
   */
  public static String write(Map<String, ?> value) {
    return ConfigValueFactory.fromMap(value).render(ConfigRenderOptions.concise());
  }

  /** JSON for people, indented. */
  public static String pretty(Map<String, ?> value) {
    return ConfigValueFactory.fromMap(value)
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false))
        .strip();
  }

  /**
   * Reads a JSON object.
   *
   * @throws IllegalArgumentException if it is none, saying where
   */
  public static Map<String, Object> read(String text) {
    try {
      return ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
          .root()
          .unwrapped();
    } catch (ConfigException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getMessage(), e);
    }
  }
}
