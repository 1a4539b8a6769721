package org.heliograph.server.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heliograph.asn1.x411.MessageTransferEnvelope;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.osi.ApduSource;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;

/**
 * Message APDUs of one size and precedence that differ in their number only: the envelope is
 * encoded once and the number patched in, so that the source costs as little as can be. The content
 * is zeros and never in memory.
 */
final class P1Apdus {
  static final GlobalDomain SOURCE = new GlobalDomain("XX", " ", Optional.of("SOURCE"));
  static final GlobalDomain DEAD = new GlobalDomain("XX", " ", Optional.of("DEAD"));
  static final GlobalDomain SINK = new GlobalDomain("XX", " ", Optional.of("SINK"));

  /** Stands in the MTS identifier before the number. */
  static final String MARK = "BENCH-";

  private static final int DIGITS = 18;
  private static final int MESSAGE = 0xA0;
  private static final int OCTET_STRING = 0x04;

  private final byte[] head;
  private final int number;
  private final long content;

  /**
   * @param content octets of content
   */
  P1Apdus(Precedence precedence, long content) {
    this.content = content;
    byte[] envelope =
        MessageTransferEnvelope.CODEC
            .encode(new Envelopes(PrecedencePairing.COMMON).message(envelope(precedence, 0, SINK)))
            .toByteArray();
    byte[] string = header(OCTET_STRING, content);
    byte[] message = header(MESSAGE, envelope.length + string.length + content);
    this.head = join(message, envelope, string);
    this.number = new String(head, StandardCharsets.ISO_8859_1).indexOf(MARK) + MARK.length();
  }

  /**
   * One message.
   *
   * @param which 0 or more; tells this message from all others
   */
  ApduSource message(long which) {
    byte[] octets = head.clone();
    long left = which;
    for (int i = DIGITS - 1; i >= 0; i--) {
      octets[number + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return new ApduSource() {
      @Override
      public long length() {
        return octets.length + content;
      }

      @Override
      public InputStream open() {
        return new SequenceInputStream(new ByteArrayInputStream(octets), new Zeros(content));
      }
    };
  }

  /** The number of a message of which the beginning is at hand; -1 if it does not stand there. */
  static long number(byte[] octets, int length) {
    byte[] mark = MARK.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at + mark.length + DIGITS <= length; at++) {
      if (java.util.Arrays.equals(octets, at, at + mark.length, mark, 0, mark.length)) {
        return Long.parseLong(
            new String(octets, at + mark.length, DIGITS, StandardCharsets.ISO_8859_1));
      }
    }
    return -1;
  }

  private static byte[] header(int tag, long length) {
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

  private static byte[] join(byte[]... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** An envelope like that of the APDUs. */
  static Envelope envelope(Precedence precedence, long which, GlobalDomain to) {
    Instant now = Instant.now();
    String number = String.format(Locale.ROOT, "%0" + DIGITS + "d", which);
    MtsIdentifier id = new MtsIdentifier(SOURCE, MARK + number);
    return Envelope.message(ContentTypes.P22, now, Source.internal(new ChannelName("bench")))
        .precedence(precedence)
        .originator(user("source", SOURCE))
        .recipient(Recipient.of(1, user("sink", to)).withResponsible(true))
        .identification(Identification.none().withMtsIdentifier(id))
        .trace(
            List.of(
                TraceElement.relayed(
                    SOURCE, Optional.empty(), OffsetDateTime.ofInstant(now, ZoneOffset.UTC))))
        .build();
  }

  private static OrAddress user(String surname, GlobalDomain domain) {
    return new OrAddress(
        List.of(
            OrAttribute.of(OrAttribute.Type.COUNTRY, domain.country()),
            OrAttribute.of(OrAttribute.Type.ADMD, domain.admd()),
            OrAttribute.of(OrAttribute.Type.PRMD, domain.prmd().orElseThrow()),
            OrAttribute.of(OrAttribute.Type.SURNAME, surname)));
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    private Zeros(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int at, int count) {
      if (left <= 0) {
        return count == 0 ? 0 : -1;
      }
      int n = (int) Math.min(left, count);
      java.util.Arrays.fill(into, at, at + n, (byte) 0);
      left -= n;
      return n;
    }
  }
}
