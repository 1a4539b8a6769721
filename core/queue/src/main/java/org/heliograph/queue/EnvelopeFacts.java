package org.heliograph.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heliograph.model.Envelope;
import org.heliograph.model.MessageId;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportedRecipient;

/** An envelope's facts as a small JSON object, for those who read what the file channel wrote. */
final class EnvelopeFacts {
  private EnvelopeFacts() {}

  static String json(MessageId id, Envelope envelope, Recipient recipient, long octets) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("message", quoted(id.toString()));
    facts.put("kind", quoted(envelope.kind().name()));
    facts.put("originator", quoted(envelope.originator().map(a -> a.display()).orElse("")));
    facts.put("recipient", quoted(recipient.address().display()));
    facts.put(
        "recipients",
        list(envelope.recipients().stream().map(r -> r.address().display()).toList()));
    facts.put("content-type", quoted(envelope.contentType().toString()));
    facts.put("content-octets", Long.toString(octets));
    facts.put("precedence", quoted(envelope.precedence().name()));
    facts.put("submitted", quoted(envelope.submitted().toString()));
    envelope.label().ifPresent(label -> facts.put("label", quoted(label.display())));
    var names = envelope.identification();
    names.mtsIdentifier().ifPresent(n -> facts.put("mts-identifier", quoted(n.toString())));
    names.messageId().ifPresent(n -> facts.put("message-id", quoted(n)));
    names.ipmIdentifier().ifPresent(n -> facts.put("ipm-identifier", quoted(n)));
    names.envelopeId().ifPresent(n -> facts.put("envelope-id", quoted(n)));
    envelope
        .report()
        .ifPresent(
            report -> {
              List<String> said = new ArrayList<>();
              for (ReportedRecipient r : report.recipients()) {
                said.add(r.actual().display() + ": " + r.result().getClass().getSimpleName());
              }
              facts.put("reported", list(said));
              report
                  .subject()
                  .mtsIdentifier()
                  .ifPresent(n -> facts.put("subject-mts-identifier", quoted(n.toString())));
            });
    return facts.entrySet().stream()
        .map(e -> "  " + quoted(e.getKey()) + ": " + e.getValue())
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private static String list(List<String> texts) {
    return texts.stream().map(EnvelopeFacts::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7E) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
