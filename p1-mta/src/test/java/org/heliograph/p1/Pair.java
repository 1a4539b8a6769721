package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.model.Envelope;
import org.heliograph.model.Link;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Signal;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;

/** Alpha calls Bravo. What Bravo knows of Alpha can be changed while it runs. */
final class Pair implements AutoCloseable {
  static final Credentials ALPHA = Credentials.ia5("mta.alpha", "secret of alpha");
  static final Credentials BRAVO = Credentials.ia5("mta.bravo", "secret of bravo");
  private static final PeerName TO = new PeerName("bravo");

  private final Wire wire = new Wire();
  private final MemoryStore store = new MemoryStore();
  private final AtomicReference<PeerTable> atBravo =
      new AtomicReference<>(PeerTable.of(PeerSettings.of("alpha", BRAVO, ALPHA)));
  private final List<P1Outbound> outbounds = new ArrayList<>();
  private final P1Server bravo;
  private final InstantSource clock;

  Pair(P1Settings settings, InstantSource clock) throws IOException {
    this.clock = clock;
    this.bravo =
        new P1Server(
                wire,
                Samples.P1,
                settings,
                Samples.LOCAL,
                atBravo::get,
                store,
                store,
                PrecedencePairing.COMMON,
                clock)
            .start();
  }

  static P1Settings anywhere() {
    return P1Settings.at(new InetSocketAddress(Wire.loopback(), 0));
  }

  void known(PeerSettings... peers) {
    atBravo.set(PeerTable.of(peers));
  }

  MemoryStore store() {
    return store;
  }

  P1Server bravo() {
    return bravo;
  }

  Wire wire() {
    return wire;
  }

  InetSocketAddress address() {
    return bravo.addresses().getFirst();
  }

  PeerSettings toBravo() {
    return PeerSettings.of("bravo", ALPHA, BRAVO)
        .at(new PeerAddress("localhost", address().getPort()));
  }

  P1Outbound outbound(PeerSettings peer) {
    P1Outbound outbound =
        new P1Outbound(
            wire,
            Samples.P1,
            new LocalMta("mta.alpha", Samples.ALPHA),
            () -> PeerTable.of(peer),
            PrecedencePairing.COMMON,
            clock);
    outbounds.add(outbound);
    return outbound;
  }

  /** A message gets through. */
  void transfers(PeerSettings peer, String id) throws Exception {
    transfers(outbound(peer), id);
  }

  void transfers(P1Outbound outbound, String id) throws Exception {
    int before = store.accepted().size();
    try (Link link = outbound.connect(TO)) {
      Envelope envelope = Samples.message(id, 1);
      MemoryStore mine = new MemoryStore();
      assertThat(
              link.transfer(
                      Samples.dispatch("bravo", envelope),
                      envelope,
                      mine.open(mine.put(new byte[5000])),
                      Signal.none())
                  .values())
          .hasSize(1)
          .allMatch(o -> o instanceof Outcome.Done);
    }
    assertThat(store.accepted()).hasSize(before + 1);
  }

  /** Nothing gets through: what our side is told, and what the operator of the other reads. */
  void refused(PeerSettings peer, String told, String logged) {
    int before = bravo.associations();
    try (Logged log = new Logged()) {
      assertThatThrownBy(() -> outbound(peer).connect(TO))
          .isInstanceOf(PeerUnavailable.class)
          .hasMessageContaining(told);
      if (!logged.isEmpty()) {
        await()
            .untilAsserted(
                () -> assertThat(log.warnings()).anyMatch(line -> line.contains(logged)));
      }
      assertThat(log.warnings()).noneMatch(line -> line.contains("secret of"));
    }
    await().until(() -> bravo.associations() == before);
  }

  @Override
  public void close() {
    outbounds.forEach(P1Outbound::close);
    bravo.close();
    wire.close();
  }
}
