package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Set;
import java.util.zip.CRC32;
import org.heliograph.model.Address;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Draft;
import org.heliograph.model.Link;
import org.heliograph.model.MessageId;
import org.heliograph.model.Outcome;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.Submission;
import org.heliograph.model.UniqueKey;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.Test;

/** 64 MiB through client and server, with little in memory at any time. */
class LargeMessageTest {
  private static final long LENGTH = 64L * 1024 * 1024;
  private static final byte[] LINE =
      ("\r\n.This line begins with a dot and is repeated until the message is large." + "\r\n")
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final long LINES = LENGTH / LINE.length;

  /** Keeps a sum instead of the octets. */
  private static final class Summing implements Submission, Stage {
    private final CRC32 sum = new CRC32();
    private final long live = live();
    private long length;
    private long grown;
    private boolean trace = true;

    private static long live() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    public Stage stage() {
      return this;
    }

    @Override
    public void write(ByteBuffer octets) {
      if (trace) {
        trace = false;
        return;
      }
      long before = length;
      length += octets.remaining();
      sum.update(octets);
      if (before < LENGTH / 2 && length >= LENGTH / 2) {
        grown = live() - live;
      }
    }

    @Override
    public long secure() {
      return length;
    }

    @Override
    public ContentRef seal() {
      return new ContentRef(1, length);
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void close() {}

    @Override
    public Answer routable(Address recipient, ContentFamily family, Source source) {
      return Answer.YES;
    }

    @Override
    public MessageId submit(Draft draft, Set<UniqueKey> keys) {
      return new MessageId(1);
    }

    @Override
    public void quarantine(Source source, ContentRef octets, String why) {}

    @Override
    public boolean open() {
      return true;
    }
  }

  /** The same line over and over, made while it is read. */
  private static final class Repeated implements Content {
    @Override
    public long length() {
      return LINES * LINE.length;
    }

    @Override
    public InputStream open(long offset) {
      return new InputStream() {
        private long at;

        @Override
        public int read() {
          return at < Repeated.this.length() ? LINE[(int) (at++ % LINE.length)] : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
          int n = 0;
          while (n < most && at < Repeated.this.length()) {
            int in = (int) (at % LINE.length);
            int more = Math.min(most - n, LINE.length - in);
            System.arraycopy(LINE, in, into, from + n, more);
            n += more;
            at += more;
          }
          return n == 0 ? -1 : n;
        }
      };
    }
  }

  @Test
  void streams() throws Exception {
    Summing submission = new Summing();
    try (Wire wire = new Wire()) {
      SmtpServer server =
          new SmtpServer(
              wire,
              SmtpServerSettings.at(new InetSocketAddress(Wire.loopback(), 0), "switch.example"),
              SmtpPolicy.closed(),
              submission,
              InstantSource.system());
      server.start();
      long begin = System.nanoTime();
      try (Sending sending = Sending.to(server.address().getPort());
          Link link = sending.link()) {
        Outcome outcome =
            Sending.send(link, Sending.to("c@d.example"), new Repeated()).get(new RecipientId(1));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
      }
      System.out.printf(
          "64 MiB in %d ms, live memory grown by %d KiB at half time%n",
          (System.nanoTime() - begin) / 1_000_000, submission.grown / 1024);
      server.close();
    }
    CRC32 expected = new CRC32();
    for (long i = 0; i < LINES; i++) {
      expected.update(LINE);
    }
    assertThat(submission.length).isEqualTo(LINES * LINE.length);
    assertThat(submission.sum.getValue()).isEqualTo(expected.getValue());
    assertThat(submission.grown).isLessThan(8L * 1024 * 1024);
  }
}
