package org.heliograph.server.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heliograph.model.Channel;
import org.heliograph.model.ChannelName;
import org.heliograph.model.PeerName;
import org.heliograph.p1.P1Outbound;
import org.heliograph.queue.CallTimes;
import org.heliograph.queue.FileOutbound;
import org.heliograph.queue.PeerSettings;
import org.heliograph.queue.lists.ListShaper;
import org.heliograph.queue.lists.RedirectShaper;
import org.heliograph.server.config.P1Settings;
import org.heliograph.server.config.SwitchSettings;
import org.heliograph.smtp.SmtpOutbound;
import org.heliograph.wire.Wire;
import org.heliograph.x400.Histories;

/**
 * The outbound channels and shapers of a configuration.
 *
 * @param all for the queue
 * @param parts of them that must be closed when the queue has stopped
 * @param swappable what of them a reload swaps
 */
record Channels(List<Channel> all, List<AutoCloseable> parts, Swappable swappable) {
  /** What of the channels a reload swaps. */
  record Swappable(
      ListShaper lists, RedirectShaper redirections, Swapped<X400Side.P1Tables> p1Tables) {}

  static Channels of(SwitchSettings settings, Wire wire, InstantSource clock) throws IOException {
    List<Channel> all = new ArrayList<>();
    List<AutoCloseable> parts = new ArrayList<>();
    if (settings.smtp().isPresent()) {
      SmtpOutbound smtp = MailSide.outbound(wire, settings, settings.smtp().get(), clock);
      all.add(smtp);
      parts.add(smtp);
    }
    Swapped<X400Side.P1Tables> tables = new Swapped<>(X400Side.P1Tables.NONE);
    if (settings.p1().isPresent()) {
      tables.to(X400Side.tables(settings.p1().get()));
      P1Outbound p1 = X400Side.outbound(wire, settings.domain().orElseThrow(), tables, clock);
      all.add(p1);
      parts.add(p1);
    }
    settings
        .file()
        .ifPresent(
            file -> all.add(new FileOutbound(new ChannelName("file"), file.directory(), clock)));
    if (settings.mixer().isPresent()) {
      all.add(Gateway.shaper(settings));
    }
    Histories histories = new Histories();
    RedirectShaper redirections = new RedirectShaper(Readdressed.redirections(settings), histories);
    ListShaper lists = new ListShaper(Readdressed.lists(settings), histories);
    all.add(redirections);
    all.add(lists);
    if (settings.protection().isPresent()) {
      all.addAll(Protection.shapers(settings.protection().get()));
    }
    return new Channels(
        List.copyOf(all), List.copyOf(parts), new Swappable(lists, redirections, tables));
  }

  /** For each peer, how many transfers may run at the same time. */
  static Map<PeerName, PeerSettings> limits(SwitchSettings settings) {
    Map<PeerName, PeerSettings> limits = new TreeMap<>();
    settings
        .smtp()
        .ifPresent(
            s ->
                s.peers()
                    .forEach(
                        (name, peer) ->
                            limits.put(new PeerName(name), PeerSettings.of(peer.connections()))));
    settings
        .p1()
        .ifPresent(
            p -> p.peers().forEach((name, peer) -> limits.put(new PeerName(name), limits(peer))));
    return limits;
  }

  /** A peer that only calls us may have no association of ours; the queue has nothing for it. */
  private static PeerSettings limits(P1Settings.Peer peer) {
    int links = Math.max(1, peer.associations());
    return PeerSettings.of(links)
        .withReserved(Math.min(peer.reserved(), links - 1), peer.reservedFrom())
        .withInterruptAbove(peer.interruptAbove().octets())
        .withTimes(CallTimes.parse(peer.calls()), peer.callsAnytimeFrom());
  }
}
