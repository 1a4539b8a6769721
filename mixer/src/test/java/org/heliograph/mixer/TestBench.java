package org.heliograph.mixer;

import java.io.StringReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Correlated;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Stage;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.Workbench;

/** A bench on a store in memory, and a gateway between alpha.example, bravo.example and X.400. */
final class TestBench implements Workbench {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  final MemoryStore store = new MemoryStore();
  final List<Draft> made = new ArrayList<>();
  final List<Map<String, String>> notes = new ArrayList<>();
  final Map<UniqueKey, Correlated> known = new HashMap<>();
  int pauses;
  private ContentRef ref = ContentRef.empty();

  static MixerSettings settings(String prmd) {
    try {
      MappingTable table =
          MappingTable.read(
              "test",
              new StringReader(
                  "alpha.example#PRMD$ALPHA.ADMD$ .C$XX#\nbravo.example#PRMD$BRAVO.ADMD$ .C$XX#\n"));
      OrAddress gateway =
          new OrAddress(
              List.of(
                  OrAttribute.of(OrAttribute.Type.COUNTRY, "XX"),
                  OrAttribute.of(OrAttribute.Type.ADMD, " "),
                  OrAttribute.of(OrAttribute.Type.PRMD, prmd)));
      String host = prmd.toLowerCase(java.util.Locale.ROOT) + ".example";
      return MixerSettings.at(
              new AddressMapper(table, gateway, host),
              new GlobalDomain("XX", " ", Optional.of(prmd)),
              prmd.toLowerCase(java.util.Locale.ROOT) + "-mta",
              host)
          .withBelieved(source -> !source.remote().startsWith("203.0.113."));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static MixerShaper shaper(String prmd) {
    return new MixerShaper(new ChannelName("mixer"), settings(prmd));
  }

  /** Shapes a message for all its recipients. */
  Map<RecipientId, Outcome> shape(MixerShaper shaper, Envelope envelope, byte[] content)
      throws StoreUnavailable {
    return shape(shaper, envelope, store.put(content));
  }

  Map<RecipientId, Outcome> shape(MixerShaper shaper, Envelope envelope, ContentRef content)
      throws StoreUnavailable {
    ref = content;
    return shaper.shape(dispatch(envelope, 7), envelope, store.open(content), this);
  }

  Map<RecipientId, Outcome> shape(MixerShaper shaper, Envelope envelope, Content content)
      throws StoreUnavailable {
    return shaper.shape(dispatch(envelope, 7), envelope, content, this);
  }

  static Dispatch dispatch(Envelope envelope, long number) {
    Set<RecipientId> ids = new LinkedHashSet<>();
    envelope.recipients().stream().map(Recipient::id).forEach(ids::add);
    return new Dispatch(
        new MessageId(number),
        ids,
        new StepNo(1),
        new ChannelName("mixer"),
        PeerName.NONE,
        1,
        new Claim(new NodeId("node"), 1),
        Optional.empty());
  }

  @Override
  public Stage stage() throws StoreUnavailable {
    return store.stage();
  }

  @Override
  public Content open(ContentRef other) throws StoreUnavailable {
    return store.open(other);
  }

  @Override
  public void make(Draft draft) {
    made.add(draft);
  }

  @Override
  public void note(String event, Map<String, String> facts) {
    notes.add(facts);
  }

  @Override
  public ContentRef contentRef() {
    return ref;
  }

  @Override
  public void pause() {
    pauses++;
  }

  @Override
  public Optional<Correlated> correlate(UniqueKey key) {
    return Optional.ofNullable(known.get(key));
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(NOW);
  }
}
