package org.heliograph.asn1.compiler;

import java.util.Set;
import java.util.TreeSet;

/** One Java source being written: its package, its imports, its lines. */
final class JavaFile {
  static final String ROOT = "org.heliograph.asn1";

  private final String packageName;
  private final Set<String> taken;
  private final Set<String> imports = new TreeSet<>();
  private final StringBuilder body = new StringBuilder();

  /**
   * @param packageName its package
   * @param taken simple names that mean something else here: the package's own types, nested types
   */
  JavaFile(String packageName, Set<String> taken) {
    this.packageName = packageName;
    this.taken = taken;
  }

  /** The name by which a type is to be called here; imported where that is possible. */
  String name(String typePackage, String simpleName) {
    if (typePackage.equals(packageName) && !nested.contains(simpleName)) {
      return simpleName;
    }
    if (taken.contains(simpleName) || nested.contains(simpleName)) {
      return typePackage + "." + simpleName;
    }
    String full = typePackage + "." + simpleName;
    String other =
        imports.stream().filter(i -> i.endsWith("." + simpleName)).findFirst().orElse(full);
    if (other.equals(full)) {
      imports.add(full);
      return simpleName;
    }
    return full;
  }

  private Set<String> nested = Set.of();

  /** Names of the types nested in this one: they hide those of the package. */
  void nested(Set<String> names) {
    nested = names;
  }

  /** A type of the runtime. */
  String runtime(String simpleName) {
    return name(ROOT, simpleName);
  }

  /** {@code @Nullable} in front of the last part of a type's name. */
  String nullable(String type) {
    String annotation = "@" + name("org.jspecify.annotations", "Nullable") + " ";
    int generic = type.indexOf('<');
    int dot = type.lastIndexOf('.', generic < 0 ? type.length() : generic);
    return type.substring(0, dot + 1) + annotation + type.substring(dot + 1);
  }

  void line(String text) {
    body.append(text).append('\n');
  }

  void line(String format, Object... arguments) {
    line(String.format(format, arguments));
  }

  /** Javadoc: a sentence, and the lines of the definition as they are in the module. */
  void javadoc(String indent, String sentence, String source) {
    line(indent + "/**");
    line(indent + " * " + sentence);
    if (!source.isEmpty()) {
      line(indent + " *");
      line(indent + " * <pre>{@code");
      for (String sourceLine : source.split("\n")) {
        String shown = sourceLine.replaceAll("\\s*--.*$", "").replace("*/", "*&#47;");
        if (!shown.isBlank()) {
          line(indent + " * " + shown);
        }
      }
      line(indent + " * }</pre>");
    }
    line(indent + " */");
  }

  void generated() {
    line(
        "@"
            + name("javax.annotation.processing", "Generated")
            + "(\"org.heliograph.asn1.compiler\")");
  }

  String text() {
    StringBuilder text = new StringBuilder("package " + packageName + ";\n\n");
    imports.forEach(i -> text.append("import ").append(i).append(";\n"));
    return text.append('\n').append(body).toString();
  }
}
