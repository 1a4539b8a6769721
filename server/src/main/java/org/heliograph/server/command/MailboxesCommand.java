package org.heliograph.server.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.heliograph.model.Mailbox;
import org.heliograph.server.config.Endpoint;
import org.heliograph.server.mailboxes.MailboxServer;
import org.heliograph.server.process.Attachment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the built-in mailbox server. */
@Command(
    name = "mailboxes",
    description = "Runs the small mailbox server that the demonstration delivers to.",
    hidden = true,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./heliograph mailboxes --directory /tmp/boxes --listen 127.0.0.1:2526"
          + " --mailbox bob@bravo.example=127.0.0.1:2525"
    })
@SuppressWarnings("NullAway.Init")
final class MailboxesCommand implements Callable<Integer> {
  @Option(
      names = "--directory",
      required = true,
      paramLabel = "DIR",
      description = "Where messages are kept.")
  private Path directory;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:0",
      description = "Where to listen; port 0 takes a free one. Which one stands in DIR/ports.")
  private String listen;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "localhost",
      description = "Our name.")
  private String host;

  @Option(
      names = "--mailbox",
      required = true,
      paramLabel = "MAILBOX=HOST:PORT",
      description =
          "A mailbox, and the switch that its delivery reports go through. Again for each.")
  private Map<String, String> mailboxes;

  @Option(names = "--attached", hidden = true, description = "End when standard input ends.")
  private boolean attached;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<Mailbox, InetSocketAddress> known = new HashMap<>();
    mailboxes.forEach(
        (mailbox, relay) ->
            known.put(Mailbox.parse(mailbox), Endpoint.parse(relay).socketAddress()));
    MailboxServer server =
        MailboxServer.start(directory, Endpoint.parse(listen).socketAddress(), host, known);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      server.close();
                      stopped.countDown();
                    }));
    Path part = directory.resolve("ports.part");
    Files.writeString(part, "smtp " + server.address().getPort() + "\n", StandardCharsets.US_ASCII);
    Path _ = Files.move(part, directory.resolve("ports"), StandardCopyOption.ATOMIC_MOVE);
    if (attached) {
      Attachment.attach();
    }
    stopped.await();
    return 0;
  }
}
