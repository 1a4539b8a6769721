package org.heliograph.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.heliograph.model.OrAttribute.Form;
import org.heliograph.model.OrAttribute.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text forms: RFC 2156 4.1, X.402 annex F (as in RFC 1685), and the labelled one. */
class OrTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // mnemonic; the issue's own order, annex F's, and std-or
        "C=GB; A=; P=MOD; O=HQ; S=Smith; G=Anna"
            + "|G=Anna; S=Smith; O=HQ; P=MOD; A=; C=GB|/G=Anna/S=Smith/O=HQ/PRMD=MOD/ADMD= /C=GB/",
        "X.400: G=john; S=smith; O=a bank ltd; P=abl; A=snomail; C=aq"
            + "|G=john; S=smith; O=a bank ltd; P=abl; A=snomail; C=aq"
            + "|/G=john/S=smith/O=a bank ltd/PRMD=abl/ADMD=snomail/C=aq/",
        "/g=per/s=hansen/o=teledir/ou1=forskning/p=tele/a=telemax/c=no"
            + "|G=per; S=hansen; O=teledir; OU1=forskning; P=tele; A=telemax; C=no"
            + "|/G=per/S=hansen/OU=forskning/O=teledir/PRMD=tele/ADMD=telemax/C=no/",
        "/OU=low/OU=high/O=x/ADMD= /C=XX/"
            + "|O=x; OU1=high; OU2=low; A=; C=XX|/OU=low/OU=high/O=x/ADMD= /C=XX/",
        "DDA:RFC-822=fred(a)widget.co.uk; O=gateway; P=abc; C=gb"
            + "|DDA:RFC-822=fred(a)widget.co.uk; O=gateway; P=abc; A=; C=gb"
            + "|/RFC-822=fred(a)widget.co.uk/O=gateway/PRMD=abc/ADMD= /C=gb/",
        "DDA:a==b=c; O=A/S Company; C=dk|DDA:a==b=c; O=A/S Company; A=; C=dk"
            + "|/DD.a$=b=c/O=A$/S Company/ADMD= /C=dk/",
        "/O=A//S Company/C=dk/|O=A/S Company; A=; C=dk|/O=A$/S Company/ADMD= /C=dk/",
        "PN=Marshall.M.T.Rose; A=x; C=us"
            + "|G=Marshall; I=MT; S=Rose; A=x; C=us|/G=Marshall/I=MT/S=Rose/ADMD=x/C=us/",
        // numeric
        "N-ID=123; P=mod; A=400; C=234|N-ID=123; P=mod; A=400; C=234|/UA-ID=123/PRMD=mod/ADMD=400/C=234/",
        // terminal
        "X.121=23421234; T-ID=abc; T-TY=tlx|X.121=23421234; T-ID=abc; T-TY=tlx|/T-TY=tlx/T-ID=abc/X121=23421234/",
        "ISDN=441234.56; C=gb; A=bt|ISDN=441234.56; A=bt; C=gb|/NET-NUM=441234/NET-SUB=56/ADMD=bt/C=gb/",
        // postal, formatted and not
        "PD-SN=post; PD-C=gb; PD-PC=N1; PD-S=The Square; PD-PN=J Smith; A=x; C=gb"
            + "|PD-PN=J Smith; PD-S=The Square; PD-PC=N1; PD-SN=post; PD-C=gb; A=x; C=gb"
            + "|/PD-STREET=The Square/PD-PN=J Smith/PD-CODE=N1/PD-C=gb/PD-SERVICE=post/ADMD=x/C=gb/",
        "PD-A1=The Dome; PD-A2=The Square; PD-PC=123; PD-C=gb; PD-SN=s; A=x; C=gb"
            + "|!PD-A=The Dome|The Square; PD-PC=123; PD-SN=s; PD-C=gb; A=x; C=gb"
      })
  void readsAllStylesAndWritesEach(String text, String semicolons, String stdOr) {
    OrAddress address = OrText.parse(text);
    assertThat(OrText.semicolons(address)).startsWith(semicolons.replace("!", ""));
    if (!semicolons.startsWith("!")) {
      assertThat(OrText.stdOr(address)).isEqualTo(stdOr);
    }
    OrForm.require(address);
    assertThat(OrText.parse(OrText.semicolons(address))).isEqualTo(address);
    assertThat(OrText.parse(OrText.labelled(address))).isEqualTo(address);
    assertThat(OrText.parseStdOr(OrText.stdOr(address))).isEqualTo(address);
  }

  @Test
  void tellsTheForms() {
    assertThat(OrForm.of(OrText.parse("S=a; P=b; C=XX"))).contains(OrForm.MNEMONIC);
    assertThat(OrForm.of(OrText.parse("N-ID=1; P=b; C=XX"))).contains(OrForm.NUMERIC);
    assertThat(OrForm.of(OrText.parse("X.121=1"))).contains(OrForm.TERMINAL);
    assertThat(OrForm.of(OrText.parse("PD-SN=s; PD-C=XX; PD-PC=1; A=x; C=XX")))
        .contains(OrForm.POSTAL);
  }

  @Test
  void writesTeletexAndUniversalForms() {
    OrAddress typed = OrText.parse("S=Müller; G=Ανα; P=x; C=DE");
    assertThat(typed.attributes())
        .contains(
            new OrAttribute(Type.SURNAME, Form.TELETEX, "", "M\u00C8uller"),
            new OrAttribute(Type.GIVEN_NAME, Form.UNIVERSAL, "", "Ανα"));
    assertThat(OrText.labelled(typed)).isEqualTo("/C=DE/ADMD= /PRMD=x/S=Müller/G=Ανα/");
    OrAddress three = OrText.parse("/CN=Mueller*M{200}uller*Мюллер{u2A}/O=o/C=DE/");
    assertThat(three.attributes())
        .contains(
            OrAttribute.of(Type.COMMON_NAME, "Mueller"),
            new OrAttribute(Type.COMMON_NAME, Form.TELETEX, "", "M\u00C8uller"),
            new OrAttribute(Type.COMMON_NAME, Form.UNIVERSAL, "", "Мюллер*"));
    assertThat(OrText.parse(OrText.labelled(three))).isEqualTo(three);
    assertThat(OrText.stdOr(three)).isEqualTo("/CN=Mueller*M{200}uller/O=o/ADMD= /C=DE/");
    assertThatThrownBy(() -> OrText.stdOr(typed)).hasMessageContaining("T.61");
  }

  @Test
  void carriesWhatItDoesNotUnderstand() {
    OrAddress address =
        new OrAddress(
            OrText.parse("S=a; P=b; C=XX").attributes(),
            List.of(new OrAddress.UnknownAttribute(99, Bytes.of(new byte[] {5, 0}))),
            Optional.empty());
    assertThat(OrText.semicolons(address)).endsWith("; EXT99=0500");
    assertThat(OrText.parse(OrText.semicolons(address))).isEqualTo(address);
    assertThat(OrText.parse(OrText.labelled(address))).isEqualTo(address);
    assertThatThrownBy(() -> OrText.stdOr(address)).hasMessageContaining("99");
  }

  @Test
  void everyAddressComesBack() {
    Random random = new Random(402);
    String printable = "abcXYZ019 '()+,-./:=?";
    String more = "äßŁé*{}|$;#@ΩЖ日";
    for (int i = 0; i < 4_000; i++) {
      List<OrAttribute> attributes = new ArrayList<>();
      for (Type type : Type.values()) {
        if (random.nextInt(4) != 0) {
          continue;
        }
        Form form =
            switch (type) {
              case X121_ADDRESS, NUMERIC_USER_IDENTIFIER, EXTENDED_NETWORK_ADDRESS -> Form.NUMERIC;
              default ->
                  OrKeywords.hasForms(type) && random.nextInt(3) == 0
                      ? Form.values()[2 + random.nextInt(2)]
                      : Form.PRINTABLE;
            };
        String name = type == Type.DOMAIN_DEFINED ? "k=" + i % 10 : "";
        attributes.add(
            new OrAttribute(type, form, name, value(random, type, form, printable, more)));
      }
      OrAddress address = new OrAddress(OrText.canonical(attributes));
      boolean domainDefined =
          attributes.stream()
              .anyMatch(a -> a.type() == Type.DOMAIN_DEFINED && a.form() != Form.PRINTABLE);
      if (domainDefined || attributes.isEmpty()) {
        continue; // forms of domain-defined attributes follow from their characters
      }
      assertThat(OrText.parsePrefix(OrText.labelled(address))).as("%d", i).isEqualTo(address);
      assertThat(OrText.parsePrefix(OrText.semicolons(address)))
          .as("%s", OrText.semicolons(address))
          .isEqualTo(address);
    }
  }

  private static String value(Random random, Type type, Form form, String printable, String more) {
    if (form == Form.NUMERIC) {
      return "2" + random.nextInt(1000);
    }
    if (type == Type.COUNTRY || type == Type.PD_COUNTRY) {
      return "GB";
    }
    if (type == Type.TERMINAL_TYPE) {
      return "tlx";
    }
    if (type == Type.GENERATION_QUALIFIER || type == Type.INITIALS) {
      return form == Form.TELETEX ? "\u00C8u" : form == Form.UNIVERSAL ? "Ω" : "ab";
    }
    StringBuilder value = new StringBuilder("v");
    for (int k = random.nextInt(6); k > 0; k--) {
      String letters = form == Form.UNIVERSAL ? more : printable;
      value.append(letters.charAt(random.nextInt(letters.length())));
    }
    value.append('w');
    return form == Form.TELETEX ? value + "\u00C8u\u00E1*{" : value.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S|'S' is not LABEL=value",
        "X=1; C=GB|'X' is no attribute",
        "PSAP=x; C=GB|presentation addresses",
        "C=GBR|C is 'GBR'; expected two letters",
        "P=Büro; C=DE|PRMD is 'B\\u00FCro'; it may hold",
        "S=a; S=b; C=XX|S stands twice",
        "OU=1; OU=2; OU=3; OU=4; OU=5|OU stands 5 times",
        "I=ABCDEF; S=x; C=XX|I has 6 characters; at most 5 (X.411 annex B, ub-initials-length)",
        "DDA:a=1; DDA:b=1; DDA:c=1; DDA:d=1; DDA:e=1|5 domain-defined attributes; at most 4",
        "DDA:toolongname=1|the type of DD.toolongname has 11 characters; at most 8",
        "N-ID=12a; C=XX|UA-ID is '12a'; expected digits",
        "S=*{99}; C=XX|S: '{' without three digits",
        "S=*Ж; C=XX|S: T.61 has no character",
        "S=; C=XX|S has no value",
        "EXT5=zz|EXT5 is not hexadecimal",
      })
  void errorsNameAttributeAndRule(String text, String error) {
    assertThatThrownBy(() -> OrText.parse(text))
        .isInstanceOf(OrTextException.class)
        .hasMessageContaining(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S=a|C (country) is missing",
        "S=a; OU1=b; C=XX|-",
        "C=XX; A=x|nothing below A",
        "PD-PC=1; PD-C=XX; A=x; C=XX|PD-SN is missing",
      })
  void saysWhichAttributeAFormLacks(String text, String error) {
    OrAddress address = OrText.parse(text);
    if (error.equals("-")) {
      assertThat(OrForm.require(address)).isEqualTo(OrForm.MNEMONIC);
    } else {
      assertThatThrownBy(() -> OrForm.require(address)).hasMessageContaining(error);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S=Smith; O=The  HQ; C=gb|C=GB; A= ; O= the hq; S=SMITH|true",
        "S=Müller; P=x; C=DE|S=mueller*MÜLLER; P=X; C=de|true",
        "S=**Müller; P=x; C=DE|S=*Müller; P=x; C=DE|true",
        "S=Mueller*Müller; P=x; C=DE|S=Mueller; P=x; C=DE|true",
        "S=Meier*Müller; P=x; C=DE|S=Mueller; P=x; C=DE|false",
        "A=400; P=x; C=XX|A=400; P=x; C=XX|true",
        "DDA:a=1; DDA:a=2; C=XX|DDA:a=1; C=XX|false",
        "DDA:a=1; C=XX|DDA:A=1; C=XX|true",
        "S=a; C=XX|S=a; OU1=b; C=XX|false"
      })
  void comparesAsX402Says(String one, String other, boolean same) {
    assertThat(OrText.parse(one).sameAs(OrText.parse(other))).isEqualTo(same);
    assertThat(OrText.parse(other).sameAs(OrText.parse(one))).isEqualTo(same);
  }
}
