package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.OrForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2156 chapter 4: its examples, and there and back. */
class AddressMapperTest {
  private static final String TABLE =
      """
      # the examples of RFC 2156
      Widget.COM#O$Widget.PRMD$@.ADMD$BTT.C$TC#
      AC.UK#PRMD$UK\\.AC.ADMD$GOLD 400.C$GB#
      HNE.EGM#O$HNE.PRMD$@.ADMD$ECQ.C$TC#
      master400.it#ADMD$master400.C$it#
      autoroutes.fr#PRMD$autoroutes.ADMD$atlas.C$fr#
      ptpostel.it#ADMD$PtPostel.C$it#
      GMD.DE#O$@.PRMD$GMD.ADMD$DBP.C$DE#
      """;

  private static final AddressMapper MAPPER = mapper(TABLE);

  static AddressMapper mapper(String table) {
    try {
      return new AddressMapper(
          MappingTable.read("table", new StringReader(table)),
          StdOr.parse("/PRMD=relay/ADMD=MCI/C=us/"),
          "gateway.example");
    } catch (java.io.IOException | AddressMappingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"/I=J/S=Linnimouth/GQ=5/\"@Marketing.Widget.COM"
            + "|/I=J/S=Linnimouth/GQ=5/OU=Marketing/O=Widget/ADMD=BTT/C=TC/",
        "J.Linnimouth@Marketing.Widget.COM|/I=J/S=Linnimouth/OU=Marketing/O=Widget/ADMD=BTT/C=TC/",
        "user@R-D.Salford.AC.UK|/S=user/OU=R-D/O=Salford/PRMD=UK.AC/ADMD=GOLD 400/C=GB/",
        "x.y@ZI.HNE.EGM|/I=x/S=y/OU=ZI/O=HNE/ADMD=ECQ/C=TC/",
        "Tom_Harris@cs.widget.net|/RFC-822=Tom(u)Harris(a)cs.widget.net/PRMD=relay/ADMD=MCI/C=us/",
        "\"/G=Andy/S=Wharol/O=MMNY/ADMD=ATT/C=us/\"@any.example|/G=Andy/S=Wharol/O=MMNY/ADMD=ATT/C=us/",
        "\";s=a;o=b;p=c;a=d;c=us\"@any.example|/S=a/O=b/PRMD=c/ADMD=d/C=us/",
        "\"/S=a/C=us/\"@any.example|/S=a/ADMD= /C=us/",
        "\"/S=x/O=Other/\"@Marketing.Widget.COM|/S=x/O=Other/ADMD=BTT/C=TC/",
        "\"/S=x/OU=low/\"@Marketing.Widget.COM|/S=x/OU=low/OU=Marketing/O=Widget/ADMD=BTT/C=TC/"
      })
  void toX400(String mailbox, String expected) throws Exception {
    Mapped<OrAddress> mapped = MAPPER.toX400(Mailbox.parse(mailbox));
    assertThat(StdOr.format(mapped.value())).isEqualToIgnoringCase(expected);
    assertThat(mapped.rule()).contains("4.3.4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S=Support; O=sales;  A=Master400; C=it;|\"/S=Support/\"@sales.master400.it|-",
        "S=renseignements; O=Region Parisienne; P=autoroutes; A=atlas; C=fr;"
            + "|\"/S=renseignements/O=Region Parisienne/\"@autoroutes.fr|std-or",
        "S=Rossi; DD.cap=20100; DD.ph1=Via Larga 11; DDA:city=Milano; A=PtPostel; C=it;"
            + "|\"/DD.cap=20100/DD.ph1=Via Larga 11/DD.city=Milano/S=Rossi/\"@ptpostel.it|std-or",
        "I=J;S=Linnimouth;OU=Marketing;O=Widget;A=BTT;C=TC|J.Linnimouth@marketing.widget.com|encoded",
        "I=J;S=Linnimouth;GQ=5;OU=Marketing;O=Widget;A=BTT;C=TC"
            + "|/I=J/S=Linnimouth/GQ=5/@marketing.widget.com|std-or",
        "RFC-822=postel(a)venera.isi.edu;P=42;A=Wizz.mail;C=TC|postel@venera.isi.edu|mapping A",
        "dd.rfc-822=(a)relay.co.uk:userb(a)host2;O=mr;P=uk.ac;A= ;C=gb|userb@host2|mapping A",
        "S=x;O=y;A=z;C=nn|/S=x/O=y/ADMD=z/C=nn/@gateway.example|whole",
        "UA-ID=123;O=Widget;A=BTT;C=TC|/UA-ID=123/O=Widget/ADMD=BTT/C=TC/@gateway.example|whole"
      })
  void toRfc822(String address, String expected, String rule) throws Exception {
    Mapped<Mailbox> mapped = MAPPER.toRfc822(StdOr.parse(address));
    if (rule.equals("-")) {
      // a mapping exists for the ADMD only: PRMD is omitted below it, so O stays on the left
      assertThat(mapped.value().text()).isEqualTo("/S=Support/O=sales/@master400.it");
    } else {
      assertThat(mapped.value().text()).isEqualTo(expected.replace("\"/I", "/I"));
      assertThat(mapped.rule()).contains(rule);
    }
  }

