package org.heliograph.p1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Recipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.x400.Histories;
import org.heliograph.x400.Rewriting;

/**
 * Rewrites the addresses of an envelope at the border of a domain: originator, recipients, the
 * alternate recipients that the originator asked for, and in a report those that it speaks of. What
 * histories say of the past stays as it was.
 */
final class Border {
  private Border() {}

  static Envelope cross(Envelope envelope, List<Rewriting> rewritings) {
    if (rewritings.isEmpty()) {
      return envelope;
    }
    List<Recipient> recipients = new ArrayList<>();
    for (Recipient r : envelope.recipients()) {
      recipients.add(
          r.withAddress(cross(r.address(), rewritings))
              .withExtensions(
                  Histories.alternate(r.extensions())
                      .map(a -> Rewriting.first(rewritings, a))
                      .map(a -> Histories.withAlternate(r.extensions(), a))
                      .orElse(r.extensions())));
    }
    EnvelopeBuilder changed =
        envelope
            .change()
            .originator(envelope.originator().map(a -> cross(a, rewritings)))
            .recipients(recipients);
    Optional<Report> report = envelope.report();
    if (report.isPresent()) {
      List<ReportedRecipient> reported =
          report.get().recipients().stream()
              .map(r -> r.withActual(cross(r.actual(), rewritings)))
              .toList();
      changed.report(report.get().withRecipients(reported));
    }
    return changed.build();
  }

  private static Address cross(Address address, List<Rewriting> rewritings) {
    return address instanceof OrAddress or ? Rewriting.first(rewritings, or) : address;
  }
}
