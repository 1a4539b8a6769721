package org.heliograph.asn1.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.compiler.Type.Component;
import org.heliograph.asn1.compiler.Type.Presence;
import org.jspecify.annotations.Nullable;

/**
 * Reads types. A SEQUENCE, SET, CHOICE or ENUMERATED written inside another type gets a name of its
 * own, made of the outer name and that of the component.
 */
final class TypeParser {
  private static final long MOST_TAG_NUMBER = (1 << 28) - 1;

  private final Module module;
  private final Tokens in;
  private final String owner;

  TypeParser(Module module, Tokens in, String owner) {
    this.module = module;
    this.in = in;
    this.owner = owner;
  }

  /** The right side of a type assignment. */
  Type definition() {
    int line = in.line();
    Type type = type(true, "");
    return marked(type, line);
  }

  /** A type that names or holds nothing new: a row of a table. */
  Type plain() {
    return type(false, "");
  }

  private Type type(boolean outermost, String part) {
    if (in.accept("[")) {
      return tagged(outermost, part);
    }
    int line = in.line();
    Type type = constraints(untagged(part));
    boolean structure =
        type instanceof Type.Structure
            || type instanceof Type.Alternatives
            || type instanceof Type.Enumerated;
    if (!structure || outermost) {
      return type;
    }
    if (owner.isEmpty()) {
      throw module.error(line, "a named type is expected here");
    }
    String name = owner + JavaNames.upperCamel(part.isEmpty() ? "item" : part);
    Module.Definition lifted =
        new Module.Definition(module, name, type, line, name + " ::= (within " + owner + ")");
    if (module.types.put(name, lifted) != null) {
      throw module.error(line, name + " is defined twice");
    }
    return new Type.Named(module, name, line);
  }

  private Type tagged(boolean outermost, String part) {
    int tagClass =
        in.accept("UNIVERSAL") ? 0 : in.accept("APPLICATION") ? 1 : in.accept("PRIVATE") ? 3 : 2;
    if (in.peek().kind() != Token.Kind.NUMBER) {
      throw in.unexpected("a tag number");
    }
    long number = in.number();
    if (number > MOST_TAG_NUMBER) {
      throw module.error(in.lastLine(), "tag number " + number + " is longer than 28 bits");
    }
    in.expect("]");
    boolean explicit = in.accept("EXPLICIT") || (!in.accept("IMPLICIT") && module.explicitTags);
    return new Type.Tagged(tagClass, (int) number, explicit, false, type(outermost, part));
  }

  private Type untagged(String part) {
    Token token = in.next();
    return switch (token.text()) {
      case "INTEGER" -> new Type.Int(in.at("{") ? numbers() : Map.of(), false);
      case "BIT" -> {
        in.expect("STRING");
        yield new Type.Bits(in.at("{") ? numbers() : Map.of());
      }
      case "OCTET" -> {
        in.expect("STRING");
        yield new Type.Simple(Type.Universal.OCTET_STRING, List.of());
      }
      case "OBJECT" -> {
        in.expect("IDENTIFIER");
        yield new Type.Simple(Type.Universal.OBJECT_IDENTIFIER, List.of());
      }
      case "ANY" -> open();
      case "ENUMERATED" -> enumerated();
      case "CHOICE" -> alternatives();
      case "SEQUENCE" -> sequenceOrSet(false, part);
      case "SET" -> sequenceOrSet(true, part);
      default -> named(token);
    };
  }

  private Type named(Token token) {
    Type.Universal universal = Type.Universal.BY_WORD.get(token.text());
    if (universal != null) {
      return new Type.Simple(universal, List.of());
    }
    if (token.kind() != Token.Kind.UPPER || Parser.RESERVED.contains(token.text())) {
      throw module.error(token.line(), "a type is expected, found " + token.shown());
    }
    return new Type.Named(module, token.text(), token.line());
  }

  private Type open() {
    String key = "";
    if (in.accept("DEFINED")) {
      in.expect("BY");
      key = in.expect(Token.Kind.LOWER, "the name of a component").text();
    }
    return new Type.Open(key, List.of());
  }

  private Map<String, Long> numbers() {
    Map<String, Long> names = new LinkedHashMap<>();
    in.expect("{");
    do {
      Token name = in.expect(Token.Kind.LOWER, "a name");
      in.expect("(");
      long number = in.number();
      in.expect(")");
      if (names.containsValue(number) || names.put(name.text(), number) != null) {
        throw module.error(
            name.line(), name.text() + "(" + number + "): name or number is there already");
      }
    } while (in.accept(","));
    in.expect("}");
    return names;
  }

  private Type enumerated() {
    Map<String, Long> values = new LinkedHashMap<>();
    boolean extensible = false;
    in.expect("{");
    do {
      if (in.accept("...")) {
        extensible = true;
        continue;
      }
      Token name = in.expect(Token.Kind.LOWER, "a name");
      in.expect("(");
      long number = in.number();
      in.expect(")");
      if (values.containsValue(number) || values.put(name.text(), number) != null) {
        throw module.error(
            name.line(), name.text() + "(" + number + "): name or number is there already");
      }
    } while (in.accept(","));
    in.expect("}");
    return new Type.Enumerated(values, extensible);
  }

  private Type alternatives() {
    List<Component> alternatives = new ArrayList<>();
    boolean extensible = false;
    in.expect("{");
    do {
      if (in.accept("...")) {
        extensible = true;
        if (in.at(",")) {
          continue;
        }
        break;
      }
      Component alternative = component();
      if (alternative.presence() != Presence.REQUIRED || alternative.componentsOf()) {
        throw module.error(alternative.line(), "an alternative is always there");
      }
      alternatives.add(alternative);
    } while (closed(","));
    in.expect("}");
    return new Type.Alternatives(alternatives, extensible);
  }

