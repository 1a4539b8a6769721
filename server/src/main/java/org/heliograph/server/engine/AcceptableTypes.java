package org.heliograph.server.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Oid;
import org.heliograph.p1.Acceptable;
import org.heliograph.p1.OriginChecks;
import org.heliograph.server.config.AgreementSettings;
import org.heliograph.trust.Certificates;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.TrustException;

/** What a peer takes, and whose signatures are believed of what it sends. */
final class AcceptableTypes {
  private AcceptableTypes() {}

  /**
   * @throws IllegalArgumentException if one is neither a name, a number nor an object identifier
   */
  static Acceptable of(AgreementSettings agreed) {
    Set<Integer> bits = new HashSet<>();
    List<Oid> extended = new ArrayList<>();
    for (String type : agreed.encodedInformationTypes()) {
      if (type.indexOf('.') > 0) {
        extended.add(Oid.of(type));
      } else {
        bits.add(number(type));
      }
    }
    return new Acceptable(
        agreed.contentTypes().stream().map(AcceptableTypes::content).collect(Collectors.toSet()),
        new EncodedInformationTypes(bits, extended));
  }

  private static ContentType content(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "p2" -> ContentTypes.P2;
      case "p22" -> ContentTypes.P22;
      case "p772" -> ContentTypes.P772;
      default ->
          text.indexOf('.') > 0
              ? new ContentType.Extended(Oid.of(text))
              : new ContentType.BuiltIn(number(text));
    };
  }

  private static int number(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a number nor an object identifier", e);
    }
  }

  /**
   * @throws IllegalArgumentException if a file cannot be read
   */
  static OriginChecks checks(List<Path> anchors) {
    try {
      return new OriginChecks(new PathValidator(Certificates.read(anchors), List.of()));
    } catch (TrustException e) {
      throw new IllegalArgumentException("origin-anchors: " + e.getMessage(), e);
    }
  }
}
