package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.p1.Samples.ALPHA;
import static org.heliograph.p1.Samples.BRAVO;
import static org.heliograph.p1.Samples.LOCAL;
import static org.heliograph.p1.Samples.doing;
import static org.heliograph.p1.Samples.internal;
import static org.heliograph.p1.Samples.trace;

import java.util.List;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.TraceElement;
import org.heliograph.model.TraceElement.OtherAction;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static boolean loops(List<TraceElement> trace, List<TraceElement> internal) {
    return Tracing.loops(
        Samples.message("x", 1).change().trace(trace).internalTrace(internal).build(), LOCAL);
  }

  @Test
  void aMessageFromElsewhereDoesNotLoop() {
    assertThat(loops(List.of(trace(ALPHA)), List.of(internal(ALPHA, "mta.alpha")))).isFalse();
  }

  @Test
  void ourDomainBeforeAnotherIsALoop() {
    assertThat(loops(List.of(trace(BRAVO), trace(ALPHA)), List.of())).isTrue();
    assertThat(
            loops(
                List.of(
                    trace(new GlobalDomain("xx", "", java.util.Optional.of("bravo "))),
                    trace(ALPHA)),
                List.of()))
        .isTrue();
  }

  @Test
  void aListOrARedirectionIsAReasonToComeBack() {
    assertThat(
            loops(List.of(trace(BRAVO), doing(trace(ALPHA), OtherAction.DL_OPERATION)), List.of()))
        .isFalse();
    assertThat(
            loops(
                List.of(trace(BRAVO), doing(trace(ALPHA), OtherAction.REDIRECTED)),
                List.of(internal(BRAVO, "mta.bravo"), internal(ALPHA, "mta.alpha"))))
        .isFalse();
  }

  @Test
  void aReasonBeforeWeHadItIsNone() {
    assertThat(
            loops(
                List.of(doing(trace(ALPHA), OtherAction.DL_OPERATION), trace(BRAVO), trace(ALPHA)),
                List.of()))
        .isTrue();
  }

  @Test
  void anotherMtaOfOurDomainIsNoLoopButOurselvesAre() {
    assertThat(loops(List.of(trace(BRAVO)), List.of(internal(BRAVO, "mta.other")))).isFalse();
    assertThat(
            loops(
                List.of(trace(BRAVO)),
                List.of(internal(BRAVO, "mta.bravo"), internal(BRAVO, "mta.other"))))
        .isTrue();
  }

  @Test
  void addsOurElementsOnce() {
    Envelope came = Samples.message("x", 1).change().trace(List.of(trace(ALPHA))).build();

    Envelope once = Tracing.arrived(came, LOCAL, Samples.NOW);
    Envelope twice = Tracing.arrived(once, LOCAL, Samples.NOW.plusSeconds(5));

    assertThat(once.trace()).containsExactly(trace(ALPHA), trace(BRAVO));
    assertThat(once.internalTrace()).containsExactly(internal(BRAVO, "mta.bravo"));
    assertThat(twice).isEqualTo(once);
  }
}
