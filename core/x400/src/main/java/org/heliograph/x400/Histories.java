package org.heliograph.x400;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.x411.DLExpansion;
import org.heliograph.asn1.x411.DLExpansionHistory;
import org.heliograph.asn1.x411.IntendedRecipientName;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.OriginatorAndDLExpansion;
import org.heliograph.asn1.x411.OriginatorAndDLExpansionHistory;
import org.heliograph.asn1.x411.Redirection;
import org.heliograph.asn1.x411.RedirectionHistory;
import org.heliograph.asn1.x411.RedirectionReason;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Address;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Extension.Criticality;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Readdressing;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest.Event;
import org.heliograph.model.ReportedRecipient;

/**
 * Redirection history, expansion history and alternate recipient (X.411 8.2.1.1.1.3, 8.3.1.1.1.4,
 * 8.3.1.1.1.7, 8.3.1.2.1.3) in the extensions of envelopes. What cannot be decoded is carried and
 * says nothing. Mailboxes have no place in them and are left out. Thread-safe.
 */
public final class Histories implements Readdressing {
  private static final int MOST_REDIRECTIONS = 512;
  private static final int MOST_EXPANSIONS = 512;
  private static final Set<Criticality> DELIVERY = Set.of(Criticality.DELIVERY);

  /** The alternate that the originator asked for, in a recipient's extensions. */
  public static Optional<OrAddress> alternate(List<Extension> extensions) {
    return value(extensions, X411.ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT, ORName.CODEC)
        .flatMap(Histories::address);
  }

  /** The extensions with another alternate; its criticality stays. */
  public static List<Extension> withAlternate(List<Extension> extensions, OrAddress alternate) {
    return with(
        extensions,
        X411.ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT,
        DELIVERY,
        ORName.CODEC,
        OrNames.name(alternate));
  }

  @Override
  public Optional<Address> requestedAlternate(Recipient recipient) {
    return alternate(recipient.extensions()).map(a -> a);
  }

  @Override
  public List<Address> intended(Recipient recipient) {
    List<Address> names = new ArrayList<>();
    redirections(recipient.extensions())
        .forEach(r -> address(r.intendedRecipientName().intendedRecipient()).ifPresent(names::add));
    return names;
  }

  private static List<Redirection> redirections(List<Extension> extensions) {
    return value(extensions, X411.REDIRECTION_HISTORY, RedirectionHistory.CODEC).orElse(List.of());
  }

  @Override
  public Recipient redirected(Recipient recipient, Address to, Reason reason, Instant at) {
    Recipient moved = recipient.withAddress(to);
    if (!(recipient.address() instanceof OrAddress before)) {
      return moved;
    }
    List<Redirection> history = new ArrayList<>(redirections(recipient.extensions()));
    history.add(
        new Redirection(
            new IntendedRecipientName(OrNames.name(before), Times.write(at)), reason(reason)));
    if (history.size() > MOST_REDIRECTIONS) {
      return moved;
    }
    List<Extension> extensions =
        with(
            recipient.extensions(),
            X411.REDIRECTION_HISTORY,
            Set.of(),
            RedirectionHistory.CODEC,
            history);
    if (reason == Reason.ORIGINATOR_REQUESTED) {
      extensions =
          extensions.stream()
              .filter(e -> !e.is((int) X411.ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT))
              .toList();
    }
    return moved.withExtensions(extensions);
  }

  private static RedirectionReason reason(Reason reason) {
    return switch (reason) {
      case RECIPIENT_ASSIGNED -> RedirectionReason.RECIPIENT_ASSIGNED_ALTERNATE_RECIPIENT;
      case ORIGINATOR_REQUESTED -> RedirectionReason.ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT;
      case MD_ASSIGNED -> RedirectionReason.RECIPIENT_MD_ASSIGNED_ALTERNATE_RECIPIENT;
      case DIRECTORY_LOOKUP -> RedirectionReason.DIRECTORY_LOOK_UP;
      case ALIAS -> RedirectionReason.ALIAS;
    };
  }

  @Override
  public List<Address> expanded(Envelope envelope) {
    List<Address> lists = new ArrayList<>();
    expansions(envelope).forEach(e -> address(e.dl()).ifPresent(lists::add));
    return lists;
  }

  private static List<DLExpansion> expansions(Envelope envelope) {
    return value(envelope.extensions(), X411.DL_EXPANSION_HISTORY, DLExpansionHistory.CODEC)
        .orElse(List.of());
  }

