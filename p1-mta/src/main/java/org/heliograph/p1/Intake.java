package org.heliograph.p1;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Source;
import org.heliograph.model.Submission;
import org.heliograph.osi.OpenIndication;

/** What arrivals share. */
record Intake(
    ChannelName channel,
    P1Settings settings,
    LocalMta local,
    Submission submission,
    ContentStore contents,
    Reading reading,
    Supplier<Agreements> agreements,
    InstantSource clock) {

  boolean open() {
    return submission.open();
  }

  Source source(PeerSettings peer, OpenIndication indication, Optional<String> greeting) {
    return new Source(
        channel,
        Optional.of(peer.name()),
        Binding.address(indication),
        greeting,
        peer.theirs().map(Credentials::name),
        indication.tls().map(t -> t.protocol() + " " + t.cipherSuite()));
  }
}
