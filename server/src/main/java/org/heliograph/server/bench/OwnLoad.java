package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.model.Mailbox;
import org.heliograph.server.user.MailSender;
import org.heliograph.server.user.Outgoing;

/** Source and sink inside this process, for machines without Postfix. */
final class OwnLoad implements Load {
  private static final Mailbox FROM = Mailbox.parse("source@bench.example");
  private static final Mailbox TO = Mailbox.parse("sink@bench.example");

  private final MailSink sink = new MailSink();

  OwnLoad() throws IOException {}

  @Override
  public InetSocketAddress sink() {
    return sink.address();
  }

  @Override
  public long arrived() {
    return sink.messages();
  }

  @Override
  public void send(InetSocketAddress to, int count, long size, int sessions) throws IOException {
    AtomicInteger left = new AtomicInteger(count);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < sessions; i++) {
        running.add(
            threads.submit(
                () -> {
                  session(to, left, Math.toIntExact(size));
                  return null;
                }));
      }
      for (Future<?> session : running) {
        session.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the source failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void session(InetSocketAddress to, AtomicInteger left, int size)
      throws IOException {
    try (MailSender sender =
        MailSender.connect(to, "source.bench.example", Duration.ofMinutes(2))) {
      int number = left.decrementAndGet();
      while (number >= 0) {
        String _ =
            sender.send(
                new Outgoing(
                    Optional.of(FROM),
                    List.of(TO),
                    message(number, size),
                    Optional.empty(),
                    Optional.empty()));
        number = left.decrementAndGet();
      }
    }
  }

  static byte[] message(int number, int size) {
    StringBuilder text = new StringBuilder(size + 200);
    text.append("From: <source@bench.example>\r\nTo: <sink@bench.example>\r\n");
    text.append("Date: Thu, 1 Jan 2026 00:00:00 +0000\r\nMessage-ID: <").append(number).append('.');
    text.append(System.nanoTime()).append("@bench.example>\r\nSubject: bench\r\n\r\n");
    while (text.length() < size) {
      int line = Math.min(78, size - text.length());
      text.append("X".repeat(Math.max(0, line - 2))).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
