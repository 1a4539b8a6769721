package org.heliograph.asn1.compiler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not in the language is refused with file, line and what was expected. */
class RefusalTest {
  /** The third line is the one at fault. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // types outside of the language
        "T ::= REAL | a type is expected, found \"REAL\"",
        "T ::= EMBEDDED PDV | a type is expected, found \"EMBEDDED\"",
        "T ::= RELATIVE-OID | a type is expected, found \"RELATIVE-OID\"",
        "T ::= CHARACTER STRING | a type is expected, found \"CHARACTER\"",
        "T ::= INSTANCE OF X | a type is expected, found \"INSTANCE\"",
        "T ::= CLASS { } | a type is expected, found \"CLASS\"",
        "T MACRO ::= BEGIN END | \"::=\" is expected, found \"MACRO\"",
        "T{X} ::= INTEGER | \"::=\" is expected, found \"{\"",
        "T ::= IA5String (FROM (\"a\")) | \"\"\" is no part of the language",
        "T ::= INTEGER (1 | a number is expected, found \"2\"",
        "T ::= INTEGER (0<..5) | \"<\" is no part of the language",
        "T ::= SEQUENCE { a INTEGER, [[ b NULL ]] } | the name of a component is expected, found \"[\"",
        "T ::= SEQUENCE { a INTEGER, ..., ... } | one extension marker is enough",
        "T ::= SEQUENCE { A INTEGER } | the name of a component is expected, found \"A\"",
        "T ::= SEQUENCE { a INTEGER b NULL } | \"}\" is expected, found \"b\"",
        "T ::= [X] INTEGER | a tag number is expected, found \"X\"",
        "T ::= [268435456] INTEGER | tag number 268435456 is longer than 28 bits",
        "T ::= ENUMERATED { a, b } | \"(\" is expected, found \",\"",
        "T ::= ENUMERATED { a(1), b(1) } | b(1): name or number is there already",
        "T ::= INTEGER { a(1), a(2) } | a(2): name or number is there already",
        // values
        "v BOOLEAN ::= TRUE | INTEGER or OBJECT IDENTIFIER (the only values there are) is expected, found \"BOOLEAN\"",
        "v INTEGER ::= 99999999999999999999 | 99999999999999999999 does not fit in 64 bits",
        "v OBJECT IDENTIFIER ::= { x 1 } | value x is neither defined nor imported",
        "v OBJECT IDENTIFIER ::= { v 1 } | v is defined by itself",
        "v OBJECT IDENTIFIER ::= { 2 } | { 2 } is no object identifier",
        "v OBJECT IDENTIFIER ::= { 1 40 } | { 1 40 } is no object identifier",
        "v OBJECT IDENTIFIER ::= { 2 X } | an arc is expected, found \"X\"",
        // names
        "T ::= Nowhere | type Nowhere is neither defined nor imported",
        "T ::= SEQUENCE { a SET OF Nowhere } | type Nowhere is neither defined nor imported",
        "T ::= T | T is defined by itself",
        "T ::= SEQUENCE { COMPONENTS OF T } | COMPONENTS OF a type within itself",
        "T ::= SET { COMPONENTS OF S } S ::= SEQUENCE { a NULL } | COMPONENTS OF wants a SET",
        "T ::= NULL T ::= NULL | T is defined twice",
        "T ::= SEQUENCE { a-b NULL, aB BOOLEAN } | a second component aB",
        "T ::= INTEGER (0..x) | value x is neither defined nor imported",
        "T ::= SEQUENCE { a INTEGER DEFAULT x } | value x is neither defined nor imported",
        "T ::= SEQUENCE { a IA5String DEFAULT x } | no default value of a that is understood",
        "T ::= SEQUENCE { a ANY DEFINED BY b } | there is no component b beside a",
        // tags that cannot be told apart
        "T ::= CHOICE { a INTEGER, b INTEGER } | b has the same tag as a",
        "T ::= SET { a [0] NULL, b [0] BOOLEAN } | b has the same tag as a",
        "T ::= SEQUENCE { a INTEGER OPTIONAL, b INTEGER } | b has the same tag as a",
        "T ::= SEQUENCE { a INTEGER DEFAULT 1, b CHOICE { x INTEGER, y NULL } } | b has the same tag as a",
        "T ::= SET { a [0] NULL, b CHOICE { x [0] NULL, y [1] NULL } } | b has the same tag as a",
        "T ::= SEQUENCE { a ANY OPTIONAL, b INTEGER } | b could be a, an open type, as well",
        "T ::= SEQUENCE { a INTEGER OPTIONAL, b ANY } | b, an open type, could be a as well",
        "T ::= SET { a INTEGER, b ANY } | b, an open type, could be a as well",
        "T ::= CHOICE { a ANY, b NULL } | b could be a, an open type, as well",
        "T ::= CHOICE { a INTEGER OPTIONAL } | an alternative is always there",
        // constraints that do not fit
        "T ::= INTEGER (SIZE (1)) | SIZE does not fit the type",
        "T ::= BOOLEAN (SIZE (1)) | SIZE does not fit the type",
        "T ::= IA5String (1..2) | a value range does not fit the type",
        "T ::= INTEGER (2..1) | the range 2..1 is empty",
        "T ::= INTEGER (0..v) v OBJECT IDENTIFIER ::= { 2 1 } | v is an object identifier, a number is expected",
        // tables and marks
        "T ::= ANY -- @table nowhere | no module has a TABLE nowhere",
        "TABLE t { x => NULL } | x is no value of this module; a table has keys of its module",
        "TABLE t { v => NULL, w => NULL } v INTEGER ::= 1 w INTEGER ::= 1 | w is in the table t already",
        "TABLE t { v => SEQUENCE { } } v INTEGER ::= 1 | a named type is expected here",
        "T ::= NULL -- @magic | unknown mark @magic",
        "T ::= NULL -- @big | @big does not fit the type it marks",
        "T ::= NULL -- @table t | @table does not fit the type it marks",
        "T ::= [0] EXPLICIT INTEGER -- @or-explicit | @or-explicit marks an implicit tag",
        "-- @stream | the mark @stream stands where it marks nothing",
        "T ::= SEQUENCE { a INTEGER -- @stream | @stream marks an OCTET STRING without explicit tag",
        "T ::= SEQUENCE { a [0] EXPLICIT OCTET STRING -- @stream | @stream marks an OCTET STRING without explicit tag",
        "T ::= SEQUENCE OF U U ::= SEQUENCE { a OCTET STRING -- @stream | @stream within a list marks no single place",
      })
  void refusesLine3(String line, String expected) {
    String body = line.strip().equals("T ::= INTEGER (1") ? "T ::= INTEGER (1 2)" : line;
    String closing = body.contains("@stream") && body.contains("{") ? "\n}" : "";
    String wanted = body.endsWith("(1 2)") ? "\")\" is expected, found \"2\"" : expected;
    assertThatThrownBy(() -> Compiled.implicit(body + closing))
        .isInstanceOf(CompileException.class)
        .hasMessage("Test.asn:3: " + wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Test DEFINITIONS IMPLICIT TAGS ::= BEGIN END | Test.asn:1: no package: a line \"-- @package name\" is expected before the module",
        "-- @package t~test DEFINITIONS | Test.asn:2: the name of the module is expected, found \"test\"",
        "-- @package t~T DEFINITIONS AUTOMATIC TAGS ::= BEGIN END | Test.asn:2: \"EXPLICIT\" is expected, found \"AUTOMATIC\"",
        "-- @package t~T DEFINITIONS ::= BEGIN END | Test.asn:2: \"EXPLICIT\" is expected, found \"::=\"",
        "-- @package t~T DEFINITIONS IMPLICIT TAGS ::= BEGIN | Test.asn:2: an assignment is expected, found the end of the file",
        "-- @package t~T DEFINITIONS IMPLICIT TAGS ::= BEGIN END~more | Test.asn:3: nothing after END is expected, found \"more\"",
        "-- @package t~T DEFINITIONS IMPLICIT TAGS ::= BEGIN~IMPORTS X FROM Y;~END | Test.asn:3: there is no module Y",
        "-- @package t~T DEFINITIONS IMPLICIT TAGS ::= BEGIN~IMPORTS X, X FROM Y;~END | Test.asn:3: X is imported twice",
        "-- @package t~T DEFINITIONS IMPLICIT TAGS ::= BEGIN~IMPORTS X FROM T;~END | Test.asn:3: T does not define X",
        "-- @package t u~T DEFINITIONS IMPLICIT TAGS ::= BEGIN END | Test.asn:1: @package wants one name",
      })
  void refusesModules(String text, String expected) {
    assertThatThrownBy(() -> Compiled.modules(text.replace('~', '\n')))
        .isInstanceOf(CompileException.class)
        .hasMessage(expected);
  }

  @Test
  void refusesTwoModulesOfOneNameOrPackage() {
    String first = "-- @package a\nA DEFINITIONS IMPLICIT TAGS ::= BEGIN END";
    assertThatThrownBy(() -> Compiled.modules(first, first))
        .hasMessage("Test.asn:1: a second module A");
    assertThatThrownBy(() -> Compiled.modules(first, first.replace("A DEF", "B DEF")))
        .hasMessage("Test.asn:1: package a is that of A already");
  }

  @Test
  void everyTruncationOfAModuleIsRefused() {
    String text =
        """
        -- @package test
        Test DEFINITIONS IMPLICIT TAGS ::= BEGIN
        T ::= SEQUENCE { a [0] INTEGER (0..5) DEFAULT 1, b CHOICE { x NULL, ... } OPTIONAL, ..., c ANY DEFINED BY a }
        v OBJECT IDENTIFIER ::= { 2 6 }
        TABLE t { v => T }
        END""";
    for (String cut : List.of(text).stream().flatMap(t -> prefixes(t).stream()).toList()) {
      assertThatThrownBy(() -> Main.compile(List.of(Parser.parse("Test.asn", cut))))
          .as(cut)
          .isInstanceOf(CompileException.class)
          .hasMessageMatching("(?s)Test.asn:\\d+: .+");
    }
  }

  private static List<String> prefixes(String text) {
    return java.util.stream.IntStream.range(0, text.length())
        .mapToObj(i -> text.substring(0, i))
        .toList();
  }
}
