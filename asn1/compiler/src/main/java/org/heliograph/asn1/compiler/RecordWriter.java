package org.heliograph.asn1.compiler;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.asn1.compiler.Module.Definition;
import org.heliograph.asn1.compiler.Type.Component;
import org.heliograph.asn1.compiler.Type.Presence;

/** Writes a SEQUENCE or SET as a record, its codec, and a builder when it has many components. */
final class RecordWriter {
  private static final int MOST_WITHOUT_BUILDER = 5;

  private final JavaFile file;
  private final JavaTypes types;
  private final String name;
  private final Definition definition;
  private final Type.Structure structure;
  private final List<Component> components;
  private final int marker;
  private final List<Field> fields = new ArrayList<>();

  /** One component of the record in Java. */
  private record Field(
      String name,
      String type,
      boolean list,
      boolean optional,
      boolean primitive,
      String byDefault) {}

  RecordWriter(
      Schema schema,
      JavaFile file,
      JavaTypes types,
      Definition definition,
      Type.Structure structure) {
    this.file = file;
    this.types = types;
    this.name = JavaNames.upperCamel(definition.name());
    this.definition = definition;
    this.structure = structure;
    this.components = schema.components(definition.module(), structure);
    this.marker = schema.marker(definition.module(), structure);
    for (Component c : components) {
      String type = types.componentType(c);
      boolean primitive = type.equals("long") || type.equals("boolean");
      fields.add(
          new Field(
              JavaNames.lowerCamel(c.name()),
              type,
              types.fullType(c).matches("(java\\.util\\.)?List<.*"),
              c.presence() == Presence.OPTIONAL,
              primitive,
              c.presence() == Presence.DEFAULT ? types.byDefault(c) : ""));
    }
    if (marker >= 0) {
      String any = file.name("java.util", "List") + "<" + file.runtime("Any") + ">";
      fields.add(
          new Field(
              "additions", any, true, false, false, file.name("java.util", "List") + ".of()"));
    }
  }

  void write() {
    file.javadoc("", sentence(), definition.source());
    file.generated();
    List<String> parameters = fields.stream().map(f -> f.type() + " " + f.name()).toList();
    file.line("public record %s(%s) {", name, String.join(", ", parameters));
    codec();
    checks();
    if (components.isEmpty()
        || fields.stream().allMatch(f -> f.optional() || !f.byDefault().isEmpty())) {
      shortConstructor("Everything absent or at its default.", List.of());
    } else if (marker >= 0) {
      shortConstructor(
          "Without additions.", fields.subList(0, fields.size() - 1).stream().toList());
    }
    if (fields.size() > MOST_WITHOUT_BUILDER) {
      builder();
    }
    file.line("}");
  }

  private String sentence() {
    String kind = structure.set() ? "SET" : "SEQUENCE";
    return "A "
        + kind
        + (marker >= 0 ? "; {@code additions} are elements that this version does not know." : ".");
  }

  private void codec() {
    String nullable = "";
    file.line("  /** How these values become octets and come back. */");
    file.line("  public static final %s<%s> CODEC =", file.runtime("Codec"), name);
    file.line(
        "      %s.<%s>%s(\"%s\")",
        file.runtime("Struct"), name, structure.set() ? "set" : "sequence", definition.name());
    for (int i = 0; i < components.size(); i++) {
      if (i == marker) {
        file.line("          .extensible(%s::additions)%s", name, nullable);
      }
      component(components.get(i), fields.get(i));
    }
    if (marker == components.size()) {
      file.line("          .extensible(%s::additions)", name);
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String type = fields.get(i).type();
      String witness = type.equals("long") ? "<Long>" : type.equals("boolean") ? "<Boolean>" : "";
      values.add("f." + witness + "get(" + i + ")");
    }
    file.line(
        "          .build(f -> new %s(%s))%s;",
        name, String.join(", ", values), types.taggings(definition.type()));
    file.line("");
  }

