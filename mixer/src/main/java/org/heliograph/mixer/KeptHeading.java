package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heliograph.asn1.BerReader;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Limits;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.Importance;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.jspecify.annotations.Nullable;

/**
 * What header fields do not say of a heading, kept in the field {@value #FIELD} so that it comes
 * back octet for octet: extensions that no field is made of (RFC 2156 5.3.4 discards them), and
 * components of which the fields say less.
 *
 * <p>The field holds the BER of a heading with just those components, in base64. It is believed
 * only from systems that are ({@link MixerSettings#believed}), since nobody sees what it says; and
 * of what it says a component counts only while the fields that people see say the same as when it
 * was made. Not believed it is carried under another name, so that no further gateway believes it.
 */
final class KeptHeading {
  static final String FIELD = "X-X400-Heading";

  /** Octets of BER; a heading that would need more is cut to what fields say, and reported. */
  static final int MOST = 48 * 1024;

  private static final Limits LIMITS = new Limits(32, 20_000);
  private static final String MILITARY = "1.3.26.0.4406.0.2.";

  /** A component: how it is read, written, and what it is when nothing is said. */
  private record Component<T>(
      Function<Heading, @Nullable T> get,
      BiConsumer<Heading.Builder, T> set,
      Optional<T> otherwise) {
    boolean said(Heading h) {
      T value = get.apply(h);
      return value != null && !Optional.of(value).equals(otherwise);
    }

    boolean same(Heading a, Heading b) {
      return Optional.ofNullable(get.apply(a)).equals(Optional.ofNullable(get.apply(b)));
    }

    void copy(Heading from, Heading.Builder to) {
      T value = get.apply(from);
      if (value != null) {
        set.accept(to, value);
      }
    }
  }

  private static <T> Component<T> optional(
      Function<Heading, @Nullable T> get, BiConsumer<Heading.Builder, T> set) {
    return new Component<>(get, set, Optional.empty());
  }

  private static <T> Component<T> defaulted(
      Function<Heading, @Nullable T> get, BiConsumer<Heading.Builder, T> set, T otherwise) {
    return new Component<>(get, set, Optional.of(otherwise));
  }

  private static final List<Component<?>> COMPONENTS =
      List.of(
          optional(Heading::originator, Heading.Builder::originator),
          optional(Heading::authorizingUsers, Heading.Builder::authorizingUsers),
          defaulted(Heading::primaryRecipients, Heading.Builder::primaryRecipients, List.of()),
          defaulted(Heading::copyRecipients, Heading.Builder::copyRecipients, List.of()),
          optional(Heading::blindCopyRecipients, Heading.Builder::blindCopyRecipients),
          optional(Heading::repliedToIPM, Heading.Builder::repliedToIPM),
          defaulted(Heading::obsoletedIPMs, Heading.Builder::obsoletedIPMs, List.of()),
          defaulted(Heading::relatedIPMs, Heading.Builder::relatedIPMs, List.of()),
          optional(Heading::subject, Heading.Builder::subject),
          optional(Heading::expiryTime, Heading.Builder::expiryTime),
          optional(Heading::replyTime, Heading.Builder::replyTime),
          optional(Heading::replyRecipients, Heading.Builder::replyRecipients),
          defaulted(Heading::importance, Heading.Builder::importance, Importance.NORMAL),
          optional(Heading::sensitivity, Heading.Builder::sensitivity),
          defaulted(Heading::autoForwarded, Heading.Builder::autoForwarded, false));

  private final Naming naming;

  private KeptHeading(Naming naming) {
    this.naming = naming;
  }

