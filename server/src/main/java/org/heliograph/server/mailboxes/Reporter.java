package org.heliograph.server.mailboxes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.heliograph.mail.DsnWriter;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Identification;
import org.heliograph.model.Mailbox;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.server.user.MailSender;
import org.heliograph.server.user.Outgoing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a <em>delivered</em> DSN where one was asked for (NOTIFY=SUCCESS), through a switch. */
final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 20;

  private final String host;
  private final Supplier<Optional<InetSocketAddress>> relay;
  private final ExecutorService sending =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("reports").factory());

  /**
   * @param host our name in the reports
   * @param relay the switch to send through, once it is known
   */
  Reporter(String host, Supplier<Optional<InetSocketAddress>> relay) {
    this.host = host;
    this.relay = relay;
  }

  /** Reports on a delivery, some time soon. */
  void delivered(Mailboxes.Delivery delivery) {
    List<Recipient> asking =
        delivery.recipients().stream()
            .filter(r -> r.reportRequest().events().contains(ReportRequest.Event.DELIVERY))
            .toList();
    if (!asking.isEmpty() && delivery.envelope().originator().isPresent()) {
      Instant at = Instant.now();
      sending.execute(() -> send(delivery, asking, at));
    }
  }

  private void send(Mailboxes.Delivery delivery, List<Recipient> asking, Instant at) {
    Mailbox originator = (Mailbox) delivery.envelope().originator().orElseThrow();
    try {
      byte[] report = write(delivery, asking, originator, at);
      Outgoing outgoing =
          new Outgoing(
              Optional.empty(),
              List.of(originator),
              report,
              Optional.of("NEVER"),
              Optional.empty());
      for (int attempt = 1; ; attempt++) {
        try {
          submit(outgoing);
          LOG.info("{}: delivery reported to {}", delivery.message(), originator);
          return;
        } catch (IOException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
          TimeUnit.MILLISECONDS.sleep(100L * attempt);
        }
      }
    } catch (IOException | StoreUnavailable e) {
      LOG.warn(
          "{}: delivery could not be reported to {}: {}",
          delivery.message(),
          originator,
          e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(Outgoing outgoing) throws IOException {
    InetSocketAddress server =
        relay.get().orElseThrow(() -> new IOException("no switch to send through is known yet"));
    try (MailSender sender = MailSender.connect(server, host, PATIENCE)) {
      sender.send(outgoing);
    }
  }

  private byte[] write(
      Mailboxes.Delivery delivery, List<Recipient> asking, Mailbox originator, Instant at)
      throws IOException, StoreUnavailable {
    Envelope subject = delivery.envelope();
    Report report =
        new Report(
            Identification.none(),
            subject.identification(),
            Optional.of(ContentTypes.MAIL),
            EncodedInformationTypes.none(),
            Optional.of(subject.submitted()),
            List.of(),
            host,
            Optional.empty(),
            Report.Returned.HEADERS,
            asking.stream()
                .map(
                    r ->
                        new ReportedRecipient(
                            r.address(),
                            r.originalRecipient(),
                            r.originalNumber(),
                            new ReportedRecipient.Delivered(at, 1),
                            Optional.of(at),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()))
                .toList(),
            List.of());
    Envelope envelope =
        Envelope.report(
                report, ContentTypes.MAIL, at, Source.internal(new ChannelName("mailboxes")))
            .recipient(Recipient.of(1, originator))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DsnWriter(host)
        .write(envelope, new FileContent(delivery.file()), MailWriter.boundary(), out);
    return out.toByteArray();
  }

  /** A delivered message, for its header. */
  private record FileContent(java.nio.file.Path file) implements Content {
    @Override
    public long length() {
      try {
        return Files.size(file);
      } catch (IOException e) {
        return 0;
      }
    }

    @Override
    public InputStream open(long offset) throws StoreUnavailable {
      try {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(offset);
        return in;
      } catch (IOException e) {
        throw new StoreUnavailable("the message is gone: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() {
    sending.shutdownNow();
  }
}
