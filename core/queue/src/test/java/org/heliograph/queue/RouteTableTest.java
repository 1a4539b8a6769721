package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.Clearance;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Label;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Longest match over the O/R address tree, conditions, alternatives, and why. */
class RouteTableTest {
  private static final RouteTable TREE =
      RouteTable.of(
          List.of(
              route("/", "default"),
              route("/C=XX/", "country"),
              route("/ADMD=GOLD/C=XX/", "admd"),
              route("/PRMD=NAVY/ADMD= /C=XX/", "navy"),
              route("/O=FLEET/PRMD=NAVY/ADMD= /C=XX/", "fleet"),
              route("/OU1=SHIP/O=FLEET/PRMD=NAVY/ADMD= /C=XX/", "ship"),
              route("/CN=Ops Desk/PRMD=NAVY/ADMD= /C=XX/", "desk"),
              route("/DD.RFC-822=*/PRMD=NAVY/ADMD= /C=XX/", "gateway"),
              route("/DD.RFC-822=*(a)mail.example/PRMD=NAVY/ADMD= /C=XX/", "literal"),
              route("/X121=2342*/", "x121"),
              route("/X121=234219*/", "x121-long"),
              route("/UA-ID=4711/ADMD=GOLD/C=XX/", "numeric")));

  @ParameterizedTest
  @CsvSource({
    "/C=YY/ADMD=A/, default",
    "/C=xx/ADMD=OTHER/, country",
    "/C=XX/ADMD=gold/, admd",
    "/C=XX/ADMD= /PRMD=Navy/, navy",
    "/C=XX/PRMD=NAVY/, navy",
    "/C=XX/ADMD= /PRMD=NAVY/O=fleet/, fleet",
    "/C=XX/ADMD= /PRMD=NAVY/O=FLEET/OU1=Ship/S=X/, ship",
    "/C=XX/ADMD= /PRMD=NAVY/O=FLEET/OU1=OTHER/, fleet",
    "/C=XX/ADMD= /PRMD=NAVY/CN=ops  desk/, desk",
    "/C=XX/ADMD= /PRMD=NAVY/DD.rfc-822=a(a)b.c/, gateway",
    "/X121=23425551/, x121",
    "/X121=23421999/, x121-long",
    "/X121=310/, default",
    "/C=XX/ADMD=GOLD/UA-ID=4711/, numeric"
  })
  void theLongestMatchCounts(String address, String peer) {
    assertThat(peer(TREE, or(address))).isEqualTo(peer);
  }

  @Test
  void aSpaceForTheAdmdIsAnyAdmdOfTheCountryWhereAPrmdIsNamed() {
    RouteTable table =
        RouteTable.of(
            List.of(
                route("/PRMD=ARMY/ADMD=GOLD/C=XX/", "gold"),
                route("/PRMD=ARMY/ADMD=SILVER/C=XX/", "silver"),
                route("/PRMD=NAVY/ADMD= /C=XX/", "any"),
                route("/ADMD=GOLD/C=XX/", "admd")));
    assertThat(peer(table, or("/C=XX/ADMD=SILVER/PRMD=ARMY/"))).isEqualTo("silver");
    assertThat(peer(table, or("/C=XX/ADMD= /PRMD=ARMY/"))).isEqualTo("gold");
    assertThat(peer(table, or("/C=XX/PRMD=ARMY/"))).isEqualTo("gold");
    assertThat(peer(table, or("/C=XX/ADMD=GOLD/PRMD=NAVY/"))).isEqualTo("any");
    assertThat(table.lookup(or("/C=XX/ADMD= /"))).isInstanceOf(Routes.None.class);
    assertThat(table.lookup(or("/C=YY/ADMD= /PRMD=ARMY/"))).isInstanceOf(Routes.None.class);
  }

  @Test
  void theFormOfAValueDoesNotCount() {
    OrAddress teletex =
        new OrAddress(
            List.of(
                new OrAttribute(Type.COUNTRY, OrAttribute.Form.PRINTABLE, "", "XX"),
                new OrAttribute(Type.ADMD, OrAttribute.Form.PRINTABLE, "", " "),
                new OrAttribute(Type.PRMD, OrAttribute.Form.PRINTABLE, "", "NAVY"),
                new OrAttribute(Type.ORGANIZATION, OrAttribute.Form.TELETEX, "", "Fleet")));
    assertThat(peer(TREE, teletex)).isEqualTo("fleet");
  }

