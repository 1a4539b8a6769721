package org.heliograph.asn1.compiler;

import java.util.Locale;
import java.util.Set;

/** From ASN.1 names to Java names: a hyphen goes, the letter behind it becomes a capital. */
final class JavaNames {
  private static final Set<String> TAKEN =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "try",
          "void",
          "volatile",
          "while",
          "true",
          "false",
          "null",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait",
          "additions",
          "builder",
          "toBuilder",
          "build",
          "_");

  private JavaNames() {}

  /** The name of a class. */
  static String upperCamel(String name) {
    String camel = camel(name);
    return Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
  }

  /** The name of a component. */
  static String lowerCamel(String name) {
    String camel = camel(name);
    return TAKEN.contains(camel) ? camel + "_" : camel;
  }

  /** The name of a constant. */
  static String constant(String name) {
    StringBuilder constant = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean hump = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1));
      if (hump) {
        constant.append('_');
      }
      constant.append(c == '-' ? '_' : c);
    }
    return constant.toString().toUpperCase(Locale.ROOT);
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean up = false;
    for (char c : name.toCharArray()) {
      if (c == '-') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return camel.toString();
  }
}
