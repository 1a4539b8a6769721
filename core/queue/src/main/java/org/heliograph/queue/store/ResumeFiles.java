package org.heliograph.queue.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentRef;
import org.heliograph.model.MessageId;
import org.heliograph.model.PeerName;
import org.heliograph.model.ResumePoint;
import org.heliograph.model.Resumes;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where interrupted transfers can go on: a small file for each, replaced as a whole, and all
 * of them in memory. Beside the database, since they change with every checkpoint and nothing is
 * lost with them but the time to send once more. A file that cannot be read is dropped.
 *
 * <p>Any thread may call.
 */
public final class ResumeFiles implements Resumes {
  private static final Logger LOG = LoggerFactory.getLogger(ResumeFiles.class);
  private static final int FORM = 1;
  private static final int MOST_OCTETS = 4 << 20;
  private static final String NEW = ".new";

  /** A message on its way out, to a peer; or, with neither, a transfer that comes in. */
  private record Owner(long message, String peer) {
    private static final Owner INBOUND = new Owner(0, "");
  }

  private record Kept(Owner owner, ResumePoint point) {}

  private final Path directory;
  private final ContentFiles files;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  ResumeFiles(Path store, ContentFiles files) throws IOException {
    this.directory = store.resolve("resume");
    this.files = files;
    ContentFiles.own(directory);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path file : all) {
        read(file);
      }
    }
  }

  private void read(Path file) {
    String name = file.getFileName().toString();
    try {
      if (name.endsWith(NEW) || Files.size(file) > MOST_OCTETS) {
        throw new IOException("not written to its end");
      }
      kept.put(name, decode(Files.readAllBytes(file)));
    } catch (IOException | IllegalArgumentException broken) {
      LOG.info("a transfer starts over: {}", broken.getMessage());
      files.remove(file);
    }
  }

  /** Keys of the stages that transfers which come in go on with. */
  Set<Long> stages() {
    Set<Long> keys = new HashSet<>();
    kept.values().forEach(k -> k.point().stage().ifPresent(stage -> keys.add(stage.key())));
    return keys;
  }

  @Override
  public void keep(ResumePoint point) throws StoreUnavailable {
    keep(new Kept(Owner.INBOUND, point), true);
  }

  /**
   * Keeps from where a message on its way out can go on. Not forced to disk: it survives the
   * process, and after a crash of the machine the transfer starts over.
   */
  public void keep(MessageId message, PeerName peer, ResumePoint point) throws StoreUnavailable {
    keep(new Kept(new Owner(message.value(), peer.value()), point), false);
  }

  private void keep(Kept wanted, boolean force) throws StoreUnavailable {
    String name = name(wanted);
    Path file = directory.resolve(name);
    Path fresh = directory.resolve(name + NEW);
    synchronized (this) {
      try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
        byte[] octets = encode(wanted);
        files.faults().write();
        out.setLength(0);
        out.write(octets);
        if (force) {
          files.force(out);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        if (force) {
          ContentFiles.forceDirectory(directory);
        }
        kept.put(name, wanted);
      } catch (IOException e) {
        files.remove(fresh);
        throw new StoreUnavailable(
            "from where a transfer can go on cannot be kept: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void forget(ChannelName channel, Bytes key) {
    forget(name(Owner.INBOUND, channel.value(), key.toArray()));
  }

  /** Forgets about a message on its way out. */
  public void forget(MessageId message, PeerName peer) {
    Owner owner = new Owner(message.value(), peer.value());
    forget(name(owner, "", new byte[0]));
  }

  private void forget(String name) {
    synchronized (this) {
      Kept gone = kept.remove(name);
      if (gone != null) {
        files.remove(directory.resolve(name));
        gone.point().stage().ifPresent(stage -> files.remove(files.held(stage.key())));
      }
    }
  }

  /** From where a message on its way out can go on. */
  public Optional<ResumePoint> of(MessageId message, PeerName peer) {
    Owner owner = new Owner(message.value(), peer.value());
    return Optional.ofNullable(kept.get(name(owner, "", new byte[0]))).map(Kept::point);
  }

  @Override
  public List<ResumePoint> all(ChannelName channel) {
    return kept.values().stream()
        .filter(k -> k.owner().equals(Owner.INBOUND) && k.point().channel().equals(channel))
        .map(Kept::point)
        .toList();
  }

  /**
   * Forgets what has expired.
   *
   * @return how many
   */
  public int expire(Instant now) {
    List<String> old =
        kept.entrySet().stream()
            .filter(e -> !e.getValue().point().expires().isAfter(now))
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(this::forget);
    return old.size();
  }

  private static String name(Kept k) {
    return k.owner().equals(Owner.INBOUND)
        ? name(k.owner(), k.point().channel().value(), k.point().key().toArray())
        : name(k.owner(), "", new byte[0]);
  }

  private static String name(Owner owner, String channel, byte[] key) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(all)) {
      out.writeLong(owner.message());
      out.writeUTF(owner.peer());
      out.writeUTF(channel);
      out.write(key);
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()), 0, 16);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 of octets in memory", e);
    }
  }

  private static byte[] encode(Kept k) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(all)) {
      ResumePoint p = k.point();
      out.writeByte(FORM);
      out.writeLong(k.owner().message());
      out.writeUTF(k.owner().peer());
      out.writeUTF(p.channel().value());
      octets(out, p.key());
      octets(out, p.state());
      out.writeLong(p.octets());
      out.writeLong(p.stage().map(ContentRef::key).orElse(0L));
      out.writeLong(p.stage().map(ContentRef::length).orElse(0L));
      out.writeLong(p.expires().toEpochMilli());
      out.writeLong(sum(all.toByteArray(), all.size()));
    }
    return all.toByteArray();
  }

  private static void octets(DataOutputStream out, Bytes octets) throws IOException {
    out.writeInt(octets.length());
    out.write(octets.toArray());
  }

  private static Kept decode(byte[] octets) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      if (in.readByte() != FORM) {
        throw new IOException("another form");
      }
      Owner owner = new Owner(in.readLong(), in.readUTF());
      ChannelName channel = new ChannelName(in.readUTF());
      Bytes key = octets(in);
      Bytes state = octets(in);
      long count = in.readLong();
      ContentRef stage = new ContentRef(in.readLong(), in.readLong());
      Instant expires = Instant.ofEpochMilli(in.readLong());
      int to = octets.length - in.available();
      if (in.readLong() != sum(octets, to)) {
        throw new IOException("octets that do not belong together");
      }
      return new Kept(
          owner,
          new ResumePoint(
              channel,
              key,
              state,
              count,
              stage.key() == 0 ? Optional.empty() : Optional.of(stage),
              expires));
    }
  }

  private static Bytes octets(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a length of " + length);
    }
    return Bytes.of(in.readNBytes(length));
  }

  private static long sum(byte[] octets, int to) {
    CRC32 sum = new CRC32();
    sum.update(octets, 0, to);
    return sum.getValue();
  }
}
