package org.heliograph.protection;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * Takes the ContentInfo off a CMS value and puts it back. Between the layers of a triple wrap
 * stands the bare SignedData or EnvelopedData (RFC 5652 5.2, 6.1: the content type says what the
 * octets are), while Bouncy Castle's streams write and read it only inside a ContentInfo.
 */
final class Bare {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int EXPLICIT_0 = 0xA0;
  private static final int INDEFINITE = 0x80;

  private Bare() {}

  /** The octets before the bare value: two elements of indefinite length are opened. */
  private static byte[] opening(ASN1ObjectIdentifier type) {
    try {
      byte[] oid = type.getEncoded();
      byte[] opening = new byte[oid.length + 4];
      opening[0] = SEQUENCE;
      opening[1] = (byte) INDEFINITE;
      System.arraycopy(oid, 0, opening, 2, oid.length);
      opening[oid.length + 2] = (byte) EXPLICIT_0;
      opening[oid.length + 3] = (byte) INDEFINITE;
      return opening;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A stream that passes on what is inside the ContentInfo written to it. */
  static OutputStream strip(ASN1ObjectIdentifier type, OutputStream out) {
    return new Stripping(opening(type), out);
  }

  /**
   * A stream of a ContentInfo around what {@code in} holds: a bare value, or one that already
   * stands in a ContentInfo.
   */
  static InputStream wrap(ASN1ObjectIdentifier type, InputStream in) throws IOException {
    PushbackInputStream look = new PushbackInputStream(in, 16);
    byte[] head = new byte[12];
    int n = look.readNBytes(head, 0, head.length);
    look.unread(head, 0, n);
    if (n < 3 || (head[0] & 0xff) != SEQUENCE) {
      throw new MalformedException("expected a CMS value, which begins with 30");
    }
    int length = head[1] & 0xff;
    int first = length <= 0x80 ? 2 : 2 + (length & 0x7f);
    if (first < n && head[first] != INTEGER) {
      return look;
    }
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(opening(type)),
                new Open(look),
                new ByteArrayInputStream(new byte[4]))));
  }

  /** A sequence closes each of its parts at its end; the layer around must still be read out. */
  private static final class Open extends FilterInputStream {
    Open(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the layer around closes what it opened
    }
  }

  private static final class Stripping extends FilterOutputStream {
    private static final int END = 4;
    private final byte[] opening;
    private final byte[] held = new byte[END];
    private int matched;
    private int holding;

    Stripping(byte[] opening, OutputStream out) {
      super(out);
      this.opening = opening;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      int at = offset;
      int left = length;
      while (matched < opening.length && left > 0) {
        if (from[at] != opening[matched]) {
          throw new IOException("a ContentInfo of another shape than expected");
        }
        matched++;
        at++;
        left--;
      }
      if (left >= END) {
        out.write(held, 0, holding);
        out.write(from, at, left - END);
        System.arraycopy(from, at + left - END, held, 0, END);
        holding = END;
      } else if (left > 0) {
        int out1 = Math.max(0, holding + left - END);
        out.write(held, 0, out1);
        System.arraycopy(held, out1, held, 0, holding - out1);
        holding -= out1;
        System.arraycopy(from, at, held, holding, left);
        holding += left;
      }
    }

    /** The end of what was written must be the ends of the two elements, which are dropped. */
    @Override
    public void close() throws IOException {
      if (holding != END || held[0] != 0 || held[1] != 0 || held[2] != 0 || held[3] != 0) {
        throw new IOException("a ContentInfo that does not end as expected");
      }
      out.flush();
    }
  }
}
