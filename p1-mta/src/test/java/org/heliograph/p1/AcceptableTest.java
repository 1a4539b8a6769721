package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.Oid;
import org.junit.jupiter.api.Test;

/** What an MTA without conversion does where a peer does not take everything. */
class AcceptableTest {
  private static final EncodedInformationTypes IA5 =
      new EncodedInformationTypes(Set.of(2), List.of(new Oid("1.2.3")));

  private static String code(Acceptable takes, Envelope envelope) {
    return takes
        .objection(envelope, "bravo")
        .flatMap(f -> f.x400())
        .map(Object::toString)
        .orElse("");
  }

  private static Envelope of(EncodedInformationTypes types) {
    return Samples.message("m", 1).change().encodedInformationTypes(types).build();
  }

  @Test
  void everythingIsTakenWhereNothingIsNamed() {
    assertThat(code(Acceptable.ALL, of(IA5))).isEmpty();
  }

  @Test
  void contentTypesThatAreNotNamedAreNotSupported() {
    Acceptable p2 = new Acceptable(Set.of(ContentTypes.P2), EncodedInformationTypes.none());

    assertThat(code(p2, of(IA5))).isEqualTo("reason 1, diagnostic 15");
    assertThat(code(p2, of(IA5).change().contentType(ContentTypes.P2).build())).isEmpty();
    assertThat(code(p2, of(IA5).change().kind(Envelope.Kind.PROBE).build()))
        .isEqualTo("reason 1, diagnostic 15");
    assertThat(p2.objection(Samples.report("s"), "bravo")).isEqualTo(Optional.empty());
  }

  @Test
  void typesThatWouldHaveToBeConvertedAreUnsupportedOrTheirConversionIsProhibited() {
    Acceptable ia5 = new Acceptable(Set.of(), IA5);
    Envelope fax = of(new EncodedInformationTypes(Set.of(2, 3), List.of()));
    Envelope strange = of(new EncodedInformationTypes(Set.of(), List.of(new Oid("1.2.4"))));

    assertThat(code(ia5, of(IA5))).isEmpty();
    assertThat(code(ia5, of(EncodedInformationTypes.none()))).isEmpty();
    assertThat(code(ia5, fax)).isEqualTo("reason 1, diagnostic 6");
    assertThat(code(ia5, strange)).isEqualTo("reason 1, diagnostic 6");
    assertThat(
            code(
                ia5,
                fax.change()
                    .handling(fax.handling().with(Flag.IMPLICIT_CONVERSION_PROHIBITED))
                    .build()))
        .isEqualTo("reason 2, diagnostic 9");
  }
}
