package org.heliograph.server.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.asn1.Octets;
import org.heliograph.model.AddressText;
import org.heliograph.model.ChannelName;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.osi.AcceptorSettings;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Selectors;
import org.heliograph.osi.Times;
import org.heliograph.p1.Agreement;
import org.heliograph.p1.Agreements;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.LocalMta;
import org.heliograph.p1.ModeChoice;
import org.heliograph.p1.P1Outbound;
import org.heliograph.p1.P1Server;
import org.heliograph.p1.P1Settings.Door;
import org.heliograph.p1.PeerAddress;
import org.heliograph.p1.PeerLimits;
import org.heliograph.p1.PeerSettings;
import org.heliograph.p1.PeerTable;
import org.heliograph.p1.ResumeLimits;
import org.heliograph.p1.TransferTimes;
import org.heliograph.queue.Engine;
import org.heliograph.server.config.AgreementSettings;
import org.heliograph.server.config.ClearanceSettings;
import org.heliograph.server.config.DomainSettings;
import org.heliograph.server.config.P1Settings;
import org.heliograph.server.config.Secret;
import org.heliograph.server.config.Selector;
import org.heliograph.server.config.Size;
import org.heliograph.wire.Wire;
import org.heliograph.x400.Domains;
import org.heliograph.x400.PrecedencePairing;
import org.heliograph.x400.Rewriting;

/** X.400 transfer: who we are and who the peers are, from a configuration. */
final class X400Side {
  private static final ChannelName CHANNEL = new ChannelName("p1");

  private X400Side() {}

  /**
   * The outbound channel.
   *
   * @param tables asked for each association and each message
   */
  static P1Outbound outbound(
      Wire wire, DomainSettings domain, Swapped<P1Tables> tables, InstantSource clock) {
    return new P1Outbound(
        wire,
        CHANNEL,
        local(domain),
        () -> tables.get().peers(),
        () -> tables.get().agreements(),
        PrecedencePairing.COMMON,
        clock);
  }

  /** Starts to take associations; close what is returned to stop. */
  static P1Server listen(
      Wire wire,
      DomainSettings domain,
      P1Settings p1,
      Swapped<P1Tables> tables,
      Engine engine,
      InstantSource clock)
      throws IOException {
    List<Door> doors = doors(p1);
    org.heliograph.p1.P1Settings defaults =
        org.heliograph.p1.P1Settings.at(doors.getFirst().address());
    org.heliograph.p1.P1Settings settings =
        new org.heliograph.p1.P1Settings(
            doors,
            p1.maxAssociations(),
            p1.maxAssociations(),
            new AcceptorSettings(
                defaults.acceptor().checkpointing(),
                defaults.acceptor().tpduSize(),
                new Times(
                    p1.inbound().setUp(),
                    p1.inbound().inactivity(),
                    p1.inbound().idle(),
                    Times.DEFAULT.release(),
                    p1.inbound().minimumRate().octets())),
            defaults.envelopeOctets(),
            defaults.contentOctets(),
            new ResumeLimits(p1.resumeFor(), p1.resumeTransfers(), p1.resumeSize().octets()));
    return new P1Server(
            wire,
            CHANNEL,
            settings,
            local(domain),
            () -> tables.get().peers(),
            () -> tables.get().agreements(),
            engine.submission(),
            engine.contents(),
            engine.resumes(),
            PrecedencePairing.COMMON,
            clock)
        .start();
  }

  /** The peers of X.400 transfer and what was agreed on with them. */
  record P1Tables(PeerTable peers, Agreements agreements) {
    static final P1Tables NONE = new P1Tables(new PeerTable(List.of()), Agreements.NONE);
  }

  /**
   * @throws IllegalArgumentException if a name, password, selector, domain or rule cannot be used
   */
  static P1Tables tables(P1Settings p1) {
    return new P1Tables(peers(p1), agreements(p1));
  }

  /**
   * Where associations are taken, in clear text and over TLS.
   *
   * @throws IllegalArgumentException if keys or anchors cannot be used
   */
  static List<Door> doors(P1Settings p1) {
    return Stream.concat(
            p1.listen().stream().map(e -> new Door(e.socketAddress(), Optional.empty())),
            p1.secure().stream().map(X400Tls::door))
        .toList();
  }

