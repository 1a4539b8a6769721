package org.heliograph.server.interop;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.heliograph.model.Address;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.Submission;
import org.heliograph.model.UniqueKey;

/** Takes what the peer sends us and remembers envelope, length and digest. Any thread may call. */
final class Arrivals implements Submission, ContentStore {
  private static final int MOST = 10_000;

  /**
   * What came.
   *
   * @param digest SHA-256 of the content
   */
  record Arrived(Envelope envelope, long length, String digest) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Arrived> arrived = new ArrayList<>();
  private final Map<Long, String> digests = new HashMap<>();
  private final List<String> quarantined = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  /** The first that came, now or within the time, for which the question is answered yes. */
  Optional<Arrived> await(Predicate<Arrived> wanted, Duration patience)
      throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<Arrived> found = arrived.stream().filter(wanted).findFirst();
        if (found.isPresent() || left <= 0) {
          return found;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why APDUs of the peer could not be decoded. */
  List<String> quarantined() {
    lock.lock();
    try {
      return List.copyOf(quarantined);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Stage stage() {
    return new Digested(numbers.incrementAndGet());
  }

  @Override
  public Answer routable(Address recipient, ContentFamily family, Source source) {
    return Answer.YES;
  }

  @Override
  public MessageId submit(Draft draft, Set<UniqueKey> keys) {
    lock.lock();
    try {
      ContentRef ref = draft.content();
      String digest = digests.getOrDefault(ref.key(), digest(new byte[0]));
      if (arrived.size() < MOST) {
        arrived.add(new Arrived(draft.envelope(), ref.length(), digest));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return new MessageId(numbers.incrementAndGet());
  }

  @Override
  public void quarantine(Source source, ContentRef octets, String why) {
    lock.lock();
    try {
      quarantined.add(why);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean open() {
    return true;
  }

  @Override
  public Content open(ContentRef ref) {
    return new Content() {
      @Override
      public long length() {
        return 0;
      }

      @Override
      public InputStream open(long offset) {
        return InputStream.nullInputStream();
      }
    };
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String digest(byte[] octets) {
    return HexFormat.of().formatHex(sha256().digest(octets));
  }

  /** Content that is digested and dropped. */
  private final class Digested implements Stage {
    private final long key;
    private final MessageDigest digest = sha256();
    private long length;

    Digested(long key) {
      this.key = key;
    }

    @Override
    public void write(ByteBuffer octets) {
      length += octets.remaining();
      digest.update(octets);
    }

    @Override
    public long secure() {
      return length;
    }

    @Override
    public ContentRef seal() {
      lock.lock();
      try {
        digests.put(key, HexFormat.of().formatHex(digest.digest()));
      } finally {
        lock.unlock();
      }
      return new ContentRef(key, length);
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void close() {
      // There is nothing to discard.
    }
  }
}
