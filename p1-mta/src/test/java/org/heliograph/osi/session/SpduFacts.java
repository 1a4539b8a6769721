package org.heliograph.osi.session;

import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;

/** What tests of other packages want to know of a TSDU. */
public final class SpduFacts {
  private SpduFacts() {}

  /** All fields but the user data, as text. */
  public static String withoutUserData(byte[] tsdu) throws ProtocolError {
    return switch (SpduReader.read(tsdu)) {
      case Spdu.Cn cn ->
          new Spdu.Cn(
                  cn.reference(),
                  cn.options(),
                  cn.tsduMaximum(),
                  cn.version(),
                  cn.tokens(),
                  cn.requirements(),
                  cn.calling(),
                  cn.called(),
                  Octets.empty())
              .toString();
      case Spdu.Ac ac ->
          new Spdu.Ac(
                  ac.reference(),
                  ac.options(),
                  ac.version(),
                  ac.tokens(),
                  ac.requirements(),
                  ac.responding(),
                  Octets.empty())
              .toString();
      case Spdu other -> other.toString();
    };
  }

  /**
   * Like {@link #withoutUserData}, without time stamps and the TSDU maximum, which is not proposed
   * by us.
   */
  public static String structure(byte[] tsdu) throws ProtocolError {
    if (SpduReader.read(tsdu) instanceof Spdu.Cn cn) {
      return new Spdu.Cn(
              new Reference(
                  cn.reference().user(),
                  cn.reference().common().slice(0, 2),
                  cn.reference().additional()),
              cn.options(),
              0,
              cn.version(),
              cn.tokens(),
              cn.requirements(),
              cn.calling(),
              cn.called(),
              Octets.empty())
          .toString();
    }
    return withoutUserData(tsdu);
  }

  public static Octets userData(byte[] tsdu) throws ProtocolError {
    return switch (SpduReader.read(tsdu)) {
      case Spdu.Cn cn -> cn.userData();
      case Spdu.Ac ac -> ac.userData();
      case Spdu.Rf rf -> rf.userData();
      case Spdu.Fn fn -> fn.userData();
      case Spdu.Dn dn -> dn.userData();
      case Spdu.Ab ab -> ab.userData();
      default -> Octets.empty();
    };
  }
}
