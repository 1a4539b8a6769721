package org.heliograph.asn1;

/** A range of stored content. */
final class StoredOctets extends Octets {
  private final OctetSource source;
  private final long offset;
  private final long length;

  StoredOctets(OctetSource source, long offset, long length) {
    this.source = source;
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
    return new StoredOctets(source, offset + from, count);
  }

  @Override
  public void read(long from, byte[] into, int at, int count) {
    checkRange(from, count);
    if (count > 0) {
      source.read(offset + from, into, at, count);
    }
  }
}
