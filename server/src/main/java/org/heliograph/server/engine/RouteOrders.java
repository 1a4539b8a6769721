package org.heliograph.server.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.model.Address;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentType;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MessageId;
import org.heliograph.model.OrText;
import org.heliograph.model.PeerName;
import org.heliograph.model.Precedence;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.queue.Operator;
import org.heliograph.queue.Rerouted;
import org.heliograph.queue.RouteQuestion;

/** Questions and orders about routes, as the local interface takes them. */
final class RouteOrders {
  private static final int MOST = 10_000;

  private RouteOrders() {}

  /**
   * Why a recipient is routed as it is; changes nothing.
   *
   * @param parameters {@code address}, and what is known of the message: {@code content} (a content
   *     type, or mail), {@code octets}, {@code precedence}
   */
  static Map<String, Object> explain(Operator operator, Map<String, String> parameters) {
    Address address = address(parameters.getOrDefault("address", ""));
    Optional<ContentType> type =
        Optional.ofNullable(parameters.get("content")).map(ContentType::parse);
    RouteQuestion question = RouteQuestion.of(address);
    if (type.isPresent()) {
      question = question.withContentType(type.get());
    }
    if (parameters.containsKey("octets")) {
      question = question.withOctets(Long.parseLong(parameters.get("octets")));
    }
    if (parameters.containsKey("precedence")) {
      question =
          question.withPrecedence(
              Precedence.valueOf(parameters.get("precedence").toUpperCase(Locale.ROOT)));
    }
    ContentFamily family =
        type.map(ContentType::family)
            .orElse(address instanceof Mailbox ? ContentFamily.MAIL : ContentFamily.X400);
    return Facts.of(operator.explainRoute(question, family));
  }

  /**
   * Decides anew about what waits.
   *
   * @param parameters {@code message} or {@code peer}; {@code act}: true to do it, else it is only
   *     said what would change; {@code who}
   */
  static Map<String, Object> reroute(Operator operator, Map<String, String> parameters)
      throws StoreUnavailable {
    boolean act = Boolean.parseBoolean(parameters.getOrDefault("act", "false"));
    String who = parameters.getOrDefault("who", "local interface");
    String message = parameters.get("message");
    String peer = parameters.get("peer");
    if ((message == null) == (peer == null)) {
      throw new IllegalArgumentException("say either message or peer");
    }
    List<Rerouted> decided =
        message != null
            ? operator.reroute(MessageId.parse(message), act, who)
            : operator.reroute(new PeerName(String.valueOf(peer)), act, who, MOST);
    return Map.of("rerouted", decided.stream().map(Facts::of).toList(), "rehearsal", !act);
  }

  private static Address address(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("say which address");
    }
    return text.contains("=") && !text.matches("[^=/;]*@.*")
        ? OrText.parse(text)
        : Mailbox.parse(text);
  }
}
