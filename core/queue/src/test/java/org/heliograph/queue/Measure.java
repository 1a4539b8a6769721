package org.heliograph.queue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.AuditRow;
import org.heliograph.model.Draft;
import org.heliograph.model.Form;
import org.heliograph.model.NodeId;
import org.heliograph.model.StoreUnavailable;

/**
 * How many messages of 2 kB pass through the queue in a second, from a submission that is durable
 * to a transfer whose outcome is durable; with a channel that takes no time. Not a test: run it by
 * hand, with the number of messages, of senders and of links.
 */
final class Measure {
  private Measure() {}

  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    int senders = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int links = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
    Path directory = Files.createTempDirectory(Path.of("target"), "measure");
    Fakes.Sink smtp = new Fakes.Sink(Fakes.SMTP);
    RouteTable routes =
        RouteTable.of(List.of(Route.of(Destination.parse("*"), Fakes.SMTP, Fakes.BOX, Form.MAIL)));
    try (Engine engine =
        Engine.open(
            EngineSettings.at(directory, new NodeId("m"), "m")
                .withPeer(Fakes.BOX, PeerSettings.of(links)),
            List.of(smtp),
            routes)) {
      Semaphore through = new Semaphore(0);
      engine.listen(
          new EngineListener() {
            @Override
            public void audit(List<AuditRow> rows) {
              through.release(
                  (int) rows.stream().filter(r -> r.event().equals("transferred")).count());
            }
          });
      engine.start();
      for (int round = 0; round < 3; round++) {
        round(engine, through, messages, senders);
        smtp.sent.clear();
      }
      engine.stop(Duration.ofSeconds(10));
    }
  }

  private static void round(Engine engine, Semaphore through, int messages, int senders)
      throws Exception {
    byte[] octets = new byte[2048];
    Arrays.fill(octets, (byte) 'x');
    AtomicInteger left = new AtomicInteger(messages);
    CountDownLatch accepted = new CountDownLatch(messages);
    Instant start = Instant.now();
    for (int i = 0; i < senders; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (left.getAndDecrement() > 0) {
                    engine
                        .submission()
                        .submit(
                            Draft.of(
                                Fakes.mail("eve@out.example", "alice@mail.example"),
                                Fakes.put(engine.contents(), octets)),
                            Set.of());
                    accepted.countDown();
                  }
                } catch (AlreadyAccepted | StoreUnavailable e) {
                  throw new IllegalStateException(e);
                }
              });
    }
    accepted.await();
    double taken = seconds(start);
    through.acquire(messages);
    double all = seconds(start);
    System.out.printf(
        "%d messages: accepted %.0f/s, through %.0f/s%n",
        messages, messages / taken, messages / all);
  }

  private static double seconds(Instant start) {
    return Duration.between(start, Instant.now()).toNanos() / 1e9;
  }
}
