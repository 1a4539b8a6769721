package org.heliograph.asn1.compiler;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heliograph.asn1.compiler.Module.Definition;
import org.heliograph.asn1.compiler.Type.Component;
import org.jspecify.annotations.Nullable;

/** Java types, codecs and default values, as expressions in one Java file. */
final class JavaTypes {
  private final Schema schema;
  private final JavaFile file;

  JavaTypes(Schema schema, JavaFile file) {
    this.schema = schema;
    this.file = file;
  }

  static String packageOf(Module module) {
    return JavaFile.ROOT + "." + module.packageName;
  }

  /** The class of a definition, own type or holder of a codec. */
  String className(Definition definition) {
    return file.name(packageOf(definition.module()), JavaNames.upperCamel(definition.name()));
  }

  /** The Java type of values, never a primitive. */
  String type(Type type) {
    return switch (type) {
      case Type.Simple s ->
          s.universal() == Type.Universal.BOOLEAN
              ? "Boolean"
              : file.runtime(s.universal().javaType);
      case Type.Int i -> i.big() ? file.name("java.math", "BigInteger") : "Long";
      case Type.Bits b -> file.runtime("BitString");
      case Type.ListOf l -> file.name("java.util", "List") + "<" + type(l.element()) + ">";
      case Type.Tagged t -> type(t.inner());
      case Type.Constrained c -> type(c.inner());
      case Type.Open o -> file.runtime("Any");
      case Type.Named n -> {
        Definition definition = schema.definition(n);
        yield definition.ownType() ? className(definition) : type(definition.type());
      }
      case Type.Structure s -> throw new IllegalStateException("a structure without a name");
      case Type.Alternatives a -> throw new IllegalStateException("a CHOICE without a name");
      case Type.Enumerated e -> throw new IllegalStateException("an ENUMERATED without a name");
    };
  }

  /** A primitive where the value is always there. */
  String componentType(Component component) {
    String type = fullType(component);
    if (component.presence() == Type.Presence.OPTIONAL) {
      return file.nullable(type);
    }
    return switch (type) {
      case "Long" -> "long";
      case "Boolean" -> "boolean";
      default -> type;
    };
  }

  /** The type of a component's values, {@code @octets} counted in. */
  String fullType(Component component) {
    String type = type(component.type());
    return component.octets() ? file.runtime("Preserved") + "<" + type + ">" : type;
  }

  String codec(Component component) {
    return codec(component.type()) + (component.octets() ? ".preserved()" : "");
  }

  String codec(Type type) {
    return switch (type) {
      case Type.Simple s -> simple(s);
      case Type.Int i -> integer(i);
      case Type.Bits b ->
          b.names().isEmpty()
              ? file.runtime("Codecs") + ".BIT_STRING"
              : file.runtime("Codecs") + ".bits(" + map(b.names()) + ")";
      case Type.ListOf l ->
          file.runtime("Codecs")
              + (l.set() ? ".setOf(" : ".sequenceOf(")
              + codec(l.element())
              + ")";
      case Type.Tagged t -> codec(t.inner()) + tagging(t);
      case Type.Constrained c ->
          codec(c.inner())
              + (c.size() ? ".size(" : ".range(")
              + bound(c.least(), c.size() ? "0" : "Long.MIN_VALUE")
              + ", "
              + bound(c.most(), "Long.MAX_VALUE")
              + ")";
      case Type.Open o -> open(o);
      case Type.Named n ->
          file.runtime("Codec") + ".of(() -> " + className(schema.definition(n)) + ".CODEC)";
      case Type.Structure s -> throw new IllegalStateException("a structure without a name");
      case Type.Alternatives a -> throw new IllegalStateException("a CHOICE without a name");
      case Type.Enumerated e -> throw new IllegalStateException("an ENUMERATED without a name");
    };
  }

