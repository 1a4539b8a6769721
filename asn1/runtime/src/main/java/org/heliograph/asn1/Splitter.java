package org.heliograph.asn1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes a value apart while its octets arrive, in pieces of any size: what the module marks {@code
 * -- @stream} (message content, returned content) goes to a sink at once, all else is collected up
 * to a limit and decoded at the end. Memory is that of the collected octets, whatever the size of
 * the content, which may be primitive or constructed, definite or indefinite.
 *
 * <p>Not thread safe; one value for each splitter.
 *
 * @param <T> the value
 */
public final class Splitter<T extends Object> {
  private static final int MOST_HEADER_OCTETS = 16;
  private static final Map<Codec<?>, Boolean> STREAMS = new ConcurrentHashMap<>();

  /** Where the streamed parts go. An exception of a sink ends the work and reaches the caller. */
  public interface Sink extends OctetSink {
    /** The content of one part follows; the path names it, such as {@code message.content}. */
    void start(String path) throws IOException;

    /** The part is complete. */
    void end() throws IOException;
  }

  /** What becomes of the octets within an element. */
  private enum Kind {
    /** Looked into, since a part of it is streamed; rewritten with indefinite length. */
    OPENED,
    COPIED,
    STREAMED
  }

  /** An element that is open. */
  private static final class Frame {
    final Kind kind;
    final Codec<?> codec;
    final String path;
    final long end;
    final boolean indefinite;
    int next;

    Frame(Kind kind, Codec<?> codec, String path, long end, boolean indefinite) {
      this.kind = kind;
      this.codec = codec;
      this.path = path;
      this.end = end;
      this.indefinite = indefinite;
    }
  }

  private final Codec<T> codec;
  private final Limits limits;
  private final long mostCollected;
  private final Sink sink;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final List<long[]> shifts = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private final byte[] header = new byte[MOST_HEADER_OCTETS];
  private int headerOctets;
  private long position;
  private long leaf;
  private boolean leafStreamed;
  private int elements;
  private boolean complete;

  /** Number of frames around the part that is being streamed, -1 when none is. */
  private int streaming = -1;

  /**
   * @param codec of the whole value
   * @param limits for its structure
   * @param mostCollected how many octets may come beside the streamed ones
   * @param sink takes the streamed parts in the order of their arrival
   */
  public Splitter(Codec<T> codec, Limits limits, long mostCollected, Sink sink) {
    this.codec = codec;
    this.limits = limits;
    this.mostCollected = mostCollected;
    this.sink = sink;
  }

  /**
   * The next octets of the value.
   *
   * @throws DecodeException when they break the syntax or a limit; offsets count from the first
   *     octet of the value
   * @throws IOException when the sink fails
   */
  public void accept(byte[] octets, int at, int count) throws DecodeException, IOException {
    int from = at;
    int end = at + count;
    while (from < end) {
      if (leaf > 0) {
        int some = (int) Math.min(leaf, end - from);
        pass(octets, from, some);
        from += some;
      } else if (complete) {
        throw new DecodeException(position, "octets after the end of " + codec.name());
      } else {
        headerOctet(octets[from++]);
      }
    }
  }

  /** Whether the value has ended. */
  public boolean complete() {
    return complete;
  }

  /**
   * The value, with nothing where the streamed parts were.
   *
   * @throws DecodeException when it has not ended, or is no such value
   */
  public T finish() throws DecodeException {
    return finishChecked().value();
  }

  /**
   * The value, with nothing where the streamed parts were, and the constraints that it breaks.
   *
   * @throws DecodeException when it has not ended, or is no such value
   */
  public Decoded<T> finishChecked() throws DecodeException {
    if (!complete) {
      throw new DecodeException(position, codec.name() + " ends too early");
    }
    try {
      BerReader in = new BerReader(Octets.of(collected.toByteArray()), limits);
      return new Decoded<>(codec.decode(in), in.violations());
    } catch (DecodeException e) {
      throw e.at(original(e.offset()));
    }
  }

