package org.heliograph.mail;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Bytes;

/**
 * The SIO-Label field (RFC 7444): a security label and what to show of it. The label's octets are
 * not interpreted here.
 *
 * @param marking the text to show
 * @param foreground a colour as the field names it
 * @param background a colour
 * @param label the label
 */
public record SioLabel(
    Optional<String> marking,
    Optional<String> foreground,
    Optional<String> background,
    Optional<Encoded> label) {
  /** The name of the field. */
  public static final String FIELD = "SIO-Label";

  /** An ESS security label (RFC 2634). */
  public static final String ESS = ":ess";

  /** An X.411 security label. */
  public static final String X411 = ":x411";

  private static final int MAX_OCTETS = 64 * 1024;

  /**
   * A label in octets.
   *
   * @param type {@link #ESS}, {@link #X411}, {@code :xml} or a URI
   * @param octets of ess and x411 the BER encoding
   */
  public record Encoded(String type, Bytes octets) {}

  public SioLabel {
    if (marking.isEmpty() && label.isEmpty()) {
      throw new IllegalArgumentException(
          "a label field needs a marking, or type and label (RFC 7444 4)");
    }
  }

  /**
   * Reads a field's body; unknown parameters are passed over.
   *
   * @throws MailSyntaxException if there is neither marking nor label, or a label without type, or
   *     no base64
   */
  public static SioLabel parse(String body) throws MailSyntaxException {
    Map<String, String> parameters = Parameters.parse(body);
    Optional<String> type = Optional.ofNullable(parameters.get("type"));
    Optional<String> label = Optional.ofNullable(parameters.get("label"));
    if (type.isPresent() != label.isPresent()) {
      throw new MailSyntaxException(0, "type and label stand together (RFC 7444 4)");
    }
    Optional<Encoded> encoded = Optional.empty();
    if (type.isPresent() && label.isPresent()) {
      String base64 = label.get().replaceAll("\\s+", "");
      if (base64.length() > MAX_OCTETS) {
        throw new MailSyntaxException(0, "a label of more than 64 KiB");
      }
      try {
        encoded =
            Optional.of(new Encoded(type.get(), Bytes.of(Base64.getDecoder().decode(base64))));
      } catch (IllegalArgumentException e) {
        throw new MailSyntaxException(0, "the label is not base64 (RFC 7444 4)");
      }
    }
    Optional<String> marking = Optional.ofNullable(parameters.get("marking"));
    if (marking.isEmpty() && encoded.isEmpty()) {
      throw new MailSyntaxException(0, "neither marking nor label (RFC 7444 4)");
    }
    return new SioLabel(
        marking,
        Optional.ofNullable(parameters.get("fgcolor")),
        Optional.ofNullable(parameters.get("bgcolor")),
        encoded);
  }

  /** The body of the field. Colours are left out without a marking (RFC 7444 4). */
  public String text() {
    Map<String, String> parameters = new LinkedHashMap<>();
    marking.ifPresent(
        m -> {
          parameters.put("marking", m);
          foreground.ifPresent(colour -> parameters.put("fgcolor", colour));
          background.ifPresent(colour -> parameters.put("bgcolor", colour));
        });
    // the grammar wants type and label quoted, so they are written here and not with the others
    StringBuilder text = new StringBuilder(Parameters.format(parameters));
    label.ifPresent(
        l -> {
          text.append("; type=").append(Parameters.quote(l.type()));
          String base64 = Base64.getEncoder().encodeToString(l.octets().toArray());
          if (base64.length() <= 60) {
            text.append("; label=\"").append(base64).append('"');
            return;
          }
          for (int i = 0, n = 0; i < base64.length(); i += 56, n++) {
            text.append("; label*").append(n).append("=\"");
            text.append(base64, i, Math.min(base64.length(), i + 56)).append('"');
          }
        });
    return text.substring(2);
  }
}