  static LocalMta local(DomainSettings domain) {
    return new LocalMta(domain.mta(), domain.global());
  }

  /**
   * @throws IllegalArgumentException if a name, password or selector is too long, or two peers bind
   *     alike
   */
  static PeerTable peers(P1Settings p1) {
    return new PeerTable(
        p1.peers().entrySet().stream().map(e -> peer(e.getKey(), e.getValue())).toList());
  }

  /**
   * @throws IllegalArgumentException if a domain or a rule cannot be read
   */
  static Agreements agreements(P1Settings p1) {
    Map<PeerName, Agreement> all = new HashMap<>();
    p1.peers().forEach((name, peer) -> all.put(new PeerName(name), agreement(peer.agreement())));
    return new Agreements(all);
  }

  private static Agreement agreement(AgreementSettings agreed) {
    return new Agreement(
        agreed.domain().map(Domains::parseDomain),
        agreed.arriving().stream().map(X400Side::rewriting).toList(),
        agreed.leaving().stream().map(X400Side::rewriting).toList(),
        agreed.clearance().map(ClearanceSettings::clearance),
        AcceptableTypes.of(agreed),
        agreed.originAnchors().isEmpty()
            ? Optional.empty()
            : Optional.of(AcceptableTypes.checks(agreed.originAnchors())));
  }

  private static Rewriting rewriting(AgreementSettings.Rewrite rule) {
    return new Rewriting(AddressText.attributes(rule.from()), AddressText.attributes(rule.to()));
  }

  static PeerSettings peer(String name, P1Settings.Peer peer) {
    List<PeerAddress> addresses =
        peer.addresses().stream().map(a -> new PeerAddress(a.host(), a.port())).toList();
    PeerLimits limits =
        PeerLimits.DEFAULT
            .withAssociations(peer.associations())
            .withInboundAssociations(peer.inboundAssociations())
            .withContentOctets(peer.maxContent().map(Size::octets).orElse(Long.MAX_VALUE))
            .withIdle(peer.idle())
            .withLifetime(peer.lifetime())
            .withTimes(
                new Times(
                    peer.setUp(),
                    peer.inactivity(),
                    Times.DEFAULT.idle(),
                    Times.DEFAULT.release(),
                    Times.DEFAULT.octetsPerSecond()))
            .withTransfer(transfer(peer.transferTime()))
            .withCheckpointing(
                new Checkpointing((int) (peer.checkpoint().octets() / 1024), peer.window()))
            .withSessionVersion(peer.sessionVersion());
    return new PeerSettings(
        new PeerName(name),
        Optional.empty(),
        addresses,
        selectors(peer.calling()),
        selectors(peer.called()),
        peer.ours().map(X400Side::credentials),
        peer.theirs().map(X400Side::credentials),
        limits,
        peer.undecodable() == P1Settings.Undecodable.QUARANTINE
            ? PeerSettings.Undecodable.QUARANTINE
            : PeerSettings.Undecodable.REFUSE,
        true,
        peer.tls().map(tls -> X400Tls.client(name, tls)),
        ModeChoice.valueOf(peer.mode().name()),
        X400Tls.admission(peer.from()),
        X400Tls.strong("p1.peers." + name, peer.ours(), peer.theirs()));
  }

  private static TransferTimes transfer(P1Settings.TransferTime times) {
    return new TransferTimes(
        Map.of(
            Precedence.OVERRIDE, times.override(),
            Precedence.FLASH, times.flash(),
            Precedence.IMMEDIATE, times.immediate(),
            Precedence.PRIORITY, times.priority(),
            Precedence.ROUTINE, times.routine(),
            Precedence.DEFERRED, times.deferred()),
        times.perSecond().octets());
  }

  static Credentials credentials(P1Settings.Login login) {
    // With bind tokens there is no password, and none is taken.
    return Credentials.ia5(login.mta(), login.password().map(Secret::reveal).orElse(""));
  }

  static Selectors selectors(P1Settings.Selectors selectors) {
    return new Selectors(
        octets(selectors.transport()),
        octets(selectors.session()),
        octets(selectors.presentation()));
  }

  private static Octets octets(Optional<Selector> selector) {
    return selector.map(s -> Octets.of(s.octets().toArray())).orElse(Octets.empty());
  }
}
