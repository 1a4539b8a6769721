package org.heliograph.asn1.compiler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One module: what it defines, and where the names come from that it does not. */
final class Module {
  final String file;
  String name = "";
  String packageName = "";
  boolean explicitTags = true;
  final Map<String, Import> imports = new LinkedHashMap<>();
  final Map<String, Definition> types = new LinkedHashMap<>();
  final Map<String, Value> values = new LinkedHashMap<>();
  final Map<String, List<Row>> tables = new LinkedHashMap<>();

  Module(String file) {
    this.file = file;
  }

  CompileException error(int line, String problem) {
    return new CompileException(file, line, problem);
  }

  /** A name taken from another module. */
  record Import(String module, int line) {}

  /** A named type and its text in the module. */
  record Definition(Module module, String name, Type type, int line, String source) {
    /** The type without the tags in front of it. */
    Type untagged() {
      Type inner = type;
      while (inner instanceof Type.Tagged tagged) {
        inner = tagged.inner();
      }
      return inner;
    }

    /** Whether values have a Java type of this definition's own. */
    boolean ownType() {
      Type inner = untagged();
      return inner instanceof Type.Structure
          || inner instanceof Type.Alternatives
          || inner instanceof Type.Enumerated;
    }
  }

  /** A named INTEGER (one word) or OBJECT IDENTIFIER (arcs, the first perhaps a name). */
  record Value(String name, boolean oid, List<String> words, int line) {}

  /** One row of a table. */
  record Row(String key, Type type, int line) {}
}
