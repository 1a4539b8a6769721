package org.heliograph.osi.presentation;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tag;
import org.heliograph.asn1.presentation.X226;
import org.heliograph.osi.layer.BerStream;
import org.heliograph.osi.layer.ProtocolError;
import org.heliograph.osi.layer.Sink;

/**
 * Takes the user data of P-DATA apart as it comes (X.226 clause 8.4.2): fully encoded data with one
 * or more PDV lists, each a single ASN.1 value or octet-aligned.
 */
final class DataReader implements BerStream.Handler {
  private static final int USER_DATA = Tag.application(1);
  private static final int SIMPLE = Tag.application(0);
  private static final int SINGLE = Tag.context(0);
  private static final int ALIGNED = Tag.context(1);
  private static final byte[] BER =
      org.heliograph.asn1.Codecs.OBJECT_IDENTIFIER
          .encode(X226.BASIC_ENCODING_RULES)
          .slice(2, 2)
          .toByteArray();

  private final Sink<PPrimitive> above;
  private final BerStream stream = new BerStream(ProtocolError.In.PRESENTATION, "TD", this);
  private long context = -1;
  private boolean any;

  DataReader(Sink<PPrimitive> above) {
    this.above = above;
  }

  void feed(ByteBuffer octets, boolean last)
      throws ProtocolError, IOException, InterruptedException {
    stream.feed(octets);
    if (last) {
      if (!stream.complete()) {
        throw stream.fail("the user data ends before its element does");
      }
      if (context < 0 || !any) {
        throw stream.fail(
            "user data without " + (context < 0 ? "a PDV list" : "values in its PDV list"));
      }
      long of = context;
      stream.reset();
      context = -1;
      any = false;
      above.accept(new PPrimitive.PData(of, ByteBuffer.allocate(0), true));
    }
  }

  @Override
  public BerStream.Take header(int depth, int tag, boolean constructed, long length)
      throws ProtocolError {
    switch (depth) {
      case 0 -> {
        if (tag == SIMPLE) {
          throw stream.fail("simply encoded user data, where several contexts are defined");
        }
        require(tag == USER_DATA, tag, "[APPLICATION 1] User-data");
        return BerStream.Take.OPEN;
      }
      case 1 -> {
        require(tag == Tag.SEQUENCE, tag, "a PDV-list");
        return BerStream.Take.OPEN;
      }
      case 2 -> {
        if (tag == Tag.OBJECT_IDENTIFIER || tag == Tag.INTEGER) {
          return BerStream.Take.COLLECT;
        }
        require(tag == SINGLE || tag == ALIGNED, tag, "presentation data values");
        if (context < 0) {
          throw stream.fail("presentation data values without a context identifier");
        }
        any = true;
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
    if (tag == Tag.OBJECT_IDENTIFIER) {
      if (!Octets.of(content).equals(Octets.of(BER))) {
        throw stream.fail("a transfer syntax other than BER");
      }
      return;
    }
    if (content.length == 0 || content.length > 4) {
      throw stream.fail("a context identifier of " + content.length + " octets");
    }
    long id = content[0];
    for (int i = 1; i < content.length; i++) {
      id = id << 8 | content[i] & 0xFF;
    }
    if (id < 0 || context >= 0 && id != context) {
      throw stream.fail("PDV lists of several contexts in one P-DATA");
    }
    context = id;
  }

  @Override
  public void passed(ByteBuffer octets) throws ProtocolError, IOException, InterruptedException {
    above.accept(new PPrimitive.PData(context, octets, false));
  }

  @Override
  public void closed(int depth, int tag) {
    // Values follow each other without anything in between.
  }
}
