package org.heliograph.server.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.heliograph.mail.DeliveryStatus;
import org.heliograph.mail.Entity;
import org.heliograph.mail.MailSyntaxException;
import org.heliograph.mail.MmhsFields;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.Show;
import org.jspecify.annotations.Nullable;

/** Holds what arrived against what was sent. Not for more than one thread. */
final class Checks {
  private final List<Check> checks = new ArrayList<>();
  private final Consumer<Check> told;

  /**
   * @param told hears of each check as it is made
   */
  Checks(Consumer<Check> told) {
    this.told = told;
  }

  List<Check> all() {
    return List.copyOf(checks);
  }

  boolean held() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::held);
  }

  void that(String about, String what, boolean held, String detail) {
    Check check = new Check(about, what, held, detail);
    checks.add(check);
    told.accept(check);
  }

  void same(String about, String what, @Nullable Object expected, @Nullable Object found) {
    boolean held = Objects.equals(expected, found);
    String shown = shown(found);
    that(about, what, held, held ? shown : "found " + shown + ", expected " + shown(expected));
  }

  private static String shown(@Nullable Object value) {
    String text =
        switch (value) {
          case Optional<?> optional -> optional.map(Checks::shown).orElse("none");
          case OptionalInt number ->
              number.isPresent() ? Integer.toString(number.getAsInt()) : "none";
          case MmhsFields.MessageType type -> type.type() + " " + type.identifier().orElse("");
          case null, default -> String.valueOf(value).strip();
        };
    return Show.safe(text, 120);
  }

  /** A message against the one that was sent. */
  void letter(Letter sent, Arrived arrived) throws IOException {
    String about = sent.name();
    same(about, "subject", sent.subject(), arrived.field("Subject").orElse("(none)"));
    boolean body = arrived.body().equals(sent.body().stripTrailing());
    that(
        about,
        "body",
        body,
        body
            ? sent.body().length() + " characters, equal"
            : "found '" + shown(arrived.body()) + "'");
    attachment(sent, arrived);
    if (sent.military().isPresent()) {
      military(about, sent.military().get(), arrived.military().fields());
    }
    if (sent.label().isPresent()) {
      label(about, sent.label().get(), arrived.field(SioLabel.FIELD));
    }
  }

  private void attachment(Letter sent, Arrived arrived) throws IOException {
    List<Entity> attachments = arrived.attachments();
    if (sent.attachment().isEmpty()) {
      same(sent.name(), "attachments", 0, attachments.size());
      return;
    }
    same(sent.name(), "attachments", 1, attachments.size());
    if (attachments.size() == 1) {
      Letter.Attachment expected = sent.attachment().get();
      Entity found = attachments.getFirst();
      byte[] octets = arrived.octets(found);
      boolean equal = Arrays.equals(expected.octets(), octets);
      that(
          sent.name(),
          "attachment octets",
          equal,
          octets.length
              + " octets, "
              + (equal ? "equal" : "not the " + expected.octets().length + " sent"));
      same(sent.name(), "attachment name", expected.filename(), found.filename().orElse("(none)"));
    }
  }

  private void military(String about, MmhsFields sent, MmhsFields found) {
    same(about, "precedence", sent.primaryPrecedence(), found.primaryPrecedence());
    same(
        about,
        "subject indicator codes",
        sent.subjectIndicatorCodes(),
        found.subjectIndicatorCodes());
    same(about, "message type", sent.messageType(), found.messageType());
    same(about, "originator reference", sent.originatorReference(), found.originatorReference());
    same(about, "message instructions", sent.messageInstructions(), found.messageInstructions());
  }

  private void label(String about, SioLabel sent, Optional<String> field) {
    try {
      Optional<SioLabel.Encoded> found =
          field.isEmpty() ? Optional.empty() : SioLabel.parse(field.get()).label();
      boolean equal = sent.label().equals(found);
      String octets = found.map(l -> l.type() + " " + l.octets()).orElse("none");
      that(about, "security label", equal, equal ? octets : "found " + octets);
    } catch (MailSyntaxException e) {
      that(about, "security label", false, String.valueOf(e.getMessage()));
    }
  }

  /** A report against what had to be reported. */
  void report(
      Letter sent,
      String recipient,
      DeliveryStatus.Action action,
      String status,
      DeliveryStatus report) {
    String about = sent.name();
    Optional<DeliveryStatus.PerRecipient> found =
        report.recipients().stream()
            .filter(
                r ->
                    r.original().map(o -> o.value().equalsIgnoreCase(recipient)).orElse(false)
                        || r.finalRecipient().value().equalsIgnoreCase(recipient))
            .findFirst();
    String what = "report for " + recipient;
    if (found.isEmpty()) {
      that(about, what, false, "the report does not speak of this recipient");
      return;
    }
    boolean right = found.get().action() == action && found.get().status().startsWith(status);
    String said =
        found.get().action() + " " + found.get().status() + " by " + report.reportingMta();
    that(
        about, what, right, right ? said : "found " + said + ", expected " + action + " " + status);
  }
}
