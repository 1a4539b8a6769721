package org.heliograph.asn1.compiler;

import java.util.Map;
import org.heliograph.asn1.compiler.Module.Definition;

/**
 * Writes ENUMERATED types, and the holders of the codec of all types without a Java type of their
 * own.
 */
final class NamedNumbersWriter {
  private final JavaFile file;
  private final JavaTypes types;
  private final String name;
  private final Definition definition;

  NamedNumbersWriter(JavaFile file, JavaTypes types, Definition definition) {
    this.file = file;
    this.types = types;
    this.name = JavaNames.upperCamel(definition.name());
    this.definition = definition;
  }

  void enumerated(Type.Enumerated type) {
    file.javadoc(
        "",
        type.extensible() ? "An ENUMERATED; unknown numbers are kept." : "An ENUMERATED.",
        definition.source());
    file.generated();
    if (type.extensible()) {
      extensible(type.values());
    } else {
      closed(type.values());
    }
  }

  private void closed(Map<String, Long> values) {
    file.line("public enum %s {", name);
    int left = values.size();
    for (Map.Entry<String, Long> e : values.entrySet()) {
      left--;
      file.line(
          "  %s(\"%s\", %d)%s",
          JavaNames.constant(e.getKey()), e.getKey(), e.getValue(), left > 0 ? "," : ";");
    }
    file.line("");
    codec("values(), " + name + "::number");
    file.line("  private final String words;");
    file.line("  private final long number;");
    file.line("");
    file.line("  %s(String words, long number) {", name);
    file.line("    this.words = words;");
    file.line("    this.number = number;");
    file.line("  }");
    file.line("");
    file.line("  /** The number on the wire. */");
    file.line("  public long number() {");
    file.line("    return number;");
    file.line("  }");
    file.line("");
    file.line("  /** The name as in the definition. */");
    file.line("  @Override");
    file.line("  public String toString() {");
    file.line("    return words;");
    file.line("  }");
    file.line("}");
  }

  private void extensible(Map<String, Long> values) {
    String map = file.name("java.util", "Map");
    file.line("public record %s(long number) {", name);
    values.forEach(
        (n, v) ->
            file.line(
                "  public static final %s %s = new %s(%d);", name, JavaNames.constant(n), name, v));
    file.line("");
    StringBuilder entries = new StringBuilder();
    values.forEach(
        (n, v) ->
            entries
                .append(entries.isEmpty() ? "" : ", ")
                .append(map + ".entry(" + v + "L, \"" + n + "\")"));
    file.line(
        "  private static final %s<Long, String> WORDS = %s.ofEntries(%s);", map, map, entries);
    file.line("");
    String all = String.join(", ", values.keySet().stream().map(JavaNames::constant).toList());
    codec("new " + name + "[] {" + all + "}, " + name + "::number, " + name + "::new");
    file.line("  /** The name as in the definition, or the number. */");
    file.line("  @Override");
    file.line("  public String toString() {");
    file.line("    return WORDS.getOrDefault(number, Long.toString(number));");
    file.line("  }");
    file.line("}");
  }

  private void codec(String arguments) {
    file.line("  /** How these values become octets and come back. */");
    file.line(
        "  public static final %s<%s> CODEC = %s.enumerated(\"%s\", %s)%s;",
        file.runtime("Codec"),
        name,
        file.runtime("Codecs"),
        definition.name(),
        arguments,
        types.taggings(definition.type()));
    file.line("");
  }

  /** A class that holds the codec and the names of numbers or bits. */
  void holder() {
    String type = types.type(definition.type());
    file.javadoc("", "Values are of type {@code " + type + "}.", definition.source());
    file.generated();
    file.line("public final class %s {", name);
    file.line("  /** How these values become octets and come back. */");
    file.line(
        "  public static final %s<%s> CODEC = %s.named(\"%s\");",
        file.runtime("Codec"), type, types.codec(definition.type()), definition.name());
    file.line("");
    Type inner = definition.untagged();
    while (inner instanceof Type.Constrained constrained) {
      inner = constrained.inner();
    }
    if (inner instanceof Type.Int integer) {
      integer
          .names()
          .forEach(
              (n, v) ->
                  file.line("  public static final long %s = %dL;", JavaNames.constant(n), v));
    } else if (inner instanceof Type.Bits bits) {
      bits.names()
          .forEach(
              (n, v) -> file.line("  public static final int %s = %d;", JavaNames.constant(n), v));
    }
    file.line("");
    file.line("  private %s() {}", name);
    file.line("}");
  }
}
