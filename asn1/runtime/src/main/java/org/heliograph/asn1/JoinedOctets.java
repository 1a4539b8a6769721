package org.heliograph.asn1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pieces one after the other: the segments of a constructed string, or headers around content. */
final class JoinedOctets extends Octets {
  private final Octets[] pieces;
  private final long[] starts;
  private final long length;

  JoinedOctets(List<Octets> pieces) {
    this.pieces = pieces.toArray(Octets[]::new);
    this.starts = new long[this.pieces.length];
    long total = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = total;
      total += this.pieces[i].length();
    }
    this.length = total;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Octets slice(long from, long count) {
    checkRange(from, count);
    List<Octets> cut = new ArrayList<>();
    long left = count;
    long at = from;
    for (int i = pieceAt(from); left > 0; i++) {
      long within = at - starts[i];
      long part = Math.min(left, pieces[i].length() - within);
      cut.add(pieces[i].slice(within, part));
      at += part;
      left -= part;
    }
    return join(cut);
  }

  @Override
  public void read(long from, byte[] into, int at, int count) {
    checkRange(from, count);
    int done = 0;
    for (int i = pieceAt(from); done < count; i++) {
      long within = from + done - starts[i];
      int part = (int) Math.min(count - done, pieces[i].length() - within);
      pieces[i].read(within, into, at + done, part);
      done += part;
    }
  }

  @Override
  public void writeTo(OctetSink sink) throws IOException {
    for (Octets piece : pieces) {
      piece.writeTo(sink);
    }
  }

  private int pieceAt(long offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
