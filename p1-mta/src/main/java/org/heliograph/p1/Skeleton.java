package org.heliograph.p1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Of an APDU whose content goes elsewhere: all other octets, and where they stand among those of
 * the content. Both together are the APDU as it came, octet for octet.
 */
final class Skeleton {
  private static final int MOST_GAPS = 4096;

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream(512);

  /** For each run of octets: how many octets of content are before it, and how long it is. */
  private final List<long[]> gaps = new ArrayList<>();

  private final int most;
  private long content;
  private boolean tooLarge;

  /**
   * @param most octets beyond which it is no longer kept
   */
  Skeleton(int most) {
    this.most = most;
  }

  /** Octets that are not content. */
  void other(byte[] array, int at, int count) {
    if (count == 0 || tooLarge) {
      return;
    }
    if (!gaps.isEmpty() && gaps.getLast()[0] == content) {
      gaps.getLast()[1] += count;
    } else {
      gaps.add(new long[] {content, count});
    }
    octets.write(array, at, count);
    tooLarge = octets.size() > most || gaps.size() > MOST_GAPS;
  }

  /** So many octets of content. */
  void content(int count) {
    content += count;
  }

  /** Whether there is more of it than is kept: then the APDU cannot be put together again. */
  boolean tooLarge() {
    return tooLarge;
  }

  /** Grows with what is to be kept, and stays as it is while only content comes. */
  int size() {
    return octets.size();
  }

  /** How many of the first octets of the APDU are content. */
  long contentOf(long apduOctets) {
    long other = 0;
    for (long[] gap : gaps) {
      if (apduOctets <= gap[0] + other) {
        break;
      }
      if (apduOctets <= gap[0] + other + gap[1]) {
        return gap[0];
      }
      other += gap[1];
    }
    return apduOctets - other;
  }

  /**
   * The first octets of the APDU.
   *
   * @param stored the content, from its first octet on
   */
  InputStream first(long apduOctets, InputStream stored) {
    return new Rebuilt(apduOctets, stored);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(gaps.size());
    for (long[] gap : gaps) {
      out.writeLong(gap[0]);
      out.writeLong(gap[1]);
    }
    out.writeInt(octets.size());
    octets.writeTo(out);
  }

  static Skeleton read(DataInputStream in, int most) throws IOException {
    Skeleton skeleton = new Skeleton(most);
    int count = in.readInt();
    if (count < 0 || count > MOST_GAPS) {
      throw new IOException(count + " gaps");
    }
    for (int i = 0; i < count; i++) {
      skeleton.gaps.add(new long[] {in.readLong(), in.readLong()});
    }
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a length of " + length);
    }
    skeleton.octets.writeBytes(in.readNBytes(length));
    return skeleton;
  }

  /** Takes from the content and from the other octets in turn. */
  private final class Rebuilt extends InputStream {
    private final byte[] kept = octets.toByteArray();
    private final InputStream stored;
    private long left;
    private long contentRead;
    private int keptRead;
    private int gap;
    private long gapRead;

    Rebuilt(long apduOctets, InputStream stored) {
      this.left = apduOctets;
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
      if (left == 0) {
        return -1;
      }
      int most = (int) Math.min(count, left);
      int n;
      if (gap < gaps.size() && gaps.get(gap)[0] == contentRead) {
        n = (int) Math.min(most, gaps.get(gap)[1] - gapRead);
        System.arraycopy(kept, keptRead, into, at, n);
        keptRead += n;
        gapRead += n;
        if (gapRead == gaps.get(gap)[1]) {
          gap++;
          gapRead = 0;
        }
      } else {
        long run = gap < gaps.size() ? gaps.get(gap)[0] - contentRead : left;
        n = stored.read(into, at, (int) Math.min(most, run));
        if (n < 0) {
          throw new IOException("what was kept of a message is shorter than it should be");
        }
        contentRead += n;
      }
      left -= n;
      return n;
    }

    @Override
    public void close() throws IOException {
      stored.close();
    }
  }
}
