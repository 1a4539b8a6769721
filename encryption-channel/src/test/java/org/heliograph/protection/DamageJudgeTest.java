package org.heliograph.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Label;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Outcome;
import org.heliograph.model.RecipientId;
import org.heliograph.trust.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not hold is held or failed, never passed on, never thrown. */
class DamageJudgeTest {
  private static Parties parties;
  private static byte[] wrapped;

  @BeforeAll
  static void wrap() throws Exception {
    parties = new Parties(KeyType.EC_P256, KeyType.EC_P256);
    wrapped = wrap(parties, OpensslJudgeTest.content(2000), Optional.of(Parties.SECRET));
  }

  static byte[] wrap(Parties by, byte[] content, Optional<Label> label) throws Exception {
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(content), Parties.CLOCK);
    bench.run(
        by.protect(),
        Parties.envelope(ContentTypes.P22, Parties.user("BRAVO", "Baker")).label(label).build());
    return store.octets(bench.made.getFirst().content());
  }

  private static Envelope sealed(Optional<Label> label) {
    return Parties.envelope(ContentTypes.CONTENT_INFO, Parties.user("BRAVO", "Baker"))
        .label(label)
        .build();
  }

  private static JudgeBench open(byte[] octets, UnprotectShaper by, Optional<Label> label)
      throws Exception {
    return open(octets, by, label, Parties.CLOCK);
  }

  private static JudgeBench open(
      byte[] octets, UnprotectShaper by, Optional<Label> label, InstantSource clock)
      throws Exception {
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(octets), clock);
    Map<RecipientId, Outcome> outcomes = bench.run(by, sealed(label));
    assertThat(outcomes).hasSize(1);
    bench.outcome = outcomes.values().iterator().next();
    for (var draft : bench.made) {
      bench.plain = store.octets(draft.content());
    }
    return bench;
  }

  private static void refused(JudgeBench bench, String why) {
    assertThat(bench.outcome).as(why).isInstanceOfAny(Outcome.Held.class, Outcome.Failed.class);
    assertThat(bench.made).as(why).isEmpty();
    if (bench.outcome instanceof Outcome.Held held) {
      assertThat(held.releaser()).as(why).isEqualTo("security-officer");
    }
    if (bench.outcome instanceof Outcome.Failed failed) {
      assertThat(failed.failure().cause()).isEqualTo(Failure.Cause.PROTECTION_FAILED);
    }
    assertThat(bench.outcome.toString() + bench.notes).doesNotContain("CANARY");
  }

  @Test
  void opensWhatIsWhole() throws Exception {
    JudgeBench bench = open(wrapped, parties.unprotect(), Optional.of(Parties.SECRET));
    assertThat(bench.outcome).isInstanceOf(Outcome.Reshaped.class);
    assertThat(bench.plain).isEqualTo(OpensslJudgeTest.content(2000));
    assertThat(bench.made.getFirst().envelope().contentType()).isEqualTo(ContentTypes.P22);
    assertThat(bench.made.getFirst().envelope().label()).contains(Parties.SECRET);
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    UnprotectShaper shaper = parties.unprotect();
    for (int length = 0; length < wrapped.length; length += length < 100 ? 1 : 37) {
      refused(
          open(Arrays.copyOf(wrapped, length), shaper, Optional.of(Parties.SECRET)),
          "cut at " + length);
    }
  }

  /**
   * A flipped bit is refused, or it changed nothing that is protected: then the octets are right.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void neverPassesOnWhatWasChanged(long seed) throws Exception {
    UnprotectShaper shaper = parties.unprotect();
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 120; i++) {
      byte[] bent = wrapped.clone();
      int at = random.nextInt(bent.length);
      bent[at] ^= (byte) (1 << random.nextInt(8));
      JudgeBench bench = open(bent, shaper, Optional.of(Parties.SECRET));
      if (bench.outcome instanceof Outcome.Reshaped) {
        assertThat(bench.plain)
            .as("seed %d, octet %d", seed, at)
            .isEqualTo(OpensslJudgeTest.content(2000));
      } else {
        refused(bench, "seed " + seed + ", octet " + at);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(90);
  }

  @Test
  void survivesGarbage() throws Exception {
    UnprotectShaper shaper = parties.unprotect();
    Random random = new Random(7);
    for (int i = 0; i < 150; i++) {
      byte[] bent = wrapped.clone();
      for (int n = random.nextInt(1, 30); n > 0; n--) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      }
      JudgeBench bench = open(bent, shaper, Optional.of(Parties.SECRET));
      if (!(bench.outcome instanceof Outcome.Reshaped)) {
        refused(bench, "mutant " + i);
      }
    }
  }

  @Test
  void survivesDeepNestingAndLyingLengths() throws Exception {
    UnprotectShaper shaper = parties.unprotect();
    byte[] deep = new byte[200_000];
    for (int i = 0; i < deep.length; i += 2) {
      deep[i] = 0x30;
      deep[i + 1] = (byte) 0x80;
    }
    refused(open(deep, shaper, Optional.empty()), "nesting");
    byte[] contentType = {
      0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, 2
    };
    byte[] deepInside = deep.clone();
    deepInside[0] = 0x30;
    deepInside[1] = (byte) 0x80;
    System.arraycopy(contentType, 0, deepInside, 2, contentType.length);
    deepInside[13] = (byte) 0xa0;
    deepInside[14] = (byte) 0x80;
    for (int i = 15; i + 1 < deepInside.length; i += 2) {
      deepInside[i] = 0x30;
      deepInside[i + 1] = (byte) 0x80;
    }
    refused(open(deepInside, shaper, Optional.empty()), "nesting inside");
    byte[] lying = wrapped.clone();
    byte[] huge = {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xf0};
    System.arraycopy(huge, 0, lying, 0, huge.length);
    refused(open(lying, shaper, Optional.empty()), "lying length");
    byte[] set = deepInside.clone();
    byte[] lie = {
      0x30, (byte) 0x80, 2, 1, 3, 0x31, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xf0
    };
    System.arraycopy(lie, 0, set, 15, lie.length);
    refused(open(set, shaper, Optional.empty()), "lying length of a set");
  }

  @Test
  void refusesAnotherRootsSigner() throws Exception {
    Parties strangers = new Parties(KeyType.EC_P256, KeyType.EC_P256);
    ProtectShaper theirs =
        new ProtectShaper(
            new ChannelName("protect"),
            Parties.settings(
                List.of(strangers.pki.root(), parties.pki.root()),
                strangers.alpha,
                strangers.alpha.certificate(),
                parties.bravo.certificate()));
    MemoryStore store = new MemoryStore();
    JudgeBench bench =
        new JudgeBench(store, store.put(OpensslJudgeTest.content(500)), Parties.CLOCK);
    bench.run(theirs, sealedFor(ContentTypes.P22, Optional.empty()));
    assertThat(bench.made).hasSize(1);
    refused(
        open(store.octets(bench.made.getFirst().content()), parties.unprotect(), Optional.empty()),
        "another root");
  }

  @Test
  void neverEncryptsWithAnExpiredCertificate() throws Exception {
    Parties brief = new Parties(KeyType.EC_P256, KeyType.RSA_2048, Duration.ofDays(3));
    MemoryStore store = new MemoryStore();
    JudgeBench bench =
        new JudgeBench(
            store,
            store.put(OpensslJudgeTest.content(500)),
            InstantSource.fixed(Parties.NOW.plus(Duration.ofDays(10))));
    Map<RecipientId, Outcome> outcomes =
        bench.run(brief.protect(), sealedFor(ContentTypes.P22, Optional.empty()));
    assertThat(outcomes.values()).allMatch(o -> o instanceof Outcome.Failed);
    assertThat(bench.made).isEmpty();
  }

  @Test
  void aLabelThatCannotBeWrittenIsAFailureNotAnException() throws Exception {
    Label withoutPolicy =
        new Label(Optional.empty(), OptionalInt.of(4), Optional.empty(), List.of());
    MemoryStore store = new MemoryStore();
    JudgeBench bench =
        new JudgeBench(store, store.put(OpensslJudgeTest.content(500)), Parties.CLOCK);
    Map<RecipientId, Outcome> outcomes =
        bench.run(parties.protect(), sealedFor(ContentTypes.P22, Optional.of(withoutPolicy)));
    assertThat(outcomes.values()).allMatch(o -> o instanceof Outcome.Failed);
    assertThat(bench.made).isEmpty();
  }

  private static Envelope sealedFor(org.heliograph.model.ContentType type, Optional<Label> label) {
    return Parties.envelope(type, Parties.user("BRAVO", "Baker")).label(label).build();
  }

  @Test
  void refusesAnExpiredSigner() throws Exception {
    Parties brief = new Parties(KeyType.EC_P256, KeyType.EC_P256, Duration.ofDays(3));
    byte[] octets = wrap(brief, OpensslJudgeTest.content(500), Optional.empty());
    assertThat(open(octets, brief.unprotect(), Optional.empty()).outcome)
        .isInstanceOf(Outcome.Reshaped.class);
    refused(
        open(
            octets,
            brief.unprotect(),
            Optional.empty(),
            InstantSource.fixed(Parties.NOW.plus(Duration.ofDays(10)))),
        "expired");
  }

  @Test
  void refusesAnotherLabelOnTheEnvelope() throws Exception {
    Label lower =
        new Label(Parties.SECRET.policy(), OptionalInt.of(1), Optional.empty(), List.of());
    refused(open(wrapped, parties.unprotect(), Optional.of(lower)), "lower label");
    refused(open(wrapped, parties.unprotect(), Optional.empty()), "label lost");
    byte[] bare = wrap(parties, OpensslJudgeTest.content(100), Optional.empty());
    refused(open(bare, parties.unprotect(), Optional.of(lower)), "label without signature");
  }

  @Test
  void refusesASignerWhoMayNotSpeakForTheOriginator() throws Exception {
    Identity charlie =
        Parties.identity(
            parties.pki.issue(
                Parties.holder("charlie", "CHARLIE"), KeyType.EC_P256, Duration.ofDays(30)));
    ProtectShaper theirs =
        new ProtectShaper(
            new ChannelName("protect"),
            parties.settings(charlie, charlie.certificate(), parties.bravo.certificate()));
    MemoryStore store = new MemoryStore();
    JudgeBench bench =
        new JudgeBench(store, store.put(OpensslJudgeTest.content(500)), Parties.CLOCK);
    bench.run(theirs, sealedFor(ContentTypes.P22, Optional.empty()));
    assertThat(bench.made).hasSize(1);
    refused(
        open(store.octets(bench.made.getFirst().content()), parties.unprotect(), Optional.empty()),
        "signed by CHARLIE for an originator of ALPHA");
  }

  @Test
  void refusesWhatIsForAnotherKey() throws Exception {
    Identity other =
        Parties.identity(
            parties.pki.issue(
                Parties.holder("bravo", "BRAVO"), KeyType.EC_P256, Duration.ofDays(30)));
    UnprotectShaper wrong =
        new UnprotectShaper(
            new ChannelName("unprotect"),
            parties.settings(other, parties.alpha.certificate(), other.certificate()));
    JudgeBench bench = open(wrapped, wrong, Optional.of(Parties.SECRET));
    assertThat(bench.made).isEmpty();
    assertThat(bench.outcome).isNotInstanceOf(Outcome.Reshaped.class);
  }

  @Test
  void neverSendsInTheClearWithoutACertificate() throws Exception {
    MemoryStore store = new MemoryStore();
    JudgeBench bench =
        new JudgeBench(store, store.put(OpensslJudgeTest.content(500)), Parties.CLOCK);
    Envelope envelope =
        Parties.envelope(
                ContentTypes.P22, Parties.user("BRAVO", "Baker"), Parties.user("DELTA", "Dog"))
            .build();
    Map<RecipientId, Outcome> outcomes = bench.run(parties.protect(), envelope);
    assertThat(outcomes.get(new RecipientId(1))).isInstanceOf(Outcome.Reshaped.class);
    assertThat(outcomes.get(new RecipientId(2)))
        .isInstanceOfAny(Outcome.Held.class, Outcome.Failed.class);
    assertThat(bench.made.stream().flatMap(d -> d.origin().values().stream()))
        .containsExactly(new RecipientId(1));
    byte[] octets = store.octets(bench.made.getFirst().content());
    assertThat(new String(octets, StandardCharsets.ISO_8859_1)).doesNotContain("CANARY");
  }
}
