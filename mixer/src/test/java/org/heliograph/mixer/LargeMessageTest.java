package org.heliograph.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.heliograph.mail.Entity;
import org.heliograph.mail.MailLimits;
import org.heliograph.mail.MailReader;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Correlated;
import org.heliograph.model.Draft;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large attachment crosses both ways in a heap that could not hold it. */
class LargeMessageTest {
  private static final int OCTETS = 64 * 1024 * 1024;
  private static final int HEAP = 48;

  @Test
  void sixtyFourMebibytesCrossBothWaysInAHeapOfFortyEight(@TempDir Path directory)
      throws Exception {
    Path log = directory.resolve("log");
    Process process = child(directory, log, "one");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains("same octets");
  }

  private static Process child(Path directory, Path log, String shape) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP + "m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LargeMessageTest.class.getName(),
            directory.toString(),
            shape)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Each part is small enough to be held in memory; all of them are not. */
  @Test
  void fiveHundredPartsCrossInTheSameHeap(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("log");
    Process process = child(directory, log, "many");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains("same octets");
  }

  /** The child: its heap is smaller than the message. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path mail = directory.resolve("mail");
    String digest = arguments[1].equals("one") ? write(mail) : writeMany(mail);
    Files bench = new Files(directory);
    java.util.Map<?, ?> there =
        TestBench.shaper("ALPHA")
            .shape(
                TestBench.dispatch(RoundTripTest.envelope(), 7),
                RoundTripTest.envelope(),
                new Stored(mail),
                bench);
    Draft x400 = bench.made.getLast();
    java.util.Map<?, ?> back =
        TestBench.shaper("BRAVO")
            .shape(
                TestBench.dispatch(x400.envelope(), 8),
                x400.envelope(),
                bench.open(x400.content()),
                bench);
    Draft out = bench.made.getLast();
    Content content = bench.open(out.content());
    Entity read = MailReader.read(content, MailLimits.DEFAULT);
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (Entity part : read.parts().subList(1, read.parts().size())) {
      try (InputStream in = part.decoded(content)) {
        digest(in, all);
      }
    }
    String after = HexFormat.of().formatHex(all.digest());
    long slices = OCTETS / (256 * 1024);
    System.out.println(there + " " + back + " pauses " + bench.pauses);
    if (!after.equals(digest) || bench.pauses < 2 * slices) {
      System.exit(1);
    }
    System.out.println("same octets");
  }

  private static String write(Path mail) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(64);
    try (OutputStream out =
        new java.io.BufferedOutputStream(java.nio.file.Files.newOutputStream(mail))) {
      out.write(
          """
          From: alice.smith@alpha.example
          To: bob.jones@bravo.example
          Subject: big
          Message-ID: <big@alpha.example>
          MIME-Version: 1.0
          Content-Type: multipart/mixed; boundary=b

          --b

          look
          --b
          Content-Type: application/octet-stream
          Content-Disposition: attachment; filename=big.bin
          Content-Transfer-Encoding: base64

          """
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] line = new byte[57 * 1024];
      Base64.Encoder encoder = Base64.getMimeEncoder();
      for (int left = OCTETS; left > 0; left -= line.length) {
        random.nextBytes(line);
        byte[] some = left < line.length ? java.util.Arrays.copyOf(line, left) : line;
        digest.update(some);
        out.write(encoder.encode(some));
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.write("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String writeMany(Path mail) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(500);
    byte[] part = new byte[150 * 1024];
    try (OutputStream out =
        new java.io.BufferedOutputStream(java.nio.file.Files.newOutputStream(mail))) {
      out.write(
          ascii(
              """
              Subject: many
              MIME-Version: 1.0
              Content-Type: multipart/mixed; boundary=b

              --b

              look
              """
                  .replace("\n", "\r\n")));
      for (int i = 0; i < 500; i++) {
        random.nextBytes(part);
        digest.update(part);
        out.write(
            ascii("--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
        out.write(Base64.getMimeEncoder().encode(part));
        out.write(ascii("\r\n"));
      }
      out.write(ascii("--b--\r\n"));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void digest(InputStream in, MessageDigest digest) throws IOException {
    byte[] some = new byte[64 * 1024];
    for (int n = in.read(some); n >= 0; n = in.read(some)) {
      digest.update(some, 0, n);
    }
  }

  /** Content in a file. */
  private record Stored(Path file) implements Content {
    @Override
    public long length() {
      return file.toFile().length();
    }

    @Override
    public InputStream open(long offset) throws StoreUnavailable {
      try {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        return Channels.newInputStream(channel);
      } catch (IOException e) {
        throw new StoreUnavailable(e.toString(), e);
      }
    }
  }

  /** A bench on files. */
  private static final class Files implements Workbench {
    private final Path directory;
    private final List<Draft> made = new ArrayList<>();
    private int pauses;
    private long next = 1;

    Files(Path directory) {
      this.directory = directory;
    }

    static String readString(Path path) throws IOException {
      return java.nio.file.Files.readString(path);
    }

    private Path file(long key) {
      return directory.resolve("content-" + key);
    }

    @Override
    public Stage stage() {
      long key = next++;
      return new Stage() {
        private long length;

        @Override
        public void write(ByteBuffer octets) throws StoreUnavailable {
          length += octets.remaining();
          try (FileChannel out =
              FileChannel.open(file(key), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (octets.hasRemaining()) {
              out.write(octets);
            }
          } catch (IOException e) {
            throw new StoreUnavailable(e.toString(), e);
          }
        }

        @Override
        public long secure() {
          return length;
        }

        @Override
        public ContentRef seal() {
          return new ContentRef(key, length);
        }

        @Override
        public long length() {
          return length;
        }

        @Override
        public void close() {
          // stays for the next step
        }
      };
    }

    @Override
    public Content open(ContentRef ref) {
      return new Stored(file(ref.key()));
    }

    @Override
    public void make(Draft draft) {
      made.add(draft);
    }

    @Override
    public void note(String event, Map<String, String> facts) {
      System.out.println(event + " " + facts);
    }

    @Override
    public ContentRef contentRef() {
      return ContentRef.empty();
    }

    @Override
    public void pause() {
      pauses++;
    }

    @Override
    public Optional<Correlated> correlate(UniqueKey key) {
      return Optional.empty();
    }

    @Override
    public InstantSource clock() {
      return InstantSource.fixed(TestBench.NOW);
    }
  }
}
