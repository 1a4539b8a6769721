package org.heliograph.x400;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.PerMessageIndicators;
import org.heliograph.asn1.x411.PerRecipientIndicators;
import org.heliograph.model.Handling;
import org.heliograph.model.Handling.BodyType;
import org.heliograph.model.Handling.ContentReturn;
import org.heliograph.model.Handling.Flag;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;

/**
 * Per-message and per-recipient indicators (X.411 12.2.1.1.1.10, 12.2.1.1.1.13) as the model says
 * them.
 */
final class Indicators {
  private Indicators() {}

  /** Whether content is returned; absence means that it is not. */
  static ContentReturn contentReturn(BitString bits) {
    return bits.isSet(PerMessageIndicators.CONTENT_RETURN_REQUEST)
        ? ContentReturn.FULL
        : ContentReturn.HEADERS;
  }

  static Set<Flag> flags(BitString bits) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (bits.isSet(PerMessageIndicators.DISCLOSURE_OF_OTHER_RECIPIENTS)) {
      flags.add(Flag.DISCLOSURE_OF_OTHER_RECIPIENTS);
    }
    if (bits.isSet(PerMessageIndicators.IMPLICIT_CONVERSION_PROHIBITED)) {
      flags.add(Flag.IMPLICIT_CONVERSION_PROHIBITED);
    }
    if (bits.isSet(PerMessageIndicators.ALTERNATE_RECIPIENT_ALLOWED)) {
      flags.add(Flag.ALTERNATE_RECIPIENT_ALLOWED);
    }
    return flags;
  }

  static Handling handling(BitString bits, Set<Flag> more) {
    Set<Flag> flags = flags(bits);
    flags.addAll(more);
    return new Handling(flags, contentReturn(bits), BodyType.SEVEN_BIT);
  }

  static BitString write(Handling handling) {
    List<Integer> bits = new ArrayList<>();
    if (handling.has(Flag.DISCLOSURE_OF_OTHER_RECIPIENTS)) {
      bits.add(PerMessageIndicators.DISCLOSURE_OF_OTHER_RECIPIENTS);
    }
    if (handling.has(Flag.IMPLICIT_CONVERSION_PROHIBITED)) {
      bits.add(PerMessageIndicators.IMPLICIT_CONVERSION_PROHIBITED);
    }
    if (handling.has(Flag.ALTERNATE_RECIPIENT_ALLOWED)) {
      bits.add(PerMessageIndicators.ALTERNATE_RECIPIENT_ALLOWED);
    }
    if (handling.contentReturn() == ContentReturn.FULL) {
      bits.add(PerMessageIndicators.CONTENT_RETURN_REQUEST);
    }
    return BitString.ofBits(bits.stream().mapToInt(Integer::intValue).toArray());
  }

  static boolean sameAs(BitString bits, Handling handling) {
    return write(handling(bits, Set.of())).equals(write(handling));
  }

  static boolean responsible(BitString bits) {
    return bits.isSet(PerRecipientIndicators.RESPONSIBILITY);
  }

  /** Originating MTA: 01 non-delivery, 10 report, 11 audited; originator: 00 none, 01, 10. */
  static ReportRequest request(BitString bits) {
    boolean mta = bits.isSet(PerRecipientIndicators.ORIGINATING_MTA_REPORT);
    boolean mtaNon = bits.isSet(PerRecipientIndicators.ORIGINATING_MTA_NON_DELIVERY_REPORT);
    return new ReportRequest(
        events(
            bits.isSet(PerRecipientIndicators.ORIGINATOR_REPORT),
            bits.isSet(PerRecipientIndicators.ORIGINATOR_NON_DELIVERY_REPORT)),
        events(mta, mtaNon),
        mta && mtaNon);
  }

  private static Set<Event> events(boolean report, boolean nonDelivery) {
    if (report) {
      return Set.of(Event.DELIVERY, Event.NON_DELIVERY);
    }
    return nonDelivery ? Set.of(Event.NON_DELIVERY) : Set.of();
  }

  /** Eight bits; the originating MTA asks at least for non-delivery. */
  static BitString write(boolean responsible, ReportRequest request) {
    int octet = responsible ? 0x80 : 0;
    boolean mta = request.mtaEvents().contains(Event.DELIVERY);
    octet |= mta ? 0x40 : 0x20;
    octet |= mta && request.audited() ? 0x20 : 0;
    if (request.events().contains(Event.DELIVERY)) {
      octet |= 0x10;
    } else if (request.events().contains(Event.NON_DELIVERY)) {
      octet |= 0x08;
    }
    return new BitString(Octets.of(new byte[] {(byte) octet}), 0);
  }

  /** Whether both ask for the same; delays are not X.400's. */
  static boolean sameAs(BitString bits, ReportRequest request) {
    return write(true, request(bits)).equals(write(true, request));
  }
}
