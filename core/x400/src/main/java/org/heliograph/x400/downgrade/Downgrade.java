package org.heliograph.x400.downgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Address;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Extension;
import org.heliograph.model.Extension.Criticality;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Handling;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.TraceElement;
import org.heliograph.x400.Kept;
import org.heliograph.x400.PrecedencePairing;

/**
 * Messages, probes and reports for a system of 1984. Thread-safe.
 *
 * <p>An extension that is critical for transfer or delivery is not left out: the message, or the
 * recipient that has it, fails with unable-to-downgrade. A security label is not left out either,
 * critical or not: a message must not go on without it unseen (this is ours, not the annex's).
 */
public final class Downgrade {
  private static final Set<Criticality> MUST_STAY =
      Set.of(Criticality.TRANSFER, Criticality.DELIVERY);
  private static final Extension.Type QUALIFIER =
      new Extension.Private(
          new org.heliograph.model.Oid(X411.ID_NATO_MMTS_PRIORITY_LEVEL_QUALIFIER.toString()));

  private final Addresses84 addresses;
  private final PrecedencePairing pairing;

  /**
   * @param gateway our domain
   * @param pairing how precedence is written; of 1984 there is the priority alone
   */
  public Downgrade(GlobalDomain gateway, PrecedencePairing pairing) {
    this.addresses = new Addresses84(gateway);
    this.pairing = pairing;
  }

  /**
   * Envelope and content as 1984 has them.
   *
   * @throws CannotDowngrade if that fails for all recipients
   */
  public Downgraded down(Envelope envelope, Octets content) throws CannotDowngrade {
    Losses losses = new Losses();
    if (envelope.kind() == Envelope.Kind.REPORT) {
      return report(envelope, content, losses);
    }
    Map<RecipientId, Failure> failed = new LinkedHashMap<>();
    Optional<Address> originator = envelope.originator();
    EnvelopeBuilder out =
        envelope
            .change()
            .originator(
                originator.isPresent()
                    ? Optional.of(address(originator.get(), losses))
                    : originator)
            .recipients(recipients(envelope, failed, losses))
            .extensions(extensions(envelope, losses))
            .latestDelivery(Optional.empty())
            .label(Optional.empty())
            .internalTrace(List.of())
            .precedence(precedence(envelope, losses))
            .identification(envelope.identification().withContentCorrelator(Optional.empty()))
            .handling(handling(envelope.handling()));
    envelope
        .identification()
        .contentCorrelator()
        .ifPresent(c -> losses.add("the content correlator"));
    Octets down = content(envelope, content, out, losses);
    return new Downgraded(out.build(), down, failed, losses.all());
  }

  private Downgraded report(Envelope in, Octets content, Losses losses) throws CannotDowngrade {
    List<Recipient> to = new ArrayList<>();
    for (Recipient r : in.recipients()) {
      to.add(r.withAddress(address(r.address(), losses)));
    }
    List<Extension> extensions = new ArrayList<>();
    for (Extension e : in.extensions()) {
      if (Kept.is(e)) {
        extensions.add(e);
      } else {
        losses.add("extension " + e.type());
      }
    }
    in.label().ifPresent(l -> losses.add("the security label of the report"));
    Octets returned =
        in.report().flatMap(r -> r.subjectContentType()).orElse(ContentTypes.P2)
                    instanceof ContentType.Extended type
                && !content.isEmpty()
            ? External84.wrap(type, content)
            : content;
    EnvelopeBuilder out =
        in.change()
            .recipients(to)
            .extensions(extensions)
            .label(Optional.empty())
            .internalTrace(List.of())
            .trace(in.trace().stream().map(Traces84::down).toList());
    if (in.report().isPresent()) {
      out.report(new Reports84(addresses, losses).down(in.report().get()));
    }
    return new Downgraded(out.build(), returned, Map.of(), losses.all());
  }

  private Address address(Address in, Losses losses) throws CannotDowngrade {
    if (!(in instanceof OrAddress or)) {
      return in;
    }
    if (or.directoryName().isPresent()) {
      losses.add("a directory name");
    }
    return addresses.down(or);
  }

  private List<Recipient> recipients(
      Envelope envelope, Map<RecipientId, Failure> failed, Losses losses) throws CannotDowngrade {
    List<Recipient> out = new ArrayList<>();
    Optional<CannotDowngrade> why = Optional.empty();
    boolean any = false;
    for (Recipient r : envelope.recipients()) {
      try {
        out.add(
            r.withAddress(address(r.address(), losses))
                .withExtensions(
                    extensions(r.extensions(), " of recipient " + r.id().value(), losses)));
        any |= r.responsible();
      } catch (CannotDowngrade e) {
        if (r.responsible()) {
          failed.put(r.id(), e.failure());
          why = Optional.of(e);
        } else {
          losses.add("recipient " + r.id().value() + ", for whom somebody else is responsible");
        }
      }
    }
    if (!any && why.isPresent()) {
      throw why.get();
    }
    return out;
  }

