package org.heliograph.queue;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.model.Address;
import org.heliograph.model.Mailbox;

/**
 * Who is known behind a route, so that an unknown recipient is refused at once (X.411
 * unrecognised-OR-name, RFC 3463 X.1.1).
 *
 * <p>A pattern is a local part or a whole mailbox, in which {@code *} stands for any characters and
 * case does not count; or attributes of an O/R address such as {@code /S=PETRENKO/G=OLENA/}, all of
 * which must be there.
 */
public final class KnownRecipients {
  private final List<String> patterns;
  private final List<Pattern> mailboxes;
  private final List<Destination> orAddresses;

  private KnownRecipients(List<String> patterns) {
    this.patterns = List.copyOf(patterns);
    this.mailboxes =
        patterns.stream().filter(p -> !isOrAddress(p)).map(KnownRecipients::pattern).toList();
    this.orAddresses =
        patterns.stream().filter(KnownRecipients::isOrAddress).map(Destination::parse).toList();
  }

  private static boolean isOrAddress(String pattern) {
    return pattern.startsWith("/") || pattern.indexOf('@') < 0 && pattern.indexOf('=') > 0;
  }

  /**
   * Reads patterns.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static KnownRecipients of(List<String> patterns) {
    return new KnownRecipients(patterns);
  }

  /** Whether {@code address} is known. */
  public boolean knows(Address address) {
    if (address instanceof Mailbox mailbox) {
      return mailboxes.stream()
          .anyMatch(
              p -> p.matcher(mailbox.localPart()).matches() || p.matcher(mailbox.text()).matches());
    }
    return orAddresses.stream().anyMatch(d -> d.covers(address));
  }

  private static Pattern pattern(String text) {
    String expression =
        Stream.of(text.toLowerCase(Locale.ROOT).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  @Override
  public String toString() {
    return patterns.toString();
  }
}
