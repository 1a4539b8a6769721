package org.heliograph.p1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Decoded;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Splitter;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.model.AlreadyAccepted;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.MessageId;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.Show;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.osi.ApduRefused;
import org.heliograph.osi.ApduSink;
import org.heliograph.osi.CheckpointMark;
import org.heliograph.osi.Mode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One APDU while it arrives. The envelope is collected, content goes into a stage. When it turns
 * out that it cannot be decoded, all its octets are quarantined: those before the content, the
 * content (constructed pieces joined), those behind it.
 *
 * <p>Content over the limit is read and dropped; the message is then taken without it and reported
 * content-too-long to whom it concerns.
 */
final class Arrival implements ApduSink {
  private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
  private static final int COPY = 64 * 1024;

  private final Intake intake;
  private final PeerSettings peer;
  private final Source source;
  private final Mode mode;
  private final long mostContent;
  private final Splitter<MTSAPDU> splitter;
  private final Streamed streamed = new Streamed();
  private final ByteArrayOutputStream before = new ByteArrayOutputStream(1024);
  private final ByteArrayOutputStream behind = new ByteArrayOutputStream(0);
  private byte[] copy = new byte[0];
  private @Nullable Stage content;
  private @Nullable Stage broken;
  private String why = "";
  private long contentOctets;

  /** Octets of content that are in the stage from before an interruption. */
  private long stored;

  private final Skeleton skeleton;
  private final Optional<Partial> partial;

  /** One that starts over after an interruption. */
  Arrival(Intake intake, PeerSettings peer, Source source, Mode mode) {
    this(intake, peer, source, mode, Optional.empty());
  }

  /**
   * @param mode which P1 the peer speaks
   * @param partial by what it can go on after an interruption, if it can
   */
  Arrival(Intake intake, PeerSettings peer, Source source, Mode mode, Optional<Partial> partial) {
    this.intake = intake;
    this.peer = peer;
    this.source = source;
    this.mode = mode;
    this.partial = partial;
    this.skeleton = new Skeleton(partial.isPresent() ? intake.settings().envelopeOctets() : 0);
    this.mostContent = Math.min(intake.settings().contentOctets(), peer.limits().contentOctets());
    this.splitter =
        new Splitter<>(MTSAPDU.CODEC, Limits.DEFAULT, intake.settings().envelopeOctets(), streamed);
  }

  /**
   * One that goes on. All that came of it is given once more; what of that is content is in the
   * stage already.
   */
  static Arrival resumed(
      Intake intake,
      PeerSettings peer,
      Source source,
      Mode mode,
      Partial partial,
      @Nullable Stage content) {
    Arrival arrival = new Arrival(intake, peer, source, mode, Optional.of(partial));
    arrival.content = content;
    arrival.stored = content == null ? 0 : content.length();
    return arrival;
  }

  /** Content on its way into the stage, and where in the segment at hand it stood. */
  private final class Streamed implements Splitter.Sink {
    private boolean begun;
    private int first;
    private int end;

    /** Behind the last octet of the segment that the skeleton knows of. */
    private int cursor;

    void segment(int at) {
      first = -1;
      end = at;
      cursor = at;
    }

    @Override
    public void start(String path) {
      // The stage is made with the first octet: empty content needs none.
    }