  /**
   * The field for what {@code fields} do not say of {@code heading}.
   *
   * @param nested whether it is the heading of a forwarded message
   * @return empty if they say all of it
   */
  static Optional<HeaderField> of(
      Heading heading, List<HeaderField> fields, Naming naming, boolean nested, Desk desk)
      throws DecodeException {
    boolean military =
        heading.extensions().stream().anyMatch(e -> e.type().toString().startsWith(MILITARY));
    MailHeading.Made made =
        MailHeading.make(new Header(fields), naming, nested, military, Author.NOBODY, "none");
    Heading back = made.heading().extensions(made.extensions()).build();
    Heading.Builder kept = Heading.builder().thisIPM(heading.thisIPM());
    boolean some = !comesBack(heading.thisIPM());
    for (Component<?> c : COMPONENTS) {
      if (c.said(heading) && !c.same(heading, back)) {
        c.copy(heading, kept);
        some = true;
      }
    }
    List<IPMSExtension> extensions =
        heading.extensions().stream()
            .filter(e -> !isOurs(e) && !back.extensions().contains(e))
            .toList();
    if (!some && extensions.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets = Heading.CODEC.encodeToArray(kept.extensions(extensions).build());
    if (octets.length > MOST) {
      desk.approximate("heading-components-too-large-to-keep");
      return Optional.empty();
    }
    String text = Base64.getEncoder().encodeToString(octets);
    return Optional.of(HeaderField.of(FIELD, text.replaceAll("(.{64})(?=.)", "$1 ")));
  }

  private static boolean comesBack(IPMIdentifier id) throws DecodeException {
    String shown = Naming.messageId(id);
    IPMIdentifier back = Naming.identifier(IpmIds.toIpm(shown));
    boolean ours = id.userRelativeIdentifier().toString().contains("(a)");
    return ours ? Naming.messageId(back).equals(shown) : back.equals(id);
  }

  /** Extensions that the gateway itself makes and takes back. */
  private static boolean isOurs(IPMSExtension e) {
    return e.type().equals(MIXER.ID_RFC_822_FIELD_LIST)
        || e.type().equals(MIXER.ID_HEX_MULTIPART_MESSAGE_V2);
  }

  /** The heading that a field holds; empty if it holds none. */
  static Optional<Heading> read(HeaderField field) {
    String text = field.body().replaceAll("[ \\t]+", "");
    if (text.length() > MOST / 3 * 4 + 4) {
      return Optional.empty();
    }
    try {
      Octets octets = Octets.of(Base64.getDecoder().decode(text));
      return Optional.of(Heading.CODEC.decode(new BerReader(octets, LIMITS)));
    } catch (IllegalArgumentException | DecodeException e) {
      return Optional.empty();
    }
  }

  /** Whether a believed field of {@code header} makes its message a military one. */
  static boolean military(Header header) {
    List<HeaderField> all = header.all(FIELD);
    return all.size() == 1
        && read(all.getFirst()).stream()
            .flatMap(h -> h.extensions().stream())
            .anyMatch(e -> e.type().toString().startsWith(MILITARY));
  }

  /**
   * {@code made} with what {@code kept} says better.
   *
   * @param extensions of {@code made}; changed
   */
  static void restore(
      Heading kept, Heading.Builder made, List<IPMSExtension> extensions, Naming naming) {
    KeptHeading self = new KeptHeading(naming);
    Heading now = made.extensions(extensions).build();
    IPMIdentifier id = now.thisIPM();
    if (self.shown(empty(kept.thisIPM()).build()).equals(self.shown(empty(id).build()))) {
      made.thisIPM(kept.thisIPM());
    }
    for (Component<?> c : COMPONENTS) {
      if (c.said(kept)) {
        Heading.Builder a = empty(id);
        Heading.Builder b = empty(id);
        c.copy(kept, a);
        c.copy(now, b);
        if (self.shown(a.build()).equals(self.shown(b.build()))) {
          c.copy(kept, made);
        }
      }
    }
    for (IPMSExtension e : kept.extensions()) {
      self.extension(e, id, extensions);
    }
  }

  private static Heading.Builder empty(IPMIdentifier id) {
    return Heading.builder().thisIPM(id);
  }

  private void extension(IPMSExtension kept, IPMIdentifier id, List<IPMSExtension> extensions) {
    if (isOurs(kept) || extensions.contains(kept)) {
      return;
    }
    Set<String> shown = shown(empty(id).extensions(List.of(kept)).build());
    Set<String> nothing = shown(empty(id).build());
    for (int i = 0; i < extensions.size(); i++) {
      if (extensions.get(i).type().equals(kept.type())) {
        if (shown(empty(id).extensions(List.of(extensions.get(i))).build()).equals(shown)) {
          extensions.set(i, kept);
        }
        return;
      }
    }
    // one that fields speak of, and they no longer do, is gone
    if (shown.equals(nothing)) {
      extensions.add(kept);
    }
  }

  /** What people see of a heading. */
  private Set<String> shown(Heading heading) {
    try {
      return new ArrayList<>(IpmHeading.fields(heading, naming, List.of()))
          .stream()
              .filter(f -> !f.is(IpmHeading.DISCARDED))
              .map(HeaderField::line)
              .collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (DecodeException e) {
      return Set.of();
    }
  }
}
