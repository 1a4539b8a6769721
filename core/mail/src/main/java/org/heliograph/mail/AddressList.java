package org.heliograph.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.model.Mailbox;

/**
 * An address list (RFC 5322 3.4), read leniently: comments, obsolete routes and empty elements are
 * passed over.
 *
 * @param addresses in order, members of groups among them
 * @param groups the names of groups, in order, decoded
 */
public record AddressList(List<MailAddress> addresses, List<String> groups) {
  private static final int MAX_ADDRESSES = 10_000;

  public AddressList {
    addresses = List.copyOf(addresses);
    groups = List.copyOf(groups);
  }

  /**
   * Reads the body of an address field.
   *
   * @throws MailSyntaxException naming the offset in {@code body} where it is no address list
   */
  public static AddressList parse(String body) throws MailSyntaxException {
    return new Parser(body).list();
  }

  /** The form for a header field: addresses, then groups that have no members. */
  public static String format(List<MailAddress> addresses, List<String> groups) {
    return Stream.concat(
            addresses.stream().map(MailAddress::text),
            groups.stream().map(name -> MailAddress.phrase(name) + ":;"))
        .collect(Collectors.joining(", "));
  }

  /** The form for a header field. */
  public static String format(List<MailAddress> addresses) {
    return addresses.stream().map(MailAddress::text).collect(Collectors.joining(", "));
  }

  private static final class Parser {
    private static final String STOPS = ",:;<>@[]";
    private final Lexer lexer;
    private final List<MailAddress> found = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    Parser(String body) {
      lexer = new Lexer(body);
    }

    AddressList list() throws MailSyntaxException {
      boolean inGroup = false;
      while (true) {
        lexer.skip();
        if (lexer.atEnd()) {
          return new AddressList(found, groups);
        }
        if (lexer.take(',')) {
          continue;
        }
        if (inGroup && lexer.take(';')) {
          inGroup = false;
          continue;
        }
        inGroup |= address(inGroup);
        if (found.size() + groups.size() > MAX_ADDRESSES) {
          throw new MailSyntaxException(lexer.position(), "more than 10000 addresses in a field");
        }
      }
    }

    /** Reads one address; true if it was the name of a group and its members follow. */
    private boolean address(boolean inGroup) throws MailSyntaxException {
      int start = lexer.position();
      StringBuilder phrase = new StringBuilder();
      StringBuilder local = new StringBuilder();
      boolean space = false;
      String comment = "";
      while (!lexer.atEnd()) {
        char c = lexer.peek();
        if (c == '"') {
          String quoted = lexer.quoted();
          join(phrase, space, quoted);
          local.append(quoted);
        } else if (c == '<') {
          angle(EncodedWords.decode(phrase.toString().strip()));
          return false;
        } else if (c == '@') {
          lexer.next();
          spec(local.toString(), "", comment, start);
          return false;
        } else if (c == ':' && !inGroup) {
          lexer.next();
          groups.add(EncodedWords.decode(phrase.toString().strip()));
          return true;
        } else if (STOPS.indexOf(c) >= 0) {
          throw wrong(start);
        } else {
          String word = lexer.word(STOPS);
          join(phrase, space, word);
          local.append(word);
        }
        space = lexer.skip();
        if (!lexer.comment().isEmpty()) {
          comment = lexer.comment();
        }
      }
      throw wrong(start);
    }

    private static void join(StringBuilder phrase, boolean space, String word) {
      if (space && !phrase.isEmpty()) {
        phrase.append(' ');
      }
      phrase.append(word);
    }

    private void angle(String name) throws MailSyntaxException {
      int start = lexer.position();
      lexer.next();
      lexer.skip();
      if (lexer.peek() == '@') { // obsolete route (RFC 5322 4.4)
        while (!lexer.atEnd() && lexer.peek() != ':') {
          lexer.next();
        }
        lexer.take(':');
      }
      StringBuilder local = new StringBuilder();
      while (!lexer.atEnd() && lexer.peek() != '@' && lexer.peek() != '>') {
        lexer.skip();
        char c = lexer.peek();
        if (c == '"') {
          local.append(lexer.quoted());
        } else if (c == ':' || c == ';' || c == ',' || c == '<' || c == '[' || c == ']') {
          throw wrong(start);
        } else {
          local.append(lexer.word(STOPS));
        }
        lexer.skip();
      }
      if (!lexer.take('@')) {
        throw wrong(start);
      }
      spec(local.toString(), name, "", start);
      lexer.skip();
      if (!lexer.take('>')) {
        throw wrong(start);
      }
    }

    private void spec(String local, String name, String comment, int start)
        throws MailSyntaxException {
      lexer.skip();
      StringBuilder domain = new StringBuilder();
      if (lexer.peek() == '[') {
        while (!lexer.atEnd() && domain.indexOf("]") < 0) {
          domain.append(lexer.next());
        }
      } else {
        domain.append(lexer.word(STOPS));
      }
      boolean space = lexer.skip();
      String shown = name.isEmpty() && space ? lexer.comment() : name;
      if (shown.isEmpty()) {
        shown = comment;
      }
      try {
        Optional<String> display =
            shown.isEmpty() ? Optional.empty() : Optional.of(EncodedWords.decode(shown));
        found.add(new MailAddress(display, new Mailbox(local, domain.toString())));
      } catch (IllegalArgumentException e) {
        throw new MailSyntaxException(start, String.valueOf(e.getMessage()));
      }
    }

    private MailSyntaxException wrong(int start) {
      return new MailSyntaxException(start, "an address list was expected (RFC 5322 3.4)");
    }
  }
}
