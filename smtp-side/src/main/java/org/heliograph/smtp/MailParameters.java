package org.heliograph.smtp;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.heliograph.model.Handling.BodyType;
import org.heliograph.model.Handling.ContentReturn;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.ReportRequest;

/** The parameters of MAIL and RCPT that the server knows; others are refused with 555. */
final class MailParameters {
  private static final int MAX_ENVID = 100;
  private static final int MAX_ORCPT = 500;

  private MailParameters() {}

  /**
   * Of MAIL.
   *
   * @param size RFC 1870; 0 if nothing was said
   * @param priority RFC 6710
   */
  record OfMail(
      long size,
      BodyType body,
      ContentReturn contentReturn,
      Optional<String> envelopeId,
      OptionalInt priority) {}

  /** Of RCPT (RFC 3461 4.1, 4.2). */
  record OfRecipient(ReportRequest reportRequest, Optional<OriginalRecipient> original) {}

  static OfMail ofMail(Map<String, String> parameters) throws Refused {
    long size = 0;
    BodyType body = BodyType.SEVEN_BIT;
    ContentReturn contentReturn = ContentReturn.UNSPECIFIED;
    Optional<String> envelopeId = Optional.empty();
    OptionalInt priority = OptionalInt.empty();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String value = parameter.getValue();
      switch (parameter.getKey()) {
        case "SIZE" -> {
          require(value.matches("[0-9]{1,18}"), "SIZE=number of octets (RFC 1870 4)");
          size = Long.parseLong(value);
        }
        case "BODY" -> {
          require(
              value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME"),
              "BODY=7BIT or BODY=8BITMIME (RFC 6152 2)");
          body = value.equalsIgnoreCase("7BIT") ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT_MIME;
        }
        case "RET" -> {
          require(
              value.equalsIgnoreCase("FULL") || value.equalsIgnoreCase("HDRS"),
              "RET=FULL or RET=HDRS (RFC 3461 4.3)");
          contentReturn =
              value.equalsIgnoreCase("FULL") ? ContentReturn.FULL : ContentReturn.HEADERS;
        }
        case "ENVID" -> {
          require(value.length() <= MAX_ENVID, "ENVID of at most 100 characters (RFC 3461 4.4)");
          envelopeId = Optional.of(xtext(value));
        }
        case "MT-PRIORITY" -> {
          require(value.matches("-?[0-9]"), "MT-PRIORITY=-9 to 9 (RFC 6710 4)");
          priority = OptionalInt.of(Integer.parseInt(value));
        }
        default -> throw unknown(parameter.getKey());
      }
    }
    return new OfMail(size, body, contentReturn, envelopeId, priority);
  }

  static OfRecipient ofRecipient(Map<String, String> parameters) throws Refused {
    ReportRequest request = ReportRequest.unspecified();
    Optional<OriginalRecipient> original = Optional.empty();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String value = parameter.getValue();
      switch (parameter.getKey()) {
        case "NOTIFY" -> request = notify(value.toUpperCase(Locale.ROOT));
        case "ORCPT" -> {
          int semicolon = value.indexOf(';');
          require(
              value.length() <= MAX_ORCPT
                  && semicolon > 0
                  && value.substring(0, semicolon).matches("[A-Za-z0-9.-]+"),
              "ORCPT=type;address of at most 500 characters (RFC 3461 4.2)");
          String address = xtext(value.substring(semicolon + 1));
          require(!address.isEmpty(), "an address in ORCPT (RFC 3461 4.2)");
          original =
              Optional.of(
                  new OriginalRecipient(
                      value.substring(0, semicolon).toLowerCase(Locale.ROOT), address));
        }
        default -> throw unknown(parameter.getKey());
      }
    }
    return new OfRecipient(request, original);
  }

  private static ReportRequest notify(String value) throws Refused {
    if (value.equals("NEVER")) {
      return ReportRequest.never();
    }
    Set<ReportRequest.Event> events = EnumSet.noneOf(ReportRequest.Event.class);
    for (String word : value.split(",", -1)) {
      boolean fresh =
          switch (word) {
            case "SUCCESS" -> events.add(ReportRequest.Event.DELIVERY);
            case "FAILURE" -> events.add(ReportRequest.Event.NON_DELIVERY);
            case "DELAY" -> events.add(ReportRequest.Event.DELAY);
            default -> false;
          };
      require(fresh, "NOTIFY=NEVER, or SUCCESS, FAILURE, DELAY once each (RFC 3461 4.1)");
    }
    return ReportRequest.of(events);
  }

  private static String xtext(String value) throws Refused {
    try {
      return Xtext.decode(value);
    } catch (IllegalArgumentException e) {
      throw new Refused(501, "5.5.4", "no xtext: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String expected) throws Refused {
    if (!holds) {
      throw new Refused(501, "5.5.4", "expected " + expected);
    }
  }

  private static Refused unknown(String name) {
    return new Refused(555, "5.5.4", "parameter " + name + " is not known here");
  }
}
