package org.heliograph.asn1.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the module level: header, imports, and the assignments of types, values and tables. */
final class Parser {
  static final Set<String> RESERVED =
      Set.of(
          "DEFINITIONS",
          "TAGS",
          "BEGIN",
          "END",
          "IMPORTS",
          "EXPORTS",
          "FROM",
          "TABLE",
          "SEQUENCE",
          "SET",
          "CHOICE",
          "ENUMERATED",
          "INTEGER",
          "BIT",
          "OCTET",
          "OBJECT",
          "STRING",
          "IDENTIFIER",
          "ANY",
          "OF",
          "OPTIONAL",
          "DEFAULT",
          "COMPONENTS",
          "SIZE",
          "MIN",
          "MAX",
          "IMPLICIT",
          "EXPLICIT",
          "AUTOMATIC",
          "REAL",
          "EMBEDDED",
          "PDV",
          "RELATIVE-OID",
          "UNIVERSAL",
          "APPLICATION",
          "PRIVATE",
          "CLASS",
          "MACRO",
          "WITH",
          "CONSTRAINED",
          "INSTANCE",
          "TRUE",
          "FALSE",
          "CHARACTER");

  private final Module module;
  private final String text;
  private final Tokens in;

  private Parser(String file, String text) {
    this.module = new Module(file);
    this.text = text;
    this.in = new Tokens(module, new Lexer(file, text));
  }

  static Module parse(String file, String text) {
    Parser parser = new Parser(file, text);
    parser.module();
    return parser.module;
  }

  private void module() {
    in.markAnywhere(Mark.PACKAGE)
        .ifPresent(
            mark -> {
              if (mark.arguments().size() != 1) {
                throw module.error(mark.line(), "@package wants one name");
              }
              module.packageName = mark.arguments().getFirst();
            });
    module.name = in.expect(Token.Kind.UPPER, "the name of the module").text();
    if (module.packageName.isEmpty()) {
      throw module.error(
          in.line(), "no package: a line \"-- @package name\" is expected before the module");
    }
    in.expect("DEFINITIONS");
    if (in.accept("IMPLICIT")) {
      module.explicitTags = false;
    } else {
      in.expect("EXPLICIT");
    }
    in.expect("TAGS");
    in.expect("::=");
    in.expect("BEGIN");
    if (in.accept("IMPORTS")) {
      imports();
    }
    while (!in.accept("END")) {
      assignment();
    }
    in.expectEnd();
    in.refuseUnusedMarks();
  }

  private void imports() {
    while (!in.accept(";")) {
      List<Token> names = new ArrayList<>();
      do {
        names.add(in.next());
      } while (in.accept(","));
      in.expect("FROM");
      String from = in.expect(Token.Kind.UPPER, "the name of a module").text();
      for (Token name : names) {
        if (module.imports.put(name.text(), new Module.Import(from, name.line())) != null) {
          throw module.error(name.line(), name.text() + " is imported twice");
        }
      }
    }
  }

  private void assignment() {
    Token name = in.peek();
    if (in.accept("TABLE")) {
      table();
    } else if (name.kind() == Token.Kind.LOWER) {
      in.next();
      value(name);
    } else if (name.kind() == Token.Kind.UPPER && !RESERVED.contains(name.text())) {
      in.next();
      in.expect("::=");
      Type type = new TypeParser(module, in, name.text()).definition();
      define(name, type);
    } else {
      throw module.error(name.line(), "an assignment is expected, found " + name.shown());
    }
  }

  private void define(Token name, Type type) {
    String source = text.substring(name.from(), in.lastEnd());
    Module.Definition definition =
        new Module.Definition(module, name.text(), type, name.line(), source);
    if (module.types.put(name.text(), definition) != null
        || module.imports.containsKey(name.text())) {
      throw module.error(name.line(), name.text() + " is defined twice");
    }
  }

  private void value(Token name) {
    boolean oid = in.accept("OBJECT");
    if (oid) {
      in.expect("IDENTIFIER");
    } else if (!in.accept("INTEGER")) {
      throw in.unexpected("INTEGER or OBJECT IDENTIFIER (the only values there are)");
    }
    in.expect("::=");
    List<String> words = oid ? arcs() : List.of(Long.toString(in.number()));
    Module.Value value = new Module.Value(name.text(), oid, words, name.line());
    if (module.values.put(name.text(), value) != null) {
      throw module.error(name.line(), name.text() + " is defined twice");
    }
  }

  private List<String> arcs() {
    List<String> words = new ArrayList<>();
    in.expect("{");
    while (!in.accept("}")) {
      Token word = in.next();
      if (word.kind() == Token.Kind.LOWER && in.accept("(")) {
        words.add(in.expect(Token.Kind.NUMBER, "a number").text());
        in.expect(")");
      } else if (word.kind() == Token.Kind.NUMBER
          || (word.kind() == Token.Kind.LOWER && words.isEmpty())) {
        words.add(word.text());
      } else {
        throw module.error(word.line(), "an arc is expected, found " + word.shown());
      }
    }
    return words;
  }

  private void table() {
    Token name = in.expect(Token.Kind.LOWER, "the name of a table");
    List<Module.Row> rows = new ArrayList<>();
    in.expect("{");
    do {
      Token key = in.expect(Token.Kind.LOWER, "the name of a value");
      in.expect("=>");
      rows.add(new Module.Row(key.text(), new TypeParser(module, in, "").plain(), key.line()));
    } while (in.accept(","));
    in.expect("}");
    if (module.tables.put(name.text(), rows) != null) {
      throw module.error(name.line(), name.text() + " is defined twice");
    }
  }
}
