package org.heliograph.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.engine.Switch;
import org.heliograph.server.process.Attachment;
import org.heliograph.server.process.HangUp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a switch. */
@Command(
    name = "run",
    description =
        "Runs a switch until SIGTERM or SIGINT, which end it cleanly: what is in flight is finished"
            + " or given back to the queue. SIGHUP does what the verb reload does.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./heliograph run -c conf/relay.conf"})
@SuppressWarnings("NullAway.Init")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration.")
  private Path file;

  @Option(names = "--attached", hidden = true, description = "End when standard input ends.")
  private boolean attached;

  @Override
  public Integer call() throws ConfigurationException, IOException, InterruptedException {
    Switch running = Switch.start(file);
    HangUp.does(running::reload);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      running.stop();
                      // A stop that was asked for is a success; the signal's own exit code is not.
                      Runtime.getRuntime().halt(0);
                    }));
    if (attached) {
      Attachment.attach();
    }
    new CountDownLatch(1).await();
    return 0;
  }
}
