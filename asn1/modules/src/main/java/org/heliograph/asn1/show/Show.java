package org.heliograph.asn1.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tree;
import org.heliograph.asn1.acse.ACSEApdu;
import org.heliograph.asn1.catalog.Catalog;
import org.heliograph.asn1.cms.ContentInfo;
import org.heliograph.asn1.presentation.CPANormal;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.UserData;
import org.heliograph.asn1.rtse.RTSEApdus;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.MTABindError;
import org.heliograph.asn1.x411.MTABindResult;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.TransferredAPDU;
import org.heliograph.asn1.x420.InformationObject;

/** Octets as a tree, with a guess at what they are where nobody says it. */
public final class Show {
  private static final int MOST_HEADER_OCTETS = 12;
  private static final int SET = 0x31;
  private static final int SEQUENCE = 0x30;
  private static final int EXTERNAL = 0x28;

  private static final Map<String, Codec<?>> SHORT_NAMES = shortNames();

  private final Tree tree;

  /** With the default settings. */
  public Show() {
    this(Tree.Settings.DEFAULT);
  }

  public Show(Tree.Settings settings) {
    this.tree = new Tree(Catalog.TABLES, Catalog::nameOf, Show::inside, settings);
  }

  /**
   * What {@link #type} takes beside the names of the modules: {@code p1}, {@code p22} and so on.
   */
  public static List<String> names() {
    return List.copyOf(SHORT_NAMES.keySet());
  }

  /** The type of a name: one of {@link #names}, or module and type as {@code X411.MTS-APDU}. */
  public static Optional<Codec<?>> type(String name) {
    Codec<?> found = SHORT_NAMES.get(name);
    return found == null ? Catalog.type(name) : Optional.of(found);
  }

  /** The tree of a value of a known type. Never fails: the last line says where it had to stop. */
  public String show(Octets octets, Codec<?> codec) {
    return tree.show(octets, codec);
  }

  /** The tree of octets that may be anything; untyped where the guess fails. */
  public String show(Octets octets) {
    return guess(octets).map(codec -> tree.show(octets, codec)).orElseGet(() -> tree.show(octets));
  }

  /**
   * What octets are, judged by the first few: the outermost type of a P1, RTSE, ACSE or
   * presentation PDU, of an interpersonal or military message, or of CMS. A message ([0]) of P1 and
   * one of P2 are told apart by their second element, an envelope or a heading.
   */
  public static Optional<Codec<?>> guess(Octets octets) {
    if (octets.length() < 2) {
      return Optional.empty();
    }
    return switch (octets.at(0)) {
      case 0xA0, 0xA1 -> Optional.of(message(octets));
      case 0xA2 -> Optional.of(MTSAPDU.CODEC);
      case EXTERNAL -> Optional.of(TransferredAPDU.CODEC);
      case 0x60 ->
          Optional.of(
              second(octets) == 0x80 || second(octets) == 0xA1 ? ACSEApdu.CODEC : UserData.CODEC);
      case 0x61 -> Optional.of(second(octets) == SEQUENCE ? UserData.CODEC : ACSEApdu.CODEC);
      case 0x62, 0x63, 0x64 -> Optional.of(ACSEApdu.CODEC);
      case 0xB0, 0xB1, 0xB2, 0xB6 -> Optional.of(RTSEApdus.CODEC);
      case SET ->
          switch (second(octets)) {
            case 0xA0 -> Optional.of(connect(octets));
            case 0x80 -> Optional.of(CPRPPDU.CODEC);
            default -> Optional.empty();
          };
      case SEQUENCE -> sequence(second(octets));
      default -> Optional.empty();
    };
  }

  private static Optional<Codec<?>> sequence(int second) {
    return switch (second) {
      case 0x06 -> Optional.of(ContentInfo.CODEC);
      case 0x83, 0xA5, 0x8A -> Optional.of(CPRPPDU.CODEC);
      default -> Optional.empty();
    };
  }

