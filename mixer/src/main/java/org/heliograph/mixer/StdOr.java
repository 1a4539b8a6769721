package org.heliograph.mixer;

import java.util.List;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OrText;
import org.heliograph.model.OrTextException;

/**
 * The std-or text form of O/R addresses (RFC 2156 4.1.3) as {@link OrText} has it, with the
 * gateway's exception: {@code /S=Linnimouth/O=Widget/ADMD=BTT/C=TC/}.
 */
public final class StdOr {
  private StdOr() {}

  /**
   * The text form of all attributes of {@code address}.
   *
   * @throws AddressMappingException if an attribute has no text form
   */
  public static String format(OrAddress address) throws AddressMappingException {
    try {
      return OrText.stdOr(address);
    } catch (OrTextException e) {
      throw refused(e);
    }
  }

  static String format(List<OrAttribute> attributes) throws AddressMappingException {
    try {
      return OrText.stdOr(attributes);
    } catch (OrTextException e) {
      throw refused(e);
    }
  }

  /**
   * Reads the text form; separators are {@code /} and {@code ;}, keys in any case, aliases of F.401
   * included. Bounds are not checked.
   *
   * @throws AddressMappingException naming the key or character that is wrong
   */
  public static OrAddress parse(String text) throws AddressMappingException {
    try {
      return OrText.parseStdOr(text);
    } catch (OrTextException e) {
      throw refused(e);
    }
  }

  /** Attributes in the order of the standard; domain-defined ones keep theirs. */
  static OrAddress canonical(List<OrAttribute> attributes) throws AddressMappingException {
    try {
      return new OrAddress(OrText.canonical(attributes));
    } catch (IllegalArgumentException e) {
      throw new AddressMappingException(String.valueOf(e.getMessage()));
    }
  }

  private static AddressMappingException refused(OrTextException e) {
    return new AddressMappingException(String.valueOf(e.getMessage()));
  }
}
