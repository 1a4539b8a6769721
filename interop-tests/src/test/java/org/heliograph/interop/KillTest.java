package org.heliograph.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills either of two linked switches at random moments under load and starts it again. Every
 * message that was acknowledged must arrive, or be reported; one more copy may arrive for a kill
 * that fell between the acknowledgement of a transfer and its recording.
 */
class KillTest {
  private static final Pattern NUMBER = Pattern.compile("Subject: number (\\d+)");
  private static final int SENDERS = 4;
  private static final Duration DRAIN = Duration.ofMinutes(3);

  @TempDir Path directory;

  @Test
  void nothingAcceptedVanishesOverAFewKills() throws Exception {
    run(Long.getLong("heliograph.seed", System.nanoTime()), 4);
  }

  @Test
  @Tag("long")
  void nothingAcceptedVanishesOverAHundredKills() throws Exception {
    run(Long.getLong("heliograph.seed", System.nanoTime()), 100);
  }

  private void run(long seed, int kills) throws Exception {
    Random random = new Random(seed);
    Set<Integer> accepted = new ConcurrentSkipListSet<>();
    try (Mailboxes mailboxes = new Mailboxes();
        Pair pair = Pair.start(directory, mailboxes.port(), Pair.Protection.OFF)) {
      Load load = new Load(pair.alphaSmtp(), accepted);
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofVirtual().start(load));
      }
      for (int i = 0; i < kills; i++) {
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(2_500));
        TestSwitch victim = random.nextBoolean() ? pair.alpha() : pair.bravo();
        victim.kill();
        victim.start();
      }
      load.stop();
      for (Thread sender : senders) {
        sender.join();
      }
      assertThat(accepted).as("messages accepted (seed %d)", seed).isNotEmpty();
      await()
          .atMost(DRAIN)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () ->
                  assertThat(missing(accepted, mailboxes))
                      .as("accepted and neither delivered nor reported (seed %d)", seed)
                      .isEmpty());
      int more = copies(mailboxes);
      String result =
          "kills: %d, seed %d: %d accepted, 0 lost, %d copies more than accepted"
              .formatted(kills, seed, accepted.size(), more);
      System.out.println(result);
      Files.writeString(Path.of("target", "kills-" + kills + ".txt"), result + "\n");
      assertThat(more)
          .as("copies that no kill explains (seed %d)", seed)
          .isLessThanOrEqualTo(kills * Pair.ASSOCIATIONS * 2);
    }
  }

  private static Set<Integer> missing(Set<Integer> accepted, Mailboxes mailboxes) {
    Set<Integer> missing = new TreeSet<>(accepted);
    missing.removeAll(arrived(mailboxes).keySet());
    return missing;
  }

  private static int copies(Mailboxes mailboxes) {
    return arrived(mailboxes).values().stream().mapToInt(n -> n - 1).sum();
  }

  private static Map<Integer, Integer> arrived(Mailboxes mailboxes) {
    Map<Integer, Integer> arrived = new TreeMap<>();
    for (Mailboxes.Mail mail : mailboxes.mails()) {
      Matcher number = NUMBER.matcher(mail.text());
      if (number.find()) {
        arrived.merge(Integer.parseInt(number.group(1)), 1, Integer::sum);
      }
    }
    return arrived;
  }

  /** Sends one small message after the other and remembers what was acknowledged. */
  private static final class Load implements Runnable {
    private final int port;
    private final Set<Integer> accepted;
    private final java.util.concurrent.atomic.AtomicInteger next =
        new java.util.concurrent.atomic.AtomicInteger();
    private volatile boolean stopped;

    Load(int port, Set<Integer> accepted) {
      this.port = port;
      this.accepted = accepted;
    }

    void stop() {
      stopped = true;
    }

    @Override
    public void run() {
      while (!stopped) {
        try (Sender sender = new Sender(port)) {
          while (!stopped) {
            int number = next.getAndIncrement();
            String reply =
                sender.send(
                    "alice@alpha.example",
                    "bob@bravo.example",
                    "From: alice@alpha.example\nTo: bob@bravo.example\nSubject: number "
                        + number
                        + "\nMessage-ID: <"
                        + number
                        + "@kill.test>\n\nhello\n");
            if (reply.startsWith("250")) {
              accepted.add(number);
            }
            TimeUnit.MILLISECONDS.sleep(20);
          }
        } catch (IOException killed) {
          // What was not acknowledged is the sender's; it goes on with the next.
        } catch (InterruptedException end) {
          return;
        }
      }
    }
  }
}