    @Override
    public void accept(byte[] octets, int at, int count) throws IOException {
      begun = true;
      if (first < 0) {
        first = at;
      }
      end = at + count;
      skeleton.other(octets, cursor, at - cursor);
      skeleton.content(count);
      cursor = at + count;
      int again = Math.clamp(stored - contentOctets, 0, count);
      contentOctets += count;
      try {
        if (contentOctets > mostContent) {
          discard();
        } else if (again < count) {
          stage().write(ByteBuffer.wrap(octets, at + again, count - again));
        }
      } catch (StoreUnavailable e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void end() {
      // what follows is kept as behind the content
    }
  }

  private Stage stage() throws StoreUnavailable {
    Stage stage = content;
    if (stage == null) {
      stage = intake.submission().stage();
      content = stage;
    }
    return stage;
  }

  private void discard() {
    if (content != null) {
      content.close();
      content = null;
    }
  }

  @Override
  public void segment(ByteBuffer octets) throws ApduRefused, IOException {
    int count = octets.remaining();
    byte[] array;
    int at;
    if (octets.hasArray()) {
      array = octets.array();
      at = octets.arrayOffset() + octets.position();
      octets.position(octets.limit());
    } else {
      if (copy.length < count) {
        copy = new byte[count];
      }
      array = copy;
      at = 0;
      octets.get(array, 0, count);
    }
    if (broken != null) {
      write(broken, array, at, count);
      return;
    }
    boolean before = !streamed.begun;
    streamed.segment(at);
    try {
      splitter.accept(array, at, count);
    } catch (DecodeException e) {
      remember(before, array, at, count);
      quarantineFrom(e);
      return;
    }
    skeleton.other(array, streamed.cursor, at + count - streamed.cursor);
    remember(before, array, at, count);
  }

  /** Keeps what of a segment was not content. */
  private void remember(boolean wasBefore, byte[] array, int at, int count) {
    if (!streamed.begun) {
      before.write(array, at, count);
      return;
    }
    int from = at;
    if (wasBefore) {
      before.write(array, at, streamed.first - at);
      from = streamed.end;
    } else if (streamed.first >= 0) {
      from = streamed.end;
    }
    // Headers between the pieces of a constructed content are not kept, only what ends the APDU.
    int left = at + count - from;
    if (behind.size() + left <= intake.settings().envelopeOctets()) {
      behind.write(array, from, left);
    }
  }

  private void quarantineFrom(DecodeException e) throws ApduRefused, IOException {
    why = e.getMessage();
    if (peer.onUndecodable() == PeerSettings.Undecodable.REFUSE) {
      LOG.warn("p1: APDU from {} ({}) refused: {}", peer.name(), source.remote(), why);
      throw new ApduRefused(false, why);
    }
    try {
      Stage stage = intake.submission().stage();
      broken = stage;
      stage.write(ByteBuffer.wrap(before.toByteArray()));
      if (content != null) {
        ContentRef ref = content.seal();
        try (InputStream in = intake.contents().open(ref).open()) {
          byte[] piece = new byte[COPY];
          for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            stage.write(ByteBuffer.wrap(piece, 0, n));
          }
        }
        discard();
      }
      stage.write(ByteBuffer.wrap(behind.toByteArray()));
    } catch (StoreUnavailable e2) {
      throw new IOException(e2.getMessage(), e2);
    }
  }

