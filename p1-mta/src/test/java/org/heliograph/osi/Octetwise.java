package org.heliograph.osi;

import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.PresentationDataValues;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.rtse.RTSEApdus;

/**
 * Takes apart by the generated codecs what the layers take apart as it streams: a second opinion.
 */
final class Octetwise {
  private Octetwise() {}

  /** The one value of fully encoded user data. */
  static Octets value(Octets userData) throws DecodeException {
    UserData.FullyEncodedData full = (UserData.FullyEncodedData) UserData.CODEC.decode(userData);
    return ((PresentationDataValues.SingleASN1Type)
            full.value().getFirst().presentationDataValues())
        .value()
        .octets();
  }

  /** The content of the RTTR in a DT SPDU that has no parameters. */
  static Octets rttr(byte[] tsdu) throws DecodeException {
    Octets value = value(Octets.of(tsdu, 4, tsdu.length - 4));
    return ((RTSEApdus.RttrApdu) RTSEApdus.CODEC.decode(value)).value();
  }

  /** The APDU within an EXTERNAL. */
  static Octets apdu(Octets external) throws DecodeException {
    return ((External.Encoding.SingleAsn1Type) External.CODEC.decode(external).encoding())
        .value()
        .octets();
  }
}