  private Type sequenceOrSet(boolean set, String part) {
    if (in.at("{")) {
      return structure(set);
    }
    Type.@Nullable Constrained size = null;
    if (in.accept("SIZE")) {
      size = range(new Type.ListOf(set, new Type.Int(Map.of(), false)), true);
    } else if (in.accept("(")) {
      in.expect("SIZE");
      size = range(new Type.ListOf(set, new Type.Int(Map.of(), false)), true);
      in.expect(")");
    }
    in.expect("OF");
    Type list = new Type.ListOf(set, type(false, part));
    return size == null ? list : new Type.Constrained(list, true, size.least(), size.most());
  }

  private Type structure(boolean set) {
    List<Component> components = new ArrayList<>();
    int marker = -1;
    in.expect("{");
    if (in.accept("}")) {
      return new Type.Structure(set, components, marker);
    }
    do {
      if (in.accept("...")) {
        if (marker >= 0) {
          throw module.error(in.lastLine(), "one extension marker is enough");
        }
        marker = components.size();
      } else {
        components.add(component());
      }
    } while (closed(","));
    in.expect("}");
    return new Type.Structure(set, components, marker);
  }

  private boolean closed(String separator) {
    // component() takes the comma itself, so that a mark behind it belongs to the component.
    return in.lastText().equals(separator) || in.accept(separator);
  }

  private Component component() {
    int line = in.line();
    if (in.accept("COMPONENTS")) {
      in.expect("OF");
      Type from = type(false, "");
      in.accept(",");
      return new Component("", from, Presence.REQUIRED, null, false, false, true, line);
    }
    String name = in.expect(Token.Kind.LOWER, "the name of a component").text();
    Type type = type(false, name);
    Presence presence = Presence.REQUIRED;
    Type.@Nullable Default byDefault = null;
    if (in.accept("OPTIONAL")) {
      presence = Presence.OPTIONAL;
    } else if (in.accept("DEFAULT")) {
      presence = Presence.DEFAULT;
      byDefault = defaultValue();
    }
    in.accept(",");
    int last = in.lastLine();
    boolean stream = in.mark(Mark.STREAM, line, last).isPresent();
    boolean octets = in.mark(Mark.OCTETS, line, last).isPresent();
    return new Component(
        name, marked(type, line), presence, byDefault, stream, octets, false, line);
  }

  private Type.Default defaultValue() {
    int line = in.line();
    List<String> words = new ArrayList<>();
    boolean braces = in.accept("{");
    if (!braces) {
      words.add(in.at("-") ? Long.toString(in.number()) : in.next().text());
    } else if (!in.accept("}")) {
      do {
        words.add(in.expect(Token.Kind.LOWER, "the name of a bit").text());
      } while (in.accept(","));
      in.expect("}");
    }
    return new Type.Default(module, words, braces, line);
  }

  /** The type with the marks that change it. */
  private Type marked(Type type, int line) {
    int last = in.lastLine();
    Type changed = type;
    Optional<Mark> table = in.mark(Mark.TABLE, line, last);
    if (table.isPresent()) {
      changed = replace(changed, table.get());
    }
    Optional<Mark> big = in.mark(Mark.BIG, line, last);
    if (big.isPresent()) {
      changed = replace(changed, big.get());
    }
    Optional<Mark> orExplicit = in.mark(Mark.OR_EXPLICIT, line, last);
    if (orExplicit.isPresent()) {
      if (!(changed instanceof Type.Tagged t) || t.explicit()) {
        throw module.error(orExplicit.get().line(), "@or-explicit marks an implicit tag");
      }
      changed = new Type.Tagged(t.tagClass(), t.number(), false, true, t.inner());
    }
    return changed;
  }

  private Type replace(Type type, Mark mark) {
    return switch (type) {
      case Type.Tagged t ->
          new Type.Tagged(
              t.tagClass(), t.number(), t.explicit(), t.orExplicit(), replace(t.inner(), mark));
      case Type.Constrained c ->
          new Type.Constrained(replace(c.inner(), mark), c.size(), c.least(), c.most());
      case Type.Open o when mark.name().equals(Mark.TABLE) ->
          new Type.Open(o.definedBy(), mark.arguments());
      case Type.Simple s
          when s.universal() == Type.Universal.EXTERNAL && mark.name().equals(Mark.TABLE) ->
          new Type.Simple(s.universal(), mark.arguments());
      case Type.Int i when mark.name().equals(Mark.BIG) -> new Type.Int(i.names(), true);
      default ->
          throw module.error(mark.line(), "@" + mark.name() + " does not fit the type it marks");
    };
  }

  private Type constraints(Type type) {
    Type constrained = type;
    while (in.accept("(")) {
      boolean size = in.accept("SIZE");
      constrained = range(constrained, size);
      if (!size) {
        continue;
      }
      in.expect(")");
    }
    return constrained;
  }

  /**
   * After SIZE: a range in parentheses of its own. Otherwise one whose parenthesis is open already.
   */
  private Type.Constrained range(Type type, boolean size) {
    if (size) {
      in.expect("(");
    }
    Type.@Nullable Bound least = in.accept("MIN") ? null : bound();
    Type.@Nullable Bound most = least;
    if (in.accept("..")) {
      most = in.accept("MAX") ? null : bound();
    }
    in.expect(")");
    return new Type.Constrained(type, size, least, most);
  }

  private Type.Bound bound() {
    int line = in.line();
    if (in.peek().kind() == Token.Kind.LOWER) {
      return new Type.Bound(module, null, in.next().text(), line);
    }
    return new Type.Bound(module, in.number(), "", line);
  }
}