  @Test
  void aHundredThousandRoutesAreLookedUpAsFastAsTen() {
    List<Route> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(route("/O=O" + i + "/PRMD=P" + i % 100 + "/ADMD= /C=XX/", "p" + i));
    }
    RouteTable table = RouteTable.of(many);
    long start = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      assertThat(table.tried(RouteQuestion.of(or("/C=XX/ADMD= /PRMD=P42/O=O42/S=X/")))).hasSize(1);
    }
    // a search through all of them would take minutes
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whatARouteDoesNotTakeGoesToTheNextLessSpecificOne() {
    RouteTable table =
        RouteTable.of(
            List.of(
                route("/", "rest"),
                route("/C=XX/", "small")
                    .withConditions(
                        Conditions.NONE
                            .withOctets(0, 1000)
                            .withContentTypes(List.of(ContentTypes.P22)))));
    RouteQuestion small = RouteQuestion.of(or("/C=XX/")).withContentType(ContentTypes.P22);
    assertThat(peer(table, small.withOctets(1000))).isEqualTo("small");
    assertThat(peer(table, small.withOctets(1001))).isEqualTo("rest");
    assertThat(peer(table, small.withContentType(new ContentType.BuiltIn(35)))).isEqualTo("rest");
  }

  @Test
  void theObjectionOfTheMostSpecificRouteIsReported() {
    Clearance secret = Clearance.upTo(4, false);
    RouteTable table =
        RouteTable.of(
            List.of(
                route("/", "rest").withConditions(Conditions.NONE.withOctets(0, 10)),
                route("/C=XX/", "cleared").withConditions(Conditions.NONE.withClearance(secret))));
    RouteQuestion question = RouteQuestion.of(or("/C=XX/")).withOctets(100);
    assertThat(refused(table, question).x400().orElseThrow().toString())
        .isEqualTo("reason 8, diagnostic 53");
    assertThat(refused(table, question.withLabel(label(5))).text()).contains("top secret");
    assertThat(peer(table, question.withLabel(label(4)))).isEqualTo("cleared");
    assertThat(refused(table, RouteQuestion.of(or("/C=YY/")).withOctets(100)).cause())
        .isEqualTo(Failure.Cause.TOO_LARGE);
  }

  @Test
  void precedenceChoosesARoute() {
    RouteTable table =
        RouteTable.of(
            List.of(
                route("/C=XX/", "fast")
                    .withConditions(
                        Conditions.NONE.withPrecedence(Precedence.OVERRIDE, Precedence.FLASH)),
                route("/C=XX/", "slow").withCost(10)));
    RouteQuestion question = RouteQuestion.of(or("/C=XX/"));
    assertThat(peer(table, question.withPrecedence(Precedence.FLASH))).isEqualTo("fast");
    assertThat(peer(table, question.withPrecedence(Precedence.IMMEDIATE))).isEqualTo("slow");
    assertThatThrownBy(() -> Conditions.NONE.withPrecedence(Precedence.ROUTINE, Precedence.FLASH))
        .hasMessageContaining("takes nothing");
  }

  @Test
  void theCheapestAlternativeGoesFirstUntilItsPeerIsDown() {
    AtomicLong nanos = new AtomicLong();
    DownPeers down = new DownPeers(Duration.ofMinutes(1), nanos::get);
    Planner planner =
        new Planner(
            List.of(new Fakes.Sink(Fakes.P1)),
            RouteTable.of(
                List.of(
                    route("/", "default"),
                    route("/C=XX/", "dear").withCost(20),
                    route("/C=XX/", "cheap").withCost(10))),
            down);
    assertThat(plan(planner)).isEqualTo("p1@cheap");
    down.failed(new PeerName("cheap"));
    assertThat(plan(planner)).isEqualTo("p1@cheap");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    down.failed(new PeerName("cheap"));
    assertThat(plan(planner)).isEqualTo("p1@dear");
    down.failed(new PeerName("dear"));
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    // the default is for others: what goes to XX waits
    assertThat(plan(planner)).isEqualTo("p1@cheap");
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(down.down()).as("all have their chance again").isEmpty();
  }

  @Test
  void protectedContentIsRelayedAsItComesWhereNoFormIsWanted() {
    Planner planner =
        new Planner(
            List.of(new Fakes.Sink(Fakes.P1)),
            RouteTable.of(
                List.of(route("/C=XX/", "strict"), route("/C=YY/", "any").withAnyForm())));
    assertThat(planner.plan(Form.CMS, or("/C=XX/"), 10, false))
        .isInstanceOf(Planner.Impossible.class);
    assertThat(((Planner.Planned) planner.plan(Form.CMS, or("/C=YY/"), 10, false)).plan().display())
        .isEqualTo("p1@any");
  }

  @Test
  void saysWhichRulesWereTriedAndWhyOneWon() {
    Planner planner =
        new Planner(
            List.of(new Fakes.Sink(Fakes.P1)),
            RouteTable.of(
                List.of(
                    route("/", "rest"),
                    route("/C=XX/", "main"),
                    route("/O=X/C=XX/", "small")
                        .withConditions(Conditions.NONE.withOctets(0, 10)))));
    RouteExplanation why =
        planner.explain(RouteQuestion.of(or("/C=XX/O=X/")).withOctets(11), ContentFamily.X400);
    assertThat(why.plan()).contains("p1@main");
    assertThat(why.rules())
        .extracting(RouteExplanation.Rule::verdict)
        .containsExactly(
            "objects: the content has 11 octets; at most 10 pass",
            "won",
            "less specific, or dearer");
    assertThat(why.verdict()).contains("/C=XX/ via p1 to main").contains("1 attribute matches");
    assertThat(
            planner
                .explain(RouteQuestion.of(or("/C=XX/")), ContentFamily.MAIL)
                .failure()
                .orElseThrow()
                .cause())
        .isEqualTo(Failure.Cause.CONTENT_NOT_SUPPORTED);
  }

  @Test
  void clearanceKnowsPoliciesAndCategories() {
    Oid nato = Oid.of("1.3.26.1.3.1");
    Oid category = Oid.of("2.16.840.1.101.2.1.8.3.0");
    Clearance strict = new Clearance(Set.of(nato), 3, Set.of(category), false, true);
    assertThat(strict.objection(Optional.empty())).isEmpty();
    assertThat(strict.objection(Optional.of(label(3)))).get().asString().contains("no policy");
    Label cleared = new Label(Optional.of(nato), OptionalInt.of(3), Optional.empty(), List.of());
    assertThat(strict.objection(Optional.of(cleared))).isEmpty();
    Label strange =
        new Label(
            Optional.of(nato),
            OptionalInt.of(1),
            Optional.empty(),
            List.of(new Label.Category(Oid.of("1.2.3"), org.heliograph.model.Bytes.empty())));
    assertThat(strict.objection(Optional.of(strange))).get().asString().contains("1.2.3");
  }

  private static Label label(int classification) {
    return new Label(Optional.empty(), OptionalInt.of(classification), Optional.empty(), List.of());
  }

  private static String plan(Planner planner) {
    return ((Planner.Planned) planner.plan(Form.X400, or("/C=XX/ADMD=A/"), 10, false))
        .plan()
        .display();
  }

  private static Failure refused(RouteTable table, RouteQuestion question) {
    return ((Routes.Refused) table.lookup(question)).failure();
  }

  private static String peer(RouteTable table, OrAddress address) {
    return peer(table, RouteQuestion.of(address));
  }

  private static String peer(RouteTable table, RouteQuestion question) {
    return ((Routes.Found) table.lookup(question)).route().peer().value();
  }

  private static OrAddress or(String text) {
    return new OrAddress(((Destination.OrPrefix) Destination.parse(text)).attributes());
  }

  private static Route route(String to, String peer) {
    return Route.of(Destination.parse(to), Fakes.P1, new PeerName(peer), Form.X400);
  }
}
