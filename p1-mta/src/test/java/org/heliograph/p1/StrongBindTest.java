package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.AuthenticatedBindArgument;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.Credentials.Strong;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.StrongCredentials;
import org.heliograph.asn1.x411.Token;
import org.heliograph.conf.DemoPki;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.osi.Association;
import org.heliograph.osi.AssociationSettings;
import org.heliograph.osi.BindRefused;
import org.heliograph.trust.CertificateRule;
import org.heliograph.trust.Identity;
import org.heliograph.trust.PathValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bind tokens both ways, X.411 8.5.8 and 12.1.1. */
@Timeout(60)
class StrongBindTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final CertificateRule ALPHAS =
      CertificateRule.of(Optional.empty(), List.of("mta.alpha.example"));
  private static final String REFUSED = "authentication-error (2)";

  private static DemoPki pki;
  private static DemoPki others;
  private static Identity alpha;
  private static Identity bravo;

  private Pair pair;
  private volatile Instant now = Instant.now();

  @BeforeAll
  static void certify() throws Exception {
    pki = new DemoPki(Instant.now());
    others = new DemoPki(Instant.now());
    alpha = identity(pki, "alpha", KeyType.EC_P256, DAY);
    bravo = identity(pki, "bravo", KeyType.RSA_2048, DAY);
  }

  private static Identity identity(DemoPki by, String name, KeyType type, Duration life)
      throws Exception {
    DemoPki.Issued issued =
        by.issue(
            new DemoPki.Holder(
                name, Optional.empty(), Optional.of("mta." + name + ".example"), Optional.empty()),
            type,
            life);
    return new Identity(issued.key(), issued.chain());
  }

  private static StrongBind strong(Identity own, CertificateRule rule) {
    List<X509Certificate> anchors = List.of(pki.root());
    return new StrongBind(
        Optional.of(own),
        Optional.of(
            new StrongBind.Proof(new PathValidator(anchors, List.of()), rule, StrongBind.WINDOW)));
  }

  private static PeerSettings known(Identity own) {
    return PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA).withStrong(strong(own, ALPHAS));
  }

  @BeforeEach
  void listen() throws Exception {
    pair = new Pair(Pair.anywhere(), InstantSource.system());
    pair.known(known(bravo));
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private PeerSettings by(Identity own) {
    return pair.toBravo().withStrong(strong(own, CertificateRule.ANY));
  }

  @ParameterizedTest
  @CsvSource({"EC_P256, RSA_2048", "RSA_2048, EC_P256"})
  void bothProveThemselves(KeyType initiator, KeyType responder) throws Exception {
    pair.known(known(identity(pki, "bravo", responder, DAY)));

    pair.transfers(by(identity(pki, "alpha", initiator, DAY)), "one");
    // In X.410-1984 mode with P1 of 1988, too.
    pair.transfers(by(identity(pki, "alpha", initiator, DAY)).withMode(ModeChoice.X410_12), "two");
    assertThat(pair.store().accepted().getFirst().draft().envelope().source().identity())
        .contains("mta.alpha");
  }

  @Test
  void refusesPasswordsWhereATokenIsDueAndTheOtherWayRound() {
    pair.refused(pair.toBravo(), REFUSED, "alpha gave no bind token, which is what it should give");
    pair.known(PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA));
    pair.refused(by(alpha), REFUSED, "'mta.alpha' gave no password, which is what it should give");
    pair.refused(by(alpha).withMode(ModeChoice.X410_1), "P1 of 1984 has no bind tokens", "");
  }

  @Test
  void refusesCertificatesThatAreNotBelieved() throws Exception {
    pair.refused(
        by(identity(others, "alpha", KeyType.EC_P256, DAY)),
        REFUSED,
        "alpha shows a certificate that is not believed");
    pair.refused(
        by(identity(pki, "alpha", KeyType.EC_P256, Duration.ofMinutes(-30))),
        REFUSED,
        "alpha shows a certificate that is not believed: no path");
    pair.refused(
        by(identity(pki, "charlie", KeyType.EC_P256, DAY)),
        REFUSED,
        "alpha its certificate is for 'O=For demonstrations only,CN=charlie'");
  }

  @Test
  void theResponderMustProveItselfToo() throws Exception {
    pair.known(known(identity(others, "bravo", KeyType.EC_P256, DAY)));
    pair.refused(by(alpha), "shows a certificate that is not believed", "");
    pair.known(
        PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA)
            .withStrong(new StrongBind(Optional.empty(), strong(bravo, ALPHAS).theirs())));
    pair.refused(by(alpha), "gave no bind token", "");
  }

  private Octets argument(StrongCredentials credentials) {
    return BindOperation.CODEC.encode(
        new BindOperation.Argument(
            new MTABindArgument.Authenticated(
                new AuthenticatedBindArgument(
                    Text.ia5("mta.alpha"), new Strong(credentials), null))));
  }

  private static StrongCredentials token(Identity by, String recipient, Instant at)
      throws Exception {
    return ((Strong) new Tokens(() -> at).make(by, recipient)).value();
  }

  private void refused(StrongCredentials said, String logged) {
    try (Logged log = new Logged()) {
      assertThatThrownBy(() -> say(said).close())
          .isInstanceOfSatisfying(
              BindRefused.class,
              e ->
                  assertThat(BindPdus.describeError(e.bindError().orElseThrow()))
                      .isEqualTo(REFUSED));
      assertThat(log.warnings()).anyMatch(line -> line.contains(logged));
    }
  }

  private Association say(StrongCredentials said) throws Exception {
    return Association.open(pair.wire(), AssociationSettings.to(pair.address()), argument(said));
  }

  @Test
  void takesNoTokenTwice() throws Exception {
    StrongCredentials token = token(alpha, "mta.bravo", Instant.now());
    try (Association first = say(token)) {
      assertThat(first.usable()).isTrue();
    }

    refused(token, "alpha gave a token a second time");
  }

  @Test
  void refusesTokensForOthersAndOfOtherTimes() throws Exception {
    refused(
        token(alpha, "mta.charlie", Instant.now()),
        "alpha gave a token for 'mta.charlie', not for 'mta.bravo'");
    refused(
        token(alpha, "mta.bravo", Instant.now().minus(StrongBind.WINDOW.plusSeconds(60))),
        "more than 300 s away");
    refused(
        token(alpha, "mta.bravo", Instant.now().plus(StrongBind.WINDOW.plusSeconds(60))),
        "more than 300 s away");
  }

  @Test
  void refusesWrongSignatures() throws Exception {
    StrongCredentials own = token(alpha, "mta.bravo", Instant.now());
    StrongCredentials anothers = token(bravo, "mta.bravo", Instant.now());
    // A token of one with the certificate of the other
    refused(
        new StrongCredentials(anothers.bindToken(), own.certificate(), null, List.of()),
        "alpha gave a token that is not its own");
    refused(
        new StrongCredentials(null, own.certificate(), null, List.of()),
        "without token or certificate");
    refused(
        new StrongCredentials(own.bindToken(), null, null, List.of()),
        "without token or certificate");
    // One bit of the signed name
    Token token = java.util.Objects.requireNonNull(own.bindToken());
    byte[] octets = token.token().octets().toByteArray();
    int at = new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("mta.bravo");
    octets[at] ^= 1;
    refused(
        new StrongCredentials(
            new Token(token.tokenTypeIdentifier(), new org.heliograph.asn1.Any(Octets.of(octets))),
            own.certificate(),
            null,
            List.of()),
        "the signature is not by that key over these octets");
  }

  /** The memory of tokens has a bound, and forgets those whose time is over. */
  @Test
  void remembersABoundedNumberOfTokens() {
    Replays replays = new Replays(2);
    assertThat(replays.note("a", now, now.plusSeconds(10))).isEqualTo(Replays.Verdict.FRESH);
    assertThat(replays.note("b", now, now.plusSeconds(20))).isEqualTo(Replays.Verdict.FRESH);
    assertThat(replays.note("a", now, now.plusSeconds(10))).isEqualTo(Replays.Verdict.SEEN);
    assertThat(replays.note("c", now, now.plusSeconds(20))).isEqualTo(Replays.Verdict.FULL);
    now = now.plusSeconds(11);
    assertThat(replays.note("c", now, now.plusSeconds(20))).isEqualTo(Replays.Verdict.FRESH);
    assertThat(replays.note("b", now, now.plusSeconds(20))).isEqualTo(Replays.Verdict.SEEN);
  }

  @Test
  void aBindOfManyOctetsNeedsSessionVersionTwo() {
    pair.refused(by(alpha).withLimits(PeerLimits.DEFAULT.withSessionVersion(1)), "512", "");
  }
}
