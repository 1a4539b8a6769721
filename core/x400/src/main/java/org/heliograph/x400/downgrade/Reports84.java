package org.heliograph.x400.downgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.model.Address;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Extension;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Report;
import org.heliograph.model.ReportedRecipient;
import org.heliograph.model.X400Code;
import org.heliograph.x400.Codes;
import org.heliograph.x400.Kept;
import org.heliograph.x400.OrNames;

/**
 * What a report says, in the words of 1984. Nothing makes a report fail but an address too long:
 * extensions of a report are never critical.
 *
 * <p>Reasons beyond conversion-not-performed (2) become unable-to-transfer, diagnostics beyond
 * invalid-arguments (11) are left out, and both are said as supplementary information where there
 * is none. Original encoded information types and content type are of 1988. A user that is neither
 * public nor private is called private. This is our reading.
 */
final class Reports84 {
  private static final int LAST_REASON = X400Code.REASON_CONVERSION_NOT_PERFORMED;
  private static final int LAST_DIAGNOSTIC = 11;
  private static final int PRIVATE = 1;

  private final Addresses84 addresses;
  private final Losses losses;

  Reports84(Addresses84 addresses, Losses losses) {
    this.addresses = addresses;
    this.losses = losses;
  }

  Report down(Report in) throws CannotDowngrade {
    List<ReportedRecipient> recipients = new ArrayList<>();
    for (ReportedRecipient r : in.recipients()) {
      recipients.add(down(r));
    }
    return new Report(
        in.identification(),
        in.subject().withContentCorrelator(Optional.empty()),
        Optional.empty(),
        EncodedInformationTypes.none(),
        in.subjectArrival(),
        in.subjectTrace().stream().map(Traces84::down).toList(),
        in.reportingMta(),
        in.reportingDomain(),
        in.returned(),
        recipients,
        in.extensions().stream().filter(this::stays).toList());
  }

  private boolean stays(Extension e) {
    if (Kept.is(e)) {
      return Kept.ENCODED_INFORMATION_TYPES.in(List.of(e)).isEmpty();
    }
    losses.add("extension " + e.type() + " of the report");
    return false;
  }

  private ReportedRecipient down(ReportedRecipient in) throws CannotDowngrade {
    List<Extension> extensions = new ArrayList<>();
    for (Extension e : in.extensions()) {
      if (!Kept.is(e)) {
        losses.add("extension " + e.type() + " of a reported recipient");
      } else if (Kept.LAST_TRACE.in(List.of(e)).isEmpty()
          && Kept.ORIGINALLY_INTENDED_RECIPIENT.in(List.of(e)).isEmpty()) {
        extensions.add(e);
      }
    }
    ReportedRecipient.Result result = in.result();
    Optional<String> supplementary = in.supplementary();
    if (result instanceof ReportedRecipient.Failed f) {
      X400Code code = Codes.of(f.failure());
      X400Code down = down(code);
      if (!down.equals(code)) {
        result = new ReportedRecipient.Failed(f.failure().withX400(down));
        supplementary = supplementary.or(() -> Optional.of("X.400 " + code));
      }
    } else if (result instanceof ReportedRecipient.Delivered d && d.typeOfUser() > PRIVATE) {
      result = new ReportedRecipient.Delivered(d.at(), PRIVATE);
    } else if (result instanceof ReportedRecipient.Expanded x) {
      result = new ReportedRecipient.Delivered(x.at(), PRIVATE);
    }
    original(in).ifPresent(extensions::add);
    return new ReportedRecipient(
        address(in.actual()),
        in.original(),
        in.originalNumber(),
        result,
        in.lastAttempt(),
        in.remoteMta(),
        supplementary,
        in.converted().map(Types84::down),
        extensions);
  }

  private static X400Code down(X400Code code) {
    return new X400Code(
        code.reason() > LAST_REASON ? X400Code.REASON_UNABLE_TO_TRANSFER : code.reason(),
        code.diagnostic().isPresent() && code.diagnostic().getAsInt() <= LAST_DIAGNOSTIC
            ? code.diagnostic()
            : OptionalInt.empty());
  }

  /** The originally intended recipient as what is written. */
  private Optional<Extension> original(ReportedRecipient in) throws CannotDowngrade {
    Optional<OrAddress> named = named(in);
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Kept.ORIGINALLY_INTENDED_RECIPIENT.of(OrNames.encode(addresses.down(named.get()))));
  }

  private static Optional<OrAddress> named(ReportedRecipient in) {
    Optional<org.heliograph.model.Bytes> kept =
        Kept.ORIGINALLY_INTENDED_RECIPIENT.in(in.extensions());
    try {
      if (kept.isPresent()) {
        return Optional.of(OrNames.decode(kept.get()));
      }
      Optional<OriginalRecipient> original =
          in.original().filter(o -> o.addressType().equals("x400"));
      return original.map(o -> org.heliograph.model.OrText.parsePrefix(o.address()));
    } catch (org.heliograph.asn1.DecodeException | IllegalArgumentException e) {
      return Optional.empty(); // It came as text from elsewhere and is no O/R address.
    }
  }

  private Address address(Address in) throws CannotDowngrade {
    return in instanceof OrAddress a ? addresses.down(a) : in;
  }
}
