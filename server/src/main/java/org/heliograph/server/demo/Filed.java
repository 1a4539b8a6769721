package org.heliograph.server.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.p772.DistributionCodes;
import org.heliograph.asn1.p772.InformationObject;
import org.heliograph.asn1.p772.MMHSPrecedence;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.mail.MmhsFields;
import org.heliograph.server.json.Json;

/** A message that the file channel delivered to an X.400 user, as P772 content. */
final class Filed {
  private final Map<String, Object> envelope;
  private final byte[] content;

  private Filed(Map<String, Object> envelope, byte[] content) {
    this.envelope = envelope;
    this.content = content;
  }

  /** The first message there is; where its envelope stands it is whole. */
  static Optional<Filed> find(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      Optional<Path> facts =
          files.filter(f -> f.toString().matches(".*/M[0-9A-Z]+\\.json")).sorted().findFirst();
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      String name = String.valueOf(facts.get().getFileName()).replace(".json", ".content");
      return Optional.of(
          new Filed(
              Json.read(Files.readString(facts.get(), StandardCharsets.UTF_8)),
              Files.readAllBytes(facts.get().resolveSibling(name))));
    }
  }

  /** Holds it against the letter that was sent. */
  static void check(Path directory, Letter sent, Checks checks) throws IOException {
    Optional<Filed> filed = find(directory);
    String about = sent.name() + " (X.400)";
    if (filed.isEmpty()) {
      checks.that(about, "delivery by file", false, "it did not arrive");
      return;
    }
    try {
      filed.get().hold(about, sent, checks);
    } catch (DecodeException e) {
      checks.that(about, "P772 content", false, "cannot be decoded: " + e.getMessage());
    }
  }

  private void hold(String about, Letter sent, Checks checks) throws DecodeException {
    String recipient = String.valueOf(envelope.get("recipient"));
    checks.that(about, "delivery by file", recipient.contains("/O=hq"), "to " + recipient);
    checks.same(about, "content type", "1.3.26.0.4406.0.4.1", envelope.get("content-type"));
    checks.same(about, "precedence of the envelope", "FLASH", envelope.get("precedence"));
    if (!(InformationObject.CODEC.decode(content) instanceof InformationObject.Mm message)) {
      checks.that(about, "P772 content", false, "it is a notification");
      return;
    }
    Heading heading = message.value().heading();
    checks.same(about, "subject", sent.subject(), String.valueOf(heading.subject()));
    MmhsFields fields = sent.military().orElseThrow();
    Optional<Any> precedence = extension(heading, P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE);
    checks.same(
        about,
        "primary precedence",
        (long) fields.primaryPrecedence().orElse(-1),
        precedence.isPresent() ? precedence.get().as(MMHSPrecedence.CODEC) : -1L);
    Optional<Any> codes = extension(heading, P772.ID_NATO_MMHS_MM_DISTRIBUTION_CODES);
    checks.same(
        about,
        "subject indicator codes",
        fields.subjectIndicatorCodes(),
        codes.isPresent()
            ? Objects.requireNonNull(codes.get().as(DistributionCodes.CODEC).sics()).stream()
                .map(Object::toString)
                .toList()
            : "none");
  }

  private static Optional<Any> extension(Heading heading, ObjectIdentifier type) {
    return heading.extensions().stream()
        .filter(e -> e.type().equals(type))
        .findFirst()
        .map(IPMSExtension::value);
  }
}
