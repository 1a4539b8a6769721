package org.heliograph.p1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Link;
import org.heliograph.model.Outbound;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.osi.Association;
import org.heliograph.osi.AssociationSettings;
import org.heliograph.osi.BindRefused;
import org.heliograph.osi.Mode;
import org.heliograph.osi.PeerGone;
import org.heliograph.osi.TransferPoint;
import org.heliograph.trust.TrustException;
import org.heliograph.wire.ConnectSettings;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfers messages, probes and reports to peers by P1. Associations that are not in use wait for
 * the next message and are released when none comes. Thread-safe.
 */
public final class P1Outbound implements Outbound, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(P1Outbound.class);
  private static final int COST = 10;
  private static final long REFERENCES = 36L * 36 * 36 * 36 * 36 * 36 * 36;
  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** An association that waits for its next message. */
  private record Idle(Association association, Instant until) {}

  /** The associations of one peer. */
  private static final class Pool {
    private final Deque<Idle> idle = new ArrayDeque<>();

    /** Those in use and those that wait. */
    private int open;
  }

  private final Wire wire;
  private final ChannelName name;
  private final LocalMta local;
  private final Supplier<PeerTable> peers;
  private final Supplier<Agreements> agreements;
  private final Departure departure;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Modes modes = new Modes();
  private final Tokens tokens;

  /** Names of the connections that links have. */
  private final Set<Octets> inUse = ConcurrentHashMap.newKeySet();

  private final AtomicLong references = new AtomicLong(new SecureRandom().nextLong());
  private final Map<PeerName, Pool> pools = new HashMap<>();
  private boolean sweeping;
  private boolean closed;

  /**
   * @param name the channel's name in routes
   * @param peers the peers as they are configured now; asked at each connect
   * @param pairing how precedence is written
   */
  public P1Outbound(
      Wire wire,
      ChannelName name,
      LocalMta local,
      Supplier<PeerTable> peers,
      PrecedencePairing pairing,
      InstantSource clock) {
    this(wire, name, local, peers, () -> Agreements.NONE, pairing, clock);
  }

  /**
   * A channel that keeps agreements with peers.
   *
   * @param agreements as they are now; asked for each message
   */
  public P1Outbound(
      Wire wire,
      ChannelName name,
      LocalMta local,
      Supplier<PeerTable> peers,
      Supplier<Agreements> agreements,
      PrecedencePairing pairing,
      InstantSource clock) {
    this.wire = wire;
    this.name = name;
    this.local = local;
    this.peers = peers;
    this.departure = new Departure(local, pairing, peers, agreements, clock);
    this.agreements = agreements;
    this.clock = clock;
    this.tokens = new Tokens(clock);
  }

  @Override
  public ChannelName name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Set.of(Form.X400, Form.CMS), Long.MAX_VALUE, true, COST);
  }

  Departure departure() {
    return departure;
  }

  InstantSource clock() {
    return clock;
  }

  Agreement agreement(PeerName peer) {
    return agreements.get().with(peer);
  }

  /** Associations that are open now, in use or waiting. */
  public int associations() {
    lock.lock();
    try {
      return pools.values().stream().mapToInt(p -> p.open).sum();
    } finally {
      lock.unlock();
    }
  }

  /**
   * An association that waits, or a new one. Waits for one to become free when the peer's limit is
   * reached, as long as setting one up may take.
   */
  @Override
  public Link connect(PeerName peer) throws PeerUnavailable {
    PeerSettings settings =
        peers
            .get()
            .peer(peer)
            .orElseThrow(
                () -> unavailable(Failure.Cause.NO_ROUTE, "no P1 peer is configured as " + peer));
    if (!settings.enabled()) {
      throw unavailable(Failure.Cause.PEER_UNAVAILABLE, "peer " + peer + " is disabled");
    }
    try {
      for (Optional<Association> idle = take(settings); idle.isPresent(); idle = take(settings)) {
        if (usable(idle.get())) {
          return link(settings, idle.get());
        }
        drop(settings, idle.get());
      }
      return link(settings, open(settings));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(Failure.Cause.PEER_UNAVAILABLE, "stopped while connecting to " + peer);
    }
  }

  private static PeerUnavailable unavailable(Failure.Cause cause, String text) {
    return new PeerUnavailable(Failure.of(cause, text));
  }

  /** A waiting association; empty when a new one may be opened, which is then counted. */
  private Optional<Association> take(PeerSettings peer)
      throws PeerUnavailable, InterruptedException {
    long left = peer.limits().times().setUp().toNanos();
    lock.lock();
    try {
      Pool pool = pools.computeIfAbsent(peer.name(), n -> new Pool());
      while (true) {
        if (closed) {
          throw unavailable(Failure.Cause.PEER_UNAVAILABLE, "the channel is closed");
        }
        // The last one first: the others may grow old and be released.
        Idle last = pool.idle.pollLast();
        if (last != null) {
          return Optional.of(last.association());
        }
        if (pool.open < peer.limits().associations()) {
          pool.open++;
          return Optional.empty();
        }
        if (left <= 0) {
          throw unavailable(
              Failure.Cause.PEER_UNAVAILABLE,
              "all " + pool.open + " associations with " + peer.name() + " are in use");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private Link link(PeerSettings peer, Association association) {
    association.connectionName().ifPresent(inUse::add);
    return new P1Link(this, peer, association);
  }

  private static boolean usable(Association association) throws InterruptedException {
    return association.usable();
  }

  /** A new association, which is counted already. */
  private Association open(PeerSettings peer) throws PeerUnavailable, InterruptedException {
    boolean opened = false;
    try {
      Association association = associate(peer);
      opened = true;
      return association;
    } finally {
      if (!opened) {
        closed(peer);
      }
    }
  }

  private Association associate(PeerSettings peer) throws PeerUnavailable, InterruptedException {
    PeerUnavailable last =
        unavailable(Failure.Cause.PEER_UNAVAILABLE, "no address is configured for " + peer.name());
    for (PeerAddress address : peer.addresses()) {
      try {
        return open(peer, address);
      } catch (PeerUnavailable e) {
        LOG.info("p1: {}", e.getMessage());
        last = e;
      }
    }
    throw last;
  }

  /**
   * Where a transfer goes on.
   *
   * @param association in place of the one that the link had
   * @param goesOn false if it has to begin anew
   */
  record Way(Association association, boolean goesOn) {}

  /**
   * The association on which a transfer was interrupted, if it is still there, or one that recovers
   * it; if neither can be had, any.
   *
   * @param mine what the link has; used no more if another one is returned
   */
  Way toGoOn(PeerSettings peer, Association mine, TransferPoint from)
      throws PeerUnavailable, InterruptedException {
    if (mine.connectionName().equals(Optional.of(from.connection()))) {
      return new Way(mine, true);
    }
    Optional<Association> waiting = takeNamed(peer, from.connection());
    if (waiting.isPresent()) {
      Association other = waiting.get();
      replaced(mine, other);
      giveBack(peer, mine, usable(mine));
      if (usable(other)) {
        return new Way(other, true);
      }
      mine = other;
    } else if (inUse.contains(from.connection())) {
      return new Way(mine, false);
    }
    mine.release();
    for (PeerAddress address : peer.addresses()) {
      try {
        for (InetSocketAddress one : address.resolve()) {
          Association recovered = Association.recover(wire, settings(peer, one), from);
          replaced(mine, recovered);
          LOG.info("p1: recovered an association with {}", peer.name());
          return new Way(recovered, true);
        }
      } catch (IOException | BindRefused e) {
        LOG.info("p1: {} does not recover: {}", peer.name(), e.getMessage());
      }
    }
    return new Way(instead(peer, mine), false);
  }

  /** A new association in place of one that is of no use any more. */
  Association instead(PeerSettings peer, Association old)
      throws PeerUnavailable, InterruptedException {
    old.close();
    Association association = associate(peer);
    replaced(old, association);
    return association;
  }

  private void replaced(Association old, Association now) {
    old.connectionName().ifPresent(inUse::remove);
    now.connectionName().ifPresent(inUse::add);
  }

  private Optional<Association> takeNamed(PeerSettings peer, Octets connection) {
    lock.lock();
    try {
      Pool pool = pools.computeIfAbsent(peer.name(), n -> new Pool());
      Optional<Idle> found =
          pool.idle.stream()
              .filter(i -> i.association().connectionName().equals(Optional.of(connection)))
              .findFirst();
      found.ifPresent(pool.idle::remove);
      return found.map(Idle::association);
    } finally {
      lock.unlock();
    }
  }

  private Association open(PeerSettings peer, PeerAddress address)
      throws PeerUnavailable, InterruptedException {
    String where = peer.name() + " at " + address;
    List<InetSocketAddress> addresses;
    try {
      addresses = address.resolve();
    } catch (UnknownHostException e) {
      throw new PeerUnavailable(
          Failure.of(Failure.Cause.PEER_UNAVAILABLE, "no address is known for " + where), e);
    }
    PeerUnavailable last =
        unavailable(Failure.Cause.PEER_UNAVAILABLE, "no address is known for " + where);
    for (InetSocketAddress one : addresses) {
      for (Mode mode : modes.order(peer)) {
        try {
          Association association =
              Association.open(
                  wire,
                  settings(peer, one).withMode(mode),
                  BindPdus.argument(given(peer, where, mode), mode));
          check(peer, where, association);
          modes.took(peer, mode);
          LOG.info("p1: associated with {}{}", where, mode.x410() ? " in mode " + mode : "");
          return association;
        } catch (BindRefused e) {
          last = refused(where, e);
          if (!Modes.mayBeTheMode(e, mode)) {
            throw last;
          }
        } catch (IOException e) {
          last =
              new PeerUnavailable(
                  Failure.of(
                      Failure.Cause.PEER_UNAVAILABLE,
                      "no association with " + where + ": " + e.getMessage()),
                  e);
          if (!(e instanceof PeerGone)) {
            break;
          }
        }
      }
    }
    throw last;
  }

  private static PeerUnavailable refused(String where, BindRefused e) {
    String error = e.bindError().map(BindPdus::describeError).map(d -> ", " + d).orElse("");
    return new PeerUnavailable(
        Failure.of(
                Failure.Cause.PEER_UNAVAILABLE,
                where + " refused our bind (" + e.by() + ")" + error)
            .withRemote(Objects.toString(e.getMessage())),
        e);
  }

  private AssociationSettings settings(PeerSettings peer, InetSocketAddress address) {
    return AssociationSettings.to(address)
        .withConnect(
            new ConnectSettings(
                address, Optional.empty(), CONNECT, peer.tls().map(tls -> tls.at(address))))
        .withSelectors(peer.calling(), peer.called())
        .withCheckpointing(peer.limits().checkpointing())
        .withTimes(peer.limits().times())
        .withSessionVersion(peer.limits().sessionVersion())
        .withReference(local.name() + "/" + reference());
  }

  /** Seven characters that make the name of each connection another, also within a second. */
  private String reference() {
    long number = Math.floorMod(references.getAndIncrement(), REFERENCES);
    String digits = Long.toString(number, 36);
    return "0".repeat(7 - digits.length()) + digits;
  }

  /** What we say of ourselves: a password, or a token made for this bind. */
  private Optional<BindPdus.Given> given(PeerSettings peer, String where, Mode mode)
      throws PeerUnavailable {
    if (peer.strong().ours().isEmpty()) {
      return peer.ours().map(BindPdus.Given::password);
    }
    if (mode == Mode.X410_1) {
      throw unavailable(
          Failure.Cause.PEER_UNAVAILABLE,
          where + ": P1 of 1984 has no bind tokens, with which we are to prove ourselves there");
    }
    try {
      return Optional.of(
          new BindPdus.Given(
              ourName(peer), tokens.make(peer.strong().ours().get(), peer.mtaName())));
    } catch (TrustException e) {
      throw unavailable(Failure.Cause.INTERNAL, where + ": " + e.getMessage());
    }
  }

  private String ourName(PeerSettings peer) {
    return peer.ours().map(Credentials::name).orElse(local.name());
  }

  /** The responder proves itself too. */
  private void check(PeerSettings peer, String where, Association association)
      throws PeerUnavailable {
    if (peer.theirs().isEmpty()) {
      return;
    }
    Optional<String> wrong;
    try {
      wrong = wrong(peer, peer.theirs().get(), BindPdus.readResult(association.bindResult()));
    } catch (DecodeException e) {
      wrong = Optional.of("answered with a bind result that cannot be read: " + e.getMessage());
    }
    if (wrong.isPresent()) {
      association.abort();
      throw unavailable(Failure.Cause.PEER_UNAVAILABLE, where + " " + wrong.get());
    }
  }

  private Optional<String> wrong(PeerSettings peer, Credentials expected, BindPdus.Said said) {
    if (!said.name().equals(Optional.of(expected.name()))) {
      return Optional.of("calls itself '" + said.name().orElse("(nothing)") + "'");
    }
    if (peer.strong().theirs().isEmpty()) {
      return said.password().isPresent() && expected.matches(said.password().get())
          ? Optional.empty()
          : Optional.of("gave a wrong password");
    }
    if (said.strong().isEmpty()) {
      return Optional.of("gave no bind token");
    }
    try {
      tokens.verify(
          said.strong().get(),
          peer.strong().theirs().get(),
          ourName(peer),
          Optional.of(local.domain()));
      return Optional.empty();
    } catch (Tokens.NotTaken e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Keeps an association for the next message, or ends it. */
  void giveBack(PeerSettings peer, Association association, boolean usable) {
    association.connectionName().ifPresent(inUse::remove);
    boolean kept = false;
    lock.lock();
    try {
      if (!closed && usable && association.age().compareTo(peer.limits().lifetime()) < 0) {
        Pool pool = pools.computeIfAbsent(peer.name(), n -> new Pool());
        pool.idle.addLast(new Idle(association, clock.instant().plus(peer.limits().idle())));
        kept = true;
        changed.signalAll();
        if (!sweeping) {
          sweeping = true;
          Thread.ofVirtual().name(name + " idle associations").start(this::sweep);
        }
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      if (usable) {
        release(association);
      } else {
        association.close();
      }
      closed(peer);
    }
  }

  private void drop(PeerSettings peer, Association association) {
    association.close();
    closed(peer);
  }

  private void closed(PeerSettings peer) {
    lock.lock();
    try {
      Pool pool = pools.get(peer.name());
      if (pool != null) {
        pool.open--;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void release(Association association) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                association.release();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                association.close();
              }
            });
  }

  /** Releases associations when their time is over; runs while there are any. */
  private void sweep() {
    while (true) {
      List<Association> old = new ArrayList<>();
      lock.lock();
      try {
        Instant now = clock.instant();
        pools.values().forEach(pool -> old(pool, now, old));
        sweeping = !closed && pools.values().stream().anyMatch(p -> !p.idle.isEmpty());
        if (sweeping && old.isEmpty()) {
          long wait = Math.max(1, untilNext(now).toMillis());
          changed.await(wait, TimeUnit.MILLISECONDS);
        }
        if (!sweeping && old.isEmpty()) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
      old.forEach(P1Outbound::release);
    }
  }

  private static void old(Pool pool, Instant now, List<Association> into) {
    for (Idle first = pool.idle.peekFirst();
        first != null && !first.until().isAfter(now);
        first = pool.idle.peekFirst()) {
      into.add(first.association());
      pool.idle.removeFirst();
      pool.open--;
    }
  }

  private Duration untilNext(Instant now) {
    return pools.values().stream()
        .flatMap(p -> p.idle.stream())
        .map(idle -> Duration.between(now, idle.until()))
        .min(Duration::compareTo)
        .orElse(Duration.ofSeconds(1));
  }

  /** Releases all associations that wait; those in use end when they are given back. */
  @Override
  public void close() {
    List<Association> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      for (Pool pool : pools.values()) {
        pool.idle.forEach(i -> all.add(i.association()));
        pool.open -= pool.idle.size();
        pool.idle.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    all.forEach(P1Outbound::release);
  }
}
