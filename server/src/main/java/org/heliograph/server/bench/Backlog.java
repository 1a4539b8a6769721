package org.heliograph.server.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Draft;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Link;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outbound;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Precedence;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.Destination;
import org.heliograph.queue.Engine;
import org.heliograph.queue.EngineSettings;
import org.heliograph.queue.Route;
import org.heliograph.queue.RouteTable;
import org.heliograph.queue.store.StoreInUse;

/** Fills the store of a switch that does not run, by the store's own acceptance. */
final class Backlog {
  private static final int THREADS = 128;
  private static final ChannelName P1 = new ChannelName("p1");

  private final Path store;
  private final Progress progress;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * @param store the switch's directory of the store
   */
  Backlog(Path store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /** Only takes; it is never started. */
  private static final class Closed implements Outbound {
    @Override
    public ChannelName name() {
      return P1;
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(Set.of(Form.X400, Form.CMS), Long.MAX_VALUE, true, 10);
    }

    @Override
    public Link connect(PeerName peer) throws PeerUnavailable {
      throw new PeerUnavailable(Failure.of(Failure.Cause.PEER_UNAVAILABLE, "not started"));
    }
  }

  /**
   * Puts messages in.
   *
   * @param size of the content; over 64 KiB all share one
   * @param dead whether every second one is for the peer {@code dead}
   */
  void fill(long count, long size, boolean dead) throws IOException {
    EngineSettings settings = EngineSettings.at(store, new NodeId("bench"), "bench-mta");
    RouteTable routes =
        RouteTable.of(List.of(route(P1Apdus.SINK, "sink"), route(P1Apdus.DEAD, "dead")));
    try (Engine engine = Engine.open(settings, List.of(new Closed()), routes);
        Progress.Part part = progress.begin("filling", count)) {
      ContentRef shared = size > 1 << 16 ? content(engine, size) : ContentRef.empty();
      long first = numbers.getAndAdd(count);
      AtomicLong left = new AtomicLong(count);
      List<Future<?>> running = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < THREADS; i++) {
          running.add(
              threads.submit(
                  () -> {
                    for (long n = left.decrementAndGet(); n >= 0; n = left.decrementAndGet()) {
                      ContentRef content = size > 1 << 16 ? shared : content(engine, size);
                      submit(engine, first + n, content, dead && (n & 1) == 1);
                      part.at(count - n);
                    }
                    return null;
                  }));
        }
        for (Future<?> thread : running) {
          thread.get();
        }
      }
    } catch (ExecutionException | StoreInUse | StoreUnavailable e) {
      throw new IOException("the store could not be filled: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Route route(GlobalDomain domain, String peer) {
    return Route.of(
        Destination.parse("/PRMD=" + domain.prmd().orElseThrow() + "/ADMD= /C=XX/"),
        P1,
        new PeerName(peer),
        Form.X400);
  }

  private static ContentRef content(Engine engine, long size) throws StoreUnavailable {
    try (Stage stage = engine.contents().stage()) {
      byte[] piece = new byte[(int) Math.min(size, 1 << 16)];
      for (long left = size; left > 0; left -= piece.length) {
        stage.write(ByteBuffer.wrap(piece, 0, (int) Math.min(left, piece.length)));
      }
      return stage.seal();
    }
  }

  private static void submit(Engine engine, long number, ContentRef content, boolean dead)
      throws StoreUnavailable {
    try {
      engine
          .submission()
          .submit(
              new Draft(
                  P1Apdus.envelope(Precedence.ROUTINE, number, dead ? P1Apdus.DEAD : P1Apdus.SINK),
                  content,
                  Map.of()),
              Set.of());
    } catch (AlreadyAccepted e) {
      throw new IllegalStateException("a message without a key was known", e);
    }
  }
}