  @Override
  public Envelope expanded(Envelope envelope, Address list, Instant at) {
    if (!(list instanceof OrAddress or)) {
      return envelope;
    }
    List<DLExpansion> history = new ArrayList<>(expansions(envelope));
    history.add(new DLExpansion(OrNames.name(or), Times.write(at)));
    if (history.size() > MOST_EXPANSIONS) {
      throw new IllegalArgumentException("more than " + MOST_EXPANSIONS + " lists one in another");
    }
    return envelope
        .change()
        .extensions(
            with(
                envelope.extensions(),
                X411.DL_EXPANSION_HISTORY,
                DELIVERY,
                DLExpansionHistory.CODEC,
                history))
        .build();
  }

  @Override
  public List<Address> way(Envelope report) {
    List<Address> names = new ArrayList<>();
    value(
            report.extensions(),
            X411.ORIGINATOR_AND_DL_EXPANSION_HISTORY,
            OriginatorAndDLExpansionHistory.CODEC)
        .orElse(List.of())
        .forEach(e -> address(e.originatorOrDlName()).ifPresent(names::add));
    return names;
  }

  /** With the request bits of the subject, its redirections and for whom it was meant first. */
  @Override
  public ReportedRecipient reported(ReportedRecipient said, Recipient recipient) {
    List<Extension> extensions = new ArrayList<>(said.extensions());
    boolean known = Kept.PER_RECIPIENT_INDICATORS.in(extensions).isPresent();
    if (!known) {
      Parts.keep(
          extensions,
          Kept.PER_RECIPIENT_INDICATORS,
          Codecs.BIT_STRING,
          Indicators.write(true, recipient.reportRequest()));
    }
    List<Redirection> history = redirections(recipient.extensions());
    if (!history.isEmpty()
        && extensions.stream().noneMatch(e -> e.is((int) X411.REDIRECTION_HISTORY))) {
      recipient.extensions().stream()
          .filter(e -> e.is((int) X411.REDIRECTION_HISTORY))
          .forEach(extensions::add);
      Parts.keep(
          extensions,
          Kept.ORIGINALLY_INTENDED_RECIPIENT,
          ORName.CODEC,
          history.getFirst().intendedRecipientName().intendedRecipient());
    }
    return said.withExtensions(extensions);
  }

  /** By the bits of per-recipient-indicators that the subject came with (X.411 8.2.1.1.1.22). */
  @Override
  public boolean originatorWants(ReportedRecipient said) {
    BitString bits =
        Parts.kept(Kept.PER_RECIPIENT_INDICATORS, Codecs.BIT_STRING, said.extensions());
    if (bits == null) {
      return true;
    }
    Set<Event> wanted = Indicators.request(bits).events();
    return said.result() instanceof ReportedRecipient.Failed
        ? wanted.contains(Event.NON_DELIVERY)
        : wanted.contains(Event.DELIVERY);
  }

  @Override
  public List<Extension> reported(Envelope subject, Optional<Address> list) {
    List<DLExpansion> lists = expansions(subject);
    List<Extension> extensions = new ArrayList<>();
    if (!lists.isEmpty() && subject.originator().orElse(null) instanceof OrAddress originator) {
      List<OriginatorAndDLExpansion> all = new ArrayList<>();
      all.add(
          new OriginatorAndDLExpansion(OrNames.name(originator), Times.write(subject.submitted())));
      lists.forEach(e -> all.add(new OriginatorAndDLExpansion(e.dl(), e.dlExpansionTime())));
      extensions.add(
          extension(
              X411.ORIGINATOR_AND_DL_EXPANSION_HISTORY,
              Set.of(),
              OriginatorAndDLExpansionHistory.CODEC,
              all));
    }
    if (list.orElse(null) instanceof OrAddress name) {
      extensions.add(extension(X411.REPORTING_DL_NAME, Set.of(), ORName.CODEC, OrNames.name(name)));
    }
    return extensions;
  }

  private static Optional<OrAddress> address(ORName name) {
    try {
      return Optional.of(OrNames.read(name));
    } catch (DecodeException beyond) {
      return Optional.empty();
    }
  }

  private static <T extends Object> Optional<T> value(
      List<Extension> extensions, long number, Codec<T> codec) {
    for (Extension e : extensions) {
      if (e.is((int) number)) {
        try {
          return Optional.of(codec.decode(Raw.octets(e.value())));
        } catch (DecodeException broken) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static <T extends Object> List<Extension> with(
      List<Extension> extensions, long number, Set<Criticality> usual, Codec<T> codec, T value) {
    List<Extension> out = new ArrayList<>();
    Set<Criticality> criticality = usual;
    for (Extension e : extensions) {
      if (e.is((int) number)) {
        criticality = e.criticality();
      } else {
        out.add(e);
      }
    }
    out.add(extension(number, criticality, codec, value));
    return out;
  }

  private static <T extends Object> Extension extension(
      long number, Set<Criticality> criticality, Codec<T> codec, T value) {
    return new Extension(
        new Extension.Standard((int) number), criticality, Raw.bytes(codec.encode(value)));
  }
}
