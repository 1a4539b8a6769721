package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.Null;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.Time;
import org.heliograph.asn1.x420.AutoSubmitted;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.Importance;
import org.heliograph.asn1.x420.Languages;
import org.heliograph.asn1.x420.Sensitivity;
import org.heliograph.asn1.x420.X420;
import org.heliograph.mail.MailDate;

/**
 * Components of a heading that are a word, a date or a list of languages (RFC 2156 5.1.3, 5.1.7).
 */
final class Indications {
  private final HeaderFields fields;
  private final List<IPMSExtension> extensions;

  private Indications(HeaderFields fields, List<IPMSExtension> extensions) {
    this.fields = fields;
    this.extensions = extensions;
  }

  /** Sets the components that {@code fields} name; adds the extensions that they need. */
  static void make(HeaderFields fields, Heading.Builder heading, List<IPMSExtension> extensions) {
    new Indications(fields, extensions).flags(heading);
  }

  private Optional<String> body(String name) {
    return fields.body(name);
  }

  private void carry(String name, String body) {
    fields.carry(name, body);
  }

  private void flags(Heading.Builder heading) {
    word("importance", w -> importance(w, heading));
    word("sensitivity", w -> sensitivity(w, heading));
    word(
        "autoforwarded",
        w -> {
          heading.autoForwarded(w.equals("true"));
          return w.equals("true") || w.equals("false");
        });
    word("autosubmitted", this::autoSubmitted);
    body("incomplete-copy")
        .ifPresent(
            b ->
                extensions.add(
                    new IPMSExtension(
                        X420.ID_HEX_INCOMPLETE_COPY, Any.of(Codecs.NULL, Null.NULL))));
    date("expires", heading::expiryTime);
    date("expiry-date", heading::expiryTime);
    date("reply-by", heading::replyTime);
    body("content-language").ifPresent(this::languages);
  }

  /** Something that makes use of a word, lower case, or cannot. */
  @FunctionalInterface
  private interface Word {
    boolean use(String word);
  }

  private void word(String name, Word use) {
    Optional<String> body = body(name);
    if (body.isPresent() && !use.use(body.get().toLowerCase(Locale.ROOT))) {
      carry(name, body.get());
    }
  }

  private static boolean importance(String word, Heading.Builder heading) {
    for (Importance importance : Importance.values()) {
      if (importance.toString().equals(word)) {
        heading.importance(importance);
        return true;
      }
    }
    return false;
  }

  private static boolean sensitivity(String word, Heading.Builder heading) {
    for (Sensitivity sensitivity : Sensitivity.values()) {
      if (sensitivity.toString().equals(word)) {
        heading.sensitivity(sensitivity);
        return true;
      }
    }
    return false;
  }

  private boolean autoSubmitted(String word) {
    for (AutoSubmitted value : AutoSubmitted.values()) {
      if (value.toString().equals(word)) {
        extensions.add(
            new IPMSExtension(X420.ID_HEX_AUTO_SUBMITTED, Any.of(AutoSubmitted.CODEC, value)));
        return true;
      }
    }
    return false;
  }

  private void date(String name, Consumer<Time> use) {
    Optional<String> body = body(name);
    if (body.isPresent()) {
      Optional<Time> time = MailDate.parse(body.get()).flatMap(Clock::utc);
      time.ifPresentOrElse(use, () -> carry(name, body.get()));
    }
  }

  /** The first two characters of each; more than that is also carried (RFC 2156 5.1.3). */
  private void languages(String body) {
    List<Text> tags = new ArrayList<>();
    boolean whole = true;
    for (String tag : body.split(",", -1)) {
      String word = tag.strip();
      whole &= word.matches("[A-Za-z]{2}");
      if (word.matches("[A-Za-z]{2}([^A-Za-z].*)?")) {
        tags.add(Text.printable(word.substring(0, 2)));
      }
    }
    if (!tags.isEmpty()) {
      extensions.add(new IPMSExtension(X420.ID_HEX_LANGUAGES, Any.of(Languages.CODEC, tags)));
    }
    if (!whole) {
      carry("content-language", body);
    }
  }
}