  private String simple(Type.Simple s) {
    if (s.universal() == Type.Universal.EXTERNAL) {
      return s.tables().isEmpty()
          ? file.runtime("External") + ".CODEC"
          : file.runtime("External") + ".codec(" + strings(s.tables()) + ")";
    }
    return file.runtime("Codecs") + s.universal().codec.substring("Codecs".length());
  }

  private String integer(Type.Int i) {
    String codecs = file.runtime("Codecs");
    return i.big()
        ? codecs + ".BIG_INTEGER"
        : i.names().isEmpty() ? codecs + ".INTEGER" : codecs + ".integer(" + map(i.names()) + ")";
  }

  private String open(Type.Open o) {
    String codecs = file.runtime("Codecs");
    if (o.tables().isEmpty()) {
      return codecs + ".ANY";
    }
    return codecs + ".open(\"" + o.definedBy() + "\", " + strings(o.tables()) + ")";
  }

  /** The tag as a call on the codec it is put in front of. */
  String tagging(Type.Tagged t) {
    boolean explicit = t.explicit() || schema.explicitOnly(t.inner());
    String call = t.orExplicit() ? ".implicitOrExplicit(" : explicit ? ".explicit(" : ".implicit(";
    String tag =
        switch (t.tagClass()) {
          case 0 -> "universal";
          case 1 -> "application";
          case 2 -> "context";
          default -> "privateUse";
        };
    return call + file.runtime("Tag") + "." + tag + "(" + t.number() + "))";
  }

  /** All tags in front of a definition's type, the innermost first. */
  String taggings(Type type) {
    return type instanceof Type.Tagged t ? taggings(t.inner()) + tagging(t) : "";
  }

  private String bound(Type.@Nullable Bound bound, String open) {
    if (bound == null) {
      return open;
    }
    Long number = bound.number();
    return (number != null ? number : schema.number(bound.scope(), bound.name(), bound.line()))
        + "L";
  }

  private String map(Map<String, Long> names) {
    String map = file.name("java.util", "Map");
    return names.entrySet().stream()
        .map(e -> map + ".entry(" + e.getValue() + "L, \"" + e.getKey() + "\")")
        .collect(Collectors.joining(", ", map + ".ofEntries(", ")"));
  }

  private static String strings(List<String> words) {
    return words.stream().map(w -> "\"" + w + "\"").collect(Collectors.joining(", "));
  }

  /** A default value. */
  String byDefault(Component component) {
    Type.Default value = component.byDefault();
    if (value == null) {
      throw new IllegalStateException(component.name());
    }
    Module scope = value.scope();
    Type type = schema.behindTags(component.type());
    String word = value.words().isEmpty() ? "" : value.words().getFirst();
    switch (type) {
      case Type.Bits bits when value.braces() -> {
        String numbers =
            value.words().stream()
                .map(w -> String.valueOf(number(scope, bits.names(), w, value.line())))
                .collect(Collectors.joining(", "));
        return file.runtime("BitString")
            + (numbers.isEmpty() ? ".EMPTY" : ".ofBits(" + numbers + ")");
      }
      case Type.ListOf list when value.braces() && value.words().isEmpty() -> {
        return file.name("java.util", "List") + ".of()";
      }
      case Type.Int integer when !value.braces() && !integer.big() -> {
        boolean literal = !Character.isLetter(word.charAt(0));
        return (literal ? word : String.valueOf(number(scope, integer.names(), word, value.line())))
            + "L";
      }
      case Type.Enumerated e when e.values().containsKey(word) -> {
        return type(component.type()) + "." + JavaNames.constant(word);
      }
      case Type.Simple s
          when s.universal() == Type.Universal.BOOLEAN
              && (word.equals("TRUE") || word.equals("FALSE")) -> {
        return word.equals("TRUE") ? "true" : "false";
      }
      default ->
          throw scope.error(
              value.line(), "no default value of " + component.name() + " that is understood");
    }
  }

  private long number(Module scope, Map<String, Long> names, String word, int line) {
    Long named = names.get(word);
    return named != null ? named : schema.number(scope, word, line);
  }
}
