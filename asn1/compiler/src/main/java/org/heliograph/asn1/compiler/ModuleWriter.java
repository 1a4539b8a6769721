package org.heliograph.asn1.compiler;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heliograph.asn1.compiler.Module.Definition;

/** Makes the Java sources of all modules: path below the source root, and text. */
final class ModuleWriter {
  private static final String CATALOG = "catalog";

  private final Schema schema;
  private final Map<String, String> sources = new TreeMap<>();

  ModuleWriter(Schema schema) {
    this.schema = schema;
  }

  Map<String, String> write() {
    for (Module module : schema.modules()) {
      Set<String> taken =
          module.types.keySet().stream()
              .map(JavaNames::upperCamel)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      taken.add(className(module));
      module.types.values().forEach(d -> type(d, taken));
      values(module, taken);
      packageInfo(
          module.packageName,
          "Values and codecs of the ASN.1 module " + module.name + ", made by the compiler.");
    }
    catalog();
    packageInfo(
        CATALOG, "All types and tables of all ASN.1 modules by name, made by the compiler.");
    return sources;
  }

  private static String className(Module module) {
    return JavaNames.upperCamel(module.name);
  }

  private void type(Definition definition, Set<String> taken) {
    JavaFile file = new JavaFile(JavaTypes.packageOf(definition.module()), taken);
    JavaTypes types = new JavaTypes(schema, file);
    switch (definition.untagged()) {
      case Type.Structure s -> new RecordWriter(schema, file, types, definition, s).write();
      case Type.Alternatives a -> new ChoiceWriter(file, types, definition, a).write();
      case Type.Enumerated e -> new NamedNumbersWriter(file, types, definition).enumerated(e);
      default -> new NamedNumbersWriter(file, types, definition).holder();
    }
    put(definition.module().packageName, JavaNames.upperCamel(definition.name()), file);
  }

  private void put(String packageName, String className, JavaFile file) {
    sources.put("org/heliograph/asn1/" + packageName + "/" + className + ".java", file.text());
  }

  /** The class with the values and tables of one module. */
  private void values(Module module, Set<String> taken) {
    JavaFile file = new JavaFile(JavaTypes.packageOf(module), taken);
    JavaTypes types = new JavaTypes(schema, file);
    file.javadoc("", "The values and tables of the module {@code " + module.name + "}.", "");
    file.generated();
    file.line("public final class %s {", className(module));
    for (Module.Value value : module.values.values()) {
      if (value.oid()) {
        String oid = file.runtime("ObjectIdentifier");
        file.line(
            "  public static final %s %s = %s.of(\"%s\");",
            oid, JavaNames.constant(value.name()), oid, schema.oid(module, value));
      } else {
        file.line(
            "  public static final long %s = %sL;",
            JavaNames.constant(value.name()), value.words().getFirst());
      }
    }
    module.tables.forEach((name, rows) -> table(file, types, module, name, rows));
    file.line("");
    file.line("  private %s() {}", className(module));
    file.line("}");
    put(module.packageName, className(module), file);
  }

  private void table(
      JavaFile file, JavaTypes types, Module module, String name, List<Module.Row> rows) {
    String table = file.runtime("Table");
    file.line("");
    file.line("  /** What this module adds to the table {@code %s}. */", name);
    file.line("  public static final %s %s =", table, JavaNames.constant(name));
    file.line("      %s.of(\"%s\")", table, name);
    for (Module.Row row : rows) {
      schema.value(module, row.key(), row.line());
      file.line(
          "          .row(%s, \"%s\", %s)",
          JavaNames.constant(row.key()), row.key(), types.codec(row.type()));
    }
    file.line("          .build();");
  }

