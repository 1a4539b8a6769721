package org.heliograph.osi.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.session.RefuseReason;
import org.heliograph.osi.session.SActivity;
import org.heliograph.osi.session.SPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The presentation entity between two sinks. */
class PresentationTest {
  private static final ObjectIdentifier ONE = ObjectIdentifier.of("2.2.1.0.1");
  private static final ObjectIdentifier TWO = ObjectIdentifier.of("2.6.0.2.12");
  private static final ObjectIdentifier OTHER = ObjectIdentifier.of("2.6.0.2.99");
  private static final Octets VALUE = Octets.ofHex("3000");

  private final List<PPrimitive> above = new ArrayList<>();
  private final List<SPrimitive> below = new ArrayList<>();
  private final Presentation presentation =
      new Presentation(above::add, below::add, Set.of(ONE, TWO));

  private static Octets cp(Context... contexts) throws Exception {
    List<SPrimitive> said = new ArrayList<>();
    new Presentation(told -> {}, said::add, Set.of())
        .fromAbove(
            new PPrimitive.PConnect(
                new Address(Octets.utf8("sa"), Octets.utf8("pa")),
                new Address(Octets.utf8("sb"), Octets.utf8("pb")),
                Reference.NONE,
                List.of(contexts),
                new Pdv(contexts[0].id(), VALUE)));
    return ((SPrimitive.SConnect) said.getFirst()).userData();
  }

  private void connect(Octets cp) throws Exception {
    presentation.fromBelow(
        new SPrimitive.SConnect(Octets.utf8("sa"), Octets.utf8("sb"), Reference.NONE, cp));
  }

  private void accepted() throws Exception {
    connect(cp(new Context(1, ONE), new Context(3, TWO)));
    presentation.fromAbove(new PPrimitive.PAccept(List.of(), new Pdv(1, VALUE)));
    above.clear();
    below.clear();
  }

  @Test
  void acceptsTheContextsItKnows() throws Exception {
    connect(cp(new Context(1, ONE), new Context(3, OTHER), new Context(5, TWO)));
    PPrimitive.PConnect told = (PPrimitive.PConnect) above.getFirst();
    assertThat(told.contexts()).containsExactly(new Context(1, ONE), new Context(5, TWO));
    assertThat(told.calling()).isEqualTo(new Address(Octets.utf8("sa"), Octets.utf8("pa")));
    assertThat(told.called()).isEqualTo(new Address(Octets.utf8("sb"), Octets.utf8("pb")));
    assertThat(told.data()).isEqualTo(new Pdv(1, VALUE));
    assertThat(presentation.state()).isEqualTo(Presentation.State.WAIT_RESPONSE);
    presentation.fromAbove(new PPrimitive.PAccept(List.of(), new Pdv(1, VALUE)));
    // CPA: responding selector, results accept / reject (abstract syntax) / accept
    assertThat(((SPrimitive.SAccept) below.getFirst()).userData())
        .isEqualTo(
            Octets.ofHex(
                "3132 a003 800101 a22b 8302 7062"
                    + " a51a 3007 800100 8102 5101 3006 800102 820101 3007 800100 8102 5101"
                    + " 6109 3007 020101 a002 3000"));
    assertThat(presentation.state()).isEqualTo(Presentation.State.CONNECTED);
  }

