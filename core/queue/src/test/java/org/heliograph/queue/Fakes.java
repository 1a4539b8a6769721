package org.heliograph.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.heliograph.model.Capabilities;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.Link;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Outbound;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.model.Signal;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Workbench;

/** Channels that do what a test says, and messages for them. */
final class Fakes {
  static final ChannelName SMTP = new ChannelName("smtp");
  static final ChannelName P1 = new ChannelName("p1");
  static final PeerName BOX = new PeerName("box");
  static final PeerName BRAVO = new PeerName("bravo");
  static final Source SOURCE = Source.internal(new ChannelName("test"));

  private Fakes() {}

  /** A message as a channel got it. */
  record Sent(PeerName peer, Dispatch dispatch, Envelope envelope, byte[] content) {}

  /** An outbound channel that remembers what it was given. */
  static final class Sink implements Outbound {
    private final ChannelName name;
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<PeerName> connected = new CopyOnWriteArrayList<>();
    volatile BiFunction<Dispatch, Recipient, Outcome> answer =
        (d, r) -> Outcome.transferred(Instant.EPOCH, "there", "ok");
    volatile boolean unreachable;

    Sink(ChannelName name) {
      this.name = name;
    }

    @Override
    public ChannelName name() {
      return name;
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(Set.of(Form.MAIL, Form.X400, Form.CMS), 1L << 40, false, 1);
    }

    @Override
    public Link connect(PeerName peer) throws PeerUnavailable {
      if (unreachable) {
        throw new PeerUnavailable(
            org.heliograph.model.Failure.of(
                org.heliograph.model.Failure.Cause.PEER_UNAVAILABLE, "nobody answers"));
      }
      connected.add(peer);
      return new Link() {
        @Override
        public Map<RecipientId, Outcome> transfer(
            Dispatch dispatch, Envelope envelope, Content content, Signal signal) {
          sent.add(new Sent(peer, dispatch, envelope, octets(content)));
          Map<RecipientId, Outcome> outcomes = new HashMap<>();
          dispatch
              .recipients()
              .forEach(
                  id ->
                      outcomes.put(
                          id, answer.apply(dispatch, envelope.recipient(id).orElseThrow())));
          return outcomes;
        }

        @Override
        public boolean usable() {
          return true;
        }

        @Override
        public void close() {}
      };
    }
  }

  /** A shaper that makes one draft for all recipients of the dispatch. */
  static class Remaker implements Shaper {
    private final ChannelName name;
    private final Set<Shaping> shapings;

    Remaker(String name, Shaping... shapings) {
      this.name = new ChannelName(name);
      this.shapings = Set.of(shapings);
    }

    @Override
    public ChannelName name() {
      return name;
    }

    @Override
    public Set<Shaping> shapings() {
      return shapings;
    }

    /** The new envelope, with its recipients still those of the old one. */
    Envelope remake(Envelope envelope, Dispatch dispatch) {
      return envelope;
    }

    byte[] content(byte[] old) {
      return (name + "(" + new String(old, StandardCharsets.UTF_8) + ")")
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<RecipientId, Outcome> shape(
        Dispatch dispatch, Envelope envelope, Content content, Workbench bench)
        throws StoreUnavailable {
      ContentRef ref;
      try (Stage stage = bench.stage()) {
        stage.write(ByteBuffer.wrap(content(octets(content))));
        ref = stage.seal();
      }
      List<Recipient> mine =
          envelope.recipients().stream()
              .filter(r -> dispatch.recipients().contains(r.id()))
              .toList();
      Envelope made =
          remake(envelope.change().recipients(mine).build(), dispatch)
              .change()
              .source(Source.internal(name))
              .build();
      Map<RecipientId, RecipientId> origin = new HashMap<>();
      Map<RecipientId, Outcome> outcomes = new HashMap<>();
      for (int i = 0; i < mine.size(); i++) {
        origin.put(made.recipients().get(i).id(), mine.get(i).id());
        outcomes.put(mine.get(i).id(), Outcome.reshaped());
      }
      bench.make(new Draft(made, ref, origin));
      bench.note("shaped-by-" + name, Map.of("octets", Long.toString(ref.length())));
      return outcomes;
    }
  }

  /** A mixer: addresses of the form a.b@x400.example and /S=b/... are each other's. */
  static Remaker mixer(MtsIdentifier given) {
    return new Remaker(
        "mixer", new Shaping(Form.MAIL, Form.X400, 10), new Shaping(Form.X400, Form.MAIL, 10)) {
      @Override
      Envelope remake(Envelope envelope, Dispatch dispatch) {
        boolean toX400 = envelope.contentType().equals(ContentTypes.MAIL);
        List<Recipient> recipients = new ArrayList<>();
        for (Recipient r : envelope.recipients()) {
          recipients.add(
              r.withAddress(
                  toX400
                      ? r.address() instanceof Mailbox m ? orOf(m) : r.address()
                      : r.address() instanceof OrAddress o ? mailOf(o) : r.address()));
        }
        var change =
            envelope
                .change()
                .recipients(recipients)
                .originator(
                    envelope
                        .originator()
                        .map(
                            a ->
                                toX400
                                    ? a instanceof Mailbox m ? orOf(m) : a
                                    : a instanceof OrAddress o ? mailOf(o) : a))
                .contentType(toX400 ? ContentTypes.P22 : ContentTypes.MAIL);
        if (envelope.kind() == Envelope.Kind.MESSAGE && toX400) {
          change.identification(envelope.identification().withMtsIdentifier(given));
        }
        return change.build();
      }
    };
  }

  static OrAddress orOf(Mailbox mailbox) {
    return new OrAddress(
        List.of(
            OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
            OrAttribute.of(OrAttribute.Type.PRMD, mailbox.domain()),
            OrAttribute.of(OrAttribute.Type.SURNAME, mailbox.localPart())));
  }

  static Mailbox mailOf(OrAddress or) {
    return new Mailbox(
        or.value(OrAttribute.Type.SURNAME).orElseThrow(),
        or.value(OrAttribute.Type.PRMD).orElseThrow());
  }

  static byte[] octets(Content content) {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StoreUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  static ContentRef put(ContentStore store, byte[] octets) throws StoreUnavailable {
    try (Stage stage = store.stage()) {
      stage.write(ByteBuffer.wrap(octets));
      return stage.seal();
    }
  }

  static Envelope mail(String from, String... to) {
    return message(ContentTypes.MAIL, from, to);
  }

  static Envelope message(ContentType type, String from, String... to) {
    var builder = Envelope.message(type, InstantSource.system().instant(), SOURCE);
    if (!from.isEmpty()) {
      builder.originator(Mailbox.parse(from));
    }
    for (int i = 0; i < to.length; i++) {
      builder.recipient(Recipient.of(i + 1, Mailbox.parse(to[i])));
    }
    return builder.build();
  }
}
