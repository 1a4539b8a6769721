package org.heliograph.asn1.compiler;

import java.util.HashSet;
import java.util.Set;
import org.heliograph.asn1.compiler.Module.Definition;
import org.heliograph.asn1.compiler.Type.Component;

/** Writes a CHOICE as a sealed interface with one record for each alternative. */
final class ChoiceWriter {
  private final JavaFile file;
  private final JavaTypes types;
  private final String name;
  private final Definition definition;
  private final Type.Alternatives choice;

  ChoiceWriter(JavaFile file, JavaTypes types, Definition definition, Type.Alternatives choice) {
    this.file = file;
    this.types = types;
    this.name = JavaNames.upperCamel(definition.name());
    this.definition = definition;
    this.choice = choice;
  }

  void write() {
    Set<String> nested = new HashSet<>();
    choice.alternatives().forEach(a -> nested.add(record(a)));
    if (choice.extensible()) {
      nested.add("Unknown");
    }
    file.nested(nested);
    file.javadoc(
        "", "A CHOICE: each alternative is a record that holds one value.", definition.source());
    file.generated();
    file.line("public sealed interface %s extends %s {", name, file.runtime("ChoiceValue"));
    codec();
    choice.alternatives().forEach(this::alternative);
    if (choice.extensible()) {
      file.line("");
      file.line("  /** An alternative that this version does not know. */");
      file.line("  record Unknown(%s value) implements %s {}", file.runtime("Any"), name);
    }
    file.line("}");
  }

  /** The name of an alternative's record, which cannot be that of the interface around it. */
  private String record(Component alternative) {
    String record = JavaNames.upperCamel(alternative.name());
    return record.equals(name) ? record + "Value" : record;
  }

  private void codec() {
    file.line("  /** How these values become octets and come back. */");
    file.line("  %s<%s> CODEC =", file.runtime("Codec"), name);
    file.line("      %s.<%s>of(\"%s\")", file.runtime("Choice"), name, definition.name());
    for (Component a : choice.alternatives()) {
      String record = record(a);
      file.line(
          "          .alternative(\"%s\", %s.class, %s, %s::new)",
          a.name(), record, types.codec(a), record);
      if (a.stream()) {
        file.line("          .streamed()");
      }
    }
    if (choice.extensible()) {
      file.line("          .extensible(Unknown::new)");
    }
    file.line("          .build()%s;", types.taggings(definition.type()));
  }

  private void alternative(Component a) {
    String record = record(a);
    String type = types.fullType(a);
    boolean list = type.matches("(java\\.util\\.)?List<.*");
    boolean nothing = type.equals("Null");
    file.line("");
    file.line("  /** The alternative {@code %s}. */", a.name());
    if (!list && !nothing) {
      file.line("  record %s(%s value) implements %s {}", record, type, name);
      return;
    }
    file.line("  record %s(%s value) implements %s {", record, type, name);
    if (list) {
      file.line("    /** The list is copied. */");
      file.line("    public %s {", record);
      file.line("      value = %s.copyOf(value);", file.name("java.util", "List"));
      file.line("    }");
    } else {
      file.line("    /** There is only one such value. */");
      file.line("    public %s() {", record);
      file.line("      this(%s.NULL);", file.runtime("Null"));
      file.line("    }");
    }
    file.line("  }");
  }
}
