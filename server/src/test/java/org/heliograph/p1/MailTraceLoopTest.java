package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.mixer.AddressMapper;
import org.heliograph.mixer.MappingTable;
import org.heliograph.mixer.MixerSettings;
import org.heliograph.mixer.MixerSettings.MailTrace;
import org.heliograph.mixer.MixerShaper;
import org.heliograph.mixer.StdOr;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Claim;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Correlated;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.MessageId;
import org.heliograph.model.NodeId;
import org.heliograph.model.PeerName;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Source;
import org.heliograph.model.Stage;
import org.heliograph.model.StepNo;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;
import org.heliograph.model.Workbench;
import org.junit.jupiter.api.Test;

/** What P1 thinks of the trace that the gateway makes of mail (RFC 2156 5.1.6, X.411 14.3.1). */
class MailTraceLoopTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final GlobalDomain ALPHA = new GlobalDomain("XX", " ", Optional.of("ALPHA"));
  private static final GlobalDomain BRAVO = new GlobalDomain("XX", " ", Optional.of("BRAVO"));

  private static final String MAIL =
      """
      Received: from desk.alpha.example by mail.alpha.example; Tue, 24 Nov 2026 10:00:05 +0000
      Date: Tue, 24 Nov 2026 10:00:00 +0000
      From: alice@alpha.example
      Message-ID: <1@alpha.example>

      Hello
      """
          .replace("\n", "\r\n");

  /** Mail of alpha.example comes in at Bravo's gateway and goes to an X.400 user of ALPHA. */
  private static Envelope made(MailTrace trace, String mail) throws Exception {
    AddressMapper addresses =
        new AddressMapper(
            MappingTable.read(
                "t",
                new StringReader(
                    """
                    alpha.example#PRMD$ALPHA.ADMD$ .C$XX#
                    bravo.example#PRMD$BRAVO.ADMD$ .C$XX#
                    """)),
            StdOr.parse("/PRMD=BRAVO/ADMD= /C=XX/"),
            "bravo.example");
    MixerShaper shaper =
        new MixerShaper(
            new ChannelName("mixer"),
            MixerSettings.at(addresses, BRAVO, "bravo-mta", "bravo.example").withMailTrace(trace));
    Envelope envelope =
        Envelope.message(ContentTypes.MAIL, NOW, Source.internal(new ChannelName("smtp")))
            .originator(Mailbox.parse("alice@alpha.example"))
            .recipient(Recipient.of(1, Mailbox.parse("dave@alpha.example")))
            .build();
    Bench bench = new Bench();
    Dispatch dispatch =
        new Dispatch(
            new MessageId(1),
            Set.of(new RecipientId(1)),
            new StepNo(1),
            new ChannelName("mixer"),
            PeerName.NONE,
            1,
            new Claim(new NodeId("node"), 1),
            Optional.empty());
    ContentRef content = bench.store.put(mail.getBytes(StandardCharsets.US_ASCII));
    shaper.shape(dispatch, envelope, bench.store.open(content), bench);
    return bench.made.getFirst().envelope();
  }

  @Test
  void mailOfADomainMayEnterItThroughAnothersGateway() throws Exception {
    LocalMta alpha = new LocalMta("mail.alpha.example", ALPHA);
    Envelope envelope = made(MailTrace.GATEWAY, MAIL);
    assertThat(Tracing.loops(envelope, alpha)).isFalse();
    // once it was there, its coming again is a loop
    Envelope arrived = Tracing.arrived(envelope, alpha, NOW);
    assertThat(Tracing.loops(arrived, alpha)).isTrue();
    // and it left Bravo: coming back there is one too
    Envelope passed = Tracing.arrived(envelope, new LocalMta("bravo-mta", BRAVO), NOW);
    Envelope elsewhere = Tracing.arrived(passed, alpha, NOW);
    assertThat(Tracing.loops(elsewhere, new LocalMta("bravo-mta", BRAVO))).isTrue();
  }

  @Test
  void toTheLetterOfTheStandardItIsTakenForALoop() throws Exception {
    assertThat(
            Tracing.loops(made(MailTrace.MAPPED, MAIL), new LocalMta("mail.alpha.example", ALPHA)))
        .isTrue();
  }

  @Test
  void whatWasInX400BeforeIsStillALoop() throws Exception {
    String before =
        "X400-Received: by mta \"alpha-mta\" in /PRMD=ALPHA/ADMD= /C=XX/; Relayed;"
            + " Tue, 24 Nov 2026 09:00:00 +0000\r\n"
            + MAIL;
    assertThat(Tracing.loops(made(MailTrace.GATEWAY, before), new LocalMta("alpha-mta", ALPHA)))
        .isTrue();
  }

  private static final class Bench implements Workbench {
    private final MemoryStore store = new MemoryStore();
    private final List<Draft> made = new ArrayList<>();

    @Override
    public Stage stage() throws StoreUnavailable {
      return store.stage();
    }

    @Override
    public Content open(ContentRef other) throws StoreUnavailable {
      return store.open(other);
    }

    @Override
    public void make(Draft draft) {
      made.add(draft);
    }

    @Override
    public void note(String event, Map<String, String> facts) {}

    @Override
    public ContentRef contentRef() {
      return ContentRef.empty();
    }

    @Override
    public void pause() {}

    @Override
    public Optional<Correlated> correlate(UniqueKey key) {
      return Optional.empty();
    }

    @Override
    public InstantSource clock() {
      return InstantSource.fixed(NOW);
    }
  }
}
