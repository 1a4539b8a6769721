package org.heliograph.p1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ResumePoint;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Mode;
import org.heliograph.osi.TransferPoint;

/**
 * From where a message on its way out can go on, as the queue keeps it.
 *
 * @param apdu what the APDU was, but for its content, which does not change: only the same APDU can
 *     go on
 */
record SendPoint(TransferPoint at, Bytes apdu) {
  private static final int FORM = 1;

  /**
   * @param withoutContent the APDU with no content in it
   * @param content octets of content
   */
  static Bytes fingerprint(Octets withoutContent, long content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      withoutContent.writeTo(digest::update);
      digest.update(Long.toString(content).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("SHA-256 of octets in memory", e);
    }
  }

  ResumePoint written(ChannelName channel, Instant expires) {
    try (ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all)) {
      out.writeByte(FORM);
      InboundName.octets(out, at.connection());
      InboundName.octets(out, at.activity());
      out.writeInt(at.serial());
      out.writeLong(at.octets());
      out.writeUTF(at.mode().name());
      out.writeInt(at.checkpointing().size());
      out.writeInt(at.checkpointing().window());
      InboundName.octets(out, Octets.of(apdu.toArray()));
      return new ResumePoint(
          channel,
          Bytes.of(at.connection().toByteArray()),
          Bytes.of(all.toByteArray()),
          at.octets(),
          Optional.empty(),
          expires);
    } catch (IOException never) {
      throw new IllegalStateException("octets in memory", never);
    }
  }

  /** None if it cannot be read: the transfer starts over. */
  static Optional<SendPoint> read(ResumePoint point) {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(point.state().toArray()))) {
      if (in.readByte() != FORM) {
        return Optional.empty();
      }
      TransferPoint at =
          new TransferPoint(
              InboundName.octets(in),
              InboundName.octets(in),
              in.readInt(),
              in.readLong(),
              Mode.valueOf(in.readUTF()),
              new Checkpointing(in.readInt(), in.readInt()));
      return Optional.of(new SendPoint(at, Bytes.of(InboundName.octets(in).toByteArray())));
    } catch (IOException | IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
