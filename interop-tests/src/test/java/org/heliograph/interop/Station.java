package org.heliograph.interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.heliograph.model.Address;
import org.heliograph.model.AddressText;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.Link;
import org.heliograph.model.MessageId;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.NodeId;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.Signal;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.StepNo;
import org.heliograph.model.Submission;
import org.heliograph.model.UniqueKey;
import org.heliograph.p1.Credentials;
import org.heliograph.p1.LocalMta;
import org.heliograph.p1.P1Outbound;
import org.heliograph.p1.P1Server;
import org.heliograph.p1.P1Settings;
import org.heliograph.p1.PeerAddress;
import org.heliograph.p1.PeerSettings;
import org.heliograph.p1.PeerTable;
import org.heliograph.wire.Wire;
import org.heliograph.x400.PrecedencePairing;

/** An MTA of the tests' own beside the switches: sends any envelope, keeps all that arrives. */
final class Station implements AutoCloseable {
  static final String PASSWORD = "excalibur";
  static final GlobalDomain DOMAIN = new GlobalDomain("XX", " ", Optional.of("TESTER"));
  private static final ChannelName P1 = new ChannelName("p1");

  private final Wire wire = new Wire();
  private final Taking taking = new Taking();
  private final P1Server server;
  private final P1Outbound outbound;
  private final AtomicLong number = new AtomicLong();
  private volatile PeerTable peers = PeerTable.of();

  Station() throws IOException {
    Supplier<PeerTable> table = () -> peers;
    LocalMta local = new LocalMta("MTA-TESTER", DOMAIN);
    server =
        new P1Server(
                wire,
                P1,
                P1Settings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                local,
                table,
                taking,
                taking,
                PrecedencePairing.COMMON,
                InstantSource.system())
            .start();
    outbound =
        new P1Outbound(wire, P1, local, table, PrecedencePairing.COMMON, InstantSource.system());
  }

  int port() {
    return server.addresses().getFirst().getPort();
  }

  /** Makes switches known by their names and ports. */
  void know(Map<String, Integer> switches) {
    List<PeerSettings> all = new ArrayList<>();
    switches.forEach(
        (name, port) ->
            all.add(
                PeerSettings.of(
                        name,
                        Credentials.ia5("MTA-TESTER", PASSWORD),
                        Credentials.ia5(Topology.mta(name), PASSWORD))
                    .at(new PeerAddress("127.0.0.1", port))));
    peers = PeerTable.of(all.toArray(new PeerSettings[0]));
  }

  /** A message from {@code /S=Anna/PRMD=TESTER/} to these addresses. */
  Envelope message(String... to) {
    Instant now = Instant.now();
    var builder =
        Envelope.message(ContentTypes.P22, now, Source.internal(P1))
            .originator(address("/S=Anna/PRMD=TESTER/ADMD= /C=XX/"))
            .identification(
                Identification.none()
                    .withMtsIdentifier(
                        new MtsIdentifier(
                            DOMAIN, "T" + number.incrementAndGet() + "." + System.nanoTime())));
    for (int i = 0; i < to.length; i++) {
      builder.recipient(Recipient.of(i + 1, address(to[i])));
    }
    return builder.build();
  }

  static Address address(String text) {
    return AddressText.parse(text);
  }

  void send(String to, Envelope envelope) throws IOException {
    send(to, envelope, "contents of a message".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  void send(String to, Envelope envelope, byte[] content) throws IOException {
    Set<RecipientId> all = new java.util.HashSet<>();
    envelope.recipients().forEach(r -> all.add(r.id()));
    Dispatch dispatch =
        new Dispatch(
            new MessageId(number.incrementAndGet()),
            all,
            new StepNo(0),
            P1,
            new PeerName(to),
            1,
            new Claim(new NodeId("tester"), 1),
            Optional.empty());
    try (Link link = outbound.connect(new PeerName(to))) {
      Map<RecipientId, Outcome> outcomes =
          link.transfer(dispatch, envelope, new Octets(content), Signal.none());
      if (!outcomes.values().stream().allMatch(o -> o instanceof Outcome.Done)) {
        throw new IOException(to + " did not take it: " + outcomes);
      }
    } catch (PeerUnavailable e) {
      throw new IOException("no association to " + to + ": " + e.failure().text(), e);
    }
  }

  /** What has arrived, in order. */
  List<Draft> arrived() {
    return taking.drafts;
  }

  /** Messages and probes that have arrived. */
  List<Envelope> messages() {
    return taking.drafts.stream()
        .map(Draft::envelope)
        .filter(e -> e.kind() != Envelope.Kind.REPORT)
        .toList();
  }

  /** Reports that have arrived. */
  List<Report> reports() {
    return taking.drafts.stream().flatMap(d -> d.envelope().report().stream()).toList();
  }

  byte[] content(Draft draft) {
    return taking.octets(draft.content());
  }

  @Override
  public void close() {
    outbound.close();
    server.close();
    wire.close();
  }

  private record Octets(byte[] octets) implements Content {
    @Override
    public long length() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(octets, (int) offset, octets.length - (int) offset);
    }
  }

  /** Keeps everything in memory. */
  private static final class Taking implements Submission, ContentStore {
    private final List<Draft> drafts = new CopyOnWriteArrayList<>();
    private final Map<Long, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicLong keys = new AtomicLong();

    private byte[] octets(ContentRef ref) {
      return ref.length() == 0 ? new byte[0] : contents.getOrDefault(ref.key(), new byte[0]);
    }

    @Override
    public Stage stage() {
      return new Stage() {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public void write(ByteBuffer octets) {
          byte[] some = new byte[octets.remaining()];
          octets.get(some);
          out.writeBytes(some);
        }

        @Override
        public long secure() {
          return out.size();
        }

        @Override
        public ContentRef seal() {
          long key = keys.incrementAndGet();
          contents.put(key, out.toByteArray());
          return new ContentRef(key, out.size());
        }

        @Override
        public long length() {
          return out.size();
        }

        @Override
        public void close() {
          // memory only
        }
      };
    }

    @Override
    public Content open(ContentRef ref) {
      return new Octets(octets(ref));
    }

    @Override
    public Answer routable(Address recipient, ContentFamily family, Source source) {
      return Answer.YES;
    }

    @Override
    public MessageId submit(Draft draft, Set<UniqueKey> unused) {
      drafts.add(draft);
      return new MessageId(drafts.size());
    }

    @Override
    public void quarantine(Source source, ContentRef octets, String why) {
      throw new IllegalStateException("what a switch sent cannot be read: " + why);
    }

    @Override
    public boolean open() {
      return true;
    }
  }
}