  private void pass(byte[] octets, int from, int count) throws DecodeException, IOException {
    if (leafStreamed) {
      sink.accept(octets, from, count);
    } else {
      collect(octets, from, count);
    }
    position += count;
    leaf -= count;
    if (leaf == 0) {
      leafEnds();
    }
  }

  private void headerOctet(byte octet) throws DecodeException, IOException {
    if (headerOctets == header.length) {
      throw fail("header of more than " + header.length + " octets");
    }
    header[headerOctets++] = octet;
    position++;
    int lengthAt = 1;
    if ((header[0] & 0x1F) == 0x1F) {
      while (lengthAt < headerOctets && header[lengthAt] < 0) {
        lengthAt++;
      }
      lengthAt++;
    }
    if (lengthAt >= headerOctets) {
      if (lengthAt > 5) {
        throw fail("tag number longer than 28 bits");
      }
      return;
    }
    int first = header[lengthAt] & 0xFF;
    int whole = lengthAt + 1 + (first > 0x80 ? first & 0x7F : 0);
    if (whole > header.length || first == 0xFF) {
      throw fail("length in " + (first & 0x7F) + " octets");
    }
    if (headerOctets == whole) {
      int octets = headerOctets;
      headerOctets = 0;
      element(octets, tag(lengthAt), length(lengthAt, octets));
    }
  }

  private int tag(int lengthAt) {
    int number = header[0] & 0x1F;
    if (lengthAt > 1) {
      number = 0;
      for (int i = 1; i < lengthAt; i++) {
        number = number << 7 | header[i] & 0x7F;
      }
    }
    return Tag.of((header[0] & 0xC0) >> 6, number);
  }

  /** -1 when indefinite. */
  private long length(int lengthAt, int octets) throws DecodeException {
    int first = header[lengthAt] & 0xFF;
    if (first <= 0x80) {
      return first == 0x80 ? -1 : first;
    }
    long value = 0;
    for (int i = lengthAt + 1; i < octets; i++) {
      if (value >= 1L << 54) {
        throw fail("length of more than 62 bits");
      }
      value = value << 8 | header[i] & 0xFF;
    }
    return value;
  }

  private void element(int octets, int tag, long length) throws DecodeException, IOException {
    long start = position - octets;
    boolean constructed = (header[0] & 0x20) != 0;
    if (++elements > limits.elements()) {
      throw new DecodeException(start, "more than " + limits.elements() + " elements");
    }
    Frame outer = frames.isEmpty() ? null : frames.getLast();
    if (tag == 0) {
      endOfContents(start, outer, constructed, length);
      return;
    }
    if (length < 0 && !constructed) {
      throw new DecodeException(start, "indefinite length needs a constructed encoding");
    }
    long bound = outer == null ? Long.MAX_VALUE : outer.end;
    if (position > bound || length > bound - position) {
      throw new DecodeException(start, "length " + length + " runs past the end");
    }
    Frame frame = frame(outer, start, tag, constructed, length, bound);
    write(frame.kind, outer, octets);
    if (constructed) {
      if (frames.size() >= limits.depth()) {
        throw new DecodeException(start, "nested deeper than " + limits.depth());
      }
      if (frame.kind == Kind.COPIED && length >= 0) {
        begin(length, false);
      } else {
        frames.add(frame);
        closeFinished();
      }
    } else {
      begin(length, frame.kind == Kind.STREAMED);
    }
  }

  private void begin(long length, boolean streamed) throws DecodeException, IOException {
    leaf = length;
    leafStreamed = streamed;
    if (length == 0) {
      leafEnds();
    }
  }

