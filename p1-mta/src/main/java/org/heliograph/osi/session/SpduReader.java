package org.heliograph.osi.session;

import org.heliograph.asn1.Octets;
import org.heliograph.osi.layer.ProtocolError;

/**
 * Reads the SPDU of a whole TSDU, the GT or PT before it included (X.225 clause 6.3.7, basic
 * concatenation).
 */
final class SpduReader {
  private static final int REFERENCE = 64;
  private static final int SELECTOR = 16;
  private static final int ANY = 65535;
  static final int LARGEST_CONNECT_DATA = 10240;

  private final byte[] tsdu;
  private int si;
  private int from;
  private int to;

  private SpduReader(byte[] tsdu) {
    this.tsdu = tsdu;
  }

  static Spdu read(byte[] tsdu) throws ProtocolError {
    return new SpduReader(tsdu).read();
  }

  private Spdu read() throws ProtocolError {
    header(0);
    if (si != Spdu.GT && si != Spdu.PT) {
      if (to != tsdu.length) {
        throw fail("SPDU " + si, to, "octets behind an SPDU that is never concatenated");
      }
      return alone();
    }
    int first = si;
    int end = to;
    Parameters tokens = Parameters.read(first == Spdu.GT ? "GT" : "PT", tsdu, from, to);
    int given = tokens.number(Parameters.TOKEN_ITEM, 1, 0);
    if (end == tsdu.length) {
      return first == Spdu.GT
          ? new Spdu.Gt(given)
          : new Spdu.Pt(given, tokens.octets(Parameters.USER_DATA, ANY));
    }
    if (first == Spdu.GT && given != 0) {
      throw fail("GT", 0, "tokens given together with another SPDU in a monologue");
    }
    header(end);
    if (to != tsdu.length) {
      throw fail("SPDU " + si, to, "a third SPDU in a TSDU without extended concatenation");
    }
    return concatenated();
  }

  private void header(int at) throws ProtocolError {
    if (at >= tsdu.length) {
      throw fail("TSDU", at, "no octet of an SPDU");
    }
    si = tsdu[at] & 0xFF;
    Length length = Length.read(tsdu, at + 1, tsdu.length);
    if (length == null) {
      throw fail("SPDU " + si, at + 1, "the TSDU ends within a length indicator");
    }
    from = length.next();
    if (length.value() > tsdu.length - from) {
      throw fail(
          "SPDU " + si,
          at + 1,
          "a length of " + length.value() + " where " + (tsdu.length - from) + " octets are left");
    }
    to = from + length.value();
  }

  private Parameters parameters(String name) throws ProtocolError {
    return Parameters.read(name, tsdu, from, to);
  }

  private Spdu alone() throws ProtocolError {
    switch (si) {
      case Spdu.CN -> {
        return cn(parameters("CN"));
      }
      case Spdu.AC -> {
        return ac(parameters("AC"));
      }
      case Spdu.RF -> {
        return rf(parameters("RF"));
      }
      case Spdu.FN -> {
        Parameters p = parameters("FN");
        return new Spdu.Fn(
            p.number(Parameters.TRANSPORT_DISCONNECT, 1, 1), p.octets(Parameters.USER_DATA, ANY));
      }
      case Spdu.DN -> {
        return new Spdu.Dn(parameters("DN").octets(Parameters.USER_DATA, ANY));
      }
      case Spdu.NF -> {
        return new Spdu.Nf(parameters("NF").octets(Parameters.USER_DATA, ANY));
      }
      case Spdu.AB -> {
        Parameters p = parameters("AB");
        return new Spdu.Ab(
            p.number(Parameters.TRANSPORT_DISCONNECT, 1, 1), p.octets(Parameters.USER_DATA, ANY));
      }
      case Spdu.AA -> {
        parameters("AA");
        return new Spdu.Aa();
      }
      case Spdu.GTC -> {
        parameters("GTC");
        return new Spdu.Gtc();
      }
      case Spdu.GTA -> {
        parameters("GTA");
        return new Spdu.Gta();
      }
      default -> throw fail("SPDU " + si, 0, "not an SPDU of the agreed functional units");
    }
  }

  private Spdu concatenated() throws ProtocolError {
    switch (si) {
      case Spdu.MIP -> {
        Parameters p = parameters("MIP");
        return new Spdu.Mip(
            (p.number(Parameters.SYNC_TYPE_ITEM, 1, 0) & 1) == 0,
            p.serial(Parameters.SERIAL_NUMBER));
      }
      case Spdu.MIA -> {
        return new Spdu.Mia(parameters("MIA").serial(Parameters.SERIAL_NUMBER));
      }
      case Spdu.AS -> {
        return new Spdu.As(identifier(parameters("AS")));
      }
      case Spdu.AR -> {
        return ar();
      }
      case Spdu.AE -> {
        return new Spdu.Ae(parameters("AE").serial(Parameters.SERIAL_NUMBER));
      }
      case Spdu.AEA -> {
        return new Spdu.Aea(parameters("AEA").serial(Parameters.SERIAL_NUMBER));
      }
      case Spdu.AI -> {
        return new Spdu.Ai(reason(parameters("AI")));
      }
      case Spdu.AIA -> {
        parameters("AIA");
        return new Spdu.Aia();
      }
      case Spdu.AD -> {
        return new Spdu.Ad(reason(parameters("AD")));
      }
      case Spdu.ADA -> {
        parameters("ADA");
        return new Spdu.Ada();
      }
      case Spdu.ER -> {
        parameters("ER");
        return new Spdu.Er();
      }
      case Spdu.ED -> {
        return new Spdu.Ed(reason(parameters("ED")));
      }
      default -> throw fail("SPDU " + si, 0, "not an SPDU of the agreed functional units");
    }
  }

