package org.heliograph.server.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.heliograph.model.Show;

/** Reads single values. What is wrong is thrown as text that says what was expected. */
final class Scalars {
  private static final int MAX_SECRET = 4096;

  private final Path base;

  Scalars(Path base) {
    this.base = base;
  }

  /** A default as it would stand in the file. */
  static ConfigValue literal(String text) {
    if (text.startsWith("[") || text.startsWith("{")) {
      return ConfigFactory.parseString("v = " + text).getValue("v");
    }
    return ConfigValueFactory.fromAnyRef(text, "the default");
  }

  Object read(ConfigValue value, Class<?> type, Key key) {
    if (type == Secret.class) {
      return secret(value);
    }
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      throw bad(value, type, key);
    }
    try {
      return simple(value, type, key);
    } catch (ConfigException e) {
      throw bad(value, type, key);
    }
  }

  private Object simple(ConfigValue value, Class<?> type, Key key) {
    String text = String.valueOf(value.unwrapped());
    if (type == String.class) {
      return text;
    }
    if (type == int.class || type == Integer.class) {
      return (int) between(whole(value, type, key, text), value, type, key);
    }
    if (type == long.class || type == Long.class) {
      return between(whole(value, type, key, text), value, type, key);
    }
    if (type == boolean.class || type == Boolean.class) {
      return value.atKey("v").getBoolean("v");
    }
    if (type == Duration.class) {
      if (text.matches("-?[0-9.]+")) {
        throw bad(value, type, key);
      }
      Duration duration = value.atKey("v").getDuration("v");
      between(duration.toMillis(), value, type, key);
      return duration;
    }
    if (type == Size.class) {
      return new Size(between(value.atKey("v").getBytes("v"), value, type, key));
    }
    if (type == Path.class) {
      return path(text, key);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (Keys.constant((Enum<?>) constant).equals(text)) {
          return constant;
        }
      }
      throw bad(value, type, key);
    }
    return parsed(value, type, text);
  }

  private static long whole(ConfigValue value, Class<?> type, Key key, String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw bad(value, type, key);
    }
    return Long.parseLong(text);
  }

  private static long between(long number, ConfigValue value, Class<?> type, Key key) {
    boolean fits = type != int.class || number == (int) number;
    if (number < key.min() || number > key.max() || !fits) {
      throw bad(value, type, key);
    }
    return number;
  }

  private Path path(String text, Key key) {
    Path path = base.resolve(text).normalize();
    if (key.mustExist() && !Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "no readable file at " + path + "; expected " + expected(Path.class, key));
    }
    return path;
  }

  private Secret secret(ConfigValue value) {
    String expected = "expected { file = \"path\" } or { env = NAME }";
    if (!(value instanceof ConfigObject object) || object.size() != 1) {
      // The value itself may be the secret: it is not shown.
      throw new IllegalArgumentException("a secret does not stand in the file; " + expected);
    }
    String kind = object.keySet().iterator().next();
    String name = String.valueOf(object.toConfig().getAnyRef(kind));
    return switch (kind) {
      case "file" -> new Secret(firstLine(base.resolve(name).normalize()));
      case "env" -> {
        String found = System.getenv(name);
        if (found == null) {
          throw new IllegalArgumentException("the environment has no variable " + name);
        }
        yield new Secret(found);
      }
      default ->
          throw new IllegalArgumentException("unknown kind of secret " + kind + "; " + expected);
    };
  }

  private static String firstLine(Path file) {
    try {
      if (Files.size(file) > MAX_SECRET) {
        throw new IllegalArgumentException(
            file + " is over " + MAX_SECRET + " octets; expected one line");
      }
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no readable file at " + file + "; expected one with the secret in its first line", e);
    }
  }

  /** A value type of ours: read by its own {@code parse}. */
  private static Object parsed(ConfigValue value, Class<?> type, String text) {
    try {
      Method parse = type.getMethod("parse", String.class);
      return java.util.Objects.requireNonNull(parse.invoke(type, text));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        String what = String.valueOf(wrong.getMessage());
        throw new IllegalArgumentException(
            what.startsWith("not ") ? what : "found " + show(value) + "; expected " + what, wrong);
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be a key's type", e);
    }
  }

  private static IllegalArgumentException bad(ConfigValue value, Class<?> type, Key key) {
    return new IllegalArgumentException(
        "found " + show(value) + "; expected " + expected(type, key));
  }

  /** What a value of {@code type} looks like, for people. */
  static String expected(Class<?> type, Key key) {
    String limits = limits(type, key);
    if (type == String.class) {
      return "a text";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number" + limits;
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a duration with its unit, such as 500 ms, 30 s, 5 m, 2 h or 3 d" + limits;
    }
    if (type == Size.class) {
      return "a size such as 64 KiB or 10 MiB" + limits;
    }
    if (type == Path.class) {
      return "a path, relative to this file's directory";
    }
    if (type == Secret.class) {
      return "{ file = \"path\" } or { env = NAME }";
    }
    if (type.isEnum()) {
      return "one of " + Keys.constants(type);
    }
    return type == Endpoint.class ? "host:port" : "a " + Keys.kebab(type.getSimpleName());
  }

  static String limits(Class<?> type, Key key) {
    boolean least = key.min() != Long.MIN_VALUE && (key.min() != 0 || type != Size.class);
    boolean most = key.max() != Long.MAX_VALUE;
    if (least && most) {
      return ", " + amount(type, key.min()) + " to " + amount(type, key.max());
    }
    if (least) {
      return ", at least " + amount(type, key.min());
    }
    return most ? ", at most " + amount(type, key.max()) : "";
  }

  private static String amount(Class<?> type, long number) {
    if (type == Size.class) {
      return new Size(number).toString();
    }
    if (type != Duration.class) {
      return Long.toString(number);
    }
    if (number > 0 && number % 86_400_000 == 0) {
      return number / 86_400_000 + " d";
    }
    return number > 0 && number % 1000 == 0 ? number / 1000 + " s" : number + " ms";
  }

  static String show(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a section";
      case LIST -> "a list";
      default -> Show.safe(value.render(ConfigRenderOptions.concise()), 80);
    };
  }

  static String where(ConfigOrigin origin) {
    String file = origin.filename() == null ? origin.description() : origin.filename();
    return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
  }
}
