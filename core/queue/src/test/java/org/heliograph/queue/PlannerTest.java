package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.AddressKind;
import org.heliograph.model.Channel;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Shaping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes and the search for a plan. */
class PlannerTest {
  private static final Mailbox BILL = Mailbox.parse("bill@b.example");
  private static final Fakes.Sink SMTP = new Fakes.Sink(Fakes.SMTP);
  private static final Fakes.Sink P1 = new Fakes.Sink(Fakes.P1);
  private static final Fakes.Remaker MIXER =
      new Fakes.Remaker(
          "mixer", new Shaping(Form.MAIL, Form.X400, 10), new Shaping(Form.X400, Form.MAIL, 10));
  private static final Fakes.Remaker PROTECT =
      new Fakes.Remaker("protect", new Shaping(Form.X400, Form.CMS, 20));
  private static final Fakes.Remaker UNPROTECT =
      new Fakes.Remaker("unprotect", new Shaping(Form.CMS, Form.X400, 20));

  private static String plan(Form from, Form wanted, Channel... shapers) {
    List<Channel> channels = new ArrayList<>(List.of(shapers));
    channels.add(SMTP);
    channels.add(P1);
    Planner planner =
        new Planner(
            channels,
            RouteTable.of(
                List.of(Route.of(Destination.parse("*"), Fakes.P1, Fakes.BRAVO, wanted))));
    return switch (planner.plan(from, BILL, 10, false)) {
      case Planner.Planned planned -> planned.plan().display();
      case Planner.Impossible impossible ->
          impossible.failure().cause() + " " + impossible.failure().text();
      case Planner.CannotTell cannot -> "cannot tell: " + cannot.why();
    };
  }

  @Test
  void leadsOverShapersInOrder() {
    assertThat(plan(Form.MAIL, Form.MAIL, MIXER, PROTECT)).isEqualTo("p1@bravo");
    assertThat(plan(Form.MAIL, Form.CMS, MIXER, PROTECT)).isEqualTo("mixer > protect > p1@bravo");
    assertThat(plan(Form.CMS, Form.MAIL, MIXER, PROTECT, UNPROTECT))
        .isEqualTo("unprotect > mixer > p1@bravo");
    assertThat(plan(Form.CMS, Form.CMS, MIXER, PROTECT, UNPROTECT)).isEqualTo("p1@bravo");
  }

  @Test
  void takesTheCheapestWay() {
    Fakes.Remaker dear = new Fakes.Remaker("dear", new Shaping(Form.MAIL, Form.CMS, 31));
    Fakes.Remaker cheap = new Fakes.Remaker("cheap", new Shaping(Form.MAIL, Form.CMS, 29));
    assertThat(plan(Form.MAIL, Form.CMS, dear, MIXER, PROTECT))
        .isEqualTo("mixer > protect > p1@bravo");
    assertThat(plan(Form.MAIL, Form.CMS, dear, cheap, MIXER, PROTECT))
        .isEqualTo("cheap > p1@bravo");
  }

  @Test
  void endsWhenThereIsNoWayAndSaysWhatWasTried() {
    assertThat(plan(Form.MAIL, Form.CMS, MIXER))
        .startsWith("CONTENT_NOT_SUPPORTED")
        .contains("MAIL for a mailbox")
        .contains("CMS")
        .contains("mixer");
  }

  @Test
  void neverTakesMoreThanEightSteps() {
    Form[] forms = new Form[6];
    List<Channel> chain = new ArrayList<>();
    int i = 0;
    for (AddressKind kind : AddressKind.values()) {
      for (ContentFamily family : ContentFamily.values()) {
        forms[i++] = new Form(kind, family);
      }
    }
    for (int n = 0; n < 5; n++) {
      chain.add(new Fakes.Remaker("s" + n, new Shaping(forms[n], forms[n + 1], 1)));
    }
    assertThat(plan(forms[0], forms[5], chain.toArray(new Channel[0])))
        .isEqualTo("s0 > s1 > s2 > s3 > s4 > p1@bravo");
  }

