package org.heliograph.server.dissect;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.External;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.rtse.ConnectionData;
import org.heliograph.asn1.rtse.DialogueMode;
import org.heliograph.asn1.rtse.RTORQapdu;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.MTABindError;
import org.heliograph.asn1.x411.MTABindResult;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.TransferredAPDU;
import org.heliograph.server.dissect.Upper.At;
import org.jspecify.annotations.Nullable;

/** ACSE, RTSE and P1: what the presentation layer carries. */
final class Associations {
  private final Upper out;
  private final ByteArrayOutputStream apdu = new ByteArrayOutputStream();
  private long cut;

  Associations(Upper out) {
    this.out = out;
  }

  /** What a connect, accept, refuse, release or abort carries. */
  void carried(At at, Object ppdu) throws DecodeException {
    if (ppdu instanceof CPType cp && cp.x410ModeParameters() != null) {
      var open = cp.x410ModeParameters();
      Map<String, String> facts = new LinkedHashMap<>();
      request(
          facts,
          open.checkpointSize(),
          open.windowSize(),
          open.dialogueMode(),
          open.applicationProtocol());
      rtse(at, "RTORQ", facts, open.connectionDataRQ(), true);
      return;
    }
    if (ppdu instanceof CPAPPDU cpa && cpa.x410ModeParameters() != null) {
      var accept = cpa.x410ModeParameters();
      Map<String, String> facts = new LinkedHashMap<>();
      accepted(facts, accept.checkpointSize(), accept.windowSize());
      rtse(at, "RTOAC", facts, accept.connectionDataAC(), false);
      return;
    }
    for (Octets value : Presented.carried(ppdu)) {
      acse(at, value);
    }
  }

  private void acse(At at, Octets octets) throws DecodeException {
    ACSEApdu decoded = ACSEApdu.CODEC.decode(octets);
    Map<String, String> facts = new LinkedHashMap<>();
    @Nullable List<External> user = null;
    String name;
    switch (decoded) {
      case ACSEApdu.Aarq aarq -> {
        name = "AARQ";
        facts.put("application context", named(aarq.value().applicationContextName()));
        user = aarq.value().userInformation();
      }
      case ACSEApdu.Aare aare -> {
        name = "AARE";
        facts.put("application context", named(aare.value().applicationContextName()));
        facts.put(
            "result",
            aare.value().result() == 0
                ? "accepted"
                : aare.value().result() == 1 ? "rejected (permanent)" : "rejected (transient)");
        user = aare.value().userInformation();
      }
      case ACSEApdu.Rlrq rlrq -> name = "RLRQ";
      case ACSEApdu.Rlre rlre -> name = "RLRE";
      case ACSEApdu.Abrt abrt -> {
        name = "ABRT";
        facts.put("source", abrt.value().abortSource() == 0 ? "user" : "provider");
        user = abrt.value().userInformation();
      }
      default -> name = decoded.getClass().getSimpleName();
    }
    out.pdu(at, Layer.ACSE, name, facts, octets, ACSEApdu.CODEC);
    if (user != null) {
      for (External external : user) {
        if (external.encoding() instanceof External.Encoding.SingleAsn1Type single) {
          rtse(at, single.value().octets());
        }
      }
    }
  }

  private static String named(org.heliograph.asn1.ObjectIdentifier id) {
    return org.heliograph.asn1.catalog.Catalog.nameOf(id)
        .map(n -> n + " (" + id + ")")
        .orElse(id.toString());
  }

  private void rtse(At at, Octets octets) throws DecodeException {
    RTSEApdus decoded = RTSEApdus.CODEC.decode(octets);
    Map<String, String> facts = new LinkedHashMap<>();
    switch (decoded) {
      case RTSEApdus.RtorqApdu rq -> {
        RTORQapdu r = rq.value();
        request(
            facts, r.checkpointSize(), r.windowSize(), r.dialogueMode(), r.applicationProtocol());
        out.pdu(at, Layer.RTSE, "RTORQ", facts, octets, RTSEApdus.CODEC);
        bind(at, r.connectionDataRQ(), true);
      }
      case RTSEApdus.RtoacApdu ac -> {
        accepted(facts, ac.value().checkpointSize(), ac.value().windowSize());
        out.pdu(at, Layer.RTSE, "RTOAC", facts, octets, RTSEApdus.CODEC);
        bind(at, ac.value().connectionDataAC(), false);
      }
      case RTSEApdus.RtorjApdu rj -> {
        if (rj.value().refuseReason() != null) {
          facts.put("refuse reason", Words.rtseRefusal(rj.value().refuseReason()));
        }
        out.pdu(at, Layer.RTSE, "RTORJ", facts, octets, RTSEApdus.CODEC);
        if (rj.value().userDataRJ() != null) {
          bindError(at, rj.value().userDataRJ().octets());
        }
      }
      case RTSEApdus.RtabApdu ab -> {
        if (ab.value().abortReason() != null) {
          facts.put("abort reason", Words.rtseAbort(ab.value().abortReason()));
        }
        out.pdu(at, Layer.RTSE, "RTAB", facts, octets, RTSEApdus.CODEC);
      }
      default -> out.pdu(at, Layer.RTSE, "APDU", facts, octets, RTSEApdus.CODEC);
    }
  }

