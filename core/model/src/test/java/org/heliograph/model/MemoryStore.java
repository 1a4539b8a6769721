package org.heliograph.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A submission door and content store in memory, for the tests of channels. Can be told to fail.
 */
public final class MemoryStore implements Submission, ContentStore, Resumes {
  /** What was accepted. */
  public record Accepted(MessageId id, Draft draft, Set<UniqueKey> keys) {}

  /** What was quarantined. */
  public record Quarantined(Source source, Bytes octets, String why) {}

  private final Map<Long, byte[]> contents = new HashMap<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Quarantined> quarantined = new ArrayList<>();
  private final Map<UniqueKey, MessageId> known = new LinkedHashMap<>();
  private BiFunction<Address, ContentFamily, Answer> routing = (address, family) -> Answer.YES;
  private final Map<Long, MemoryStage> held = new HashMap<>();
  private final Map<Bytes, ResumePoint> resumes = new LinkedHashMap<>();
  private boolean failing;
  private long nextKey = 1;

  /** From now on every act fails with {@link StoreUnavailable}, or no more. */
  public synchronized void fail(boolean now) {
    failing = now;
  }

  /** How {@link #routable} answers. */
  public synchronized void routing(BiFunction<Address, ContentFamily, Answer> answers) {
    routing = answers;
  }

  /** What was accepted, in order. */
  public synchronized List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /** What was quarantined, in order. */
  public synchronized List<Quarantined> quarantined() {
    return List.copyOf(quarantined);
  }

  /** The octets of sealed content. */
  public synchronized byte[] octets(ContentRef ref) {
    byte[] octets = ref.key() == 0 ? new byte[0] : contents.get(ref.key());
    if (octets == null) {
      throw new IllegalArgumentException("no content " + ref);
    }
    return octets.clone();
  }

  /** Stores {@code octets} as sealed content. */
  public synchronized ContentRef put(byte[] octets) {
    long key = nextKey++;
    contents.put(key, octets.clone());
    return new ContentRef(key, octets.length);
  }

  @Override
  public synchronized Stage stage() throws StoreUnavailable {
    check();
    return new MemoryStage();
  }

  @Override
  public synchronized Stage reopen(ContentRef ref) throws StoreUnavailable {
    MemoryStage before = held.get(ref.key());
    if (before == null || before.length() < ref.length()) {
      throw new StoreUnavailable("no stage is held as " + ref);
    }
    MemoryStage stage = new MemoryStage();
    stage.octets.write(before.octets.toByteArray(), 0, (int) ref.length());
    stage.key = ref.key();
    held.put(ref.key(), stage);
    return stage;
  }

  @Override
  public synchronized void keep(ResumePoint point) throws StoreUnavailable {
    check();
    resumes.put(point.key(), point);
  }

  @Override
  public synchronized void forget(ChannelName channel, Bytes key) {
    ResumePoint gone = resumes.remove(key);
    if (gone != null) {
      gone.stage().ifPresent(stage -> held.remove(stage.key()));
    }
  }

  @Override
  public synchronized List<ResumePoint> all(ChannelName channel) {
    return List.copyOf(resumes.values());
  }

  @Override
  public synchronized Optional<MessageId> accepted(UniqueKey key) {
    return Optional.ofNullable(known.get(key));
  }

  @Override
  public synchronized Content open(ContentRef ref) throws StoreUnavailable {
    check();
    MemoryStage stage = held.get(ref.key());
    byte[] octets =
        stage != null && !contents.containsKey(ref.key())
            ? Arrays.copyOf(stage.octets.toByteArray(), (int) ref.length())
            : octets(ref);
    return new Content() {
      @Override
      public long length() {
        return octets.length;
      }

      @Override
      public InputStream open(long offset) {
        return new ByteArrayInputStream(
            octets, Math.toIntExact(offset), octets.length - Math.toIntExact(offset));
      }
    };
  }

  @Override
  public synchronized Answer routable(Address recipient, ContentFamily family, Source source) {
    return routing.apply(recipient, family);
  }

  @Override
  public synchronized MessageId submit(Draft draft, Set<UniqueKey> keys)
      throws AlreadyAccepted, StoreUnavailable {
    check();
    for (UniqueKey key : keys) {
      MessageId before = known.get(key);
      if (before != null) {
        throw new AlreadyAccepted(before, key);
      }
    }
    MessageId id = new MessageId(accepted.size() + 1L);
    keys.forEach(key -> known.put(key, id));
    accepted.add(new Accepted(id, draft, keys));
    notifyAll();
    return id;
  }

  @Override
  public synchronized void quarantine(Source source, ContentRef octets, String why)
      throws StoreUnavailable {
    check();
    quarantined.add(new Quarantined(source, Bytes.of(octets(octets)), why));
    notifyAll();
  }

  @Override
  public synchronized boolean open() {
    return !failing;
  }

  private void check() throws StoreUnavailable {
    if (failing) {
      throw new StoreUnavailable("the store was told to fail");
    }
  }

  private final class MemoryStage implements Stage {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private long key;

    @Override
    public void write(ByteBuffer more) throws StoreUnavailable {
      synchronized (MemoryStore.this) {
        check();
      }
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      octets.writeBytes(copy);
    }

    @Override
    public long secure() throws StoreUnavailable {
      synchronized (MemoryStore.this) {
        check();
      }
      return octets.size();
    }

    @Override
    public ContentRef hold() throws StoreUnavailable {
      synchronized (MemoryStore.this) {
        check();
        if (key == 0) {
          key = nextKey++;
          held.put(key, this);
        }
        return new ContentRef(key, octets.size());
      }
    }

    @Override
    public void leave() {
      // what is held stays
    }

    @Override
    public ContentRef seal() throws StoreUnavailable {
      synchronized (MemoryStore.this) {
        check();
      }
      return octets.size() == 0 ? ContentRef.empty() : put(octets.toByteArray());
    }

    @Override
    public long length() {
      return octets.size();
    }

    @Override
    public void close() {
      synchronized (MemoryStore.this) {
        held.remove(key);
      }
    }
  }
}
