package org.heliograph.osi.acse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.acse.APrimitive.AProviderReject.By;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.presentation.PPrimitive;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The association control machine between two sinks. */
class AcseTest {
  private static final ObjectIdentifier NAME = ObjectIdentifier.of("2.6.0.1.6");
  private static final List<Context> CONTEXTS =
      List.of(
          new Context(1, ObjectIdentifier.of("2.2.1.0.1")),
          new Context(3, ObjectIdentifier.of("2.6.0.2.12")));
  private static final Pdv USER = new Pdv(3, Octets.ofHex("0500"));

  /** AARQ with the application context and user information of context 3. */
  private static final String AARQ = "6017 a106 0604 56000106 be0d 280b 0602 5101 020103 a002 0500";

  private final List<APrimitive> above = new ArrayList<>();
  private final List<PPrimitive> below = new ArrayList<>();
  private final Acse acse = new Acse(above::add, below::add, NAME);

  private static Pdv pdv(String hex) {
    return new Pdv(1, Octets.ofHex(hex));
  }

  private void indicate(String aarq) throws Exception {
    acse.fromBelow(
        new PPrimitive.PConnect(Address.NONE, Address.NONE, Reference.NONE, CONTEXTS, pdv(aarq)));
  }

  private void request() throws Exception {
    acse.fromAbove(
        new APrimitive.AAssociate(
            NAME, Address.NONE, Address.NONE, Reference.NONE, CONTEXTS, USER));
  }

  private void associated() throws Exception {
    indicate(AARQ);
    acse.fromAbove(new APrimitive.AAccept(List.of(), USER));
    above.clear();
    below.clear();
  }

  @Test
  void requestIsAnAarq() throws Exception {
    request();
    assertThat(((PPrimitive.PConnect) below.getFirst()).data()).isEqualTo(pdv(AARQ));
  }

  @Test
  void indicationAndAnswer() throws Exception {
    indicate(AARQ);
    APrimitive.AAssociate told = (APrimitive.AAssociate) above.getFirst();
    assertThat(told.applicationContext()).isEqualTo(NAME);
    assertThat(told.user()).isEqualTo(USER);
    acse.fromAbove(new APrimitive.AAccept(List.of(), USER));
    assertThat(((PPrimitive.PAccept) below.getFirst()).data())
        .isEqualTo(
            pdv(
                "6123 a106 0604 56000106 a203 020100 a305 a103 020100"
                    + " be0d 280b 0602 5101 020103 a002 0500"));
  }

