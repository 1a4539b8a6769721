package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.asn1.BerReader;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.asn1.x420.InformationObject;

/** The two kinds of information objects that contents of P2, P22 and P772 are. */
final class IpmContents {
  private IpmContents() {}

  /** What a content is. */
  sealed interface Read {}

  record Message(IPM ipm) implements Read {}

  record Notification(IPN ipn) implements Read {}

  /** Reads a content. */
  static Read read(Octets octets, boolean military, Desk desk) throws DecodeException {
    BerReader in = new BerReader(octets, desk.limits().ber());
    if (military) {
      return switch (org.heliograph.asn1.p772.InformationObject.CODEC.decode(in)) {
        case org.heliograph.asn1.p772.InformationObject.Mm mm -> new Message(mm.value());
        case org.heliograph.asn1.p772.InformationObject.Mn mn -> new Notification(mn.value());
      };
    }
    return switch (InformationObject.CODEC.decode(in)) {
      case InformationObject.Ipm ipm -> new Message(ipm.value());
      case InformationObject.Ipn ipn -> new Notification(ipn.value());
    };
  }

  /** The message that a content is; empty if it is a notification or cannot be read. */
  static Optional<IPM> message(Octets octets, boolean military, Desk desk) {
    try {
      return read(octets, military, desk) instanceof Message message
          ? Optional.of(message.ipm())
          : Optional.empty();
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
