package org.heliograph.osi.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.heliograph.asn1.Octets;

/** Writes SPDUs as whole TSDUs, with the GT or PT that has to stand before those of category 2. */
final class SpduWriter {
  private static final byte[] GT = {Spdu.GT, 0};
  private static final byte[] PT = {Spdu.PT, 0};

  /** GT and DT without parameters: what stands before user information (X.225 clause 8.3.11). */
  static final byte[] DATA = {Spdu.GT, 0, Spdu.DT, 0};

  private final ByteArrayOutputStream field = new ByteArrayOutputStream();

  private SpduWriter() {}

  static byte[] write(Spdu spdu) {
    return new SpduWriter().tsdu(spdu);
  }

  private byte[] tsdu(Spdu spdu) {
    return switch (spdu) {
      case Spdu.Cn cn -> cn(cn);
      case Spdu.Ac ac -> ac(ac);
      case Spdu.Rf rf -> rf(rf);
      case Spdu.Fn fn -> {
        put(Parameters.TRANSPORT_DISCONNECT, fn.disconnect());
        put(Parameters.USER_DATA, fn.userData());
        yield unit(new byte[0], Spdu.FN);
      }
      case Spdu.Dn dn -> {
        put(Parameters.USER_DATA, dn.userData());
        yield unit(new byte[0], Spdu.DN);
      }
      case Spdu.Nf nf -> {
        put(Parameters.USER_DATA, nf.userData());
        yield unit(new byte[0], Spdu.NF);
      }
      case Spdu.Ab ab -> {
        put(Parameters.TRANSPORT_DISCONNECT, ab.disconnect());
        put(Parameters.USER_DATA, ab.userData());
        yield unit(new byte[0], Spdu.AB);
      }
      case Spdu.Aa aa -> unit(new byte[0], Spdu.AA);
      case Spdu.Gt gt -> {
        put(Parameters.TOKEN_ITEM, gt.tokens());
        yield unit(new byte[0], Spdu.GT);
      }
      case Spdu.Pt pt -> {
        put(Parameters.TOKEN_ITEM, pt.tokens());
        put(Parameters.USER_DATA, pt.userData());
        yield unit(new byte[0], Spdu.PT);
      }
      case Spdu.Gtc gtc -> unit(new byte[0], Spdu.GTC);
      case Spdu.Gta gta -> unit(new byte[0], Spdu.GTA);
      case Spdu.Mip mip -> {
        if (!mip.confirm()) {
          put(Parameters.SYNC_TYPE_ITEM, 1);
        }
        serial(mip.serial());
        yield unit(GT, Spdu.MIP);
      }
      case Spdu.Mia mia -> {
        serial(mia.serial());
        yield unit(PT, Spdu.MIA);
      }
      case Spdu.As as -> {
        put(Parameters.ACTIVITY_IDENTIFIER, as.identifier());
        yield unit(GT, Spdu.AS);
      }
      case Spdu.Ar ar -> ar(ar);
      case Spdu.Ae ae -> {
        serial(ae.serial());
        yield unit(GT, Spdu.AE);
      }
      case Spdu.Aea aea -> {
        serial(aea.serial());
        yield unit(PT, Spdu.AEA);
      }
      case Spdu.Ai ai -> {
        put(Parameters.REASON, ai.reason());
        yield unit(GT, Spdu.AI);
      }
      case Spdu.Aia aia -> unit(PT, Spdu.AIA);
      case Spdu.Ad ad -> {
        put(Parameters.REASON, ad.reason());
        yield unit(GT, Spdu.AD);
      }
      case Spdu.Ada ada -> unit(PT, Spdu.ADA);
      case Spdu.Er er -> unit(PT, Spdu.ER);
      case Spdu.Ed ed -> {
        put(Parameters.REASON, ed.reason());
        yield unit(PT, Spdu.ED);
      }
    };
  }

