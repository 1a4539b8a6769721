package org.heliograph.server.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.Link;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.NodeId;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.Source;
import org.heliograph.model.StepNo;
import org.heliograph.model.TraceElement;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.LocalMta;
import org.heliograph.p1.P1Outbound;
import org.heliograph.p1.P1Server;
import org.heliograph.p1.P1Settings;
import org.heliograph.p1.PeerAddress;
import org.heliograph.p1.PeerLimits;
import org.heliograph.p1.PeerSettings;
import org.heliograph.p1.PeerTable;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;

/** A source and a sink of P1 inside this process. */
final class P1Load implements Load {
  static final GlobalDomain SOURCE = new GlobalDomain("XX", " ", Optional.of("SOURCE"));
  static final GlobalDomain SINK = new GlobalDomain("XX", " ", Optional.of("SINK"));
  private static final ChannelName CHANNEL = new ChannelName("p1");
  private static final PeerName SWITCH = new PeerName("switch");

  private final Wire wire = new Wire();
  private final Discarding taken = new Discarding();
  private final P1Server sink;
  private final String password;

  /** Content of repeated octets: P1 does not look into it. */
  private record Filler(byte[] octets) implements Content {
    @Override
    public long length() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(octets, (int) offset, octets.length - (int) offset);
    }
  }

  /**
   * Starts the sink.
   *
   * @param password of both sides in all binds
   */
  P1Load(String password) throws IOException {
    this.password = password;
    PeerTable peers =
        PeerTable.of(
            PeerSettings.of(
                    "switch",
                    Credentials.ia5("sink-mta", password),
                    Credentials.ia5("bench-mta", password))
                .withLimits(PeerLimits.DEFAULT.withInboundAssociations(500)));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.sink =
        new P1Server(
                wire,
                CHANNEL,
                new P1Settings(
                    List.of(any),
                    1000,
                    1000,
                    P1Settings.at(any).acceptor(),
                    P1Settings.at(any).envelopeOctets(),
                    Long.MAX_VALUE,
                    Optional.empty()),
                new LocalMta("sink-mta", SINK),
                () -> peers,
                taken,
                taken,
                PrecedencePairing.COMMON,
                InstantSource.system())
            .start();
  }

  @Override
  public InetSocketAddress sink() {
    return sink.addresses().getFirst();
  }

  @Override
  public long arrived() {
    return taken.messages();
  }

  @Override
  public void send(InetSocketAddress to, int count, int size, int associations) throws IOException {
    PeerTable peers =
        PeerTable.of(
            PeerSettings.of(
                    "switch",
                    Credentials.ia5("source-mta", password),
                    Credentials.ia5("bench-mta", password))
                .at(new PeerAddress(to.getAddress().getHostAddress(), to.getPort()))
                .withLimits(PeerLimits.DEFAULT.withAssociations(associations)));
    AtomicInteger left = new AtomicInteger(count);
    Content content = new Filler(new byte[size]);
    List<Future<?>> running = new ArrayList<>();
    try (P1Outbound outbound =
            new P1Outbound(
                wire,
                CHANNEL,
                new LocalMta("source-mta", SOURCE),
                () -> peers,
                PrecedencePairing.COMMON,
                InstantSource.system());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < associations; i++) {
        running.add(
            threads.submit(
                () -> {
                  association(outbound, left, content);
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

  private static void association(P1Outbound outbound, AtomicInteger left, Content content)
      throws IOException {
    try (Link link = outbound.connect(SWITCH)) {
      int number = left.decrementAndGet();
      while (number >= 0) {
        Envelope envelope = envelope(number);
        Dispatch dispatch =
            new Dispatch(
                new MessageId(number + 1L),
                Set.of(new RecipientId(1)),
                new StepNo(0),
                CHANNEL,
                SWITCH,
                1,
                new Claim(new NodeId("source"), 1),
                Optional.empty());
        Map<RecipientId, Outcome> outcomes =
            link.transfer(dispatch, envelope, content, Signal.none());
        if (!(outcomes.get(new RecipientId(1)) instanceof Outcome.Done)) {
          throw new IOException("the switch did not take a message: " + outcomes);
        }
        number = left.decrementAndGet();
      }
    } catch (PeerUnavailable e) {
      throw new IOException("no association to the switch: " + e.getMessage(), e);
    }
  }

  private static Envelope envelope(int number) {
    Instant now = Instant.now();
    MtsIdentifier id = new MtsIdentifier(SOURCE, number + "." + System.nanoTime());
    return Envelope.message(ContentTypes.P22, now, Source.internal(CHANNEL))
        .originator(user("source", SOURCE))
        .recipient(Recipient.of(1, user("sink", SINK)))
        .identification(Identification.none().withMtsIdentifier(id))
        .trace(
            List.of(
                TraceElement.relayed(
                    SOURCE, Optional.empty(), OffsetDateTime.ofInstant(now, ZoneOffset.UTC))))
        .build();
  }

  private static OrAddress user(String surname, GlobalDomain domain) {
    return new OrAddress(
        List.of(
            OrAttribute.of(OrAttribute.Type.COUNTRY, domain.country()),
            OrAttribute.of(OrAttribute.Type.ADMD, domain.admd()),
            OrAttribute.of(OrAttribute.Type.PRMD, domain.prmd().orElseThrow()),
            OrAttribute.of(OrAttribute.Type.SURNAME, surname)));
  }

  @Override
  public void close() {
    sink.close();
    wire.close();
  }
}