  @ParameterizedTest
  @CsvSource({
    "601b 8002 0640 a106 0604 56000106 be0d 280b 0602 5101 020103 a002 0500", // version 2 alone
    "6017 a106 0604 56000107 be0d 280b 0602 5101 020103 a002 0500", // another context
    "6008 a106 0604 56000106", // no user information
  })
  void refusesWhatItDoesNotServe(String aarq) {
    assertThatThrownBy(() -> indicate(aarq))
        .isInstanceOfSatisfying(
            ProtocolError.class, e -> assertThat(e.in()).isEqualTo(ProtocolError.In.ACSE));
    assertThat(below).hasSize(1).first().isInstanceOf(PPrimitive.PRefuse.class);
    // AARE, rejected permanent
    assertThat(((PPrimitive.PRefuse) below.getFirst()).data().value().hex(64))
        .startsWith("61")
        .contains("a203020101");
    assertThat(above).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6200", "6300", "6403 800100", "0500", "60"})
  void onlyAnAarqOpens(String apdu) {
    assertThatThrownBy(() -> indicate(apdu)).isInstanceOf(ProtocolError.class);
    assertThat(above).isEmpty();
  }

  @Test
  void rejectionsAreToldApart() throws Exception {
    request();
    acse.fromBelow(
        new PPrimitive.PRefuse(
            pdv(
                "6123 a106 0604 56000106 a203 020102 a305 a103 020101"
                    + " be0d 280b 0602 5101 020103 a002 0500")));
    request();
    acse.fromBelow(
        new PPrimitive.PRefuse(pdv("6114 a106 0604 56000106 a203 020101 a305 a103 020102")));
    request();
    acse.fromBelow(
        new PPrimitive.PRefuse(pdv("6114 a106 0604 56000106 a203 020101 a305 a203 020102")));
    request();
    acse.fromBelow(new PPrimitive.PProviderRefuse(true, false, "busy"));
    request();
    acse.fromBelow(new PPrimitive.PProviderRefuse(false, true, "unknown"));
    assertThat(above)
        .containsExactly(
            new APrimitive.AReject(false, USER),
            new APrimitive.AProviderReject(
                By.ACSE,
                true,
                "association refused by the user, diagnostic 2"
                    + " (application context not supported)"),
            new APrimitive.AProviderReject(
                By.ACSE, true, "association refused by ACSE, diagnostic 2"),
            new APrimitive.AProviderReject(By.SESSION, false, "busy"),
            new APrimitive.AProviderReject(By.PRESENTATION, true, "unknown"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a rejection within an acceptance
        "6123 a106 0604 56000106 a203 020101 a305 a103 020100"
            + " be0d 280b 0602 5101 020103 a002 0500",
        // another application context
        "6123 a106 0604 56000107 a203 020100 a305 a103 020100"
            + " be0d 280b 0602 5101 020103 a002 0500",
        // no user information
        "6114 a106 0604 56000106 a203 020100 a305 a103 020100",
        "6200",
        "6300",
      })
  void anAareThatIsBrokenIsRefused(String aare) throws Exception {
    request();
    assertThatThrownBy(() -> acse.fromBelow(new PPrimitive.PAccept(CONTEXTS, pdv(aare))))
        .isInstanceOf(ProtocolError.class);
    assertThat(above).isEmpty();
  }

  @Test
  void releaseBothWays() throws Exception {
    associated();
    acse.fromBelow(new PPrimitive.PRelease(pdv("6203 800100")));
    acse.fromAbove(new APrimitive.AReleaseConfirm());
    assertThat(above).containsExactly(new APrimitive.ARelease());
    assertThat(((PPrimitive.PReleaseConfirm) below.getFirst()).data())
        .isEqualTo(pdv("6303 800100"));
    associated();
    acse.fromAbove(new APrimitive.ARelease());
    assertThat(((PPrimitive.PRelease) below.getFirst()).data()).isEqualTo(pdv("6203 800100"));
    acse.fromBelow(new PPrimitive.PReleaseConfirm(pdv("6300")));
    assertThat(above).containsExactly(new APrimitive.AReleaseConfirm());
  }

  @Test
  void anAnswerThatWasNotAskedForIsAnError() throws Exception {
    associated();
    assertThatThrownBy(() -> acse.fromBelow(new PPrimitive.PReleaseConfirm(pdv("6300"))))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("ASSOCIATED");
    assertThatThrownBy(() -> acse.fromBelow(new PPrimitive.PRelease(pdv("6300"))))
        .isInstanceOf(ProtocolError.class);
  }

  @Test
  void abortsAreToldApart() throws Exception {
    associated();
    acse.fromAbove(new APrimitive.AAbort(USER));
    assertThat(((PPrimitive.PUAbort) below.getFirst()).data())
        .isEqualTo(pdv("6412 800100 be0d 280b 0602 5101 020103 a002 0500"));
    acse.fromBelow(new PPrimitive.PUAbort(pdv("6412 800100 be0d 280b 0602 5101 020103 a002 0500")));
    acse.fromBelow(new PPrimitive.PUAbort(pdv("6403 800101")));
    acse.fromBelow(new PPrimitive.PUAbort(APrimitive.none()));
    acse.fromBelow(new PPrimitive.PPAbort("the line"));
    assertThat(above)
        .containsExactly(
            new APrimitive.AAbort(USER),
            new APrimitive.AProviderAbort("the peer's ACSE reports a protocol error"),
            new APrimitive.AAbort(APrimitive.none()),
            new APrimitive.AProviderAbort("the line"));
  }

  @Test
  void anErrorOfThePeerIsAnsweredByAbrtOfTheProvider() throws Exception {
    associated();
    acse.abortForProtocolError();
    assertThat(((PPrimitive.PUAbort) below.getFirst()).data()).isEqualTo(pdv("6403 800101"));
  }

  @Test
  void aContextForAcseIsNeeded() {
    assertThatThrownBy(
            () ->
                acse.fromBelow(
                    new PPrimitive.PConnect(
                        Address.NONE,
                        Address.NONE,
                        Reference.NONE,
                        CONTEXTS.subList(1, 2),
                        pdv(AARQ))))
        .isInstanceOf(ProtocolError.class)
        .hasMessageContaining("no presentation context for ACSE");
  }
}