  @Test
  void aReportOfX400IsTakenInTheClearWhereProtectionIsWanted() {
    Report report =
        new Report(
            Identification.none(),
            Identification.none(),
            Optional.empty(),
            org.heliograph.model.EncodedInformationTypes.none(),
            Optional.empty(),
            List.of(),
            "m",
            Optional.empty(),
            Report.Returned.NOTHING,
            List.of(
                new ReportedRecipient(
                    BILL,
                    Optional.empty(),
                    1,
                    new ReportedRecipient.Delivered(Instant.EPOCH, 1),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of())),
            List.of());
    Envelope x400 =
        Envelope.report(report, ContentTypes.CONTENT_INFO, Instant.EPOCH, Fakes.SOURCE)
            .recipient(Recipient.of(1, BILL))
            .build();
    Planner planner =
        new Planner(
            List.of(MIXER, PROTECT, P1),
            RouteTable.of(
                List.of(
                    Route.of(Destination.parse("b.example"), Fakes.P1, Fakes.BRAVO, Form.CMS),
                    Route.of(Destination.parse("m.example"), Fakes.P1, Fakes.BRAVO, Form.MAIL))));
    assertThat(((Planner.Planned) planner.plan(x400, BILL, 0)).plan().display())
        .isEqualTo("p1@bravo");
    // to a mailbox that wants mail it goes through the mixer, which knows the codes of both worlds
    assertThat(
            ((Planner.Planned) planner.plan(x400, Mailbox.parse("a@m.example"), 0))
                .plan()
                .display())
        .isEqualTo("mixer > p1@bravo");
  }

  @Test
  void whatIsTooLargeForTheChannelIsSaidSo() {
    Planner planner =
        new Planner(
            List.of(P1),
            RouteTable.of(
                List.of(Route.of(Destination.parse("*"), Fakes.P1, Fakes.BRAVO, Form.MAIL))));
    Failure failure =
        ((Planner.Impossible) planner.plan(Form.MAIL, BILL, 1L << 41, false)).failure();
    assertThat(failure.cause()).isEqualTo(Failure.Cause.TOO_LARGE);
    assertThat(failure.x400().orElseThrow().diagnostic()).hasValue(7);
  }

  @ParameterizedTest
  @CsvSource({
    "a@example.org, exact",
    "a@x.example.org, sub",
    "a@y.x.example.org, sub-sub",
    "a@other.net, any",
    "a@notexample.org, any"
  })
  void theMostSpecificRouteCounts(String mailbox, String peer) {
    RouteTable table =
        RouteTable.of(
            List.of(
                route("*", "any"),
                route(".example.org", "sub"),
                route("example.org", "exact"),
                route(".x.example.org", "sub-sub")));
    String expected = mailbox.equals("a@x.example.org") ? "sub-sub" : peer;
    assertThat(peer(table, Mailbox.parse(mailbox))).isEqualTo(expected);
  }

  @Test
  void anOrAddressIsRoutedByItsAttributes() {
    RouteTable table =
        RouteTable.of(
            List.of(
                route("/C=XX/", "country"),
                route("/PRMD=BRAVO/ADMD= /C=XX/", "bravo"),
                route("/PRMD=BRAVO/ADMD= /C=XX/S=SMITH/", "smith")));
    assertThat(peer(table, or("Bravo", " ", "jones"))).isEqualTo("bravo");
    assertThat(peer(table, or("BRAVO", "", "Smith"))).isEqualTo("smith");
    assertThat(peer(table, or("other", " ", "Smith"))).isEqualTo("country");
    assertThat(table.lookup(BILL)).isInstanceOf(Routes.None.class);
    assertThat(RouteTable.of(List.of(route("*", "a"))).version())
        .isEqualTo(RouteTable.of(List.of(route("*", "a"))).version())
        .isNotEqualTo(RouteTable.of(List.of(route("*", "b"))).version());
  }

  private static OrAddress or(String prmd, String admd, String surname) {
    return new OrAddress(
        List.of(
            OrAttribute.of(OrAttribute.Type.COUNTRY, "xx"),
            OrAttribute.of(OrAttribute.Type.ADMD, admd),
            OrAttribute.of(OrAttribute.Type.PRMD, prmd),
            OrAttribute.of(OrAttribute.Type.SURNAME, surname)));
  }

  private static Route route(String to, String peer) {
    return Route.of(
        Destination.parse(to), Fakes.P1, new org.heliograph.model.PeerName(peer), Form.X400);
  }

  private static String peer(RouteTable table, Address address) {
    return ((Routes.Found) table.lookup(address)).route().peer().value();
  }
}
