package org.heliograph.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Outcome;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 64 MiB through both shapers, in a process of its own whose heap of 40 MiB cannot hold it. */
class SizeJudgeTest {
  private static final int MIB = 64;
  @TempDir Path directory;

  @Test
  void wrapsAndUnwrapsInConstantMemory() throws Exception {
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                SizeJudgeTest.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(java.nio.file.Files.readString(said)).isZero();
  }

  /** The process with the small heap; its argument is a directory. */
  public static void main(String... arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Files files = new Files(directory);
    ContentRef plain;
    byte[] chunk = new byte[1 << 20];
    Random random = new Random(3);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stage stage = files.stage()) {
      for (int i = 0; i < MIB; i++) {
        random.nextBytes(chunk);
        digest.update(chunk);
        stage.write(ByteBuffer.wrap(chunk));
      }
      plain = stage.seal();
    }
    byte[] expected = digest.digest();
    Parties parties = new Parties(KeyType.EC_P256, KeyType.EC_P256);
    JudgeBench bench = new JudgeBench(files, plain, Parties.CLOCK);
    long start = System.nanoTime();
    var out =
        bench.run(
            parties.protect(),
            Parties.envelope(ContentTypes.P22, Parties.user("BRAVO", "Baker"))
                .label(Optional.of(Parties.SECRET))
                .build());
    assertThat(out.values()).allMatch(o -> o instanceof Outcome.Reshaped);
    long wrapped = System.nanoTime();
    JudgeBench second = new JudgeBench(files, bench.made.getFirst().content(), Parties.CLOCK);
    var back = second.run(parties.unprotect(), bench.made.getFirst().envelope());
    assertThat(back.values()).as(back.toString()).allMatch(o -> o instanceof Outcome.Reshaped);
    long unwrapped = System.nanoTime();
    System.out.printf(
        "64 MiB: wrap %d ms, unwrap %d ms, heap limit %d MiB, pauses %d and %d%n",
        (wrapped - start) / 1_000_000,
        (unwrapped - wrapped) / 1_000_000,
        Runtime.getRuntime().maxMemory() >> 20,
        bench.pauses,
        second.pauses);
    assertThat(bench.pauses).isGreaterThanOrEqualTo(MIB * 4 - 1);
    assertThat(second.pauses).isGreaterThanOrEqualTo(MIB * 4 - 1);
    digest.reset();
    try (InputStream in =
        new DigestInputStream(files.open(second.made.getFirst().content()).open(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    assertThat(digest.digest()).isEqualTo(expected);
  }

  /** Content in files. */
  private static final class Files implements ContentStore {
    private final Path directory;
    private final Map<Long, Path> sealed = new HashMap<>();
    private long next = 1;

    Files(Path directory) {
      this.directory = directory;
    }

    @Override
    public Stage stage() {
      long key = next++;
      Path file = directory.resolve("c" + key);
      OutputStream out;
      try {
        out = new BufferedOutputStream(java.nio.file.Files.newOutputStream(file), 1 << 16);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Stage() {
        private long length;

        @Override
        public void write(ByteBuffer octets) throws StoreUnavailable {
          byte[] copy = new byte[octets.remaining()];
          octets.get(copy);
          try {
            out.write(copy);
          } catch (IOException e) {
            throw new StoreUnavailable("the file cannot be written", e);
          }
          length += copy.length;
        }

        @Override
        public long secure() {
          return length;
        }

        @Override
        public ContentRef seal() throws StoreUnavailable {
          try {
            out.close();
          } catch (IOException e) {
            throw new StoreUnavailable("the file cannot be written", e);
          }
          sealed.put(key, file);
          return new ContentRef(key, length);
        }

        @Override
        public long length() {
          return length;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Content open(ContentRef ref) {
      Path file = sealed.get(ref.key());
      return new Content() {
        @Override
        public long length() {
          return ref.length();
        }

        @Override
        public InputStream open(long offset) {
          try {
            InputStream in = java.nio.file.Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }
  }
}
