package org.heliograph.server.user;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.model.Envelope;
import org.heliograph.osi.ApduSource;
import org.heliograph.osi.Association;
import org.heliograph.osi.AssociationSettings;
import org.heliograph.osi.BindRefused;
import org.heliograph.osi.Checkpointing;
import org.heliograph.osi.Times;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferResult;
import org.heliograph.server.peer.Opening;
import org.heliograph.server.peer.Target;
import org.heliograph.wire.ConnectSettings;
import org.heliograph.wire.Wire;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;

/** Transfers single APDUs to an MTA, as another MTA would. Used by one thread. */
public final class Caller implements AutoCloseable {
  private static final Envelopes ENVELOPES = new Envelopes(PrecedencePairing.COMMON);

  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final Association association;

  private Caller(Association association) {
    this.association = association;
  }

  /**
   * Binds.
   *
   * @param patience for the association, and for each answer after it
   * @throws IOException saying in which layer it failed
   */
  public static Caller open(
      Wire wire, Target target, Checkpointing checkpointing, Duration patience)
      throws IOException, InterruptedException {
    try {
      return new Caller(
          Association.open(
              wire, settings(target, checkpointing, patience), Opening.of(target).bind()));
    } catch (BindRefused e) {
      throw new IOException("refused in layer " + e.by() + ": " + e.getMessage(), e);
    }
  }

  /** How the stack is to call a target. */
  public static AssociationSettings settings(
      Target target, Checkpointing checkpointing, Duration patience) {
    InetSocketAddress at = new InetSocketAddress(target.address().host(), target.address().port());
    return AssociationSettings.to(at)
        .withConnect(
            new ConnectSettings(at, Optional.empty(), CONNECT, target.tls().map(t -> t.at(at))))
        .withMode(target.mode())
        .withSelectors(target.calling(), target.called())
        .withCheckpointing(checkpointing)
        .withTimes(
            new Times(patience, patience, Duration.ofMinutes(10), Duration.ofSeconds(10), 0));
  }

  /**
   * The APDU of an envelope and content.
   *
   * @throws IllegalArgumentException naming what P1 cannot say
   */
  public static Octets apdu(Envelope envelope, Octets content) {
    return MTSAPDU.CODEC.encode(
        switch (envelope.kind()) {
          case MESSAGE -> new MTSAPDU.Message(new Message(ENVELOPES.message(envelope), content));
          case PROBE -> new MTSAPDU.Probe(ENVELOPES.probe(envelope));
          case REPORT -> throw new IllegalArgumentException("a report is not sent by hand");
        });
  }

  /**
   * Transfers an APDU.
   *
   * @return empty if the peer has confirmed it, else what it said
   */
  public Optional<String> send(Octets apdu) throws IOException, InterruptedException {
    return problem(association.transfer(ApduSource.of(apdu), TransferObserver.none()));
  }

  /** What keeps a transfer from being confirmed; empty if nothing does. */
  public static Optional<String> problem(TransferResult result) {
    return switch (result) {
      case TransferResult.Confirmed confirmed -> Optional.empty();
      case TransferResult.Refused refused ->
          Optional.of(
              "the peer refused the transfer"
                  + (refused.temporary() ? " for now: " : ": ")
                  + refused.text());
      case TransferResult.Broken broken ->
          Optional.of(
              "the association broke"
                  + (broken.mayHaveArrived() ? " (it may have arrived all the same): " : ": ")
                  + broken.text());
      case TransferResult.Yielded yielded -> Optional.of("given up");
      case TransferResult.NotKnown unknown ->
          Optional.of("the peer does not know the transfer: " + unknown.text());
      case TransferResult.TooSlow slow -> Optional.of("given up: " + slow.text());
    };
  }

  /** The association itself. */
  public Association association() {
    return association;
  }

  /** Releases in an orderly way. */
  @Override
  public void close() {
    try {
      association.release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      association.close();
    }
  }
}