  @Test
  void initiatorGetsWhatBothHave() throws Exception {
    List<PPrimitive> told = new ArrayList<>();
    Presentation initiator = new Presentation(told::add, said -> {}, Set.of());
    initiator.fromAbove(
        new PPrimitive.PConnect(
            Address.NONE,
            Address.NONE,
            Reference.NONE,
            List.of(new Context(1, ONE), new Context(3, OTHER)),
            new Pdv(1, VALUE)));
    connect(cp(new Context(1, ONE), new Context(3, OTHER)));
    presentation.fromAbove(new PPrimitive.PAccept(List.of(), new Pdv(1, VALUE)));
    initiator.fromBelow(below.getFirst());
    assertThat(((PPrimitive.PAccept) told.getFirst()).contexts())
        .containsExactly(new Context(1, ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3100", // no mode
        "3105 a003 800101", // normal mode without parameters
        "3105 a003 800107", // no mode of ours
        "3107 a003 800101 a200", // no contexts, no user data
        "0500",
        "",
      })
  void aCpThatIsBrokenIsRefusedAsNotReadable(String hex) {
    assertThatThrownBy(() -> connect(Octets.ofHex(hex)))
        .isInstanceOfSatisfying(
            ProtocolError.class, e -> assertThat(e.in()).isEqualTo(ProtocolError.In.PRESENTATION));
    SPrimitive.SRefuse refuse = (SPrimitive.SRefuse) below.getFirst();
    assertThat(refuse.reason()).isEqualTo(RefuseReason.USER_DATA);
    assertThat(refuse.userData()).isEqualTo(Octets.ofHex("3003 8a0106"));
    assertThat(above).isEmpty();
    assertThat(presentation.state()).isEqualTo(Presentation.State.GONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, false", // temporary congestion
    "2, false",
    "3, true", // called presentation address unknown
    "4, true",
    "6, false",
  })
  void aRefusalOfTheProviderIsRead(int reason, boolean permanent) throws Exception {
    presentation.fromBelow(
        new SPrimitive.SRefuse(RefuseReason.USER_DATA, Octets.ofHex("3003 8a010" + reason)));
    assertThat((PPrimitive.PProviderRefuse) above.getFirst())
        .satisfies(
            told -> {
              assertThat(told.bySession()).isFalse();
              assertThat(told.permanent()).isEqualTo(permanent);
              assertThat(told.text()).startsWith("presentation: ");
            });
  }

  @Test
  void aRefusalOfSessionPassesThrough() throws Exception {
    presentation.fromBelow(new SPrimitive.SRefuse(RefuseReason.SELECTOR_UNKNOWN, Octets.empty()));
    assertThat(above.getFirst())
        .isEqualTo(new PPrimitive.PProviderRefuse(true, true, "session selector unknown"));
  }

  @Test
  void dataIsWrappedAndUnwrapped() throws Exception {
    accepted();
    presentation.fromAbove(new PPrimitive.PDataStart(3, 2));
    presentation.fromAbove(new PPrimitive.PData(3, ByteBuffer.wrap(new byte[] {4, 0}), true));
    assertThat(((SPrimitive.SData) below.getFirst()).octets())
        .isEqualTo(ByteBuffer.wrap(Octets.ofHex("6109 3007 020103 a002").toByteArray()));
    presentation.fromBelow(
        new SPrimitive.SData(
            ByteBuffer.wrap(Octets.ofHex("6109 3007 020103 a002 0400").toByteArray()), true));
    assertThat(above).hasSize(2);
    assertThat(((PPrimitive.PData) above.getFirst()).context()).isEqualTo(3);
    assertThat(((PPrimitive.PData) above.getLast()).last()).isTrue();
  }

  @Test
  void activitiesAndTheTurnPassThrough() throws Exception {
    accepted();
    SActivity end = new SActivity.End(3);
    presentation.fromBelow(end);
    assertThat(above.getFirst()).isEqualTo(new PPrimitive.PActivity(end));
    presentation.fromAbove(new PPrimitive.PTokenPlease(new Pdv(3, Octets.ofHex("020107"))));
    SActivity.TokenPlease please = (SActivity.TokenPlease) below.getFirst();
    assertThat(please.userData()).isEqualTo(Octets.ofHex("610a 3008 020103 a003 020107"));
    presentation.fromBelow(please);
    presentation.fromBelow(new SActivity.TokenPlease(Octets.empty()));
    assertThat(above.subList(1, 3))
        .containsExactly(
            new PPrimitive.PTokenPlease(new Pdv(3, Octets.ofHex("020107"))),
            new PPrimitive.PTokenPlease(new Pdv(0, Octets.empty())));
  }

  @Test
  void abortsAreToldApart() throws Exception {
    accepted();
    presentation.fromAbove(new PPrimitive.PUAbort(new Pdv(1, VALUE)));
    SPrimitive.SUAbort ours = (SPrimitive.SUAbort) below.getFirst();
    // ARU with the context it is of
    assertThat(ours.userData())
        .isEqualTo(Octets.ofHex("a016 a009 3007 020101 0602 5101 6109 3007 020101 a002 3000"));
    presentation.fromBelow(ours);
    presentation.fromBelow(new SPrimitive.SUAbort(Octets.ofHex("3003 800101")));
    presentation.fromBelow(new SPrimitive.SUAbort(Octets.empty()));
    presentation.fromBelow(new SPrimitive.SPAbort("the line"));
    assertThat(above)
        .containsExactly(
            new PPrimitive.PUAbort(new Pdv(1, VALUE)),
            new PPrimitive.PPAbort("the peer's presentation entity aborted, reason 1"),
            new PPrimitive.PUAbort(new Pdv(0, Octets.empty())),
            new PPrimitive.PPAbort("the line"));
  }

  @Test
  void anErrorOfThePeerIsAnsweredByArp() throws Exception {
    accepted();
    presentation.abortForProtocolError();
    assertThat(((SPrimitive.SUAbort) below.getFirst()).userData())
        .isEqualTo(Octets.ofHex("3003 800106"));
  }

  @Test
  void releaseCarriesOneValue() throws Exception {
    accepted();
    presentation.fromAbove(new PPrimitive.PRelease(new Pdv(1, VALUE)));
    Octets userData = ((SPrimitive.SRelease) below.getFirst()).userData();
    assertThat(userData).isEqualTo(Octets.ofHex("6109 3007 020101 a002 3000"));
    presentation.fromBelow(new SPrimitive.SRelease(userData));
    assertThat(above.getFirst()).isEqualTo(new PPrimitive.PRelease(new Pdv(1, VALUE)));
    assertThatThrownBy(() -> presentation.fromBelow(new SPrimitive.SRelease(Octets.empty())))
        .isInstanceOf(ProtocolError.class);
  }
}
