package org.heliograph.osi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.asn1.Octets;
import org.heliograph.wire.Listener;
import org.heliograph.wire.ListenerSettings;
import org.heliograph.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides over real connections. */
@Timeout(60)
class LoopbackTest {
  private final Wire wire = new Wire();
  private final Collecting responder = new Collecting();

  @AfterEach
  void close() {
    wire.close();
  }

  private AssociationSettings listen(Responder who) throws IOException {
    return listen(who, AcceptorSettings.DEFAULT, "127.0.0.1");
  }

  private AssociationSettings listen(Responder who, AcceptorSettings settings, String host)
      throws IOException {
    return AssociationSettings.to(listener(new Acceptor(settings, who), host).address());
  }

  private Listener listener(Acceptor acceptor, String host) throws IOException {
    return wire.listen(
        new ListenerSettings(
            "osi", new InetSocketAddress(InetAddress.getByName(host), 0), 50, 50, Optional.empty()),
        acceptor);
  }

  private Association open(AssociationSettings settings) throws Exception {
    return Association.open(wire, settings, Collecting.ARGUMENT);
  }

  private static byte[] random(int length, long seed) {
    byte[] octets = new byte[length];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  private static TransferResult transfer(Association association, byte[] apdu) throws Exception {
    return association.transfer(ApduSource.of(Octets.of(apdu)), TransferObserver.none());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void manyTransfersOverOneAssociation(String host) throws Exception {
    AssociationSettings settings =
        listen(responder, AcceptorSettings.DEFAULT, host)
            .withSelectors(
                new Selectors(Octets.utf8("tx"), Octets.utf8("sx"), Octets.utf8("px")),
                new Selectors(Octets.utf8("ty"), Octets.utf8("sy"), Octets.utf8("py")));
    try (Association association = open(settings)) {
      assertThat(association.bindResult()).isEqualTo(Collecting.RESULT);
      assertThat(association.checkpointing()).isEqualTo(Checkpointing.DEFAULT);
      OpenIndication opened = responder.opened.remove();
      assertThat(opened.calling()).isEqualTo(settings.calling());
      assertThat(opened.called()).isEqualTo(settings.called());
      assertThat(opened.bindArgument()).isEqualTo(Collecting.ARGUMENT);
      assertThat(opened.twoWayAlternate()).isFalse();
      for (int i = 1; i <= 200; i++) {
        byte[] apdu = random(i * 37, i);
        assertThat(transfer(association, apdu)).isEqualTo(new TransferResult.Confirmed());
        assertThat(responder.apdu()).isEqualTo(apdu);
      }
      association.release();
      assertThat(association.usable()).isFalse();
      assertThat(Collecting.next(responder.ended)).isEqualTo("orderly: released");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 0, 3000000",
    "1, 1, 128, 20000",
    "1, 3, 2048, 5000",
    "63, 3, 2048, 1000000",
    "256, 4, 0, 3000000",
    "1, 2, 0, 1018",
    "1, 2, 0, 1019",
    "1, 2, 0, 2042",
    "64, 1, 1024, 1",
  })
  void anySizeOverAnyAgreement(int checkpoint, int window, int tpdu, int length) throws Exception {
    AssociationSettings settings =
        listen(responder)
            .withCheckpointing(new Checkpointing(checkpoint, window))
            .withTpduSize(tpdu);
    try (Association association = open(settings)) {
      byte[] apdu = random(length, length);
      List<Long> secured = new ArrayList<>();
      TransferResult result =
          association.transfer(
              ApduSource.of(Octets.of(apdu)),
              new TransferObserver() {
                @Override
                public void secured(long octets) {
                  secured.add(octets);
                }
              });
      assertThat(result).isEqualTo(new TransferResult.Confirmed());
      assertThat(responder.apdu()).isEqualTo(apdu);
      // Every checkpoint that the receiver secured is what the sender heard of.
      assertThat(secured).isEqualTo(responder.secured);
      int points = checkpoint == 0 ? 0 : (length + 8 - 1) / (checkpoint * 1024);
      assertThat(secured.size()).isBetween(points - 1 < 0 ? 0 : points - 1, points + 1);
    }
  }

  @Test
  void severalAssociationsAtOnce() throws Exception {
    AssociationSettings settings = listen(responder);
    try (ExecutorService owners = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int a = 0; a < 8; a++) {
        int seed = a;
        Callable<Integer> work =
            () -> {
              int confirmed = 0;
              try (Association association = open(settings)) {
                for (int i = 0; i < 50; i++) {
                  if (transfer(association, random(2000 + i, seed))
                      instanceof TransferResult.Confirmed) {
                    confirmed++;
                  }
                }
                association.release();
              }
              return confirmed;
            };
        all.add(owners.submit(work));
      }
      int confirmed = 0;
      for (Future<Integer> one : all) {
        confirmed += one.get();
      }
      assertThat(confirmed).isEqualTo(400);
      assertThat(responder.apdus).hasSize(400);
    }
  }

  /** Octets by their index, never in memory as a whole. */
  private static ApduSource large(long length) {
    return new ApduSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new InputStream() {
          private long at;

          @Override
          public int read() {
            return at < length ? octet(at++) : -1;
          }

          @Override
          public int read(byte[] into, int from, int count) {
            int n = (int) Math.min(count, length - at);
            for (int i = 0; i < n; i++) {
              into[from + i] = (byte) octet(at++);
            }
            return n == 0 && count > 0 ? -1 : n;
          }
        };
      }
    };
  }

  private static int octet(long at) {
    return (int) (at * 31 + (at >> 8)) & 0xFF;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void largeApduStreams(int checkpoint) throws Exception {
    long length = 64L << 20;
    AtomicLong seen = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    AtomicInteger largest = new AtomicInteger();
    Collecting counting =
        new Collecting() {
          @Override
          ApduSink sink(Octets activityId) {
            return new Keeping() {
              @Override
              public void segment(ByteBuffer piece) {
                largest.accumulateAndGet(piece.remaining(), Math::max);
                while (piece.hasRemaining()) {
                  if ((piece.get() & 0xFF) != octet(seen.getAndIncrement())) {
                    wrong.incrementAndGet();
                  }
                }
              }

              @Override
              public void secure() {
                secured.add(seen.get());
              }
            };
          }
        };
    try (Association association =
        open(listen(counting).withCheckpointing(new Checkpointing(checkpoint, 4)))) {
      assertThat(association.transfer(large(length), TransferObserver.none()))
          .isEqualTo(new TransferResult.Confirmed());
    }
    assertThat(seen).hasValue(length);
    assertThat(wrong).hasValue(0);
    assertThat(largest).hasValueLessThanOrEqualTo(64 * 1024);
    assertThat(counting.secured).hasSize(checkpoint == 0 ? 0 : 256);
  }

  @Test
  void windowIsHonoured() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Collecting slow =
        new Collecting() {
          @Override
          ApduSink sink(Octets activityId) {
            return new Keeping() {
              @Override
              public void secure() throws IOException {
                reached.countDown();
                try {
                  go.await();
                } catch (InterruptedException stopped) {
                  throw new IOException(stopped);
                }
              }
            };
          }
        };
    AtomicLong read = new AtomicLong();
    ApduSource source = ApduSource.of(Octets.of(random(100 * 1024, 5)));
    ApduSource counted =
        new ApduSource() {
          @Override
          public long length() {
            return source.length();
          }

          @Override
          public InputStream open() throws IOException {
            InputStream in = source.open();
            return new InputStream() {
              @Override
              public int read() throws IOException {
                read.incrementAndGet();
                return in.read();
              }

              @Override
              public int read(byte[] into, int at, int count) throws IOException {
                int n = in.read(into, at, count);
                read.addAndGet(n);
                return n;
              }
            };
          }
        };
    try (Association association = open(listen(slow).withCheckpointing(new Checkpointing(1, 3)));
        ExecutorService owner = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<TransferResult> result =
          owner.submit(() -> association.transfer(counted, TransferObserver.none()));
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      // Three checkpoints may be open, so three RTTRs at most have been read from the source.
      assertThat(read.get()).isLessThanOrEqualTo(3 * 1024);
      go.countDown();
      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new TransferResult.Confirmed());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin", "segment", "secure", "end"})
  void refusedApduCostsOnlyItself(String where) throws Exception {
    AtomicInteger apdu = new AtomicInteger();
    Collecting failing =
        new Collecting() {
          @Override
          ApduSink sink(Octets activityId) throws ApduRefused, IOException {
            boolean fails = apdu.incrementAndGet() % 2 == 1;
            fail(fails && where.equals("begin"));
            return new Keeping() {
              private int pieces;

              @Override
              public void segment(ByteBuffer piece) throws ApduRefused, IOException {
                fail(fails && where.equals("segment") && pieces++ > 0);
                super.segment(piece);
              }

              @Override
              public void secure() throws ApduRefused, IOException {
                fail(fails && where.equals("secure"));
              }

              @Override
              public void end() throws ApduRefused, IOException {
                fail(fails && where.equals("end"));
                super.end();
              }
            };
          }

          private void fail(boolean now) throws ApduRefused, IOException {
            if (now && apdu.get() < 4) {
              throw new IOException("disk full");
            }
            if (now) {
              throw new ApduRefused(false, "never");
            }
          }
        };
    byte[] octets = random(300_000, 9);
    try (Association association =
        open(listen(failing).withCheckpointing(new Checkpointing(8, 3)))) {
      for (int i = 1; i <= 6; i++) {
        TransferResult result = transfer(association, octets);
        if (i % 2 == 1) {
          assertThat(result).isInstanceOf(TransferResult.Refused.class);
          assertThat(((TransferResult.Refused) result).temporary()).isEqualTo(i < 4);
          if (!where.equals("begin")) {
            assertThat(Collecting.next(failing.aborted)).isNotEmpty();
          }
        } else {
          assertThat(result).isEqualTo(new TransferResult.Confirmed());
          assertThat(failing.apdu()).isEqualTo(octets);
        }
        assertThat(association.usable()).isTrue();
      }
    }
  }

  @Test
  void refusalInTheMiddleOfOneLongRttr() throws Exception {
    Collecting failing =
        new Collecting() {
          @Override
          ApduSink sink(Octets activityId) throws ApduRefused {
            throw new ApduRefused(true, "no room");
          }
        };
    try (Association association = open(listen(failing).withCheckpointing(Checkpointing.NONE))) {
      assertThat(association.transfer(large(32 << 20), TransferObserver.none()))
          .isInstanceOf(TransferResult.Refused.class);
      assertThat(association.usable()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whatTakesTooLongIsGivenUpAndTheNextTransferWorks(int confirmed) throws Exception {
    AtomicInteger secured = new AtomicInteger();
    TransferObserver limited =
        new TransferObserver() {
          @Override
          public Optional<Duration> limit() {
            return secured.get() >= confirmed ? Optional.of(Duration.ZERO) : Optional.empty();
          }

          @Override
          public void secured(long octets) {
            secured.incrementAndGet();
          }
        };
    try (Association association =
        open(listen(responder).withCheckpointing(new Checkpointing(64, 3)))) {
      assertThat(association.transfer(large(10 << 20), limited))
          .isInstanceOfSatisfying(
              TransferResult.TooSlow.class, slow -> assertThat(slow.text()).contains("within 0 s"));
      assertThat(Collecting.next(responder.aborted))
          .contains(confirmed == 0 ? "discarded" : "interrupted");
      assertThat(transfer(association, random(100, 1))).isEqualTo(new TransferResult.Confirmed());
    }
  }

  @Test
  void yieldsAtACheckpointAndTheNextTransferWorks() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TransferObserver impatient =
        new TransferObserver() {
          @Override
          public boolean yieldWanted() {
            return asked.incrementAndGet() > 5;
          }
        };
    try (Association association =
        open(listen(responder).withCheckpointing(new Checkpointing(64, 3)))) {
      assertThat(association.transfer(large(10 << 20), impatient))
          .isInstanceOfSatisfying(
              TransferResult.Yielded.class,
              yielded -> assertThat(yielded.resume().orElseThrow().serial()).isPositive());
      assertThat(Collecting.next(responder.aborted)).contains("interrupted");
      byte[] urgent = random(100, 1);
      assertThat(transfer(association, urgent)).isEqualTo(new TransferResult.Confirmed());
      assertThat(responder.apdu()).isEqualTo(urgent);
    }
  }

  @Test
  void unreadableSourceAborts() throws Exception {
    ApduSource broken =
        new ApduSource() {
          @Override
          public long length() {
            return 1000;
          }

          @Override
          public InputStream open() {
            return InputStream.nullInputStream();
          }
        };
    try (Association association = open(listen(responder))) {
      assertThatThrownBy(() -> association.transfer(broken, TransferObserver.none()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shorter");
      assertThat(Collecting.next(responder.aborted)).isNotEmpty();
      assertThat(association.usable()).isFalse();
    }
  }

  @Test
  void interruptInTheMiddleBreaksBothSides() throws Exception {
    try (Association association = open(listen(responder))) {
      TransferObserver cutting =
          new TransferObserver() {
            private int asked;

            @Override
            public boolean yieldWanted() {
              if (++asked == 4) {
                association.interrupt();
              }
              return false;
            }
          };
      TransferResult result = association.transfer(large(100 << 20), cutting);
      assertThat(result).isInstanceOf(TransferResult.Broken.class);
      assertThat(((TransferResult.Broken) result).mayHaveArrived()).isFalse();
      assertThat(Collecting.next(responder.aborted)).isNotEmpty();
      assertThat(Collecting.next(responder.ended)).doesNotContain("orderly");
    }
  }

  @Test
  void abortIsHeardByTheResponder() throws Exception {
    Association association = open(listen(responder));
    association.abort();
    assertThat(Collecting.next(responder.ended)).contains("temporary problem");
  }

  @Test
  void faultOfTheSinkAbortsAndMayHaveArrived() throws Exception {
    Collecting faulty =
        new Collecting() {
          @Override
          ApduSink sink(Octets activityId) {
            return new Keeping() {
              @Override
              public void end() {
                throw new IllegalStateException("a fault for this test");
              }
            };
          }
        };
    try (Association association = open(listen(faulty))) {
      TransferResult result = transfer(association, random(100, 2));
      assertThat(result).isInstanceOf(TransferResult.Broken.class);
      assertThat(((TransferResult.Broken) result).mayHaveArrived()).isTrue();
      assertThat(Collecting.next(faulty.aborted)).isNotEmpty();
    }
  }

  @Test
  void idleAssociationIsClosedByTheResponder() throws Exception {
    Times short_ =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            0);
    AcceptorSettings settings = new AcceptorSettings(Checkpointing.DEFAULT, 0, short_);
    try (Association association = open(listen(responder, settings, "127.0.0.1"))) {
      assertThat(Collecting.next(responder.ended)).contains("nothing from the peer");
      org.awaitility.Awaitility.await().until(() -> !association.usable());
      TransferResult result = transfer(association, random(10, 1));
      assertThat(result).isInstanceOf(TransferResult.Broken.class);
      assertThat(((TransferResult.Broken) result).mayHaveArrived()).isFalse();
      assertThat(((TransferResult.Broken) result).text()).contains("temporary problem");
    }
  }

  @Test
  void drainEndsIdleAssociations() throws Exception {
    Acceptor acceptor = new Acceptor(AcceptorSettings.DEFAULT, responder);
    AssociationSettings settings =
        AssociationSettings.to(listener(acceptor, "127.0.0.1").address());
    try (Association association = open(settings)) {
      assertThat(acceptor.open()).isEqualTo(1);
      acceptor.drain();
      assertThat(Collecting.next(responder.ended)).isEqualTo("shutting down");
      org.awaitility.Awaitility.await().until(() -> !association.usable());
    }
    assertThatThrownBy(() -> open(settings)).isInstanceOf(IOException.class);
  }

  @Test
  void refusedWithBindError() throws Exception {
    Octets error = Octets.ofHex("b2 03 020102");
    AssociationSettings settings = listen(Collecting.refusing(Optional.of(error), true));
    assertThatThrownBy(() -> open(settings))
        .isInstanceOfSatisfying(
            BindRefused.class,
            refused -> {
              assertThat(refused.by()).isEqualTo(BindRefused.By.USER);
              assertThat(refused.permanent()).isTrue();
              assertThat(refused.bindError()).contains(error);
            });
  }

  @Test
  void responderThatThrowsRefusesAsTemporary() throws Exception {
    AssociationSettings settings =
        listen(
            indication -> {
              throw new IllegalStateException("a fault for this test");
            });
    assertThatThrownBy(() -> open(settings))
        .isInstanceOfSatisfying(
            BindRefused.class,
            refused -> {
              assertThat(refused.permanent()).isFalse();
              assertThat(refused.bindError()).isEmpty();
            });
  }

  @Test
  void longBindArgumentTravelsInExtendedUserData() throws Exception {
    byte[] argument = new byte[9000];
    argument[0] = 4;
    argument[1] = (byte) 0x82;
    argument[2] = (byte) ((argument.length - 4) >> 8);
    argument[3] = (byte) (argument.length - 4);
    try (Association association = Association.open(wire, listen(responder), Octets.of(argument))) {
      assertThat(responder.opened.remove().bindArgument()).isEqualTo(Octets.of(argument));
      assertThat(association.usable()).isTrue();
    }
  }

  @Test
  void tooLongBindArgumentIsRefusedClearly() throws Exception {
    byte[] argument = new byte[11000];
    argument[0] = 4;
    argument[1] = (byte) 0x82;
    argument[2] = (byte) ((argument.length - 4) >> 8);
    argument[3] = (byte) (argument.length - 4);
    AssociationSettings settings = listen(responder);
    assertThatThrownBy(() -> Association.open(wire, settings, Octets.of(argument)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("10240");
  }
}
