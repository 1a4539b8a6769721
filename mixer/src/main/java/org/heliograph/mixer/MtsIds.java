package org.heliograph.mixer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.mail.Header;
import org.heliograph.mail.MessageIds;
import org.heliograph.model.Dispatch;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.UniqueKey;

/**
 * MTS identifiers of what is made of mail (RFC 2156 4.6.3): the Message-ID in its angle brackets,
 * cut at 32 characters.
 *
 * <p>X.411 wants each message to have its own. One mail may come in several transactions, or leave
 * in several messages: from the second on, and where there is no Message-ID of its own (none at
 * all, or one that a resent message shares), a tail of this switch's own numbers stands behind it.
 * Whether an identifier is taken is asked of the store, and of what this one has given out and the
 * store may not know yet. Thread-safe.
 */
final class MtsIds {
  private static final int LOCAL = 32;
  private static final int REMEMBERED = 10_000;
  private static final Pattern WHOLE =
      Pattern.compile("<([^<>]+@[^<>]+)>(-[A-Za-z0-9.]+\\.[0-9a-z]+)?");

  private final MixerSettings settings;
  private final Map<String, String> given =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  MtsIds(MixerSettings settings) {
    this.settings = settings;
  }

  /** The identifier of what is made of a mail with {@code header} for the recipients of a work. */
  MtsIdentifier of(MixerShaper.Work work, Header header) throws StoreUnavailable {
    Dispatch dispatch = work.dispatch();
    Optional<String> id =
        header
            .body("Message-ID")
            .flatMap(body -> MessageIds.parse(body).stream().findFirst())
            .map(i -> i.replaceAll("[^\\x20-\\x7E]", "?"));
    GlobalDomain domain = id.flatMap(this::domain).orElse(settings.domain());
    int first = dispatch.recipients().stream().mapToInt(RecipientId::value).min().orElse(1);
    String tail = "-" + dispatch.message() + "." + Integer.toString(first, 36);
    boolean one =
        work.envelope().recipients().stream()
            .map(Recipient::id)
            .allMatch(dispatch.recipients()::contains);
    boolean resent =
        header.fields().stream().anyMatch(f -> f.name().regionMatches(true, 0, "Resent-", 0, 7));
    String begin = "<" + id.orElse(settings.mailHost()) + ">";
    if (id.isPresent() && one && !resent) {
      MtsIdentifier plain = new MtsIdentifier(domain, cut(begin, LOCAL));
      if (take(plain, tail, work)) {
        return plain;
      }
    }
    return new MtsIdentifier(
        domain, cut(cut(begin, Math.max(1, LOCAL - tail.length())) + tail, LOCAL));
  }

  private synchronized boolean take(MtsIdentifier id, String owner, MixerShaper.Work work)
      throws StoreUnavailable {
    String key = id.toString();
    String other = given.get(key);
    if (other != null) {
      return other.equals(owner);
    }
    if (work.bench().correlate(new UniqueKey(UniqueKey.Scheme.MTS_IDENTIFIER, key)).isPresent()) {
      return false;
    }
    given.put(key, owner);
    return true;
  }

  private Optional<GlobalDomain> domain(String messageId) {
    String host = messageId.substring(messageId.lastIndexOf('@') + 1);
    try {
      return settings.addresses().domainOf(new Mailbox("id", host.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  /**
   * The Message-ID that an identifier was made of, without angle brackets; for correlation.
   *
   * @return empty if it was cut, or is not of mail
   */
  static Optional<String> messageId(MtsIdentifier id) {
    Matcher whole = WHOLE.matcher(id.local());
    return whole.matches() ? Optional.of(whole.group(1)) : Optional.empty();
  }
}
