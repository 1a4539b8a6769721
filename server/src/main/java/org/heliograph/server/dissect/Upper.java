package org.heliograph.server.dissect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.presentation.AbortType;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.ModeValue;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.show.Show;

/** The layers from session upwards. */
final class Upper {
  /** What is known of a PDU beside itself. */
  record At(long micros, boolean fromInitiator, long offset) {}

  private static final Pattern PASSWORD =
      Pattern.compile("(simple\\.(?:ia5-string|octet-string)).*");

  private final Consumer<Pdu> sink;
  private final boolean trees;
  private final Show show = new Show();
  private final Associations associations;
  private boolean x410;

  Upper(Consumer<Pdu> sink, boolean trees) {
    this.sink = sink;
    this.trees = trees;
    this.associations = new Associations(this);
  }

  /**
   * A whole TSDU.
   *
   * @param cut octets that were left away at its end
   */
  void tsdu(long micros, boolean fromInitiator, long offset, byte[] tsdu, long cut) {
    At at = new At(micros, fromInitiator, offset);
    List<Spdus.Spdu> spdus = Spdus.of(tsdu);
    for (int i = 0; i < spdus.size(); i++) {
      Spdus.Spdu spdu = spdus.get(i);
      if (i + 1 < spdus.size() && spdu.facts().isEmpty()) {
        continue; // the GT or PT that only announces what follows
      }
      Map<String, String> facts = new LinkedHashMap<>(spdu.facts());
      reason(spdu.name(), facts);
      if (cut > 0) {
        facts.put("the last " + cut + " octets of the TSDU are not kept", "");
      }
      sink.accept(
          new Pdu(
              at.micros(),
              at.fromInitiator(),
              at.offset(),
              Layer.SESSION,
              spdu.name(),
              facts,
              Octets.of(tsdu),
              ""));
      user(at, spdu, tsdu);
    }
  }

  private static void reason(String spdu, Map<String, String> facts) {
    String reason = facts.get("reason");
    if (reason != null) {
      int number = Integer.parseInt(reason);
      facts.put("reason", spdu.equals("RF") ? Words.refusal(number) : Words.exception(number));
    }
  }

  private void user(At at, Spdus.Spdu spdu, byte[] tsdu) {
    Octets user =
        spdu.hasUserData()
            ? Octets.of(java.util.Arrays.copyOfRange(tsdu, spdu.from(), spdu.to()))
            : Octets.empty();
    switch (spdu.name()) {
      case "CN" -> connect(at, user);
      case "AC" -> presentation(at, "CPA", CPAPPDU.CODEC, user);
      case "RF" -> presentation(at, "CPR", CPRPPDU.CODEC, user);
      case "AB" -> presentation(at, "ARU or ARP", AbortType.CODEC, user);
      case "FN", "DN" -> {
        if (!x410) {
          presentation(at, "user data", UserData.CODEC, user);
        }
      }
      case "AS", "AR" -> associations.begin();
      case "AD", "AI" -> associations.drop();
      case "DT" -> associations.data(at, user, x410);
      case "AE" -> associations.end(at, x410);
      case "PT" -> associations.turnWanted(at, user);
      default -> {
        // They carry nothing for the layers above.
      }
    }
  }

  private void connect(At at, Octets user) {
    if (user.isEmpty()) {
      return;
    }
    try {
      x410 = CPType.CODEC.decode(user).modeSelector().modeValue() == ModeValue.X410_1984_MODE;
    } catch (DecodeException broken) {
      x410 = false;
    }
    presentation(at, "CP", CPType.CODEC, user);
  }

  private void presentation(At at, String name, Codec<?> codec, Octets octets) {
    if (octets.isEmpty()) {
      return;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    try {
      Object value = codec.decode(octets);
      Presented.facts(value, facts);
      pdu(at, Layer.PRESENTATION, name, facts, octets, codec);
      associations.carried(at, value);
    } catch (DecodeException broken) {
      facts.put("not decoded", broken.getMessage());
      pdu(at, Layer.PRESENTATION, name, facts, octets, codec);
    }
  }

  /** Gives a PDU of ASN.1. */
  void pdu(
      At at, Layer layer, String name, Map<String, String> facts, Octets octets, Codec<?> codec) {
    sink.accept(
        new Pdu(
            at.micros(),
            at.fromInitiator(),
            at.offset(),
            layer,
            name,
            facts,
            octets,
            trees && !octets.isEmpty() ? withoutPasswords(show.show(octets, codec)) : ""));
  }

  /** What is shown is copied into letters and tickets. */
  private static String withoutPasswords(String tree) {
    return PASSWORD.matcher(tree).replaceAll("$1 (password, not shown)");
  }
}
