package org.heliograph.mail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.heliograph.mail.MmhsFields.MessageType;

/**
 * Reads the header fields of RFC 6477. A field that is not written as it should be, or is there a
 * second time, is no reason to refuse a message: it is handed back as not understood.
 */
public final class MmhsReader {
  static final List<String> PRECEDENCES =
      List.of("deferred", "routine", "priority", "immediate", "flash", "override");
  static final List<String> TYPES = List.of("exercise", "operation", "project", "drill");
  private static final int MAX_MILITARY_STRING = 69;

  private List<MailAddress> exempted = List.of();
  private Optional<java.time.OffsetDateTime> authorised = Optional.empty();
  private List<String> codes = List.of();
  private List<String> handling = List.of();
  private List<String> instructions = List.of();
  private OptionalInt codress = OptionalInt.empty();
  private Optional<String> reference = Optional.empty();
  private OptionalInt primary = OptionalInt.empty();
  private OptionalInt copy = OptionalInt.empty();
  private Optional<MessageType> type = Optional.empty();
  private List<String> otherTo = List.of();
  private List<String> otherCc = List.of();
  private Optional<String> acp127 = Optional.empty();
  private Optional<String> plad = Optional.empty();

  private MmhsReader() {}

  /**
   * What a header says.
   *
   * @param fields what was understood
   * @param notUnderstood fields named MMHS-something that were not
   */
  public record Result(MmhsFields fields, List<HeaderField> notUnderstood) {
    /** Whether there was any field named MMHS-something: then the message is a military one. */
    public boolean military() {
      return !notUnderstood.isEmpty() || !fields.equals(MmhsFields.none());
    }
  }

  /** Reads all military fields of {@code header}. */
  public static Result read(Header header) {
    MmhsReader reader = new MmhsReader();
    List<HeaderField> left = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (HeaderField field : header.fields()) {
      if (MmhsFields.isMilitary(field.name())) {
        String name = field.name().substring(MmhsFields.PREFIX.length()).toLowerCase(Locale.ROOT);
        if (!seen.add(name) || !reader.field(name, field.body())) {
          left.add(field);
        }
      }
    }
    return new Result(reader.fields(), List.copyOf(left));
  }

  private MmhsFields fields() {
    return new MmhsFields(
        exempted,
        authorised,
        codes,
        handling,
        instructions,
        codress,
        reference,
        primary,
        copy,
        type,
        otherTo,
        otherCc,
        acp127,
        plad);
  }

  private boolean field(String name, String body) {
    switch (name) {
      case "exempted-address" -> {
        try {
          exempted = AddressList.parse(body).addresses();
        } catch (MailSyntaxException e) {
          return false;
        }
        return !exempted.isEmpty();
      }
      case "extended-authorisation-info" -> {
        authorised = MailDate.parse(body);
        return authorised.isPresent();
      }
      case "subject-indicator-codes" -> codes = strings(body, 3, 8);
      case "handling-instructions" -> handling = strings(body, 1, MAX_MILITARY_STRING);
      case "message-instructions" -> instructions = strings(body, 1, MAX_MILITARY_STRING);
      case "other-recipients-indicator-to" -> otherTo = strings(body, 1, MAX_MILITARY_STRING);
      case "other-recipients-indicator-cc" -> otherCc = strings(body, 1, MAX_MILITARY_STRING);
      case "codress-message-indicator" -> {
        codress = number(body, List.of(), Integer.MAX_VALUE);
        return codress.isPresent();
      }
      case "primary-precedence" -> {
        primary = number(body, PRECEDENCES, 31);
        return primary.isPresent();
      }
      case "copy-precedence" -> {
        copy = number(body, PRECEDENCES, 31);
        return copy.isPresent();
      }
      case "message-type" -> {
        type = messageType(body);
        return type.isPresent();
      }
      case "originator-reference" -> reference = string(body);
      case "acp127-message-identifier" -> acp127 = string(body);
      case "originator-plad" -> plad = string(body);
      default -> {
        return false;
      }
    }
    return switch (name) {
      case "subject-indicator-codes" -> !codes.isEmpty();
      case "handling-instructions" -> !handling.isEmpty();
      case "message-instructions" -> !instructions.isEmpty();
      case "other-recipients-indicator-to" -> !otherTo.isEmpty();
      case "other-recipients-indicator-cc" -> !otherCc.isEmpty();
      case "originator-reference" -> reference.isPresent();
      case "acp127-message-identifier" -> acp127.isPresent();
      default -> plad.isPresent();
    };
  }

  private static Optional<String> string(String body) {
    List<String> one = strings(body.replace(";", "\u0000"), 1, MAX_MILITARY_STRING);
    return one.size() == 1 ? Optional.of(one.getFirst()) : Optional.empty();
  }

  /** Strings separated by semicolons; empty if one of them is not of the characters or length. */
  private static List<String> strings(String body, int min, int max) {
    List<String> found = new ArrayList<>();
    for (String part : body.split(";", -1)) {
      String value = part.strip().replaceAll("[ \\t]+", " ");
      if (value.length() < min || value.length() > max || !printable(value)) {
        return List.of();
      }
      found.add(value);
    }
    return found;
  }

  /** X.680 PrintableString, which RFC 2156 calls ps-char. */
  static boolean printable(String value) {
    return value
        .chars()
        .allMatch(
            c -> c < 0x80 && (Character.isLetterOrDigit(c) || " '()+,-./:=?".indexOf(c) >= 0));
  }

  private static OptionalInt number(String body, List<String> names, int max) {
    Lexer lexer = new Lexer(body);
    lexer.skip();
    String word = lexer.word(";").toLowerCase(Locale.ROOT);
    lexer.skip();
    return lexer.atEnd() ? number(word, names, max, 0) : OptionalInt.empty();
  }

  private static OptionalInt number(String word, List<String> names, int max, int min) {
    if (names.contains(word)) {
      return OptionalInt.of(names.indexOf(word));
    }
    if (!word.matches("0|[1-9][0-9]{0,9}")) {
      return OptionalInt.empty();
    }
    long value = Long.parseLong(word);
    return value < min || value > max ? OptionalInt.empty() : OptionalInt.of((int) value);
  }

  private static Optional<MessageType> messageType(String body) {
    Lexer lexer = new Lexer(body);
    lexer.skip();
    OptionalInt number = number(lexer.word(";").toLowerCase(Locale.ROOT), TYPES, 255, 0);
    lexer.skip();
    if (number.isEmpty() || !(lexer.atEnd() || lexer.peek() == ';')) {
      return Optional.empty();
    }
    Map<String, String> parameters = Parameters.parse(body.substring(lexer.position()));
    Optional<String> identifier = Optional.ofNullable(parameters.get("identifier"));
    boolean bad =
        identifier.isPresent()
            && (identifier.get().isEmpty()
                || identifier.get().length() > MAX_MILITARY_STRING
                || !printable(identifier.get()));
    return bad ? Optional.empty() : Optional.of(new MessageType(number.getAsInt(), identifier));
  }
}
