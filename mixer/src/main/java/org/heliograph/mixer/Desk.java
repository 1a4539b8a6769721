package org.heliograph.mixer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import org.heliograph.asn1.Octets;
import org.heliograph.mail.Entity;
import org.heliograph.mail.Range;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Workbench;

/**
 * What one conversion works with: the content it reads, by reference; the stage it writes to; and
 * the duty to pause. Closes what it opened. What was only approximated is written down here, so
 * that the audit journal can tell.
 */
final class Desk implements AutoCloseable {
  private static final int SLICE = 256 * 1024;

  /** What all parts of one message that are held in memory may have together. */
  private static final long HELD = 16L * 1024 * 1024;

  private static final int OPEN = 4;

  private final Workbench bench;
  private final Content content;
  private final MixerLimits limits;
  private final Deque<WindowedSource> open = new ArrayDeque<>();
  private final TreeSet<String> approximated = new TreeSet<>();
  private long worked;
  private long held;

  Desk(Workbench bench, Content content, MixerLimits limits) {
    this.bench = bench;
    this.content = content;
    this.limits = limits;
  }

  Content content() {
    return content;
  }

  MixerLimits limits() {
    return limits;
  }

  java.time.Instant now() {
    return bench.clock().instant();
  }

  /** Says that something could not be said exactly in the other world. */
  void approximate(String what) {
    if (approximated.size() < 50) {
      approximated.add(what);
    }
  }

  /** What was approximated, for the audit journal; empty if nothing was. */
  String approximated() {
    return String.join(" ", approximated);
  }

  /** Counts work, and pauses after each 256 KiB of it. */
  void worked(long octets) {
    worked += octets;
    if (worked >= SLICE) {
      worked = 0;
      bench.pause();
    }
  }

  /** All of the content. */
  Octets stored() throws StoreUnavailable {
    return stored(new Range(0, content.length()));
  }

  /** A range of the content as it stands. */
  Octets stored(Range range) throws StoreUnavailable {
    if (range.length() <= limits.smallOctets() && hold(range.length())) {
      try (InputStream in = content.open(range.start())) {
        return Octets.of(in.readNBytes((int) range.length()));
      } catch (IOException e) {
        throw unavailable(e);
      }
    }
    return whole().slice(range.start(), range.length());
  }

  private Octets whole() {
    return Octets.of(new WindowedSource(content.length(), content::open, this::filling));
  }

  /** The body of {@code part} without its transfer encoding. */
  Octets decoded(Entity part) throws StoreUnavailable {
    if (part.encoding().identity()) {
      return stored(part.body());
    }
    try {
      if (part.body().length() <= limits.smallOctets() && hold(part.body().length())) {
        try (InputStream in = part.decoded(content)) {
          return Octets.of(in.readAllBytes());
        }
      }
      // two passes: how long it is, and later what it is
      long length = 0;
      try (InputStream in = part.decoded(content)) {
        byte[] slice = new byte[SLICE / 4];
        for (int n = in.read(slice); n >= 0; n = in.read(slice)) {
          length += n;
          worked(n);
        }
      }
      return Octets.of(
          new WindowedSource(
              length, WindowedSource.fromTheBeginning(at -> part.decoded(content)), this::filling));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** A source is read: it is open, and those that were not read for longest are not. */
  private void filling(WindowedSource source) {
    open.remove(source);
    open.addLast(source);
    while (open.size() > OPEN) {
      open.removeFirst().close();
    }
  }

  /** Whether so many octets more may be held in memory, and if so counts them. */
  boolean hold(long octets) {
    if (held + octets > HELD) {
      return false;
    }
    held += octets;
    return true;
  }

  /** A stream over {@code octets} that counts as work. */
  InputStream reading(Octets octets) {
    return new FilterInputStream(octets.inputStream()) {
      @Override
      public int read() throws IOException {
        worked(1);
        return super.read();
      }

      @Override
      public int read(byte[] into, int at, int length) throws IOException {
        int n = super.read(into, at, length);
        worked(Math.max(n, 0));
        return n;
      }
    };
  }

  /** Stores {@code octets} as new content. */
  ContentRef store(Octets octets) throws StoreUnavailable {
    try (Stage stage = bench.stage()) {
      octets.writeTo(
          (array, at, count) -> {
            stage(stage, array, at, count);
            worked(count);
          });
      return stage.seal();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static void stage(Stage stage, byte[] array, int at, int count) throws IOException {
    try {
      stage.write(ByteBuffer.wrap(array, at, count));
    } catch (StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Something that writes itself. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException, StoreUnavailable;
  }

  /** Stores as new content what {@code writing} writes. */
  ContentRef store(Writing writing) throws StoreUnavailable {
    try (Stage stage = bench.stage();
        OutputStream out = new java.io.BufferedOutputStream(stage.stream(), SLICE / 8)) {
      writing.to(out);
      out.flush();
      return stage.seal();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** The store's failure behind an I/O failure: nothing else can fail here. */
  static StoreUnavailable unavailable(IOException e) {
    return e.getCause() instanceof StoreUnavailable store
        ? store
        : new StoreUnavailable("content could not be read or staged: " + e.getMessage(), e);
  }

  static StoreUnavailable unavailable(UncheckedIOException e) {
    IOException cause = e.getCause();
    return unavailable(cause == null ? new IOException(e.getMessage(), e) : cause);
  }

  @Override
  public void close() {
    open.forEach(WindowedSource::close);
    open.clear();
  }
}
