package org.heliograph.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.Draft;
import org.heliograph.model.Form;
import org.heliograph.model.Identification;
import org.heliograph.model.NodeId;
import org.heliograph.model.Shaping;
import org.heliograph.model.UniqueKey;

/**
 * The process that {@link CrashTest} makes halt: accepts and moves messages until it stops dead.
 */
final class CrashChild {
  static final int MESSAGES = 8;
  static final int LARGE = 100_000;

  private CrashChild() {}

  static Engine open(Path directory) throws Exception {
    return Engine.open(
        EngineSettings.at(directory.resolve("store"), new NodeId("crash"), "crash")
            .withPeer(Fakes.BOX, PeerSettings.of(1))
            .withRetry(
                RetrySettings.of(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofDays(1))),
        List.of(
            new Outbox(directory.resolve("arrived")),
            new Fakes.Remaker("remaker", new Shaping(Form.MAIL, Form.X400, 1))),
        RouteTable.of(
            List.of(
                Route.of(Destination.parse("plain.example"), Fakes.SMTP, Fakes.BOX, Form.MAIL),
                Route.of(Destination.parse("made.example"), Fakes.SMTP, Fakes.BOX, X400))));
  }

  /** The shaper keeps the mailbox; only its content becomes X.400. */
  private static final Form X400 = Form.X400;

  static int length(int number) {
    return number % 4 >= 2 ? LARGE + number : 1000 + number;
  }

  static void submit(Engine engine, Path directory, int number) throws Exception {
    String tag = "tag-" + number;
    String to = number % 2 == 0 ? "al@plain.example" : "al@made.example";
    engine
        .submission()
        .submit(
            Draft.of(
                Fakes.mail("eve@out.example", to)
                    .change()
                    .identification(Identification.none().withMessageId(Optional.of(tag)))
                    .build(),
                Fakes.put(engine.contents(), new byte[length(number)])),
            Set.of(new UniqueKey(UniqueKey.Scheme.TRANSFER, tag)));
    Outbox.note(directory.resolve("accepted"), tag + "\n");
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Engine engine = open(directory);
    engine.start();
    for (int number = 0; number < MESSAGES; number++) {
      submit(engine, directory, number);
      // one after the other: nothing else is in flight at the halt
      while (engine.counters().of(Counters.Event.TRANSFERRED) <= number) {
        Thread.onSpinWait();
      }
    }
    engine.stop(Duration.ofSeconds(20));
    engine.close();
    System.exit(3);
  }
}
