package org.heliograph.server.mailboxes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
  private final Map<Mailbox, InetSocketAddress> relays;
  private final ExecutorService sending =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("reports").factory());

  /**
   * @param host our name in the reports
   * @param relays for each mailbox the switch that its reports go through
   */
  Reporter(String host, Map<Mailbox, InetSocketAddress> relays) {
    this.host = host;
    this.relays = Map.copyOf(relays);
  }

  /** Reports on a delivery, some time soon. */
  void delivered(Mailboxes.Delivery delivery) {
    Instant at = Instant.now();
    for (Recipient recipient : delivery.recipients()) {
      boolean asked = recipient.reportRequest().events().contains(ReportRequest.Event.DELIVERY);
      if (asked && delivery.envelope().originator().isPresent()) {
        sending.execute(() -> send(delivery, recipient, at));
      }
    }
  }

  private void send(Mailboxes.Delivery delivery, Recipient asking, Instant at) {
    Mailbox originator = (Mailbox) delivery.envelope().originator().orElseThrow();
    InetSocketAddress relay = Objects.requireNonNull(relays.get((Mailbox) asking.address()));
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
          submit(outgoing, relay);
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

  private void submit(Outgoing outgoing, InetSocketAddress relay) throws IOException {
    try (MailSender sender = MailSender.connect(relay, host, PATIENCE)) {
      String _ = sender.send(outgoing);
    }
  }

  private byte[] write(
      Mailboxes.Delivery delivery, Recipient asking, Mailbox originator, Instant at)
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
            List.of(
                new ReportedRecipient(
                    asking.address(),
                    asking.originalRecipient(),
                    asking.originalNumber(),
                    new ReportedRecipient.Delivered(at, 1),
                    Optional.of(at),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of())),
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