  private static void write(Stage stage, byte[] array, int at, int count) throws IOException {
    try {
      stage.write(ByteBuffer.wrap(array, at, count));
    } catch (StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void secure(CheckpointMark mark) throws IOException {
    if (partial.isEmpty() || broken != null || contentOctets > mostContent) {
      secure();
      return;
    }
    try {
      partial.get().secure(mark, skeleton, content);
    } catch (StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void secure() throws IOException {
    try {
      if (broken != null) {
        broken.secure();
      } else if (content != null) {
        content.secure();
      }
    } catch (StoreUnavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void end() throws ApduRefused, IOException {
    try {
      if (broken == null) {
        try {
          accept(splitter.finishChecked());
          partial.ifPresent(Partial::completed);
          return;
        } catch (DecodeException e) {
          quarantineFrom(e);
        }
      }
      quarantine();
      partial.ifPresent(Partial::completed);
    } catch (StoreUnavailable e) {
      LOG.warn("p1: {} ({}): not taken now: {}", peer.name(), source.remote(), e.getMessage());
      throw new ApduRefused(true, "the store cannot take it now");
    } finally {
      close();
    }
  }

  private void quarantine() throws StoreUnavailable {
    Stage stage = broken;
    if (stage != null) {
      intake.submission().quarantine(source, stage.seal(), why);
      LOG.error("p1: APDU from {} ({}) quarantined: {}", peer.name(), source.remote(), why);
    }
  }

  private void accept(Decoded<MTSAPDU> apdu) throws DecodeException, StoreUnavailable {
    Instant now = intake.clock().instant();
    Agreement agreement = intake.agreements().get().with(peer.name());
    Envelope read = complete(intake.reading().read(apdu.value(), now, source));
    ContentRef ref = content == null ? ContentRef.empty() : content.seal();
    ContentRef arrived = ref;
    if (mode == Mode.X410_1) {
      From1984.Unwrapped unwrapped =
          From1984.unwrap(
              new From1984(intake.local().domain()).envelope(read),
              ref,
              intake.contents(),
              intake.submission()::stage);
      read = unwrapped.envelope();
      ref = unwrapped.content();
    }
    Envelope came = Border.cross(read, agreement.arriving());
    Tracing.Loop loop = Tracing.loop(came, intake.local());
    Map<RecipientId, Failure> failed =
        new Inspection(peer, agreement, loop, contentOctets > mostContent ? mostContent : -1)
            .failures(came, apdu.violations());
    doubtful(apdu.value(), arrived, agreement, now).forEach(failed::putIfAbsent);
    Envelope envelope = Tracing.arrived(came, intake.local(), now, loop);
    Set<UniqueKey> keys = new HashSet<>();
    keys.add(Transfers.key(apdu.value(), contentOctets));
    partial.filter(Partial::kept).ifPresent(p -> keys.add(p.key()));
    try {
      MessageId id = intake.submission().submit(new Draft(envelope, ref, Map.of(), failed), keys);
      LOG.debug(
          "p1: {} from {} taken as {}: {}, {} octets{}",
          envelope.kind(),
          peer.name(),
          id,
          name(envelope),
          contentOctets,
          failed.isEmpty() ? "" : ", failed on arrival: " + failed.keySet());
    } catch (AlreadyAccepted before) {
      LOG.info(
          "p1: {} from {} came again and is {} already",
          name(envelope),
          peer.name(),
          before.message());
    }
  }

  /** Recipients for whom signatures do not hold, where they are checked. */
  private Map<RecipientId, Failure> doubtful(
      MTSAPDU apdu, ContentRef arrived, Agreement agreement, Instant now) throws StoreUnavailable {
    if (agreement.origin().isEmpty() || !(apdu instanceof MTSAPDU.Message message)) {
      return Map.of();
    }
    OriginChecks checks = agreement.origin().get();
    if (arrived.length() == 0) {
      return checks.failures(message.value().envelope(), Octets.empty(), now);
    }
    try (ContentOctets octets = new ContentOctets(intake.contents().open(arrived))) {
      return checks.failures(message.value().envelope(), Octets.of(octets), now);
    } catch (UncheckedIOException e) {
      throw new StoreUnavailable("content to be checked: " + e.getMessage(), e);
    }
  }

  /** A report whose returned content was too long to keep returns nothing. */
  private Envelope complete(Envelope came) {
    return contentOctets > mostContent && came.report().isPresent()
        ? came.change()
            .report(came.report().get().withReturned(Report.Returned.NOTHING))
            .contentType(ContentTypes.UNIDENTIFIED)
            .build()
        : came;
  }

  private static String name(Envelope envelope) {
    return envelope
        .identification()
        .mtsIdentifier()
        .map(id -> Show.safe(id.toString(), 128))
        .orElse("-");
  }

  @Override
  public void interrupted(String reason) {
    if (partial.filter(Partial::kept).isEmpty() || broken != null || contentOctets > mostContent) {
      aborted(reason);
      return;
    }
    if (content != null) {
      content.leave();
    }
    partial.get().interrupted();
    LOG.info(
        "p1: transfer from {} ({}) interrupted, it can go on: {}",
        peer.name(),
        source.remote(),
        reason);
  }

  @Override
  public void aborted(String reason) {
    close();
    partial.ifPresent(Partial::drop);
    LOG.info("p1: transfer from {} ({}) given up: {}", peer.name(), source.remote(), reason);
  }

  private void close() {
    discard();
    Stage stage = broken;
    if (stage != null) {
      stage.close();
    }
  }
}