  private void component(Component component, Field field) {
    String method =
        switch (component.presence()) {
          case REQUIRED -> "required";
          case OPTIONAL -> "optional";
          case DEFAULT -> "defaulted";
        };
    String last = component.presence() == Presence.DEFAULT ? ", " + field.byDefault() : "";
    file.line(
        "          .%s(\"%s\", %s::%s, %s%s)",
        method, component.name(), name, field.name(), types.codec(component), last);
    if (component.stream()) {
      file.line("          .streamed()");
    }
  }

  private void checks() {
    List<Field> checked =
        fields.stream().filter(f -> f.list() || (!f.optional() && !f.primitive())).toList();
    if (checked.isEmpty()) {
      return;
    }
    file.line("  /** Lists are copied; what is not OPTIONAL must be there. */");
    file.line("  public %s {", name);
    for (Field f : checked) {
      String copy = file.name("java.util", "List") + ".copyOf(" + f.name() + ")";
      String check =
          f.list()
              ? (f.optional() ? f.name() + " == null ? null : " + copy : copy)
              : file.name("java.util", "Objects")
                  + ".requireNonNull("
                  + f.name()
                  + ", \""
                  + f.name()
                  + "\")";
      file.line(f.list() ? "    " + f.name() + " = " + check + ";" : "    " + check + ";");
    }
    file.line("  }");
    file.line("");
  }

  private void shortConstructor(String sentence, List<Field> given) {
    if (given.size() == fields.size()) {
      return;
    }
    List<String> parameters = given.stream().map(f -> f.type() + " " + f.name()).toList();
    List<String> values =
        fields.stream()
            .map(
                f ->
                    given.contains(f) ? f.name() : f.byDefault().isEmpty() ? "null" : f.byDefault())
            .toList();
    file.line("  /** %s */", sentence);
    file.line("  public %s(%s) {", name, String.join(", ", parameters));
    file.line("    this(%s);", String.join(", ", values));
    file.line("  }");
    file.line("");
  }

  private void builder() {
    file.line("  /** Starts a value with everything absent or at its default. */");
    file.line("  public static Builder builder() {");
    file.line("    return new Builder();");
    file.line("  }");
    file.line("");
    file.line("  /** Starts a value from this one. */");
    file.line("  public Builder toBuilder() {");
    file.line("    Builder builder = new Builder();");
    fields.forEach(f -> file.line("    builder.%s = %s;", f.name(), f.name()));
    file.line("    return builder;");
    file.line("  }");
    file.line("");
    file.line("  /** Collects the components. */");
    file.line("  public static final class Builder {");
    for (Field f : fields) {
      boolean mayMiss = f.byDefault().isEmpty() && !f.optional();
      String boxed =
          f.type().equals("long") ? "Long" : f.type().equals("boolean") ? "Boolean" : f.type();
      file.line(
          "    private %s %s%s;",
          mayMiss ? file.nullable(boxed) : f.type(),
          f.name(),
          f.byDefault().isEmpty() ? "" : " = " + f.byDefault());
    }
    file.line("");
    file.line("    private Builder() {}");
    for (Field f : fields) {
      file.line("");
      file.line("    public Builder %s(%s %s) {", f.name(), f.type(), f.name());
      file.line("      this.%s = %s;", f.name(), f.name());
      file.line("      return this;");
      file.line("    }");
    }
    file.line("");
    file.line("    /**");
    file.line("     * The value.");
    file.line("     *");
    file.line(
        "     * @throws NullPointerException naming a component that must be there and is not");
    file.line("     */");
    file.line("    public %s build() {", name);
    List<String> values =
        fields.stream()
            .map(
                f ->
                    f.byDefault().isEmpty() && !f.optional()
                        ? file.name("java.util", "Objects")
                            + ".requireNonNull("
                            + f.name()
                            + ", \""
                            + f.name()
                            + "\")"
                        : f.name())
            .toList();
    file.line("      return new %s(%s);", name, String.join(", ", values));
    file.line("    }");
    file.line("  }");
  }
}
