package org.heliograph.server.bench;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.model.Address;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Draft;
import org.heliograph.model.MessageId;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.Submission;
import org.heliograph.model.UniqueKey;

/** Takes every message, counts it and keeps nothing: the end of the benchmark's line. */
final class Discarding implements Submission, ContentStore {
  private final AtomicLong messages = new AtomicLong();

  long messages() {
    return messages.get();
  }

  @Override
  public Stage stage() {
    return new Nothing();
  }

  @Override
  public Answer routable(Address recipient, ContentFamily family, Source source) {
    return Answer.YES;
  }

  @Override
  public MessageId submit(Draft draft, Set<UniqueKey> keys) {
    return new MessageId(messages.incrementAndGet());
  }

  @Override
  public void quarantine(Source source, ContentRef octets, String why) {
    // Counted as not arrived.
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

  /** Counts octets. */
  private static final class Nothing implements Stage {
    private long length;

    @Override
    public void write(ByteBuffer octets) {
      length += octets.remaining();
      octets.position(octets.limit());
    }

    @Override
    public long secure() {
      return length;
    }

    @Override
    public ContentRef seal() {
      return new ContentRef(1, length);
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void close() {
      // there is nothing to discard
    }
  }
}
