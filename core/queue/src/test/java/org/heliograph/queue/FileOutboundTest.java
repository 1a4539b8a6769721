package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Link;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Outcome;
import org.heliograph.model.PeerName;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages delivered into a directory. */
class FileOutboundTest {
  private static final ChannelName FILE = new ChannelName("file");

  @TempDir private Path directory;

  private Map<RecipientId, Outcome> deliver(Path into, Content content, Integer... recipients) {
    Envelope envelope = Fakes.mail("eve@out.example", "al@mail.example", "\"../bo\"@mail.example");
    Dispatch dispatch =
        new Dispatch(
            new MessageId(36),
            Set.of(recipients).stream()
                .map(RecipientId::new)
                .collect(java.util.stream.Collectors.toSet()),
            new StepNo(0),
            FILE,
            new PeerName("file"),
            1,
            new Claim(new NodeId("n"), 1),
            Optional.empty());
    try (Link link =
        new FileOutbound(FILE, into, InstantSource.fixed(Instant.EPOCH))
            .connect(new PeerName("file"))) {
      return link.transfer(dispatch, envelope, content, Signal.none());
    }
  }

  private static Content content(byte[] octets, boolean fails) {
    return new Content() {
      @Override
      public long length() {
        return octets.length;
      }

      @Override
      public InputStream open(long offset) throws StoreUnavailable {
        if (fails) {
          throw new StoreUnavailable("gone");
        }
        return new ByteArrayInputStream(octets);
      }
    };
  }

  @Test
  void writesEnvelopeAndContentForEachRecipient() throws Exception {
    byte[] octets = "Subject: x\r\n\r\nhello".getBytes(StandardCharsets.UTF_8);
    Path into = directory.resolve("delivered");
    Map<RecipientId, Outcome> outcomes = deliver(into, content(octets, false), 1, 2);
    assertThat(outcomes.values())
        .allMatch(o -> o instanceof Outcome.Done d && d.kind() == Outcome.DoneKind.DELIVERED);
    Path first = into.resolve("al@mail.example");
    assertThat(Files.readAllBytes(first.resolve("M10.content"))).isEqualTo(octets);
    assertThat(Files.readString(first.resolve("M10.json")))
        .contains("\"originator\": \"eve@out.example\"")
        .contains("\"content-octets\": 19");
    try (var all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(4);
    }
    // delivered once more, as after a crash: the same files
    deliver(into, content(octets, false), 1);
    try (var all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(4);
    }
  }

  @Test
  void noNameLeadsOutOfTheDirectory() {
    String dots = FileOutbound.directoryName(new Mailbox("../../etc/passwd", "x.example"));
    assertThat(dots).doesNotContain("/").doesNotStartWith(".");
    OrAddress or =
        new OrAddress(List.of(OrAttribute.of(OrAttribute.Type.SURNAME, "a/b\u0000\u00fc")));
    assertThat(FileOutbound.directoryName(or)).matches("[A-Za-z0-9@=_%+.-]+");
    Mailbox one = new Mailbox("x".repeat(300) + "1", "x.example");
    Mailbox other = new Mailbox("x".repeat(300) + "2", "x.example");
    assertThat(FileOutbound.directoryName(one))
        .hasSizeLessThan(160)
        .isNotEqualTo(FileOutbound.directoryName(other));
  }

  @Test
  void whatCannotBeReadIsTheMessagesFaultAndWhatCannotBeWrittenThePeers() throws Exception {
    assertThat(deliver(directory, content(new byte[3], true), 1).values())
        .allMatch(o -> o instanceof Outcome.Deferred d && d.scope() == Outcome.Scope.MESSAGE);
    Path file = Files.createFile(directory.resolve("a-file"));
    assertThat(deliver(file, content(new byte[3], false), 1).values())
        .allMatch(o -> o instanceof Outcome.Deferred d && d.scope() == Outcome.Scope.PEER);
  }
}
