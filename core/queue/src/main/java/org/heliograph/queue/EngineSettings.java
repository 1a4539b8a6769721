package org.heliograph.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Readdressing;
import org.heliograph.queue.store.StoreSettings;

/**
 * What the queue must know of its switch.
 *
 * @param directory of the store; made if it is not there, readable for its owner only
 * @param node name of this switch in the audit journal
 * @param mtaName the name under which reports are made
 * @param domain the global domain of reports, where the switch has one
 * @param store limits of the store
 * @param retry when to try again and when to give up
 * @param peers limits for single peers; others have {@link PeerSettings#DEFAULT}
 * @param linger how long a link without work is kept before it goes back to its channel
 * @param codes completes a failure with the codes of the world that it has none of yet
 * @param shapers threads for work that burns CPU, 1 to 256
 * @param readdressing what is written down about redirections and lists
 */
public record EngineSettings(
    Path directory,
    NodeId node,
    String mtaName,
    Optional<GlobalDomain> domain,
    StoreSettings store,
    RetrySettings retry,
    Map<PeerName, PeerSettings> peers,
    Duration linger,
    UnaryOperator<Failure> codes,
    int shapers,
    Readdressing readdressing) {
  public EngineSettings {
    peers = Map.copyOf(peers);
    if (shapers < 1 || shapers > 256) {
      throw new IllegalArgumentException(shapers + " threads for shapers; expected 1 to 256");
    }
  }

  /** Defaults for a switch in {@code directory}. */
  public static EngineSettings at(Path directory, NodeId node, String mtaName) {
    return new EngineSettings(
        directory,
        node,
        mtaName,
        Optional.empty(),
        StoreSettings.DEFAULT,
        RetrySettings.DEFAULT,
        Map.of(),
        Duration.ofSeconds(2),
        UnaryOperator.identity(),
        Math.max(1, Math.min(256, Runtime.getRuntime().availableProcessors())),
        Readdressing.NONE);
  }

  public EngineSettings withDomain(GlobalDomain value) {
    return new EngineSettings(
        directory,
        node,
        mtaName,
        Optional.of(value),
        store,
        retry,
        peers,
        linger,
        codes,
        shapers,
        readdressing);
  }

  public EngineSettings withStore(StoreSettings value) {
    return new EngineSettings(
        directory,
        node,
        mtaName,
        domain,
        value,
        retry,
        peers,
        linger,
        codes,
        shapers,
        readdressing);
  }

  public EngineSettings withRetry(RetrySettings value) {
    return new EngineSettings(
        directory,
        node,
        mtaName,
        domain,
        store,
        value,
        peers,
        linger,
        codes,
        shapers,
        readdressing);
  }

  public EngineSettings withPeer(PeerName peer, PeerSettings value) {
    Map<PeerName, PeerSettings> more = new TreeMap<>(peers);
    more.put(peer, value);
    return new EngineSettings(
        directory, node, mtaName, domain, store, retry, more, linger, codes, shapers, readdressing);
  }

  public EngineSettings withLinger(Duration value) {
    return new EngineSettings(
        directory, node, mtaName, domain, store, retry, peers, value, codes, shapers, readdressing);
  }

  public EngineSettings withCodes(UnaryOperator<Failure> value) {
    return new EngineSettings(
        directory,
        node,
        mtaName,
        domain,
        store,
        retry,
        peers,
        linger,
        value,
        shapers,
        readdressing);
  }

  public EngineSettings withShapers(int value) {
    return new EngineSettings(
        directory, node, mtaName, domain, store, retry, peers, linger, codes, value, readdressing);
  }

  public EngineSettings withReaddressing(Readdressing value) {
    return new EngineSettings(
        directory, node, mtaName, domain, store, retry, peers, linger, codes, shapers, value);
  }
}