  @Test
  void overflowGoesToFurtherAttributes() throws Exception {
    Mailbox mailbox = new Mailbox("under_score".repeat(20), "a.example");
    OrAddress address = MAPPER.toX400(mailbox).value();
    assertThat(address.attributes())
        .filteredOn(a -> a.type() == Type.DOMAIN_DEFINED)
        .extracting(OrAttribute::name)
        .startsWith("RFC-822", "RFC822C1");
    assertThat(address.domainDefined("RFC-822").orElseThrow()).hasSize(128);
    assertThat(MAPPER.toRfc822(address).value()).isEqualTo(mailbox);
    assertThatThrownBy(() -> MAPPER.toX400(new Mailbox("_".repeat(200), "a.example")))
        .isInstanceOf(AddressMappingException.class)
        .hasMessageContaining("512");
    assertThatThrownBy(() -> MAPPER.toX400(new Mailbox("jürgen", "a.example")))
        .isInstanceOf(AddressMappingException.class);
  }

  @Test
  void mailboxesComeBack() throws Exception {
    Random random = new Random(2156);
    String letters = "abcXYZ019._-+=/'()&%$#!*{}; ,:?@\"\\";
    List<String> domains =
        List.of(
            "widget.com",
            "a.b.widget.com",
            "x.ac.uk",
            "q.w.e.r.t.y.ac.uk",
            "other.example",
            "gmd.de",
            "z.gmd.de",
            "a_b.widget.com");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder local = new StringBuilder();
      for (int k = 1 + random.nextInt(20); k > 0; k--) {
        local.append(letters.charAt(random.nextInt(letters.length())));
      }
      Mailbox mailbox = new Mailbox(local.toString(), domains.get(random.nextInt(domains.size())));
      OrAddress address = MAPPER.toX400(mailbox).value();
      Mailbox back = MAPPER.toRfc822(address).value();
      if (!back.equals(mailbox)) {
        // several spellings of one O/R address exist; the address itself must be the same
        assertThat(MAPPER.toX400(back).value().sameAs(address))
            .as("%s -> %s", mailbox, back)
            .isTrue();
      }
    }
  }

  @Test
  void ordinaryMailboxesComeBackToTheLetter() throws Exception {
    for (String text :
        List.of(
            "alice@widget.com",
            "alice.smith@widget.com",
            "bob_jones@widget.com",
            "a.b.c@x.y.widget.com",
            "first.second.third@widget.com",
            "tag+user@ac.uk",
            "\"odd one\"@widget.com",
            "\"two  spaces\"@widget.com",
            "user@deep.er.and.deep.er.ac.uk",
            "a..b@nowhere.example".replace("..", "."))) {
      Mailbox mailbox = Mailbox.parse(text);
      assertThat(MAPPER.toRfc822(MAPPER.toX400(mailbox).value()).value()).isEqualTo(mailbox);
    }
  }

  @Test
  void orAddressesComeBack() throws Exception {
    Random random = new Random(400);
    String letters = "abcXYZ019 '()+,-./:=?";
    Type[] types = {
      Type.COUNTRY,
      Type.ADMD,
      Type.PRMD,
      Type.ORGANIZATION,
      Type.OU1,
      Type.OU2,
      Type.SURNAME,
      Type.GIVEN_NAME,
      Type.INITIALS,
      Type.GENERATION_QUALIFIER,
      Type.COMMON_NAME,
      Type.DOMAIN_DEFINED
    };
    String[] prefixes = {"A=BTT;C=TC;O=Widget", "A=GOLD 400;C=GB;P=UK.AC", "A=zz;C=yy"};
    for (int i = 0; i < 20_000; i++) {
      List<OrAttribute> attributes =
          new ArrayList<>(StdOr.parse(prefixes[random.nextInt(prefixes.length)]).attributes());
      for (Type type : types) {
        if (attributes.stream().noneMatch(a -> a.type() == type) && random.nextInt(3) == 0) {
          StringBuilder value = new StringBuilder("v");
          for (int k = random.nextInt(3); k > 0; k--) {
            value.append(letters.charAt(random.nextInt(letters.length())));
          }
          String text = value.toString().strip();
          attributes.add(
              type == Type.DOMAIN_DEFINED
                  ? OrAttribute.domainDefined("k=/" + i % 10, text)
                  : OrAttribute.of(type, text));
        }
      }
      boolean gap =
          attributes.stream().anyMatch(a -> a.type() == Type.OU2)
              && attributes.stream().noneMatch(a -> a.type() == Type.OU1);
      if (gap) {
        continue; // the second unit without a first is no O/R address
      }
      OrAddress address = new OrAddress(attributes);
      if (!OrForm.of(address).isPresent()) {
        continue;
      }
      Mailbox mailbox = MAPPER.toRfc822(address).value();
      assertThat(MAPPER.toX400(Mailbox.parse(mailbox.text())).value().sameAs(address))
          .as("%s -> %s", address, mailbox)
          .isTrue();
    }
  }

  @Test
  void teletexAndPostalFormsSurvive() throws Exception {
    for (String text :
        List.of(
            "/CN=yen*{165}/ADMD=a/C=us/",
            "/CN=*{165194}x/ADMD=a/C=us/",
            "/PD-ADDRESS=The Dome|The Square|Richmond|England/PD-CODE=1/PD-C=gb/PD-SERVICE=x/ADMD=a/C=gb/",
            "/DD.a$=b=c$/d/O=o/ADMD=a/C=us/")) {
      assertThat(StdOr.format(StdOr.parse(text))).isEqualTo(text);
      Mailbox mailbox = MAPPER.toRfc822(StdOr.parse(text)).value();
      assertThat(StdOr.format(MAPPER.toX400(mailbox).value())).isEqualTo(text);
    }
  }

  @Test
  void hostileTextIsRefused() {
    for (String bad :
        List.of(
            "",
            "/",
            "x",
            "/X=1/",
            "/CN={16}/C=us/",
            "/CN={999}/C=us/",
            "/S=a/S=b/C=us/",
            "/OU=1/OU=2/OU=3/OU=4/OU=5/",
            "/DD.=x/",
            "/PN=.a/C=us/",
            "/CN=a@b/C=us/")) {
      assertThatThrownBy(() -> StdOr.parse(bad))
          .as(bad)
          .isInstanceOf(AddressMappingException.class);
    }
  }

  @Test
  void tablesSayWhereTheyAreWrong() {
    for (String bad :
        List.of(
            "x", "a.b#C$us", "a b#C$us#", "a.b#O$x.C$us#", "a.b#X$x#", "a.b#C$us#\na.b#C$gb#")) {
      assertThatThrownBy(() -> MappingTable.read("t.map", new StringReader(bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("(?s)t\\.map, line [12]: .*appendix F.*");
    }
  }

  @Test
  void aWayBackMayBeSaidApart() throws Exception {
    AddressMapper mapper =
        mapper(
            "a.test#PRMD$p.ADMD$a.C$us#\nb.test#PRMD$p.ADMD$a.C$us#\nPRMD$p.ADMD$a.C$us#b.test#\n");
    OrAddress address = mapper.toX400(Mailbox.parse("x@a.test")).value();
    assertThat(mapper.toRfc822(address).value()).isEqualTo(Mailbox.parse("x@b.test"));
  }
}
