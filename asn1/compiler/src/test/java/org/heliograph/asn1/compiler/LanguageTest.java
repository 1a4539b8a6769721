package org.heliograph.asn1.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Splitter;
import org.heliograph.asn1.Table;
import org.junit.jupiter.api.Test;

/** Every part of the language: a small module, compiled and run on octets. */
class LanguageTest {
  @Test
  void universalTypes() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            All ::= SEQUENCE {
              a BOOLEAN, b INTEGER, c BIT STRING, d OCTET STRING, e NULL, f OBJECT IDENTIFIER,
              g UTF8String, h NumericString, i PrintableString, j TeletexString, k T61String, l IA5String,
              m UTCTime, n GeneralizedTime, o GraphicString, p VisibleString, q GeneralString, r BMPString,
              s UniversalString, t VideotexString, u ObjectDescriptor, v ENUMERATED { one(1) }, w ANY
            }
            """);
    c.same(
        "All",
        "All[a=true, b=2, c=BitString[octets=1 octets 80, unused=7], d=1 octets 04, e=NULL, f=2.1.1, g=g, h=8, i=i, "
            + "j=j, k=k, l=l, m=Time[generalized=false, text=2611231218Z], n=Time[generalized=true, text=2026112312Z], "
            + "o=o, p=p, q=q, r=r, s=s, t=t, u=u, v=one, w=Any[octets=2 octets 0500]]",
        "30 5D 0101FF 020102 03020780 040104 0500 06025101 0C0167 120138 130169 14016A 14016B 16016C"
            + "170B323631313233313231385A 180B323032363131323331325A 19016F 1A0170 1B0171 1E020072 1C0400000073 150174 070175"
            + "0A0101 0500");
  }

  @Test
  void taggingOfTheModule() throws Exception {
    String body =
        """
        T ::= SEQUENCE { a [0] INTEGER, b [1] EXPLICIT INTEGER, c [2] IMPLICIT INTEGER, d [3] Either, e App }
        Either ::= CHOICE { i INTEGER, n NULL }
        App ::= [APPLICATION 1] INTEGER
        """;
    // CHOICE is tagged explicitly whatever the module says.
    Compiled.implicit(body)
        .same(
            "T",
            "T[a=1, b=2, c=3, d=I[value=4], e=5]",
            "30 13 800101 A103020102 820103 A303020104 410105");
    Compiled.explicit(body)
        .same(
            "T",
            "T[a=1, b=2, c=3, d=I[value=4], e=5]",
            "30 17 A003020101 A103020102 820103 A303020104 6103020105");
  }

  @Test
  void sequenceWithOptionalAndDefault() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            T ::= SEQUENCE {
              a [0] INTEGER DEFAULT 5,
              b [1] INTEGER { five(5), six(6) } DEFAULT six,
              c [2] BOOLEAN DEFAULT TRUE,
              d [3] Colour DEFAULT red,
              e [4] BIT STRING { x(0), y(1) } DEFAULT { y },
              f [5] SEQUENCE OF INTEGER DEFAULT {},
              g [6] IA5String OPTIONAL,
              h [7] INTEGER DEFAULT limit,
              i [8] INTEGER DEFAULT -3
            }
            Colour ::= ENUMERATED { red(0), green(1) }
            limit INTEGER ::= 77
            """);
    c.same(
        "T",
        "T[a=5, b=6, c=true, d=red, e=BitString[octets=1 octets 40, unused=6], f=[], g=null, h=77, i=-3]",
        "30 00");
    c.same(
        "T",
        "T[a=6, b=5, c=false, d=green, e=BitString[octets=0 octets , unused=0], f=[1], g=x, h=1, i=0]",
        "30 1D 800106 810105 820100 830101 840100 A503020101 860178 870101 880100");
  }

  @Test
  void setWithUntaggedChoiceAndComponentsOf() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            T ::= SET { COMPONENTS OF Base, own [5] INTEGER }
            Base ::= SET { either Either, COMPONENTS OF Inner, ..., later [9] NULL OPTIONAL }
            Inner ::= SET { deep [6] INTEGER OPTIONAL }
            Either ::= CHOICE { i INTEGER, n [1] NULL }
            """);
    c.same("T", "T[either=I[value=1], deep=2, own=3]", "31 09 020101 860102 850103");
    assertThat(c.codec("T").decode(Octets.ofHex("31 05 850103 8100")))
        .hasToString("T[either=N[value=NULL], deep=null, own=3]");
  }

  @Test
  void extensionMarkers() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            S ::= SEQUENCE { a INTEGER, ..., b [1] INTEGER OPTIONAL }
            C ::= CHOICE { a INTEGER, ... }
            E ::= ENUMERATED { one(1), ... }
            Empty ::= SEQUENCE { ... }
            """);
    c.same("S", "S[a=1, b=2, additions=[Any[octets=2 octets 0500]]]", "30 08 020101 0500 810102");
    c.same("C", "Unknown[value=Any[octets=2 octets 0500]]", "05 00");
    c.same("C", "A[value=7]", "02 01 07");
    c.same("E", "9", "0A 01 09");
    c.same("E", "one", "0A 01 01");
    c.same("Empty", "Empty[additions=[Any[octets=2 octets 0500]]]", "30 02 0500");
  }

  @Test
  void namedNumbersAndBits() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            N ::= INTEGER { first-one(1), second(2) }
            B ::= BIT STRING { zero(0), nine(9) } (SIZE (0..limit))
            limit INTEGER ::= 12
            """);
    assertThat(c.constant("N", "FIRST_ONE")).isEqualTo(1L);
    assertThat(c.constant("B", "NINE")).isEqualTo(9);
    c.same("N", "2", "02 01 02");
    c.same("B", "BitString[octets=2 octets 8040, unused=6]", "03 03 06 8040");
    // Trailing zeros of a named bit list do not count against its bounds.
    assertThat(violations(c.codec("B"), "03 03 00 8040")).isEmpty();
    assertThat(violations(c.codec("B"), "03 03 00 8001")).hasSize(1);
  }

  @Test
  void constraints() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            T ::= SEQUENCE {
              a IA5String (SIZE (1..2)),
              b INTEGER (-1..ub),
              c SEQUENCE SIZE (1..MAX) OF INTEGER,
              d OCTET STRING (SIZE (2)),
              e SET (SIZE (MIN..1)) OF INTEGER
            }
            ub INTEGER ::= 7
            """);
    assertThat(violations(c.codec("T"), "30 11 160161 020107 3003020100 04020000 3100")).isEmpty();
    assertThat(violations(c.codec("T"), "30 17 1603616161 020108 3000 0403000000 3106020100020100"))
        .containsExactly(
            "a size 3 where 1..2 is allowed",
            "b value 8 where -1..7 is allowed",
            "c size 0 where 1..MAX is allowed",
            "d size 3 where 2 is allowed",
            "e size 2 where 0..1 is allowed");
  }

  @Test
  void valuesAndObjectIdentifiers() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            root OBJECT IDENTIFIER ::= { joint-iso-itu-t(2) mhs(6) }
            leaf OBJECT IDENTIFIER ::= { root 1 4 }
            minus INTEGER ::= -5
            """);
    assertThat(c.constant("Test", "LEAF")).isEqualTo(ObjectIdentifier.of("2.6.1.4"));
    assertThat(c.constant("Test", "MINUS")).isEqualTo(-5L);
  }

  @Test
  void importsAcrossModules() throws Exception {
    Compiled c =
        Compiled.modules(
            """
            -- @package test
            Test DEFINITIONS IMPLICIT TAGS ::= BEGIN
            IMPORTS Other, bound, base FROM Second;
            T ::= SEQUENCE { a Other, b INTEGER (0..bound) }
            below OBJECT IDENTIFIER ::= { base 9 }
            END
            """,
            """
            -- @package second
            Second DEFINITIONS EXPLICIT TAGS ::= BEGIN
            Other ::= SEQUENCE { x [0] INTEGER }
            bound INTEGER ::= 3
            base OBJECT IDENTIFIER ::= { 2 6 }
            END
            """);
    // A type keeps the tagging of the module it stands in.
    c.same("T", "T[a=Other[x=1], b=2]", "30 0A 3005A003020101 020102");
    assertThat(c.constant("Test", "BELOW")).isEqualTo(ObjectIdentifier.of("2.6.9"));
  }

  @Test
  void openTypesAndTables() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            T ::= SEQUENCE {
              type OBJECT IDENTIFIER,
              value [0] EXPLICIT ANY DEFINED BY type OPTIONAL -- @table things
            }
            thing OBJECT IDENTIFIER ::= { 2 6 1 }
            number INTEGER ::= 4
            TABLE things { thing => INTEGER, number => Special }
            Special ::= NULL
            """);
    c.same("T", "T[type=2.6.1, value=Any[octets=3 octets 020105]]", "30 09 06025601 A003020105");
    Table table = (Table) c.constant("Test", "THINGS");
    assertThat(table.find(ObjectIdentifier.of("2.6.1")).orElseThrow().name()).isEqualTo("thing");
    assertThat(table.find(4)).isPresent();
    Map<?, ?> all = (Map<?, ?>) c.type("catalog.Catalog").getField("TABLES").get(null);
    assertThat(all.keySet().stream().map(Object::toString)).containsExactly("things");
  }

  @Test
  void recursion() throws Exception {
    Compiled c = Compiled.implicit("Tree ::= SEQUENCE { value INTEGER, branches SET OF Tree }");
    c.same(
        "Tree",
        "Tree[value=1, branches=[Tree[value=2, branches=[]], Tree[value=3, branches=[]]]]",
        "30 13 020101 310E 3005020102 3100 3005020103 3100");
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      deep.append("3080 020101 3180");
    }
    assertThatThrownBy(() -> c.codec("Tree").decode(Octets.ofHex(deep.toString())))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("nested deeper than 100");
  }

  @Test
  void marks() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            Signed ::= SEQUENCE {
              data Data,   -- @octets
              serial INTEGER,   -- @big
              old [0] INTEGER   -- @or-explicit
            }
            Data ::= SEQUENCE { a INTEGER }
            Mail ::= SEQUENCE {
              head INTEGER,
              body OCTET STRING   -- @stream; of any size
            }
            """);
    c.same(
        "Signed",
        "Signed[data=Preserved[value=Data[a=1], octets=8 octets 3080020200010000], serial=18446744073709551616, old=3]",
        "30 16 3080 02020001 0000 0209010000000000000000 800103");
    assertThat(c.codec("Signed").decode(Octets.ofHex("30 0D 3003020101 020101 A003020103")))
        .hasToString(
            "Signed[data=Preserved[value=Data[a=1], octets=5 octets 3003020101], serial=1, old=3]");

    byte[] octets = Octets.ofHex("30 09 020107 24040402AABB").toByteArray();
    StringBuilder seen = new StringBuilder();
    Splitter<Object> splitter =
        new Splitter<>(
            c.codec("Mail"),
            Limits.DEFAULT,
            100,
            new Splitter.Sink() {
              @Override
              public void start(String path) {
                seen.append(path).append(':');
              }

              @Override
              public void accept(byte[] some, int at, int count) {
                seen.append(Octets.of(some, at, count).hex(9));
              }

              @Override
              public void end() {
                seen.append('.');
              }
            });
    splitter.accept(octets, 0, octets.length);
    assertThat(splitter.finish()).hasToString("Mail[head=7, body=0 octets ]");
    assertThat(seen).hasToString("body:aabb.");
  }

  @Test
  void typesWithinTypesGetNames() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            T ::= SEQUENCE {
              inner SEQUENCE { x INTEGER },
              list SEQUENCE OF SEQUENCE { y INTEGER },
              pick CHOICE { a NULL, b BOOLEAN }
            }
            """);
    c.same(
        "T",
        "T[inner=TInner[x=1], list=[TList[y=2]], pick=B[value=true]]",
        "30 0F 3003020101 3005 3003020102 0101FF");
  }

  @Test
  void buildersForManyComponents() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            T ::= SEQUENCE {
              a [0] INTEGER OPTIONAL, b [1] INTEGER DEFAULT 2, c [2] INTEGER, d [3] INTEGER OPTIONAL,
              e [4] INTEGER OPTIONAL, f [5] INTEGER OPTIONAL
            }
            """);
    Object builder = c.type("test.T").getMethod("builder").invoke(null);
    builder.getClass().getMethod("c", long.class).invoke(builder, 3L);
    Object value = builder.getClass().getMethod("build").invoke(builder);
    assertThat(value).hasToString("T[a=null, b=2, c=3, d=null, e=null, f=null]");
  }

  @Test
  void javaKeywordsAndOddNamesCompile() throws Exception {
    Compiled c =
        Compiled.implicit(
            """
            List ::= SEQUENCE { class INTEGER, hashCode BOOLEAN, value-2 NULL, items SEQUENCE OF Text }
            Text ::= UTF8String
            Any ::= CHOICE { any INTEGER, null NULL, unknown BOOLEAN }
            Octets ::= ENUMERATED { true(0), values(1), a-b(2) }
            """);
    c.same(
        "List",
        "List[class_=1, hashCode_=true, value2=NULL, items=[x]]",
        "30 0D 020101 0101FF 0500 30030C0178");
    c.same("Any", "Null[value=NULL]", "05 00");
    c.same("Octets", "values", "0A 01 01");
  }

  private static List<String> violations(Codec<?> codec, String octets) throws DecodeException {
    return codec.decodeChecked(Octets.ofHex(octets), Limits.DEFAULT).violations().stream()
        .map(v -> (v.path() + " " + v.rule()).strip())
        .toList();
  }
}
