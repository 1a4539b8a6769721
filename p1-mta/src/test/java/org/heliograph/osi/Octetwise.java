package org.heliograph.osi;

import java.util.List;
import java.util.Objects;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.acse.AARQApdu;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.presentation.CPANormal;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPNormal;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.ContextItem;
import org.heliograph.asn1.presentation.PresentationDataValues;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.rtse.RTORQapdu;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.osi.session.SpduFacts;
import org.jspecify.annotations.Nullable;

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

  /** What a CN SPDU carries, in normal mode. */
  static CPNormal cp(byte[] cn) throws Exception {
    return Objects.requireNonNull(
        CPType.CODEC.decode(SpduFacts.userData(cn)).normalModeParameters());
  }

  /** What an AC SPDU carries, in normal mode. */
  static CPANormal cpa(byte[] ac) throws Exception {
    return Objects.requireNonNull(
        CPAPPDU.CODEC.decode(SpduFacts.userData(ac)).normalModeParameters());
  }

  static List<ContextItem> contexts(CPNormal cp) {
    return Objects.requireNonNull(cp.presentationContextDefinitionList());
  }

  /** One value as user data may carry. */
  static ACSEApdu acse(@Nullable UserData data) throws DecodeException {
    return ACSEApdu.CODEC.decode(value(UserData.CODEC.encode(Objects.requireNonNull(data))));
  }

  static AARQApdu aarq(CPNormal cp) throws DecodeException {
    return ((ACSEApdu.Aarq) acse(cp.userData())).value();
  }

  static External information(AARQApdu aarq) {
    return Objects.requireNonNull(aarq.userInformation()).getFirst();
  }

  static RTORQapdu rtorq(AARQApdu aarq) throws DecodeException {
    Any value = ((External.Encoding.SingleAsn1Type) information(aarq).encoding()).value();
    return ((RTSEApdus.RtorqApdu) RTSEApdus.CODEC.decode(value.octets())).value();
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