  private static void request(
      Map<String, String> facts, long size, long window, long dialogue, @Nullable Long protocol) {
    accepted(facts, size, window);
    facts.put("dialogue", dialogue == DialogueMode.MONOLOGUE ? "monologue" : "two-way-alternate");
    if (protocol != null) {
      facts.put("application protocol", protocol.toString());
    }
  }

  private static void accepted(Map<String, String> facts, long size, long window) {
    facts.put("checkpoint size", size == 0 ? "0 (none)" : size + " KiB");
    facts.put("window", Long.toString(window));
  }

  private void rtse(
      At at, String name, Map<String, String> facts, ConnectionData data, boolean asks)
      throws DecodeException {
    out.pdu(at, Layer.RTSE, name, facts, ConnectionData.CODEC.encode(data), ConnectionData.CODEC);
    bind(at, data, asks);
  }

  private void bind(At at, ConnectionData data, boolean asks) throws DecodeException {
    if (!(data instanceof ConnectionData.Open open)) {
      out.pdu(
          at,
          Layer.RTSE,
          "recover",
          Map.of("an association is recovered", ""),
          ConnectionData.CODEC.encode(data),
          ConnectionData.CODEC);
      return;
    }
    Octets octets = open.value().octets();
    boolean wrapped = !octets.isEmpty() && (octets.at(0) == 0xB0 || octets.at(0) == 0xB1);
    Codec<?> codec =
        wrapped ? BindOperation.CODEC : asks ? MTABindArgument.CODEC : MTABindResult.CODEC;
    Map<String, String> facts = new LinkedHashMap<>();
    Bound.facts(codec.decode(octets), facts);
    out.pdu(at, Layer.P1, asks ? "MTABindArgument" : "MTABindResult", facts, octets, codec);
  }

  private void bindError(At at, Octets octets) throws DecodeException {
    boolean wrapped = !octets.isEmpty() && octets.at(0) == 0xB2;
    Codec<?> codec = wrapped ? BindOperation.CODEC : MTABindError.CODEC;
    Map<String, String> facts = new LinkedHashMap<>();
    Bound.facts(codec.decode(octets), facts);
    out.pdu(at, Layer.P1, "MTABindError", facts, octets, codec);
  }

  /** An activity begins. */
  void begin() {
    apdu.reset();
    cut = 0;
  }

  /** An activity is interrupted or discarded. */
  void drop() {
    begin();
  }

  /** User data of S-DATA: RTTR, and in turn please RTTP. */
  void data(At at, Octets user, boolean x410) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (x410) {
      // X.410-1984 mode: the APDU's octets as they are.
      facts.put("octets", Long.toString(user.length()));
      out.pdu(at, Layer.RTSE, "RTTR", facts, Octets.empty(), RTSEApdus.CODEC);
      keep(user);
      return;
    }
    try {
      List<Octets> values = Presented.values(UserData.CODEC.decode(user));
      for (Octets value : values) {
        if (RTSEApdus.CODEC.decode(value) instanceof RTSEApdus.RttrApdu rttr) {
          facts.put("octets", Long.toString(rttr.value().length()));
          out.pdu(at, Layer.RTSE, "RTTR", facts, Octets.empty(), RTSEApdus.CODEC);
          keep(rttr.value());
        }
      }
    } catch (DecodeException broken) {
      facts.put("not decoded", broken.getMessage());
      out.pdu(at, Layer.RTSE, "RTTR", facts, user, UserData.CODEC);
    }
  }

  private void keep(Octets piece) {
    long room = Math.min(piece.length(), Dissector.LARGEST_TSDU - apdu.size());
    apdu.writeBytes(piece.slice(0, room).toByteArray());
    cut += piece.length() - room;
  }

  /** The turn is asked for, by an integer priority. */
  void turnWanted(At at, Octets user) {
    if (!user.isEmpty()) {
      out.pdu(at, Layer.RTSE, "RTTP", Map.of(), user, RTSEApdus.CODEC);
    }
  }

  /** An activity ends: what was transferred is complete. */
  void end(At at, boolean x410) {
    Octets whole = Octets.of(apdu.toByteArray());
    begin(at, whole, x410 ? MTSAPDU.CODEC : TransferredAPDU.CODEC);
    begin();
  }

  private void begin(At at, Octets whole, Codec<?> codec) {
    if (whole.isEmpty()) {
      return;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("octets", Long.toString(whole.length() + cut));
    if (cut > 0) {
      facts.put("the last " + cut + " are not kept", "");
    }
    String name = "MTS-APDU";
    try {
      Object decoded = codec.decode(whole);
      MTSAPDU mts =
          decoded instanceof TransferredAPDU wrapped ? wrapped.encoding() : (MTSAPDU) decoded;
      name = Bound.name(mts);
      Bound.facts(mts, facts);
    } catch (DecodeException broken) {
      facts.put("not decoded", broken.getMessage());
    }
    out.pdu(at, Layer.P1, name, facts, whole, codec);
  }
}
