package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.Precedence;
import org.heliograph.osi.Association;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferResult;
import org.heliograph.wire.Wire;

/** A source and a sink of P1 inside this process, on the bare protocol stack. */
final class P1Load implements Load {
  private final Wire wire = new Wire();
  private final P1Sink sink;
  private final P1Source source;

  /** Where numbers of messages go on: no two messages of a run have the same. */
  private final AtomicLong numbers = new AtomicLong();

  /**
   * Starts the sink.
   *
   * @param password of both sides in all binds
   */
  P1Load(String password) throws IOException {
    this.sink = new P1Sink(wire, "sink-mta", password, number -> {});
    this.source = new P1Source(wire, "source-mta", password);
  }

  @Override
  public InetSocketAddress sink() {
    return sink.address();
  }

  @Override
  public long arrived() {
    return sink.messages();
  }

  @Override
  public void send(InetSocketAddress to, int count, long size, int associations)
      throws IOException {
    P1Apdus apdus = new P1Apdus(Precedence.ROUTINE, size);
    AtomicLong left = new AtomicLong(count);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < associations; i++) {
        running.add(
            threads.submit(
                () -> {
                  association(to, apdus, left);
                  return null;
                }));
      }
      for (Future<?> association : running) {
        association.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the source failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void association(InetSocketAddress to, P1Apdus apdus, AtomicLong left)
      throws IOException, InterruptedException {
    try (Association association = source.open(to)) {
      while (left.getAndDecrement() > 0) {
        TransferResult result =
            association.transfer(apdus.message(numbers.getAndIncrement()), TransferObserver.none());
        if (!(result instanceof TransferResult.Confirmed)) {
          throw new IOException("the switch did not take a message: " + result);
        }
      }
      association.release();
    }
  }

  @Override
  public void close() {
    sink.close();
    wire.close();
  }
}
