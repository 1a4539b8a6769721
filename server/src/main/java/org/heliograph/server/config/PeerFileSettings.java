package org.heliograph.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An MTA under test, and who we are towards it: what an integrator writes down before two systems
 * meet. Read by ping, send and interop.
 */
public record PeerFileSettings(
    @Key(says = "Its host and port.") Endpoint address,
    @Key(
            says =
                "How it is called: normal, x410-12 (X.410-1984 mode with application protocol 12),"
                    + " x410-1 (with 1), or auto, which tries them in that order.",
            or = "normal")
        P1Settings.Mode mode,
    @Key(says = "The MTA name and password that we give; absent: we bind without.")
        Optional<P1Settings.Login> ours,
    @Key(says = "The MTA name and password that it gives back; absent: not looked at.")
        Optional<P1Settings.Login> theirs,
    @Key(says = "Our selectors.") P1Settings.Selectors calling,
    @Key(says = "Its selectors.") P1Settings.Selectors called,
    @Key(says = "TLS with it; absent: clear text.") Optional<TlsSettings.Client> tls,
    @Key(says = "The domain that we are, to which it routes back by P1.") DomainSettings domain,
    @Key(
            says =
                "Where it calls us with reports and with what is routed back; absent: nothing comes"
                    + " back, and the cases that need it are not tested.")
        Optional<Endpoint> listen,
    @Key(says = "O/R address of a recipient that it delivers to.") String recipient,
    @Key(says = "O/R address in its domain that nobody has.") Optional<String> unknown,
    @Key(says = "O/R address whose messages it redirects to somebody it delivers to.")
        Optional<String> redirected,
    @Key(says = "O/R address of a distribution list that it expands, to which we may write.")
        Optional<String> list,
    @Key(
            says = "Contents that its recipients and routes take: 2, 22, p772, cms.",
            or = "[\"2\", \"22\"]")
        List<String> contents,
    @Key(says = "Associations that it takes from us at one time.", or = "2", min = 1, max = 100)
        int associations,
    @Key(says = "Size of the large message.", or = "2 MiB", min = 65_536, max = 1 << 30) Size large,
    @Key(says = "How long to wait for an answer or for what comes back.", or = "20 s", min = 100)
        Duration patience) {
  public PeerFileSettings {
    P1Settings.requireProofs(ours, theirs);
  }

  /** An example with a comment for every key. */
  public static String example() {
    return """
    # A peer file: an MTA as it is seen from here. For ping, send and interop.
    address = "192.0.2.10:102"
    mode = normal                # normal, x410-12, x410-1, auto
    ours   { mta = "TESTER",  password { file = tester.password } }   # first line of the file
    theirs { mta = "MTA-MOD", password { env = MOD_PASSWORD } }
    calling { transport = "TESTER" }         # text, or hex as 0x0102
    called  { transport = "P1", session = 0x01, presentation = 0x02 }
    # tls { keys { file = tester.p12, password { file = tester.pin } }, anchors = [mod-ca.pem] }
    domain { country = XX, admd = " ", prmd = TEST, mta = "TESTER" }   # who we are
    listen = "0.0.0.0:10102"     # where it calls us; leave out if it does not
    recipient = "S=postmaster; O=HQ; P=MOD; A=; C=GB"     # it delivers to this one
    unknown   = "S=nobody-here; O=HQ; P=MOD; A=; C=GB"    # and has never heard of this one
    redirected = "S=moved; O=HQ; P=MOD; A=; C=GB"         # whose messages it redirects
    list      = "CN=all; O=HQ; P=MOD; A=; C=GB"           # a distribution list of its own
    contents = ["2", "22", p772, cms]
    associations = 2
    large = 2 MiB
    patience = 20 s
    """;
  }
}