  /** Types by name, and the tables of the same name joined. */
  private void catalog() {
    JavaFile file = new JavaFile(JavaFile.ROOT + "." + CATALOG, Set.of("Catalog"));
    String map = file.name("java.util", "Map");
    String table = file.runtime("Table");
    file.javadoc("", "All types and tables by name: for tools that show octets.", "");
    file.generated();
    file.line("public final class Catalog {");
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (Module module : schema.modules()) {
      String owner = JavaTypes.packageOf(module) + "." + className(module);
      module
          .tables
          .keySet()
          .forEach(
              name ->
                  tables.merge(
                      name, List.of(owner + "." + JavaNames.constant(name)), ModuleWriter::joined));
    }
    tables.forEach(
        (name, parts) -> {
          file.line("  /** The table {@code %s} of all modules. */", name);
          file.line("  public static final %s %s =", table, JavaNames.constant(name));
          file.line("      %s.join(\"%s\", %s);", table, name, String.join(", ", parts));
          file.line("");
        });
    file.line("  /** All tables by the name that open types refer to them by. */");
    file.line("  public static final %s<String, %s> TABLES =", map, table);
    file.line(
        "      %s.ofEntries(%s);",
        map,
        tables.keySet().stream()
            .map(n -> map + ".entry(\"" + n + "\", " + JavaNames.constant(n) + ")")
            .collect(Collectors.joining(",\n          ")));
    file.line("");
    types(file, map);
    file.line("");
    names(file, map);
    file.line("");
    file.line("  private Catalog() {}");
    file.line("}");
    put(CATALOG, "Catalog", file);
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
  }

  private void types(JavaFile file, String map) {
    String codec = file.runtime("Codec");
    file.line("  private static final %s<String, %s<?>> TYPES = types();", map, codec);
    file.line("");
    file.line(
        "  /** The codec of a type by module and name, as {@code X411.MTS-APDU}; empty when there is none. */");
    file.line(
        "  public static %s<%s<?>> type(String name) {", file.name("java.util", "Optional"), codec);
    file.line("    return java.util.Optional.ofNullable(TYPES.get(name));");
    file.line("  }");
    file.line("");
    file.line("  /** The names of all types. */");
    file.line("  public static %s<String> typeNames() {", file.name("java.util", "Set"));
    file.line("    return TYPES.keySet();");
    file.line("  }");
    file.line("");
    file.line("  private static %s<String, %s<?>> types() {", map, codec);
    file.line("    java.util.TreeMap<String, %s<?>> types = new java.util.TreeMap<>();", codec);
    for (Module module : schema.modules()) {
      for (Definition d : module.types.values()) {
        file.line(
            "    types.put(\"%s.%s\", %s.of(() -> %s.%s.CODEC));",
            module.name,
            d.name(),
            codec,
            JavaTypes.packageOf(module),
            JavaNames.upperCamel(d.name()));
      }
    }
    file.line("    return java.util.Collections.unmodifiableMap(types);");
    file.line("  }");
  }

  private void names(JavaFile file, String map) {
    String oid = file.runtime("ObjectIdentifier");
    file.line("  private static final %s<%s, String> NAMES = names();", map, oid);
    file.line("");
    file.line("  /** The name of an object identifier in the modules; empty when none has it. */");
    file.line(
        "  public static %s<String> nameOf(%s identifier) {",
        file.name("java.util", "Optional"), oid);
    file.line("    return java.util.Optional.ofNullable(NAMES.get(identifier));");
    file.line("  }");
    file.line("");
    file.line("  private static %s<%s, String> names() {", map, oid);
    file.line("    java.util.HashMap<%s, String> names = new java.util.HashMap<>();", oid);
    for (Module module : schema.modules()) {
      for (Module.Value value : module.values.values()) {
        if (value.oid()) {
          file.line(
              "    names.putIfAbsent(%s.%s.%s, \"%s\");",
              JavaTypes.packageOf(module),
              className(module),
              JavaNames.constant(value.name()),
              value.name());
        }
      }
    }
    file.line("    return java.util.Collections.unmodifiableMap(names);");
    file.line("  }");
  }

  private void packageInfo(String packageName, String sentence) {
    String text =
        "/** "
            + sentence
            + " */\n@NullMarked\npackage "
            + JavaFile.ROOT
            + "."
            + packageName
            + ";\n\nimport org.jspecify.annotations.NullMarked;\n";
    sources.put("org/heliograph/asn1/" + packageName + "/package-info.java", text);
  }
}
