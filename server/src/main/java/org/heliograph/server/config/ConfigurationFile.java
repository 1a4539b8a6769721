package org.heliograph.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration file in HOCON. */
public final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * Reads the configuration of a switch.
   *
   * @param file HOCON; {@code include} and {@code ${NAME}} of the environment work
   * @throws ConfigurationException with everything that is wrong
   */
  public static SwitchSettings read(Path file) throws ConfigurationException {
    return read(file, SwitchSettings.class);
  }

  /**
   * Reads a peer file.
   *
   * @throws ConfigurationException with everything that is wrong
   */
  public static PeerFileSettings readPeer(Path file) throws ConfigurationException {
    return read(file, PeerFileSettings.class);
  }

  static <R> R read(Path file, Class<R> type) throws ConfigurationException {
    Path absolute = file.toAbsolutePath().normalize();
    if (!Files.isReadable(absolute) || Files.isDirectory(absolute)) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  file.toString(), "", "no readable file; expected a configuration in HOCON")));
    }
    Config config;
    try {
      config =
          ConfigFactory.parseFile(
                  absolute.toFile(),
                  ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF))
              .resolve(ConfigResolveOptions.defaults());
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(syntax(file, e)));
    }
    Path base = java.util.Objects.requireNonNull(absolute.getParent());
    Binder binder = new Binder(base);
    var bound = binder.bind(config.root(), type, "");
    if (bound.isEmpty()) {
      throw new ConfigurationException(binder.problems());
    }
    return bound.get();
  }

  private static Problem syntax(Path file, ConfigException e) {
    if (e.origin() == null) {
      return new Problem(file.toString(), "", String.valueOf(e.getMessage()));
    }
    String where = Scalars.where(e.origin());
    String text = String.valueOf(e.getMessage());
    // The message begins with the origin in the library's own words.
    String prefix = e.origin().description() + ": ";
    return new Problem(where, "", text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }
}
