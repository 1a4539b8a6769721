package org.heliograph.server.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.catalog.Catalog;
import org.heliograph.asn1.presentation.CPANormal;
import org.heliograph.asn1.presentation.CPAPPDU;
import org.heliograph.asn1.presentation.CPNormal;
import org.heliograph.asn1.presentation.CPRPPDU;
import org.heliograph.asn1.presentation.CPType;
import org.heliograph.asn1.presentation.PDVList;
import org.heliograph.asn1.presentation.PresentationDataValues;
import org.heliograph.asn1.presentation.ResultItem;
import org.heliograph.asn1.presentation.UserData;
import org.jspecify.annotations.Nullable;

/** What presentation PDUs say and carry (X.226). */
final class Presented {
  private Presented() {}

  /** The values for the layers above. */
  static List<Octets> carried(Object ppdu) throws DecodeException {
    return switch (ppdu) {
      case CPType cp when cp.normalModeParameters() != null ->
          values(cp.normalModeParameters().userData());
      case CPAPPDU cpa when cpa.normalModeParameters() != null ->
          values(cpa.normalModeParameters().userData());
      case CPRPPDU.NormalModeParameters cpr -> values(cpr.value().userData());
      case org.heliograph.asn1.presentation.AbortType.AruNormal aru ->
          values(aru.value().userData());
      case UserData data -> values(data);
      default -> List.of();
    };
  }

  /** Every presentation data value. */
  static List<Octets> values(@Nullable UserData data) {
    List<Octets> values = new ArrayList<>();
    if (data instanceof UserData.FullyEncodedData full) {
      for (PDVList list : full.value()) {
        switch (list.presentationDataValues()) {
          case PresentationDataValues.SingleASN1Type single -> values.add(octets(single.value()));
          case PresentationDataValues.OctetAligned aligned -> values.add(aligned.value());
          default -> {
            // Bits are not octets of any layer that is known here.
          }
        }
      }
    } else if (data instanceof UserData.SimplyEncodedData simple) {
      values.add(simple.value());
    }
    return values;
  }

  private static Octets octets(Any any) {
    return any.octets();
  }

  static void facts(Object ppdu, Map<String, String> facts) {
    switch (ppdu) {
      case CPType cp -> {
        CPNormal normal = cp.normalModeParameters();
        facts.put("mode", normal == null ? "X.410-1984" : "normal");
        if (normal != null) {
          selector(facts, "calling PSEL", normal.callingPresentationSelector());
          selector(facts, "called PSEL", normal.calledPresentationSelector());
          if (normal.presentationContextDefinitionList() != null) {
            normal
                .presentationContextDefinitionList()
                .forEach(
                    c ->
                        facts.put(
                            "context " + c.presentationContextIdentifier(),
                            Catalog.nameOf(c.abstractSyntaxName())
                                .orElse(c.abstractSyntaxName().toString())));
          }
        }
      }
      case CPAPPDU cpa -> {
        CPANormal normal = cpa.normalModeParameters();
        facts.put("mode", normal == null ? "X.410-1984" : "normal");
        if (normal != null) {
          selector(facts, "responding PSEL", normal.respondingPresentationSelector());
          results(facts, normal.presentationContextDefinitionResultList());
        }
      }
      case CPRPPDU.NormalModeParameters cpr -> {
        facts.put("mode", "normal");
        results(facts, cpr.value().presentationContextDefinitionResultList());
        if (cpr.value().providerReason() != null) {
          facts.put("provider reason", cpr.value().providerReason().toString());
        }
      }
      case CPRPPDU.X410ModeParameters cpr -> {
        facts.put("mode", "X.410-1984");
        if (cpr.value().refuseReason() != null) {
          facts.put("refuse reason", Words.rtseRefusal(cpr.value().refuseReason()));
        }
      }
      default -> {
        // The tree says it.
      }
    }
  }

  private static void results(Map<String, String> facts, @Nullable List<ResultItem> results) {
    if (results != null) {
      long accepted = results.stream().filter(r -> r.result() == 0).count();
      facts.put("contexts accepted", accepted + " of " + results.size());
    }
  }

  private static void selector(Map<String, String> facts, String name, @Nullable Octets selector) {
    if (selector != null) {
      byte[] octets = selector.toByteArray();
      facts.put(name, Words.selector(octets, 0, octets.length));
    }
  }
}