  /**
   * P1: SEQUENCE is implicit, so an envelope (SET) follows; P2: a heading (SET) that begins with
   * APPLICATION 11.
   */
  private static Codec<?> message(Octets octets) {
    List<Integer> firsts = firsts(octets, 3);
    boolean ipm = firsts.size() == 3 && (firsts.get(2) == 0x6B || firsts.get(1) == 0x6B);
    return ipm ? InformationObject.CODEC : MTSAPDU.CODEC;
  }

  /** An accept has what a responder says; all else that begins like it is a connect. */
  private static Codec<?> connect(Octets octets) {
    try {
      CPAPPDU accept = CPAPPDU.CODEC.decode(octets);
      CPANormal normal = accept.normalModeParameters();
      boolean responds =
          accept.x410ModeParameters() != null
              || (normal != null
                  && (normal.respondingPresentationSelector() != null
                      || normal.presentationContextDefinitionResultList() != null));
      return responds ? CPAPPDU.CODEC : CPType.CODEC;
    } catch (DecodeException e) {
      return CPType.CODEC;
    }
  }

  private static int second(Octets octets) {
    List<Integer> firsts = firsts(octets, 2);
    return firsts.size() < 2 ? -1 : firsts.get(1);
  }

  /** First octets of the elements that begin one inside the other. */
  private static List<Integer> firsts(Octets octets, int count) {
    List<Integer> firsts = new ArrayList<>();
    long at = 0;
    while (firsts.size() < count && at + 1 < Math.min(octets.length(), MOST_HEADER_OCTETS)) {
      firsts.add(octets.at(at++));
      int length = octets.at(at++);
      at += length > 0x80 ? length & 0x7F : 0;
    }
    return firsts;
  }

  private static Optional<Codec<?>> inside(String component, Octets octets) {
    return switch (last(component)) {
      case "open", "userDataRJ", "userdataAB" -> bind(component, octets);
      case "single-ASN1-type", "rttr-apdu", "simply-encoded-data", "octet-aligned" ->
          protocol(octets);
      case "content", "original-content", "returned-content" -> content(octets);
      case "eContent", "(id-data)" -> content(octets);
      default -> component.contains("(id-et-content") ? content(octets) : Optional.empty();
    };
  }

  private static String last(String component) {
    return component.substring(component.lastIndexOf('.') + 1);
  }

  private static Optional<Codec<?>> bind(String component, Octets octets) {
    return switch (octets.at(0)) {
      case 0xB0, 0xB1, 0xB2 -> Optional.of(BindOperation.CODEC);
      case 0x02 -> Optional.of(MTABindError.CODEC);
      default ->
          Optional.of(component.contains("AC") ? MTABindResult.CODEC : MTABindArgument.CODEC);
    };
  }

  private static Optional<Codec<?>> protocol(Octets octets) {
    return switch (octets.at(0)) {
      case 0x04, 0x24, 0x02 -> Optional.of(RTSEApdus.CODEC);
      default -> guess(octets);
    };
  }

  private static Optional<Codec<?>> content(Octets octets) {
    return guess(octets)
        .filter(c -> c.equals(InformationObject.CODEC) || c.equals(ContentInfo.CODEC));
  }

  private static Map<String, Codec<?>> shortNames() {
    Map<String, Codec<?>> names = new LinkedHashMap<>();
    names.put("p1", MTSAPDU.CODEC);
    names.put("p1-transferred", TransferredAPDU.CODEC);
    names.put("p2", InformationObject.CODEC);
    names.put("p22", InformationObject.CODEC);
    names.put("p772", org.heliograph.asn1.p772.InformationObject.CODEC);
    names.put("rtse", RTSEApdus.CODEC);
    names.put("acse", ACSEApdu.CODEC);
    names.put("presentation", UserData.CODEC);
    names.put("cp", CPType.CODEC);
    names.put("cpa", CPAPPDU.CODEC);
    names.put("cpr", CPRPPDU.CODEC);
    names.put("cms", ContentInfo.CODEC);
    return names;
  }
}
