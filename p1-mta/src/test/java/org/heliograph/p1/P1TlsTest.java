package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heliograph.conf.DemoPki;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.TraceElement;
import org.heliograph.osi.Selectors;
import org.heliograph.trust.CertificateRule;
import org.heliograph.trust.Identity;
import org.heliograph.trust.TlsContexts;
import org.heliograph.trust.TrustException;
import org.heliograph.wire.ConnectSettings;
import org.heliograph.wire.Connection;
import org.heliograph.wire.Event;
import org.heliograph.wire.Listener;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Network;
import org.heliograph.wire.Owner;
import org.heliograph.wire.Tls;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1006 over TLS, both sides with certificates; and from where a peer may come. */
@Timeout(60)
class P1TlsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> BOTH = List.of("TLSv1.3", "TLSv1.2");

  private static DemoPki pki;
  private static DemoPki others;
  private static Identity alpha;
  private static Identity bravo;
  private static List<X509Certificate> anchors;

  private Pair pair;

  @BeforeAll
  static void certify() throws Exception {
    pki = new DemoPki(Instant.now());
    others = new DemoPki(Instant.now());
    anchors = List.of(pki.root());
    alpha = identity(pki, "alpha", "mta.alpha.example", DAY);
    bravo = identity(pki, "bravo", "localhost", DAY);
  }

  private static Identity identity(DemoPki by, String name, String host, Duration life)
      throws GeneralSecurityException {
    DemoPki.Issued issued =
        by.issue(
            new DemoPki.Holder(name, Optional.empty(), Optional.of(host), Optional.empty()),
            KeyType.EC_P256,
            life);
    return new Identity(issued.key(), issued.chain());
  }

  private static Tls door(Identity own, List<String> versions) throws TrustException {
    return new Tls(TlsContexts.of(Optional.of(own), anchors), true, Optional.empty(), versions);
  }

  private static Pair pair(Tls tls) throws Exception {
    return new Pair(
        Pair.anywhere()
            .withDoors(
                new P1Settings.Door(new InetSocketAddress(Wire.loopback(), 0), Optional.of(tls))),
        InstantSource.system());
  }

  @BeforeEach
  void listen() throws Exception {
    pair = pair(door(bravo, BOTH));
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private PeerSettings over(Optional<Identity> own, List<String> versions) throws TrustException {
    return pair.toBravo().withTls(new PeerTls(TlsContexts.of(own, anchors), true, versions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void transfersOverEitherVersion(String version) throws Exception {
    pair.transfers(over(Optional.of(alpha), List.of(version)), "one");

    List<TraceElement> trace = pair.store().accepted().getFirst().draft().envelope().trace();
    assertThat(trace).hasSize(2);
  }

  @Test
  void takesNoVersionThatIsNotAllowed() throws Exception {
    pair.close();
    pair = pair(door(bravo, List.of("TLSv1.3")));

    pair.transfers(over(Optional.of(alpha), BOTH), "one");
    pair.refused(
        over(Optional.of(alpha), List.of("TLSv1.2")),
        "the peer takes no version of TLS that we offer",
        "no TLS with 127.0.0.1:");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    pair.refused(
        over(Optional.of(identity(others, "alpha", "mta.alpha.example", DAY)), BOTH),
        "our certificate",
        "a certificate of the peer is not by whom it says");
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3", "TLSv1.2"})
  void refusesWhoShowsNoCertificate(String version) throws Exception {
    pair.refused(
        over(Optional.empty(), List.of(version)), "certificate", "the peer showed no certificate");
  }

  @Test
  void refusesAnExpiredCertificate() throws Exception {
    pair.refused(
        over(
            Optional.of(identity(pki, "alpha", "mta.alpha.example", Duration.ofMinutes(-30))),
            BOTH),
        "our certificate",
        "has expired");
  }

  /** What we are shown is judged the same way, before we have said a word. */
  @Test
  void callsNobodyWithAWrongCertificate() throws Exception {
    PeerSettings byOthers =
        pair.toBravo()
            .withTls(
                new PeerTls(
                    TlsContexts.of(Optional.of(alpha), List.of(others.root())), true, BOTH));
    pair.refused(byOthers, "a certificate of the peer is not by whom it says", "");
    PeerSettings another =
        pair.toBravo()
            .withTls(
                new PeerTls(
                    TlsContexts.of(
                        Optional.of(alpha),
                        anchors,
                        CertificateRule.of(Optional.of("CN=charlie"), List.of())),
                    true,
                    BOTH));
    pair.refused(another, "its certificate is for 'O=For demonstrations only,CN=bravo'", "");

    pair.close();
    pair = pair(door(identity(pki, "bravo", "mta.bravo.example", DAY), BOTH));
    pair.refused(over(Optional.of(alpha), BOTH), "the peer's certificate is for another name", "");
    pair.transfers(
        pair.toBravo()
            .withTls(
                new PeerTls(
                    TlsContexts.of(
                        Optional.of(alpha),
                        anchors,
                        CertificateRule.of(Optional.empty(), List.of("MTA.bravo.example"))),
                    false,
                    BOTH)),
        "by rule");

    pair.close();
    pair = pair(door(identity(pki, "bravo", "localhost", Duration.ofMinutes(-30)), BOTH));
    pair.refused(over(Optional.of(alpha), BOTH), "has expired", "");
  }

  @Test
  void tellsPeersByTheirCertificates() throws Exception {
    CertificateRule alphas = CertificateRule.of(Optional.empty(), List.of("mta.alpha.example"));
    pair.known(
        PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA)
            .withCredentials(Optional.of(Pair.BRAVO), Optional.empty())
            .withAdmission(Admission.ANY.withCertificate(alphas)));
    PeerSettings withoutName =
        over(Optional.of(alpha), BOTH).withCredentials(Optional.empty(), Optional.of(Pair.BRAVO));

    pair.transfers(withoutName, "by certificate");
    assertThat(pair.store().accepted().getFirst().draft().envelope().source().peer().orElseThrow())
        .hasToString("alpha");
    PeerSettings charlie =
        over(Optional.of(identity(pki, "charlie", "mta.charlie.example", DAY)), BOTH);
    pair.refused(
        charlie.withCredentials(Optional.empty(), Optional.of(Pair.BRAVO)),
        "authentication-error (2)",
        "nobody who comes like this may bind without a name");

    // The right password with another's certificate
    pair.known(
        PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA)
            .withAdmission(Admission.ANY.withCertificate(alphas)));
    pair.refused(
        charlie,
        "authentication-error (2)",
        "alpha its certificate is for 'O=For demonstrations only,CN=charlie'");
    pair.transfers(over(Optional.of(alpha), BOTH), "with both");
  }

  @Test
  void refusesTheRightPasswordFromAWrongPlace() throws Exception {
    pair.close();
    pair = new Pair(Pair.anywhere(), InstantSource.system());
    PeerSettings known = PeerSettings.of("alpha", Pair.BRAVO, Pair.ALPHA);
    pair.known(known.withAdmission(Admission.ANY.withNetworks(Network.parse("192.0.2.0/24"))));
    pair.refused(
        pair.toBravo(), "authentication-error (2)", "alpha comes from 127.0.0.1, not from");
    pair.known(known.withAdmission(Admission.ANY.withTls()));
    pair.refused(pair.toBravo(), "authentication-error (2)", "alpha comes without TLS");
    Selectors calling = Selectors.transport("ALPHA");
    Selectors called = Selectors.transport("BRAVO");
    pair.known(known.withAdmission(Admission.ANY.withSelectors(calling, called)));
    pair.refused(
        pair.toBravo().withSelectors(calling, Selectors.transport("OTHER")),
        "authentication-error (2)",
        "alpha sends the called transport selector");

    pair.transfers(pair.toBravo().withSelectors(calling, called), "right");
    pair.known(known.withAdmission(Admission.ANY.withNetworks(Network.parse("127.0.0.0/8"))));
    pair.transfers(pair.toBravo(), "near");
  }

  /** Two peers at one address that bind without a name are told apart by what they call. */
  @Test
  void tellsPeersBySelectors() throws Exception {
    pair.close();
    pair = new Pair(Pair.anywhere(), InstantSource.system());
    PeerSettings one =
        PeerSettings.of("one", Pair.BRAVO, Pair.ALPHA)
            .withNullBind()
            .at(new PeerAddress("127.0.0.1", 102))
            .withAdmission(Admission.ANY.withSelectors(Selectors.NONE, Selectors.transport("ONE")));
    PeerSettings two =
        PeerSettings.of("two", Pair.BRAVO, Pair.ALPHA)
            .withNullBind()
            .at(new PeerAddress("127.0.0.1", 103))
            .withAdmission(Admission.ANY.withSelectors(Selectors.NONE, Selectors.transport("TWO")));
    pair.known(one, two);

    pair.transfers(
        pair.toBravo().withNullBind().withSelectors(Selectors.NONE, Selectors.transport("TWO")),
        "two");
    assertThat(pair.store().accepted().getFirst().draft().envelope().source().peer().orElseThrow())
        .hasToString("two");
  }

  /**
   * The server deciphers it on another thread than the one that reads, when it checks who calls.
   */
  @Test
  void takesWhatComesRightBehindTheHandshake() throws Exception {
    Owner echo =
        c -> {
          if (c.take(DAY) instanceof Event.Received octets) {
            c.write(octets.octets());
            assertThat(c.take(DAY)).isInstanceOf(Event.InputClosed.class);
          }
        };
    Listener listener =
        pair.wire()
            .listen(
                new ListenerSettings(
                    "echo",
                    new InetSocketAddress(Wire.loopback(), 0),
                    10,
                    10,
                    Optional.of(door(bravo, BOTH))),
                echo);
    for (int i = 0; i < 40; i++) {
      // A context of its own each time, so that no session is resumed.
      Tls client = Tls.client(TlsContexts.of(Optional.of(alpha), anchors), Optional.empty());
      try (Connection connection =
          pair.wire()
              .connect(
                  new ConnectSettings(
                      listener.address(),
                      Optional.empty(),
                      Duration.ofSeconds(10),
                      Optional.of(client)))) {
        connection.write(ByteBuffer.wrap(new byte[10]));
        assertThat(connection.take(Duration.ofSeconds(10)))
            .as("connection %d", i)
            .isInstanceOf(Event.Received.class);
      }
    }
  }
}
