package org.heliograph.asn1.compiler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.asn1.compiler.Type.Component;
import org.heliograph.asn1.compiler.Type.Presence;

/**
 * Refuses what could not be read back: components that cannot be told apart by their tags (X.680
 * 24.5, 26.3, 28.3), names used twice, unknown names.
 */
final class Checker {
  private final Schema schema;

  Checker(Schema schema) {
    this.schema = schema;
  }

  void check() {
    for (Module module : schema.modules()) {
      module.types.values().forEach(d -> check(module, d.type()));
      module.tables.forEach((name, rows) -> rows.forEach(row -> check(module, row.type())));
    }
  }

  private void check(Module module, Type type) {
    switch (type) {
      case Type.Named named -> schema.definition(named);
      case Type.Tagged tagged -> check(module, tagged.inner());
      case Type.Constrained constrained -> check(module, constrained.inner());
      case Type.ListOf list -> check(module, list.element());
      case Type.Structure structure -> structure(module, structure);
      case Type.Alternatives choice -> choice(module, choice);
      case Type.Open open -> tables(open.tables());
      case Type.Simple simple -> tables(simple.tables());
      case Type.Int i -> {}
      case Type.Bits b -> {}
      case Type.Enumerated e -> {}
    }
  }

  private void tables(List<String> names) {
    for (String name : names) {
      if (schema.modules().stream().noneMatch(m -> m.tables.containsKey(name))) {
        throw new IllegalStateException("no module has a TABLE " + name);
      }
    }
  }

  private void choice(Module module, Type.Alternatives choice) {
    names(module, choice.alternatives());
    Map<Integer, String> taken = new HashMap<>();
    for (Component alternative : choice.alternatives()) {
      check(module, alternative.type());
      for (int tag : schema.tags(alternative.type())) {
        distinct(module, alternative, taken.put(tag, alternative.name()));
      }
    }
  }

  private void structure(Module module, Type.Structure structure) {
    List<Component> components = schema.components(module, structure);
    names(module, components);
    Map<Integer, String> taken = new HashMap<>();
    for (Component component : components) {
      check(module, component.type());
      for (int tag : schema.tags(component.type())) {
        distinct(module, component, taken.put(tag, component.name()));
      }
      if (!structure.set() && component.presence() == Presence.REQUIRED) {
        taken.clear();
      }
    }
    for (Component component : components) {
      keyExists(module, components, component);
    }
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

  private static void distinct(
      Module module, Component component, @org.jspecify.annotations.Nullable String other) {
    if (other != null) {
      throw module.error(component.line(), component.name() + " has the same tag as " + other);
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
