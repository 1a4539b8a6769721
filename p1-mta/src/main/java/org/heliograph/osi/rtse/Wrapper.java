package org.heliograph.osi.rtse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tag;
import org.heliograph.osi.layer.BerStream;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;

/**
 * The EXTERNAL around an APDU in normal mode: {@code { INTEGER context, [0] APDU }}, in any legal
 * form when read, definite when written.
 */
final class Wrapper implements BerStream.Handler {
  private static final int SINGLE = Tag.context(0);
  private static final int ALIGNED = Tag.context(1);
  private static final int MOST_HEAD = 64;

  private final long context;
  private final Sink<ByteBuffer> apdu;
  private final BerStream stream = new BerStream(ProtocolError.In.RTSE, "APDU", this);
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(MOST_HEAD);
  private boolean contextSeen;
  private boolean any;
  private long before;
  private long passed;

  /**
   * @param context of the user's abstract syntax
   */
  Wrapper(long context, Sink<ByteBuffer> apdu) {
    this.context = context;
    this.apdu = apdu;
  }

  void reset() {
    stream.reset();
    head.reset();
    contextSeen = false;
    any = false;
    before = 0;
    passed = 0;
  }

  void feed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    int n = any ? 0 : Math.min(octets.remaining(), MOST_HEAD - head.size());
    for (int i = 0; i < n; i++) {
      head.write(octets.get(octets.position() + i));
    }
    stream.feed(octets);
  }

  /**
   * What stood before the APDU, from which, with the APDU's octets, this can be brought to where it
   * is. Empty if other octets of the EXTERNAL stand among those of the APDU.
   */
  Optional<Octets> head() {
    return before > head.size() || stream.position() != before + passed
        ? Optional.empty()
        : Optional.of(Octets.of(head.toByteArray()).slice(0, before));
  }

  void finish() throws ProtocolError {
    if (!stream.complete()) {
      throw stream.fail("the activity ends before the EXTERNAL around the APDU does");
    }
    if (!any) {
      throw stream.fail("an EXTERNAL without an APDU");
    }
  }

  /** What stands before an APDU of this length. */
  static byte[] header(long context, long length) {
    byte[] id = org.heliograph.asn1.Codecs.INTEGER.encodeToArray(context);
    byte[] inner = Rttr.header(0xA0, length);
    byte[] outer = Rttr.header(0x28, id.length + inner.length + length);
    return ByteBuffer.allocate(outer.length + id.length + inner.length)
        .put(outer)
        .put(id)
        .put(inner)
        .array();
  }

  @Override
  public BerStream.Take header(int depth, int tag, boolean constructed, long length)
      throws ProtocolError {
    switch (depth) {
      case 0 -> {
        require(tag == Tag.EXTERNAL, tag, "EXTERNAL");
        return BerStream.Take.OPEN;
      }
      case 1 -> {
        if (tag == Tag.OBJECT_IDENTIFIER || tag == Tag.INTEGER) {
          return BerStream.Take.COLLECT;
        }
        require(tag == SINGLE || tag == ALIGNED, tag, "[0] of the EXTERNAL");
        if (!contextSeen) {
          throw stream.fail("an EXTERNAL that names no presentation context");
        }
        if (any) {
          throw stream.fail("a second value in the EXTERNAL");
        }
        return tag == SINGLE || !constructed ? BerStream.Take.PASS : BerStream.Take.OPEN;
      }
      default -> {
        require(tag == Tag.OCTET_STRING, tag, "a segment of an OCTET STRING");
        return constructed ? BerStream.Take.OPEN : BerStream.Take.PASS;
      }
    }
  }

  private void require(boolean met, int tag, String expected) throws ProtocolError {
    if (!met) {
      throw stream.fail(Tag.text(tag) + " where " + expected + " is expected");
    }
  }

  @Override
  public void collected(int depth, int tag, byte[] content) throws ProtocolError {
    if (tag != Tag.INTEGER) {
      // A transfer syntax may be named; only BER was agreed on.
      return;
    }
    long id = content.length == 0 || content.length > 4 ? -1 : content[0];
    for (int i = 1; i < content.length && id >= 0; i++) {
      id = id << 8 | content[i] & 0xFF;
    }
    if (id != context) {
      throw stream.fail("an APDU of context " + id + " where " + context + " was agreed on");
    }
    contextSeen = true;
  }

  @Override
  public void passed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    if (!any) {
      any = true;
      before = stream.position() - octets.remaining();
    }
    passed += octets.remaining();
    apdu.accept(octets);
  }

  @Override
  public void closed(int depth, int tag) {
    // Nothing follows from it.
  }
}