  private Frame frame(
      @Nullable Frame outer, long start, int tag, boolean constructed, long length, long bound)
      throws DecodeException, IOException {
    long end = length < 0 ? bound : position + length;
    if (outer != null && outer.kind != Kind.OPENED) {
      if (outer.kind == Kind.STREAMED && tag != Tag.OCTET_STRING) {
        throw new DecodeException(start, Tag.text(tag) + " within a constructed string");
      }
      return new Frame(outer.kind, codec, outer.path, end, length < 0);
    }
    Codec.Member member = outer == null ? root(start, tag) : outer.codec.inside(tag, outer.next);
    if (outer != null && member != null) {
      outer.next = member.next();
    }
    if (member == null) {
      return new Frame(Kind.COPIED, codec, "", end, length < 0);
    }
    String path =
        outer == null || outer.path.isEmpty() || member.name().isEmpty()
            ? (outer == null ? "" : outer.path) + member.name()
            : Violation.join(outer.path, member.name());
    if (member.stream()) {
      sink.start(path);
      streaming = frames.size();
      return new Frame(Kind.STREAMED, codec, path, end, length < 0);
    }
    boolean opened = constructed && streams(member.codec());
    return new Frame(opened ? Kind.OPENED : Kind.COPIED, member.codec(), path, end, length < 0);
  }

  private Codec.Member root(long start, int tag) throws DecodeException {
    if (!codec.accepts(tag)) {
      throw new DecodeException(start, Tag.text(tag) + " where " + codec.name() + " is expected");
    }
    return codec.select(tag);
  }

  private static boolean streams(Codec<?> codec) {
    return STREAMS.computeIfAbsent(
        codec, c -> c.streams(Collections.newSetFromMap(new IdentityHashMap<>())));
  }

  /** The header as it is collected: shorter than the one that came where something is streamed. */
  private void write(Kind kind, @Nullable Frame outer, int octets) throws DecodeException {
    switch (kind) {
      case COPIED -> collect(header, 0, octets);
      case OPENED -> {
        collect(header, 0, identifierOctets());
        collect(new byte[] {(byte) 0x80}, 0, 1);
        shift();
      }
      case STREAMED -> {
        if (outer == null || outer.kind != Kind.STREAMED) {
          header[0] &= ~0x20;
          collect(header, 0, identifierOctets());
          collect(new byte[1], 0, 1);
        }
      }
    }
  }

  private int identifierOctets() {
    int octets = 1;
    if ((header[0] & 0x1F) == 0x1F) {
      while (header[octets++] < 0) {}
    }
    return octets;
  }

  private void endOfContents(long start, @Nullable Frame outer, boolean constructed, long length)
      throws DecodeException, IOException {
    if (outer == null || !outer.indefinite || constructed || length != 0) {
      throw new DecodeException(start, "end-of-contents where none is open");
    }
    close(outer);
    closeFinished();
  }

  private void leafEnds() throws DecodeException, IOException {
    streamEnds();
    closeFinished();
  }

  /** Closes what ends here by its length. */
  private void closeFinished() throws DecodeException, IOException {
    while (!frames.isEmpty() && !frames.getLast().indefinite && frames.getLast().end == position) {
      close(frames.getLast());
    }
    complete = frames.isEmpty();
  }

  private void close(Frame frame) throws DecodeException, IOException {
    frames.removeLast();
    if (frame.kind != Kind.STREAMED) {
      collect(new byte[2], 0, 2);
      shift();
    }
    streamEnds();
  }

  private void streamEnds() throws DecodeException, IOException {
    if (streaming == frames.size()) {
      streaming = -1;
      sink.end();
      shift();
    }
  }

  private void collect(byte[] octets, int from, int count) throws DecodeException {
    if (collected.size() + (long) count > mostCollected) {
      throw fail("more than " + mostCollected + " octets beside the content");
    }
    collected.write(octets, from, count);
  }

  private void shift() {
    shifts.add(new long[] {collected.size(), position});
  }

  /** The offset of a collected octet in what came. */
  private long original(long offset) {
    long found = offset;
    for (long[] shift : shifts) {
      if (shift[0] <= offset) {
        found = shift[1] + offset - shift[0];
      }
    }
    return found;
  }

  private DecodeException fail(String rule) {
    return new DecodeException(position, rule);
  }
}