  private byte[] cn(Spdu.Cn cn) {
    reference(Parameters.CALLING_REFERENCE, cn.reference());
    item(cn.options(), cn.version(), cn.tokens());
    put2(Parameters.SESSION_REQUIREMENTS, cn.requirements());
    put(Parameters.CALLING_SELECTOR, cn.calling());
    put(Parameters.CALLED_SELECTOR, cn.called());
    put(
        cn.userData().length() > 512 ? Parameters.EXTENDED_USER_DATA : Parameters.USER_DATA,
        cn.userData());
    return unit(new byte[0], Spdu.CN);
  }

  private byte[] ac(Spdu.Ac ac) {
    reference(Parameters.CALLED_REFERENCE, ac.reference());
    item(ac.options(), ac.version(), ac.tokens());
    put2(Parameters.SESSION_REQUIREMENTS, ac.requirements());
    put(Parameters.CALLED_SELECTOR, ac.responding());
    put(Parameters.USER_DATA, ac.userData());
    return unit(new byte[0], Spdu.AC);
  }

  private byte[] rf(Spdu.Rf rf) {
    reference(Parameters.CALLED_REFERENCE, rf.reference());
    put(Parameters.TRANSPORT_DISCONNECT, rf.disconnect());
    put2(Parameters.SESSION_REQUIREMENTS, rf.requirements());
    put(Parameters.VERSION, rf.version());
    put(
        Parameters.REASON,
        Octets.join(List.of(Octets.of(new byte[] {(byte) rf.reason()}), rf.userData())));
    return unit(new byte[0], Spdu.RF);
  }

  private byte[] ar(Spdu.Ar ar) {
    SpduWriter linked = new SpduWriter();
    linked.put(Parameters.CALLING_REFERENCE, ar.oldConnection().user());
    linked.put(Parameters.COMMON_REFERENCE, ar.oldConnection().common());
    linked.put(Parameters.ADDITIONAL_REFERENCE, ar.oldConnection().additional());
    linked.put(Parameters.ACTIVITY_IDENTIFIER, ar.oldIdentifier());
    linked.serial(ar.serial());
    put(Parameters.LINKING_INFORMATION, Octets.of(linked.field.toByteArray()));
    put(Parameters.ACTIVITY_IDENTIFIER, ar.identifier());
    return unit(GT, Spdu.AR);
  }

  private void reference(int user, Reference reference) {
    SpduWriter group = new SpduWriter();
    group.put(user, reference.user());
    group.put(Parameters.COMMON_REFERENCE, reference.common());
    group.put(Parameters.ADDITIONAL_REFERENCE, reference.additional());
    put(Parameters.CONNECTION_IDENTIFIER, Octets.of(group.field.toByteArray()));
  }

  private void item(int options, int version, int tokens) {
    SpduWriter group = new SpduWriter();
    group.put(Parameters.PROTOCOL_OPTIONS, options);
    group.put(Parameters.VERSION, version);
    group.put(Parameters.TOKEN_SETTING, tokens);
    put(Parameters.CONNECT_ACCEPT_ITEM, Octets.of(group.field.toByteArray()));
  }

  private void serial(int number) {
    byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    put(Parameters.SERIAL_NUMBER, Octets.of(digits));
  }

  private void put(int code, int octet) {
    put(code, Octets.of(new byte[] {(byte) octet}));
  }

  private void put2(int code, int number) {
    put(code, Octets.of(new byte[] {(byte) (number >> 8), (byte) number}));
  }

  /** Left out when empty. */
  private void put(int code, Octets value) {
    if (!value.isEmpty()) {
      field.write(code);
      length(field, (int) value.length());
      field.writeBytes(value.toByteArray());
    }
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length > 65535) {
      throw new IllegalArgumentException("a session parameter of " + length + " octets");
    }
    if (length < 0xFF) {
      out.write(length);
    } else {
      out.write(0xFF);
      out.write(length >> 8);
      out.write(length);
    }
  }

  private byte[] unit(byte[] before, int code) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(before.length + 4 + field.size());
    out.writeBytes(before);
    out.write(code);
    length(out, field.size());
    out.writeBytes(field.toByteArray());
    return out.toByteArray();
  }
}
