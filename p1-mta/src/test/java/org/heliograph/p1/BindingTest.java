package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.AuthenticatedBindArgument;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.model.Clearance;
import org.heliograph.model.Label;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.PeerName;
import org.heliograph.model.Resumes;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Mode;
import org.heliograph.osi.OpenIndication;
import org.heliograph.osi.Responder.Answer;
import org.heliograph.osi.Selectors;
import org.heliograph.osi.rtse.OpenRefusal;
import org.heliograph.wire.Wire;
import org.heliograph.x400.Labels;
import org.heliograph.x400.PrecedencePairing;
import org.junit.jupiter.api.Test;

/** Refusals of a bind that need no wire (X.411 12.1.1): each with its error and its log line. */
class BindingTest {
  private static final Clearance UP_TO_RESTRICTED = Clearance.upTo(2, true);

  private final Binding binding = binding(Optional.of(UP_TO_RESTRICTED));

  private static Binding binding(Optional<Clearance> clearance) {
    MemoryStore store = new MemoryStore();
    InstantSource clock = InstantSource.system();
    Agreement agreement =
        new Agreement(
            Optional.empty(), List.of(), List.of(), clearance, Acceptable.ALL, Optional.empty());
    P1Settings settings = Pair.anywhere();
    PeerTable peers = PeerTable.of(PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA));
    return new Binding(
        () -> peers,
        new Intake(
            Samples.P1,
            settings,
            Samples.LOCAL,
            store,
            store,
            new Reading(PrecedencePairing.COMMON),
            () -> new Agreements(Map.of(new PeerName("alpha"), agreement)),
            clock),
        new Partials(Samples.P1, Resumes.none(), settings.resume(), clock));
  }

  private static OpenIndication opening(Mode mode, boolean twoWayAlternate, int... context) {
    MTABindArgument argument =
        new MTABindArgument.Authenticated(
            new AuthenticatedBindArgument(
                Text.ia5("mta.alpha"),
                Pair.ALPHA.asn1(),
                context.length == 0
                    ? null
                    : java.util.Arrays.stream(context)
                        .mapToObj(BindingTest::label)
                        .map(Labels::x411)
                        .toList()));
    Octets octets =
        mode.x410()
            ? MTABindArgument.CODEC.encode(argument)
            : BindOperation.CODEC.encode(new BindOperation.Argument(argument));
    return new OpenIndication(
        new InetSocketAddress(Wire.loopback(), 4711),
        Optional.empty(),
        mode,
        Optional.empty(),
        Optional.empty(),
        Selectors.NONE,
        Selectors.NONE,
        twoWayAlternate,
        Checkpointing.DEFAULT,
        octets);
  }

  private static Label label(int classification) {
    return new Label(Optional.empty(), OptionalInt.of(classification), Optional.empty(), List.of());
  }

  private void refused(OpenIndication from, String error, OpenRefusal reason, String logged) {
    try (Logged log = new Logged()) {
      assertThat(binding.open(from))
          .isInstanceOfSatisfying(
              Answer.Refuse.class,
              r -> {
                assertThat(BindPdus.describeError(r.bindError().orElseThrow())).isEqualTo(error);
                assertThat(r.permanent()).isTrue();
                assertThat(r.reason()).isEqualTo(reason);
              });
      assertThat(log.warnings()).anyMatch(line -> line.contains(logged));
    }
    assertThat(binding.associations()).isZero();
  }

  @Test
  void refusesADialogueModeThatItDoesNotHave() {
    for (Mode mode : Mode.values()) {
      refused(
          opening(mode, true),
          "unacceptable-dialogue-mode (3)",
          OpenRefusal.UNACCEPTABLE_DIALOGUE_MODE,
          "it asks for two-way-alternate dialogue");
    }
  }

  @Test
  void refusesASecurityContextBeyondThePeersClearance() {
    refused(
        opening(Mode.NORMAL, false, 1, 4),
        "unacceptable-security-context (4)",
        OpenRefusal.VALIDATION_FAILURE,
        "alpha asks for a security context beyond its clearance");
  }

  @Test
  void takesASecurityContextWithinTheClearance() {
    assertThat(binding.open(opening(Mode.NORMAL, false, 1, 2))).isInstanceOf(Answer.Accept.class);
    assertThat(binding(Optional.empty()).open(opening(Mode.NORMAL, false, 5)))
        .as("nothing was agreed on")
        .isInstanceOf(Answer.Accept.class);
  }
}
