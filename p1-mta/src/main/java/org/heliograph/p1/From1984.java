package org.heliograph.p1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Address;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.x400.downgrade.Addresses84;
import org.heliograph.x400.downgrade.External84;

/**
 * What arrives by P1 of 1984 in the words of 1988 (X.419, RFC 1328 3): addresses that were put into
 * domain-defined attributes for the journey, contents that travelled as external.
 */
final class From1984 {
  private final Addresses84 addresses;

  From1984(GlobalDomain local) {
    this.addresses = new Addresses84(local);
  }

  /** A message, probe or report with the addresses that are meant. */
  Envelope envelope(Envelope in) {
    List<Recipient> recipients = new ArrayList<>();
    in.recipients().forEach(r -> recipients.add(r.withAddress(up(r.address()))));
    EnvelopeBuilder out =
        in.change().originator(in.originator().map(this::up)).recipients(recipients);
    Optional<Report> report = in.report();
    if (report.isPresent()) {
      out.report(
          report
              .get()
              .withRecipients(
                  report.get().recipients().stream()
                      .map(r -> r.withActual(up(r.actual())))
                      .toList()));
      if (report.get().returned() == Report.Returned.CONTENT) {
        // A report of 1984 does not say; there was one content type.
        out.contentType(ContentTypes.P2);
      }
    }
    return out.build();
  }

  private Address up(Address in) {
    return in instanceof OrAddress a ? addresses.up(a) : in;
  }

  /** Envelope and content. */
  record Unwrapped(Envelope envelope, ContentRef content) {}

  /** Takes a content out of the EXTERNAL it travelled in; anything else stays as it is. */
  static Unwrapped unwrap(Envelope in, ContentRef content, ContentStore contents, StageMaker stages)
      throws StoreUnavailable {
    if (!in.contentType().equals(External84.EXTERNAL) || content.length() == 0) {
      return new Unwrapped(in, content);
    }
    try (ContentOctets octets = new ContentOctets(contents.open(content))) {
      Optional<External84.Inner> inner = External84.unwrap(Octets.of(octets));
      if (inner.isEmpty()) {
        return new Unwrapped(in, content);
      }
      Envelope named = in.change().contentType(inner.get().type()).build();
      if (inner.get().content().isEmpty()) {
        return new Unwrapped(named, ContentRef.empty());
      }
      try (Stage stage = stages.stage()) {
        write(inner.get().content(), stage);
        return new Unwrapped(named, stage.seal());
      }
    } catch (UncheckedIOException e) {
      throw new StoreUnavailable("content of a message from 1984: " + e.getMessage(), e);
    }
  }

  /** Where stages come from. */
  interface StageMaker {
    Stage stage() throws StoreUnavailable;
  }

  private static void write(Octets octets, Stage stage) throws StoreUnavailable {
    try {
      octets.writeTo(
          (array, at, count) -> {
            try {
              stage.write(ByteBuffer.wrap(array, at, count));
            } catch (StoreUnavailable e) {
              throw new IOException(e.getMessage(), e);
            }
          });
    } catch (IOException e) {
      throw new StoreUnavailable("content of a message from 1984: " + e.getMessage(), e);
    }
  }
}
