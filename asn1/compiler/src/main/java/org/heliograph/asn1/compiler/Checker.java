package org.heliograph.asn1.compiler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.asn1.compiler.Module.Definition;
import org.heliograph.asn1.compiler.Type.Component;
import org.heliograph.asn1.compiler.Type.Presence;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what could not be read back: components that cannot be told apart by their tags (X.680
 * 24.5, 26.3, 28.3), open types where something else could stand, names used twice, unknown names,
 * constraints that do not fit.
 */
final class Checker {
  /** Where an open type could stand: any tag. */
  private static final int ANY_TAG = -1;

  private final Schema schema;

  Checker(Schema schema) {
    this.schema = schema;
  }

  void check() {
    for (Module module : schema.modules()) {
      for (Definition definition : module.types.values()) {
        schema.behindTags(definition.type());
        check(module, definition.type(), definition.line());
      }
      module.tables.forEach((name, rows) -> table(module, name, rows));
    }
  }

  private void table(Module module, String name, List<Module.Row> rows) {
    Set<String> keys = new HashSet<>();
    for (Module.Row row : rows) {
      Module.Value key = module.values.get(row.key());
      if (key == null) {
        throw module.error(
            row.line(), row.key() + " is no value of this module; a table has keys of its module");
      }
      if (!keys.add(key.oid() ? schema.oid(module, key) : key.words().getFirst())) {
        throw module.error(row.line(), row.key() + " is in the table " + name + " already");
      }
      check(module, row.type(), row.line());
    }
  }

  private void check(Module module, Type type, int line) {
    switch (type) {
      case Type.Named named -> schema.definition(named);
      case Type.Tagged tagged -> check(module, tagged.inner(), line);
      case Type.Constrained constrained -> constraint(module, constrained, line);
      case Type.ListOf list -> list(module, list, line);
      case Type.Structure structure -> structure(module, structure);
      case Type.Alternatives choice -> choice(module, choice);
      case Type.Open open -> tables(module, open.tables(), line);
      case Type.Simple simple -> tables(module, simple.tables(), line);
      case Type.Int i -> {}
      case Type.Bits b -> {}
      case Type.Enumerated e -> {}
    }
  }

  private void tables(Module module, List<String> names, int line) {
    for (String name : names) {
      if (schema.modules().stream().noneMatch(m -> m.tables.containsKey(name))) {
        throw module.error(line, "no module has a TABLE " + name);
      }
    }
  }

  private void list(Module module, Type.ListOf list, int line) {
    check(module, list.element(), line);
    if (streams(list.element(), new HashSet<>())) {
      throw module.error(line, "@stream within a list marks no single place");
    }
  }

  private void constraint(Module module, Type.Constrained constrained, int line) {
    check(module, constrained.inner(), line);
    Type inner = schema.behindTags(constrained.inner());
    boolean fits =
        constrained.size()
            ? inner instanceof Type.Bits
                || inner instanceof Type.ListOf
                || (inner instanceof Type.Simple simple && simple.universal().sized())
            : inner instanceof Type.Int;
    if (!fits) {
      throw module.error(
          line, (constrained.size() ? "SIZE" : "a value range") + " does not fit the type");
    }
    long least = bound(constrained.least(), Long.MIN_VALUE);
    long most = bound(constrained.most(), Long.MAX_VALUE);
    if (least > most) {
      throw module.error(line, "the range " + least + ".." + most + " is empty");
    }
  }

  private long bound(Type.@Nullable Bound bound, long open) {
    if (bound == null) {
      return open;
    }
    Long number = bound.number();
    return number != null ? number : schema.number(bound.scope(), bound.name(), bound.line());
  }

  private void choice(Module module, Type.Alternatives choice) {
    names(module, choice.alternatives());
    Map<Integer, String> taken = new HashMap<>();
    for (Component alternative : choice.alternatives()) {
      check(module, alternative.type(), alternative.line());
      stream(module, alternative);
      take(module, alternative, taken);
    }
  }

  private void structure(Module module, Type.Structure structure) {
    List<Component> components = schema.components(module, structure);
    names(module, components);
    Map<Integer, String> taken = new HashMap<>();
    for (Component component : components) {
      check(module, component.type(), component.line());
      stream(module, component);
      take(module, component, taken);
      if (!structure.set() && component.presence() == Presence.REQUIRED) {
        taken.clear();
      }
    }
    for (Component component : components) {
      keyExists(module, components, component);
    }
  }

  /** Notes the tags a component can begin with; none may be taken, and an open type takes all. */
  private void take(Module module, Component component, Map<Integer, String> taken) {
    Set<Integer> tags = schema.tags(component.type());
    String open = taken.get(ANY_TAG);
    if (open != null) {
      throw module.error(
          component.line(), component.name() + " could be " + open + ", an open type, as well");
    }
    if (tags.isEmpty() && schema.behindNames(component.type()) instanceof Type.Open) {
      if (!taken.isEmpty()) {
        throw module.error(
            component.line(),
            component.name()
                + ", an open type, could be "
                + taken.values().iterator().next()
                + " as well");
      }
      taken.put(ANY_TAG, component.name());
    }
    for (int tag : tags) {
      String other = taken.put(tag, component.name());
      if (other != null) {
        throw module.error(component.line(), component.name() + " has the same tag as " + other);
      }
    }
  }

  /** The splitter passes on what is one string with one tag. */
  private void stream(Module module, Component component) {
    if (!component.stream()) {
      return;
    }
    Type type = schema.behindNames(component.type());
    while (type instanceof Type.Tagged tagged && !tagged.explicit()) {
      type = schema.behindNames(tagged.inner());
    }
    if (!(type instanceof Type.Simple simple)
        || simple.universal() != Type.Universal.OCTET_STRING) {
      throw module.error(component.line(), "@stream marks an OCTET STRING without explicit tag");
    }
  }

  private boolean streams(Type type, Set<String> seen) {
    return switch (type) {
      case Type.Tagged t -> streams(t.inner(), seen);
      case Type.Constrained c -> streams(c.inner(), seen);
      case Type.ListOf l -> streams(l.element(), seen);
      case Type.Named n ->
          seen.add(n.scope().name + "." + n.name()) && streams(schema.definition(n).type(), seen);
      case Type.Structure s -> streams(s.components(), seen);
      case Type.Alternatives a -> streams(a.alternatives(), seen);
      default -> false;
    };
  }

  private boolean streams(List<Component> components, Set<String> seen) {
    return components.stream().anyMatch(c -> c.stream() || streams(c.type(), seen));
  }

  private static void keyExists(Module module, List<Component> components, Component component) {
    Type type = component.type();
    while (type instanceof Type.Tagged tagged) {
      type = tagged.inner();
    }
    if (type instanceof Type.Open open
        && !open.definedBy().isEmpty()
        && components.stream().noneMatch(c -> c.name().equals(open.definedBy()))) {
      throw module.error(
          component.line(),
          "there is no component " + open.definedBy() + " beside " + component.name());
    }
  }

  private static void names(Module module, List<Component> components) {
    Set<String> names = new HashSet<>();
    for (Component component : components) {
      if (!names.add(JavaNames.lowerCamel(component.name()))) {
        throw module.error(component.line(), "a second component " + component.name());
      }
    }
  }
}
