package org.heliograph.asn1;

import java.io.IOException;
import java.util.Objects;

/** A range of an array. */
final class ArrayOctets extends Octets {
  static final ArrayOctets NOTHING = new ArrayOctets(new byte[0], 0, 0);

  final byte[] array;
  final int offset;
  private final int length;

  ArrayOctets(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Octets slice(long from, long count) {
    checkRange(from, count);
    return new ArrayOctets(array, offset + (int) from, (int) count);
  }

  @Override
  public void read(long from, byte[] into, int at, int count) {
    checkRange(from, count);
    System.arraycopy(array, offset + (int) from, into, at, count);
  }

  @Override
  public int at(long from) {
    checkRange(from, 1);
    return array[offset + (int) from] & 0xFF;
  }

  @Override
  public void writeTo(OctetSink sink) throws IOException {
    if (length > 0) {
      sink.accept(array, offset, length);
    }
  }
}
