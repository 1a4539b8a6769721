package org.heliograph.p1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.osi.CheckpointMark;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one APDU that comes in, so that its transfer can go on after an interruption,
 * also of this process: written down with the first checkpoint, and again only when there is
 * something new to know, which mere content is not.
 */
final class Partial {
  private static final Logger LOG = LoggerFactory.getLogger(Partial.class);
  private static final int FORM = 1;

  private final Partials partials;

  /** Stored with the message when it is accepted: activities have no name that is unique. */
  private final String id;

  private final Octets activity;
  private InboundName association;
  private Octets wrapper = Octets.empty();
  private Skeleton skeleton;
  private Marks marks = new Marks();
  private ContentRef held = ContentRef.empty();
  private int written = -1;
  private boolean hopeless;
  private boolean busy = true;
  private boolean done;
  private @Nullable Instant idleSince;

  Partial(Partials partials, String id, InboundName association, Octets activity) {
    this.partials = partials;
    this.id = id;
    this.association = association;
    this.activity = activity;
    this.skeleton = new Skeleton(0);
  }

  InboundName association() {
    return association;
  }

  /** The association goes on over another connection. */
  void on(InboundName recovered) {
    association = recovered;
  }

  boolean is(InboundName of, Octets name) {
    return association.id().equals(of.id()) && activity.equals(name);
  }

  /** Octets of content that it holds on disk. */
  long octets() {
    return held.length();
  }

  boolean busy() {
    return busy;
  }

  Instant idleSince() {
    return idleSince == null ? Instant.MAX : idleSince;
  }

  void busy(boolean now, Instant at) {
    busy = now;
    idleSince = now ? null : at;
  }

  /** Whether the APDU has been taken. */
  boolean done() {
    return done;
  }

  /** Whether anything of it was written down. */
  boolean written() {
    return written >= 0;
  }

  /** Whether it can go on. */
  boolean kept() {
    return written >= 0 && !hopeless;
  }

  /** By what the message is recognised, if it was accepted before the peer heard of that. */
  UniqueKey key() {
    return new UniqueKey(UniqueKey.Scheme.TRANSFER, "p1 activity " + id);
  }

  /**
   * Makes a checkpoint durable: content, and all that is needed beside it.
   *
   * @param content absent as long as there is none
   */
  void secure(CheckpointMark mark, Skeleton other, @Nullable Stage content)
      throws StoreUnavailable {
    if (!hopeless && mark.wrapper().isPresent() && !other.tooLarge()) {
      try {
        keep(mark, mark.wrapper().get(), other, content);
        return;
      } catch (StoreUnavailable e) {
        LOG.debug("p1: a transfer cannot go on if it is interrupted: {}", e.getMessage());
      }
    }
    hopeless = true;
    if (content != null) {
      content.secure();
    }
  }

  private void keep(CheckpointMark mark, Octets head, Skeleton other, @Nullable Stage content)
      throws StoreUnavailable {
    boolean news = content != null && held.key() == 0;
    if (content != null) {
      held = content.hold();
    }
    wrapper = head;
    skeleton = other;
    news |= marks.add(mark.serial(), mark.octets());
    if (news || written != other.size()) {
      partials.keep(point());
      written = other.size();
    }
  }

  /** Gives up the hope of going on; what was written down is forgotten. */
  void drop() {
    partials.drop(this);
  }

  /** The connection broke, or the peer stopped for now. */
  void interrupted() {
    partials.interrupted(this);
  }

  /** The APDU has been taken. What is written down stays until the peer shows that it knows. */
  void completed() {
    done = true;
    held = ContentRef.empty();
    partials.completed(this);
  }

  /** Where the transfer goes on: octets of the APDU before a checkpoint. */
  OptionalLong at(int serial) {
    return marks.last() > 0 && serial > marks.last() ? OptionalLong.empty() : marks.at(serial);
  }

  /** What is held of the content before an octet of the APDU. */
  Optional<ContentRef> held(long apduOctets) {
    long octets = skeleton.contentOf(apduOctets);
    return held.key() == 0
        ? octets == 0 ? Optional.of(ContentRef.empty()) : Optional.empty()
        : Optional.of(new ContentRef(held.key(), octets));
  }

  InputStream first(long apduOctets, InputStream content) {
    return skeleton.first(apduOctets, content);
  }

  Octets wrapper() {
    return wrapper;
  }

  /** It goes on behind a checkpoint: the rest is forgotten. */
  void goOn(int serial) {
    marks.cut(serial);
  }

  Bytes key(ChannelName channel) {
    try (ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all)) {
      out.writeUTF(channel.value());
      out.writeUTF(association.id());
      InboundName.octets(out, activity);
      return Bytes.of(all.toByteArray());
    } catch (IOException never) {
      throw new IllegalStateException("octets in memory", never);
    }
  }

  private ResumePoint point() {
    try (ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all)) {
      out.writeByte(FORM);
      out.writeUTF(id);
      association.write(out);
      InboundName.octets(out, activity);
      InboundName.octets(out, wrapper);
      marks.write(out);
      skeleton.write(out);
      return new ResumePoint(
          partials.channel(),
          key(partials.channel()),
          Bytes.of(all.toByteArray()),
          marks.at(marks.last()).orElse(0),
          held.key() == 0 ? Optional.empty() : Optional.of(held),
          partials.expiry());
    } catch (IOException never) {
      throw new IllegalStateException("octets in memory", never);
    }
  }

  /** From what was written down. */
  static Partial read(Partials partials, ResumePoint point) throws IOException {
    byte[] state = point.state().toArray();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      if (in.readByte() != FORM) {
        throw new IOException("another form");
      }
      String id = in.readUTF();
      InboundName association = InboundName.read(in);
      Partial partial = new Partial(partials, id, association, InboundName.octets(in));
      partial.wrapper = InboundName.octets(in);
      partial.marks = Marks.read(in);
      partial.skeleton = Skeleton.read(in, state.length);
      partial.held = point.stage().orElse(ContentRef.empty());
      partial.written = partial.skeleton.size();
      return partial;
    }
  }
}
