package org.heliograph.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Wire wire = new Wire(Duration.ofSeconds(2));

  @AfterEach
  void close() {
    wire.close();
  }

  private Listener listen(int connections, Owner owner) throws IOException {
    return wire.listen(
        new ListenerSettings(
            "test",
            new InetSocketAddress(Wire.loopback(), 0),
            connections,
            connections,
            Optional.empty()),
        owner);
  }

  private static String text(Event event) {
    return US_ASCII.decode(((Event.Received) event).octets()).toString();
  }

  private static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  @Test
  void octetsGoBothWaysAndTheEndIsSeen() throws Exception {
    Listener listener =
        listen(
            5,
            c -> {
              c.write(octets("hello " + text(c.take(SOON))));
              assertThat(c.take(SOON)).isInstanceOf(Event.InputClosed.class);
              c.write(octets(", good bye"));
            });
    try (Socket peer = new Socket(Wire.loopback(), listener.address().getPort())) {
      peer.getOutputStream().write("world".getBytes(US_ASCII));
      byte[] first = peer.getInputStream().readNBytes(11);
      peer.shutdownOutput();
      assertThat(new String(first, US_ASCII)).isEqualTo("hello world");
      assertThat(new String(peer.getInputStream().readAllBytes(), US_ASCII))
          .isEqualTo(", good bye");
    }
  }

  @Test
  void connectsAndTakesWordsOfOtherThreadsAndTimesOut() throws Exception {
    Listener listener = listen(5, c -> c.write(octets(text(c.take(SOON)))));
    try (Connection c = wire.connect(ConnectSettings.to(listener.address(), SOON))) {
      assertThat(c.take(Duration.ofMillis(1))).isInstanceOf(Event.TimedOut.class);
      c.post("order");
      assertThat(c.take(SOON)).isEqualTo(new Event.Posted("order"));
      c.write(octets("echo"));
      assertThat(text(c.take(SOON))).isEqualTo("echo");
      assertThat(c.take(SOON)).isInstanceOf(Event.InputClosed.class);
    }
  }

  @Test
  void aPeerThatDoesNotReadHoldsTheWriterAndIsThenAborted() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    AtomicLong written = new AtomicLong();
    Listener listener =
        listen(
            5,
            c -> {
              try {
                while (true) {
                  c.write(ByteBuffer.allocate(64 * 1024));
                  written.addAndGet(64 * 1024);
                }
              } catch (IOException stalled) {
                end.complete(stalled);
              }
            });
    try (Socket peer = new Socket()) {
      peer.setReceiveBufferSize(8 * 1024);
      peer.connect(listener.address());
      assertThat(end.get(30, TimeUnit.SECONDS)).hasMessageContaining("has read nothing for 2 s");
      assertThat(written.get()).isLessThan(64L * 1024 * 1024);
    }
  }

  @Test
  void readingIsSuspendedAtHighWaterAndNothingIsLost() throws Exception {
    long total = 8 * 1024 * 1024;
    CompletableFuture<Void> go = new CompletableFuture<>();
    CompletableFuture<Long> sum = new CompletableFuture<>();
    Listener listener =
        listen(
            5,
            c -> {
              go.get(30, TimeUnit.SECONDS);
              long n = 0;
              for (Event e = c.take(SOON); e instanceof Event.Received r; e = c.take(SOON)) {
                n += r.octets().remaining();
              }
              sum.complete(n);
            });
    try (Socket peer = new Socket(Wire.loopback(), listener.address().getPort())) {
      AtomicLong sent = new AtomicLong();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  byte[] block = new byte[64 * 1024];
                  for (long at = 0; at < total; at += block.length) {
                    peer.getOutputStream().write(block);
                    sent.addAndGet(block.length);
                  }
                  peer.shutdownOutput();
                } catch (IOException broken) {
                  sum.completeExceptionally(broken);
                }
              });
      await().atMost(SOON).until(() -> sent.get() > 0);
      go.complete(null);
      assertThat(sum.get(30, TimeUnit.SECONDS)).isEqualTo(total);
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAtOnce() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    Listener listener = listen(2, c -> release.get(30, TimeUnit.SECONDS));
    try (Socket one = new Socket(Wire.loopback(), listener.address().getPort());
        Socket two = new Socket(Wire.loopback(), listener.address().getPort())) {
      await().atMost(SOON).until(() -> listener.serving() == 2);
      assertThat(one.isConnected() && two.isConnected()).isTrue();
      for (int i = 0; i < 50; i++) {
        try (Socket more = new Socket(Wire.loopback(), listener.address().getPort())) {
          assertThat(end(more)).isTrue();
        }
      }
      assertThat(listener.refused()).isEqualTo(50);
    }
    release.complete(null);
    await().atMost(SOON).until(() -> listener.serving() == 0);
    try (Socket again = new Socket(Wire.loopback(), listener.address().getPort())) {
      assertThat(end(again)).isTrue();
    }
    assertThat(listener.refused()).isEqualTo(50);
  }

  private static boolean end(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void anOwnerThatFailsCostsItsConnectionOnly() throws Exception {
    Listener listener =
        listen(
            5,
            c -> {
              if (text(c.take(SOON)).equals("bad")) {
                throw new IllegalStateException("owner broke (this test wants it)");
              }
              c.write(octets("fine"));
            });
    try (Connection bad = wire.connect(ConnectSettings.to(listener.address(), SOON))) {
      bad.write(octets("bad"));
      assertThat(bad.take(SOON)).isInstanceOf(Event.InputClosed.class);
    }
    try (Connection good = wire.connect(ConnectSettings.to(listener.address(), SOON))) {
      good.write(octets("good"));
      assertThat(text(good.take(SOON))).isEqualTo("fine");
    }
  }

  @Test
  void saysWhereItCannotConnectOrListen() throws Exception {
    Listener listener = listen(5, c -> {});
    InetSocketAddress taken = listener.address();
    assertThatThrownBy(
            () ->
                wire.listen(new ListenerSettings("second", taken, 1, 1, Optional.empty()), c -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(taken.getPort()))
        .hasMessageContaining("second");
    listener.close();
    assertThatThrownBy(() -> wire.connect(ConnectSettings.to(taken, SOON)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(taken.getPort()));
  }

  @Test
  void stopsAcceptingAndLetsOwnersEnd() throws Exception {
    Listener listener = listen(5, c -> c.write(octets(text(c.take(SOON)))));
    try (Connection c = wire.connect(ConnectSettings.to(listener.address(), SOON))) {
      await().atMost(SOON).until(() -> listener.serving() == 1);
      listener.stopAccepting();
      c.write(octets("still"));
      assertThat(text(c.take(SOON))).isEqualTo("still");
    }
    assertThat(listener.awaitIdle(SOON)).isTrue();
  }
}