  private Spdu cn(Parameters p) throws ProtocolError {
    Octets small = p.octets(Parameters.USER_DATA, 512);
    Octets large = p.octets(Parameters.EXTENDED_USER_DATA, LARGEST_CONNECT_DATA);
    if (!small.isEmpty() && !large.isEmpty()) {
      throw p.fail(0, "user data and extended user data");
    }
    return new Spdu.Cn(
        new Reference(
            p.octets(Parameters.CALLING_REFERENCE, REFERENCE),
            p.octets(Parameters.COMMON_REFERENCE, REFERENCE),
            p.octets(Parameters.ADDITIONAL_REFERENCE, 4)),
        p.number(Parameters.PROTOCOL_OPTIONS, 1, 0),
        tsduMaximum(p),
        p.number(Parameters.VERSION, 1, Spdu.VERSION_1),
        p.number(Parameters.TOKEN_SETTING, 1, 0),
        p.number(Parameters.SESSION_REQUIREMENTS, 2, Session.DEFAULT_REQUIREMENTS),
        p.octets(Parameters.CALLING_SELECTOR, SELECTOR),
        p.octets(Parameters.CALLED_SELECTOR, SELECTOR),
        large.isEmpty() ? small : large);
  }

  private static int tsduMaximum(Parameters p) throws ProtocolError {
    Octets value = p.octets(Parameters.TSDU_MAXIMUM, 4);
    if (value.isEmpty()) {
      return 0;
    }
    if (value.length() != 4) {
      throw p.fail(0, "a TSDU maximum size of " + value.length() + " octets where 4 are expected");
    }
    return value.at(0) << 24 | value.at(1) << 16 | value.at(2) << 8 | value.at(3);
  }

  private Spdu ac(Parameters p) throws ProtocolError {
    return new Spdu.Ac(
        new Reference(
            p.octets(
                p.has(Parameters.CALLED_REFERENCE)
                    ? Parameters.CALLED_REFERENCE
                    : Parameters.CALLING_REFERENCE,
                REFERENCE),
            p.octets(Parameters.COMMON_REFERENCE, REFERENCE),
            p.octets(Parameters.ADDITIONAL_REFERENCE, 4)),
        p.number(Parameters.PROTOCOL_OPTIONS, 1, 0),
        p.number(Parameters.VERSION, 1, Spdu.VERSION_1),
        p.number(Parameters.TOKEN_SETTING, 1, 0),
        p.number(Parameters.SESSION_REQUIREMENTS, 2, Session.DEFAULT_REQUIREMENTS),
        p.octets(Parameters.CALLED_SELECTOR, SELECTOR),
        p.octets(Parameters.USER_DATA, ANY));
  }

  private Spdu rf(Parameters p) throws ProtocolError {
    Octets value = p.octets(Parameters.REASON, ANY);
    return new Spdu.Rf(
        Reference.NONE,
        p.number(Parameters.TRANSPORT_DISCONNECT, 1, 1),
        p.number(Parameters.SESSION_REQUIREMENTS, 2, 0),
        p.number(Parameters.VERSION, 1, Spdu.VERSION_1),
        value.isEmpty() ? RefuseReason.USER : value.at(0),
        value.isEmpty() ? value : value.slice(1, value.length() - 1));
  }

  private Spdu ar() throws ProtocolError {
    Parameters p = parameters("AR");
    return new Spdu.Ar(
        identifier(p),
        new Reference(
            p.octets(Parameters.LINKED + Parameters.CALLING_REFERENCE, REFERENCE),
            p.octets(Parameters.LINKED + Parameters.COMMON_REFERENCE, REFERENCE),
            p.octets(Parameters.LINKED + Parameters.ADDITIONAL_REFERENCE, 4)),
        p.octets(Parameters.LINKED + Parameters.ACTIVITY_IDENTIFIER, 6),
        p.serial(Parameters.LINKED + Parameters.SERIAL_NUMBER));
  }

  private static Octets identifier(Parameters p) throws ProtocolError {
    if (!p.has(Parameters.ACTIVITY_IDENTIFIER)) {
      throw p.fail(0, "no activity identifier");
    }
    return p.octets(Parameters.ACTIVITY_IDENTIFIER, 6);
  }

  private static int reason(Parameters p) throws ProtocolError {
    Octets value = p.octets(Parameters.REASON, 1);
    return value.isEmpty() ? ExceptionReason.NON_SPECIFIC : value.at(0);
  }

  private static ProtocolError fail(String spdu, long offset, String rule) {
    return new ProtocolError(ProtocolError.In.SESSION, spdu, offset, rule);
  }
}
