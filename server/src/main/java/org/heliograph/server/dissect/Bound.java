package org.heliograph.server.dissect;

import java.util.Map;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.BindOperation;
import org.heliograph.asn1.x411.Credentials;
import org.heliograph.asn1.x411.MTABindArgument;
import org.heliograph.asn1.x411.MTABindResult;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.x400.Domains;

/** What P1 says in short: binds and transfers. Passwords are not among it. */
final class Bound {
  private Bound() {}

  static void facts(Object bind, Map<String, String> facts) {
    switch (bind) {
      case BindOperation.Argument argument -> facts(argument.value(), facts);
      case BindOperation.Result result -> facts(result.value(), facts);
      case BindOperation.Error error -> facts(error.value(), facts);
      case MTABindArgument.Authenticated a ->
          said(facts, a.value().initiatorName(), a.value().initiatorCredentials());
      case MTABindArgument.Unauthenticated a -> facts.put("no name and no credentials", "");
      case MTABindResult.Authenticated r ->
          said(facts, r.value().responderName(), r.value().responderCredentials());
      case MTABindResult.Unauthenticated r -> facts.put("no name and no credentials", "");
      case Long error -> facts.put("error", error(error));
      default -> {
        // The tree says it.
      }
    }
  }

  private static void said(Map<String, String> facts, Text name, Credentials credentials) {
    facts.put("MTA name", '"' + org.heliograph.model.Show.safe(name.toString(), 64) + '"');
    facts.put("credentials", credentials instanceof Credentials.Simple ? "password" : "strong");
  }

  /** The bind error (X.411 clause 12.1.1.3) in words. */
  static String error(long code) {
    return switch ((int) code) {
      case 0 -> "busy (0)";
      case 2 -> "authentication-error (2)";
      case 3 -> "unacceptable-dialogue-mode (3)";
      case 4 -> "unacceptable-security-context (4)";
      case 5 -> "inadequate-association-confidentiality (5)";
      default -> Long.toString(code);
    };
  }

  static String name(MTSAPDU apdu) {
    return switch (apdu) {
      case MTSAPDU.Message message -> "Message";
      case MTSAPDU.Probe probe -> "Probe";
      case MTSAPDU.Report report -> "Report";
      default -> "MTS-APDU";
    };
  }

  static void facts(MTSAPDU apdu, Map<String, String> facts) {
    switch (apdu) {
      case MTSAPDU.Message m -> {
        facts.put("id", Domains.read(m.value().envelope().messageIdentifier()).toString());
        facts.put("content octets", Long.toString(m.value().content().length()));
        facts.put("recipients", Integer.toString(m.value().envelope().perRecipientFields().size()));
      }
      case MTSAPDU.Probe p -> {
        facts.put("id", Domains.read(p.value().probeIdentifier()).toString());
        facts.put("recipients", Integer.toString(p.value().perRecipientFields().size()));
      }
      case MTSAPDU.Report r ->
          facts.put("id", Domains.read(r.value().envelope().reportIdentifier()).toString());
      default -> {
        // The tree says it.
      }
    }
  }
}
