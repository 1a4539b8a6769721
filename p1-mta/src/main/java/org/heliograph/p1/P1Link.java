package org.heliograph.p1;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.Content;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Link;
import org.heliograph.model.Outcome;
import org.heliograph.model.Outcome.Deferred;
import org.heliograph.model.Outcome.Scope;
import org.heliograph.model.PeerUnavailable;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Signal;
import org.heliograph.model.X400Code;
import org.heliograph.osi.ApduSource;
import org.heliograph.osi.Association;
import org.heliograph.osi.Mode;
import org.heliograph.osi.TransferObserver;
import org.heliograph.osi.TransferPoint;
import org.heliograph.osi.TransferResult;
import org.heliograph.x400.downgrade.CannotDowngrade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An association in the hands of dispatches. */
final class P1Link implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(P1Link.class);
  private static final int INVALID_ARGUMENTS = 11;
  private static final int UNABLE_TO_COMPLETE_TRANSFER = 48;

  /** How long the point is of use; the peer forgets as well. */
  private static final Duration RESUMABLE = Duration.ofDays(1);

  private final P1Outbound channel;
  private final PeerSettings peer;
  private Association association;
  private boolean given;

  P1Link(P1Outbound channel, PeerSettings peer, Association association) {
    this.channel = channel;
    this.peer = peer;
    this.association = association;
  }

  @Override
  public Map<RecipientId, Outcome> transfer(
      Dispatch dispatch, Envelope envelope, Content content, Signal signal) {
    Map<RecipientId, Outcome> all = new HashMap<>();
    Optional<Outcome> refused = refused(envelope, content);
    Outcome outcome =
        refused.isPresent()
            ? refused.get()
            : outgoing(dispatch, envelope, content, signal, association.mode(), all);
    dispatch.recipients().forEach(r -> all.putIfAbsent(r, outcome));
    return all;
  }

  /**
   * The outcome of those that it goes to.
   *
   * @param failed takes the outcome of those that it does not go to
   */
  private Outcome outgoing(
      Dispatch dispatch,
      Envelope envelope,
      Content content,
      Signal signal,
      Mode mode,
      Map<RecipientId, Outcome> failed) {
    try (ContentOctets octets = new ContentOctets(content)) {
      Departure departure = channel.departure();
      Departure.Outgoing out =
          departure.outgoing(
              dispatch, envelope, content.length() == 0 ? Octets.empty() : Octets.of(octets), mode);
      out.failed().forEach((r, why) -> failed.put(r, Outcome.failed(why)));
      // What was enclosed in text has become longer.
      Optional<Outcome> tooLong = tooLong(out.content().length());
      if (tooLong.isPresent()) {
        return tooLong.get();
      }
      Octets apdu = departure.apdu(out.envelope(), out.content());
      Bytes what =
          SendPoint.fingerprint(
              departure.apdu(out.envelope(), Octets.empty()), out.content().length());
      Duration limit = peer.limits().transfer().of(envelope.precedence(), apdu.length());
      TransferResult result = transfer(dispatch, source(apdu), what, limit, signal, mode);
      return outcome(dispatch, result, out.lost());
    } catch (CannotDowngrade e) {
      return Outcome.failed(e.failure());
    } catch (PeerUnavailable e) {
      return new Deferred(Scope.PEER, Optional.empty(), e.failure(), false);
    } catch (IllegalArgumentException e) {
      return Outcome.failed(
          Failure.of(
                  Failure.Cause.CONTENT_NOT_SUPPORTED,
                  "the message has no P1 form: " + e.getMessage())
              .withX400(X400Code.of(X400Code.REASON_UNABLE_TO_TRANSFER, INVALID_ARGUMENTS)));
    } catch (IOException | UncheckedIOException e) {
      return Outcome.deferred(
          Scope.MESSAGE,
          Failure.of(Failure.Cause.INTERNAL, "content cannot be read now: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      association.abort();
      return deferred("stopped while transferring", true);
    }
  }

  private Optional<Outcome> tooLong(long octets) {
    return octets <= peer.limits().contentOctets()
        ? Optional.empty()
        : Optional.of(
            Outcome.failed(
                Failure.of(
                        Failure.Cause.TOO_LARGE,
                        "content of "
                            + octets
                            + " octets; "
                            + peer.name()
                            + " takes "
                            + peer.limits().contentOctets())
                    .withX400(X400Code.CONTENT_TOO_LONG)));
  }

  /** What goes nowhere near the wire: too long, of a type or with a label that is not taken. */
  private Optional<Outcome> refused(Envelope envelope, Content content) {
    Optional<Outcome> tooLong = tooLong(content.length());
    if (tooLong.isPresent()) {
      return tooLong;
    }
    if (envelope.kind() == Envelope.Kind.REPORT) {
      return Optional.empty();
    }
    Agreement agreed = channel.agreement(peer.name());
    return agreed
        .clearance()
        .flatMap(c -> c.objection(envelope.label()))
        .map(why -> Inspection.notCleared(peer, why))
        .or(() -> agreed.takes().objection(envelope, peer.name().value()))
        .map(Outcome::failed);
  }

  /** From where it was interrupted, if it was and the peer agrees; else from the start. */
  private TransferResult transfer(
      Dispatch dispatch, ApduSource apdu, Bytes what, Duration limit, Signal signal, Mode mode)
      throws IOException, InterruptedException, PeerUnavailable {
    TransferObserver observer = observer(signal, what, limit);
    Optional<TransferPoint> from =
        dispatch
            .resume()
            .flatMap(SendPoint::read)
            .filter(p -> p.apdu().equals(what) && p.at().octets() < apdu.length())
            .map(SendPoint::at);
    if (from.isPresent()) {
      P1Outbound.Way way = channel.toGoOn(peer, association, from.get());
      association = way.association();
      if (way.goesOn()) {
        TransferResult result = association.resume(apdu, from.get(), observer);
        if (!(result instanceof TransferResult.NotKnown)) {
          return result;
        }
        association = channel.instead(peer, association);
      }
      LOG.info("p1: {}: {} starts over", peer.name(), dispatch.message());
      signal.secured(new SendPoint(from.get(), what).written(channel.name(), Instant.EPOCH));
      if (association.mode() != mode) {
        // The octets are those of another P1.
        return new TransferResult.Broken(false, "the peer takes another mode now");
      }
    }
    return association.transfer(apdu, observer);
  }

  private Outcome outcome(Dispatch dispatch, TransferResult result, List<String> lost) {
    return switch (result) {
      case TransferResult.Confirmed confirmed -> {
        String without = lost.isEmpty() ? "" : ", in P1 of 1984 without " + String.join(", ", lost);
        if (!lost.isEmpty()) {
          LOG.info("p1: {} took {}{}", peer.name(), dispatch.message(), without);
        }
        yield Outcome.transferred(channel.clock().instant(), peer.mtaName(), "confirmed" + without);
      }
      case TransferResult.Yielded yielded ->
          // From where it can go on was told as it was secured.
          new Outcome.Interrupted(Optional.empty());
      case TransferResult.Refused refused -> {
        LOG.info("p1: {} refused {}: {}", peer.name(), dispatch.message(), refused.text());
        Failure failure =
            Failure.of(Failure.Cause.REFUSED_BY_PEER, peer.name() + " did not take the message")
                .withX400(
                    X400Code.of(X400Code.REASON_TRANSFER_FAILURE, UNABLE_TO_COMPLETE_TRANSFER))
                .withRemote(refused.text());
        // Of both: neither may one bad message block the link nor a full peer burn them all.
        yield refused.temporary() ? Outcome.deferred(Scope.BOTH, failure) : Outcome.failed(failure);
      }
      case TransferResult.TooSlow slow -> deferred(slow.text(), false);
      case TransferResult.NotKnown unknown -> deferred(unknown.text(), false);
      case TransferResult.Broken broken -> {
        LOG.info(
            "p1: association with {} broke under {}: {}",
            peer.name(),
            dispatch.message(),
            broken.text());
        yield deferred(broken.text(), broken.mayHaveArrived());
      }
    };
  }

  private Outcome deferred(String text, boolean mayHaveArrived) {
    return new Deferred(
        Scope.BOTH,
        Optional.empty(),
        Failure.of(
                Failure.Cause.PEER_UNAVAILABLE,
                "the association with " + peer.name() + " broke: " + text)
            .withX400(X400Code.of(X400Code.REASON_TRANSFER_FAILURE, UNABLE_TO_COMPLETE_TRANSFER)),
        mayHaveArrived);
  }

  private static ApduSource source(Octets apdu) {
    return new ApduSource() {
      @Override
      public long length() {
        return apdu.length();
      }

      @Override
      public InputStream open() {
        return new Failing(apdu.inputStream());
      }
    };
  }

  /**
   * A store that fails is told as the layers below expect it, so that they discard the activity.
   */
  private static final class Failing extends FilterInputStream {
    Failing(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (UncheckedIOException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
      try {
        return super.read(into, at, count);
      } catch (UncheckedIOException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  private TransferObserver observer(Signal signal, Bytes what, Duration limit) {
    return new TransferObserver() {
      @Override
      public Optional<Duration> limit() {
        return Optional.of(limit);
      }

      @Override
      public boolean yieldWanted() {
        return signal.yieldWanted();
      }

      @Override
      public boolean yieldWanted(long left) {
        return signal.yieldWanted(left);
      }

      @Override
      public void secured(TransferPoint point) {
        signal.secured(
            new SendPoint(point, what)
                .written(channel.name(), channel.clock().instant().plus(RESUMABLE)));
      }
    };
  }

  @Override
  public boolean usable() {
    try {
      return association.usable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (!given) {
      given = true;
      channel.giveBack(peer, association, usable());
    }
  }
}