  private List<Extension> extensions(Envelope in, Losses losses) throws CannotDowngrade {
    if (in.label().isPresent()) {
      throw CannotDowngrade.because("its security label would be lost");
    }
    mustStay(in, X411.RECIPIENT_REASSIGNMENT_PROHIBITED, Flag.RECIPIENT_REASSIGNMENT_PROHIBITED);
    mustStay(in, X411.DL_EXPANSION_PROHIBITED, Flag.DL_EXPANSION_PROHIBITED);
    mustStay(in, X411.CONVERSION_WITH_LOSS_PROHIBITED, Flag.CONVERSION_WITH_LOSS_PROHIBITED);
    if (in.latestDelivery().isPresent()) {
      mustStay(in, X411.LATEST_DELIVERY_TIME);
    }
    if (!in.internalTrace().isEmpty()) {
      losses.add("the internal trace");
    }
    List<Extension> out = new ArrayList<>();
    for (Extension e : extensions(in.extensions(), "", losses)) {
      if (in.encodedInformationTypes().extended().isEmpty()
          || Kept.ENCODED_INFORMATION_TYPES.in(List.of(e)).isEmpty()) {
        out.add(e);
      }
    }
    return out;
  }

  private static void mustStay(Envelope in, long number, Flag flag) throws CannotDowngrade {
    if (in.handling().has(flag)) {
      mustStay(in, number);
    }
  }

  /** What the model has as a component is critical for delivery unless it came otherwise. */
  private static void mustStay(Envelope in, long number) throws CannotDowngrade {
    if (in.extension((int) number).isEmpty()) {
      throw critical(new Extension.Standard((int) number));
    }
  }

  private static CannotDowngrade critical(Extension.Type type) {
    return CannotDowngrade.because("extension " + type + " is critical and would be lost");
  }

  /** What is kept of components; any real extension is lost or critical. */
  private static List<Extension> extensions(List<Extension> in, String whose, Losses losses)
      throws CannotDowngrade {
    List<Extension> out = new ArrayList<>();
    for (Extension e : in) {
      if (Kept.is(e)) {
        out.add(e);
      } else if (e.criticality().stream().anyMatch(MUST_STAY::contains)) {
        throw critical(e.type());
      } else if (!e.type().equals(QUALIFIER)) {
        losses.add("extension " + e.type() + whose);
      }
    }
    return out;
  }

  private Precedence precedence(Envelope in, Losses losses) {
    PrecedencePairing.Pair pair = pairing.pair(in.precedence());
    if (pair.high()) {
      losses.add("the priority level qualifier (" + in.precedence() + ")");
    }
    return pairing.precedence(pair.priority(), false);
  }

  /** Without what only extensions say. */
  private static Handling handling(Handling in) {
    Set<Flag> flags = new java.util.HashSet<>(in.flags());
    flags.remove(Flag.CONVERSION_WITH_LOSS_PROHIBITED);
    flags.remove(Flag.DL_EXPANSION_PROHIBITED);
    flags.remove(Flag.RECIPIENT_REASSIGNMENT_PROHIBITED);
    return new Handling(flags, in.contentReturn(), in.bodyType());
  }

  private Octets content(Envelope in, Octets content, EnvelopeBuilder out, Losses losses)
      throws CannotDowngrade {
    if (in.trace().stream().anyMatch(e -> !e.other().isEmpty())) {
      losses.add("other actions in the trace");
    }
    EncodedInformationTypes types = Types84.down(in.encodedInformationTypes());
    if (!types.equals(in.encodedInformationTypes())) {
      losses.add("encoded information types " + in.encodedInformationTypes().extended());
    }
    List<TraceElement> trace = new ArrayList<>(in.trace().stream().map(Traces84::down).toList());
    Octets down = content;
    if (in.contentType() instanceof ContentType.Extended type) {
      out.contentType(External84.EXTERNAL);
      down = in.kind() == Envelope.Kind.PROBE ? content : External84.wrap(type, content);
    } else if (in.contentType().equals(ContentTypes.P22)) {
      out.contentType(ContentTypes.P2);
      if (in.kind() == Envelope.Kind.MESSAGE) {
        Contents84 contents =
            new Contents84(
                addresses,
                new Contents84.Prohibited(
                    in.handling().has(Flag.IMPLICIT_CONVERSION_PROHIBITED),
                    in.handling().has(Flag.CONVERSION_WITH_LOSS_PROHIBITED)),
                losses);
        down = contents.down(content);
        if (contents.enclosed() && !trace.isEmpty()) {
          trace.set(trace.size() - 1, Traces84.converted(trace.getLast(), Types84.enclosed(types)));
        }
      }
    }
    out.encodedInformationTypes(types).trace(trace);
    return down;
  }
}
