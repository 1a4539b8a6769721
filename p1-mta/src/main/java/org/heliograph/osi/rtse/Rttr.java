package org.heliograph.osi.rtse;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.asn1.Tag;
import org.heliograph.osi.layer.BerStream;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;

/** RTTR: an OCTET STRING (X.228 clause 9), read as it comes, primitive or constructed. */
final class Rttr implements BerStream.Handler {
  private final Sink<ByteBuffer> content;
  private final BerStream stream = new BerStream(ProtocolError.In.RTSE, "RTTR", this);

  Rttr(Sink<ByteBuffer> content) {
    this.content = content;
  }

  void feed(ByteBuffer octets, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    stream.feed(octets);
    if (last) {
      if (!stream.complete()) {
        throw stream.fail("the P-DATA ends before the RTTR does");
      }
      stream.reset();
    }
  }

  /** Identifier octet and definite length. */
  static byte[] header(int tag, long length) {
    if (length < 0x80) {
      return new byte[] {(byte) tag, (byte) length};
    }
    int count = (71 - Long.numberOfLeadingZeros(length)) / 8;
    byte[] header = new byte[2 + count];
    header[0] = (byte) tag;
    header[1] = (byte) (0x80 | count);
    for (int i = 0; i < count; i++) {
      header[2 + i] = (byte) (length >> 8 * (count - 1 - i));
    }
    return header;
  }

  @Override
  public BerStream.Take header(int depth, int tag, boolean constructed, long length)
      throws ProtocolError {
    if (tag != Tag.OCTET_STRING) {
      throw stream.fail(Tag.text(tag) + " where an OCTET STRING is expected");
    }
    return constructed ? BerStream.Take.OPEN : BerStream.Take.PASS;
  }

  @Override
  public void collected(int depth, int tag, byte[] octets) {
    throw new IllegalStateException("nothing is collected");
  }

  @Override
  public void passed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    content.accept(octets);
  }

  @Override
  public void closed(int depth, int tag) {
    // Segments follow each other without anything in between.
  }
}
