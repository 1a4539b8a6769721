package org.heliograph.asn1.compiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.asn1.compiler.Module.Definition;
import org.heliograph.asn1.compiler.Type.Component;

/** All modules together: what a name means, and what a type comes to. */
final class Schema {
  private static final int MOST_ALIASES = 50;

  private final Map<String, Module> modules = new LinkedHashMap<>();

  Schema(Collection<Module> all) {
    for (Module module : all) {
      if (modules.put(module.name, module) != null) {
        throw module.error(1, "a second module " + module.name);
      }
    }
    Map<String, Module> packages = new LinkedHashMap<>();
    for (Module module : all) {
      Module other = packages.put(module.packageName, module);
      if (other != null) {
        throw module.error(
            1, "package " + module.packageName + " is that of " + other.name + " already");
      }
      imports(module);
    }
  }

  Collection<Module> modules() {
    return modules.values();
  }

  private void imports(Module module) {
    module.imports.forEach(
        (name, from) -> {
          Module source = modules.get(from.module());
          if (source == null) {
            throw module.error(from.line(), "there is no module " + from.module());
          }
          if (!source.types.containsKey(name) && !source.values.containsKey(name)) {
            throw module.error(from.line(), from.module() + " does not define " + name);
          }
        });
  }

  Definition definition(Type.Named named) {
    Module scope = named.scope();
    Definition found = scope.types.get(named.name());
    Module.Import from = scope.imports.get(named.name());
    if (found == null && from != null) {
      Module source = modules.get(from.module());
      found = source == null ? null : source.types.get(named.name());
    }
    if (found == null) {
      throw scope.error(named.line(), "type " + named.name() + " is neither defined nor imported");
    }
    return found;
  }

  /** The value and the module it is defined in. */
  Module.Value value(Module scope, String name, int line) {
    Module.Value found = scope.values.get(name);
    Module.Import from = scope.imports.get(name);
    if (found == null && from != null) {
      Module source = modules.get(from.module());
      found = source == null ? null : source.values.get(name);
    }
    if (found == null) {
      throw scope.error(line, "value " + name + " is neither defined nor imported");
    }
    return found;
  }

  /** The module that defines what a name means here. */
  private Module moduleOf(Module scope, String name) {
    Module.Import from = scope.values.containsKey(name) ? null : scope.imports.get(name);
    Module source = from == null ? null : modules.get(from.module());
    return source == null ? scope : source;
  }

  long number(Module scope, String name, int line) {
    Module.Value value = value(scope, name, line);
    if (value.oid()) {
      throw scope.error(line, name + " is an object identifier, a number is expected");
    }
    return Long.parseLong(value.words().getFirst());
  }

  /** Dotted decimal. */
  String oid(Module scope, Module.Value value) {
    return oid(scope, value, 0);
  }

  private String oid(Module scope, Module.Value value, int depth) {
    if (depth > MOST_ALIASES) {
      throw scope.error(value.line(), value.name() + " is defined by itself");
    }
    List<String> arcs = new ArrayList<>(value.words());
    if (!arcs.isEmpty() && Character.isLetter(arcs.getFirst().charAt(0))) {
      Module.Value root = value(scope, arcs.getFirst(), value.line());
      if (!root.oid()) {
        throw scope.error(value.line(), arcs.getFirst() + " is no object identifier");
      }
      arcs.set(0, oid(moduleOf(scope, arcs.getFirst()), root, depth + 1));
    }
    String dotted = String.join(".", arcs);
    // X.660: the second arc goes to 39 below the roots 0 and 1.
    if (!dotted.matches("([01]\\.[1-3]?[0-9]|2\\.[0-9]+)(\\.[0-9]+)*")) {
      throw scope.error(
          value.line(), "{ " + dotted.replace('.', ' ') + " } is no object identifier");
    }
    return dotted;
  }

  /** The type behind names and constraints, tags left in place. */
  Type behindNames(Type type) {
    Type inner = type;
    for (int i = 0; i < MOST_ALIASES; i++) {
      switch (inner) {
        case Type.Named named -> inner = definition(named).type();
        case Type.Constrained constrained -> inner = constrained.inner();
        default -> {
          return inner;
        }
      }
    }
    throw type instanceof Type.Named named
        ? named.scope().error(named.line(), named.name() + " is defined by itself")
        : new IllegalStateException("names in a circle: " + type);
  }

  /** The type behind names, constraints and tags. */
  Type behindTags(Type type) {
    Type inner = behindNames(type);
    while (inner instanceof Type.Tagged tagged) {
      inner = behindNames(tagged.inner());
    }
    return inner;
  }

  /** Whether a tag in front of the type cannot replace its own: X.680 30.6. */
  boolean explicitOnly(Type type) {
    Type inner = behindNames(type);
    return inner instanceof Type.Alternatives || inner instanceof Type.Open;
  }

  /**
   * The components with COMPONENTS OF resolved (X.680 24.4): the root components of the other type.
   */
  List<Component> components(Module scope, Type.Structure structure) {
    return components(scope, structure, 0);
  }

  private List<Component> components(Module scope, Type.Structure structure, int depth) {
    List<Component> all = new ArrayList<>();
    for (Component component : structure.components()) {
      if (!component.componentsOf()) {
        all.add(component);
        continue;
      }
      if (depth > MOST_ALIASES) {
        throw scope.error(component.line(), "COMPONENTS OF a type within itself");
      }
      if (!(behindTags(component.type()) instanceof Type.Structure other)
          || other.set() != structure.set()) {
        throw scope.error(
            component.line(), "COMPONENTS OF wants a " + (structure.set() ? "SET" : "SEQUENCE"));
      }
      List<Component> root = other.components();
      all.addAll(
          components(
              scope,
              new Type.Structure(
                  other.set(), other.marker() < 0 ? root : root.subList(0, other.marker()), -1),
              depth + 1));
    }
    return all;
  }

  /** Number of components before the extension marker once COMPONENTS OF are resolved, or -1. */
  int marker(Module scope, Type.Structure structure) {
    if (structure.marker() < 0) {
      return -1;
    }
    List<Component> before = structure.components().subList(0, structure.marker());
    return components(scope, new Type.Structure(structure.set(), before, -1)).size();
  }

  /** The tags that an encoding of the type can begin with; empty for an open type. */
  Set<Integer> tags(Type type) {
    return tags(type, new HashSet<>());
  }

  private Set<Integer> tags(Type type, Set<Type> seen) {
    Type inner = behindNames(type);
    return switch (inner) {
      case Type.Tagged t -> Set.of(t.tagClass() << 30 | t.number());
      case Type.Simple s -> Set.of(s.universal().tag);
      case Type.Int i -> Set.of(2);
      case Type.Bits b -> Set.of(3);
      case Type.Enumerated e -> Set.of(10);
      case Type.Structure s -> Set.of(s.set() ? 17 : 16);
      case Type.ListOf l -> Set.of(l.set() ? 17 : 16);
      case Type.Alternatives a -> {
        Set<Integer> union = new HashSet<>();
        if (seen.add(a)) {
          a.alternatives().forEach(c -> union.addAll(tags(c.type(), seen)));
        }
        yield union;
      }
      case Type.Open o -> Set.of();
      case Type.Named n -> throw new IllegalStateException(n.name());
      case Type.Constrained c -> throw new IllegalStateException(c.toString());
    };
  }
}
