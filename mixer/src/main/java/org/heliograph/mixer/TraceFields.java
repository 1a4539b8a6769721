package org.heliograph.mixer;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.mail.Header;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailDate;
import org.heliograph.mail.Received;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute.Type;
import org.heliograph.model.TraceElement;
import org.heliograph.model.TraceElement.Action;
import org.heliograph.model.TraceElement.OtherAction;
import org.heliograph.x400.Domains;

/** Received, X400-Received and Date as trace and back (RFC 2156 5.1.6, 5.3.7). */
final class TraceFields {
  static final String X400_RECEIVED = "X400-Received";
  private static final String CONVERSION = "(MIXER Conversion";
  private static final int MTA_NAME = 32;
  private static final Pattern BY =
      Pattern.compile(
          "by\\s+(?:mta\\s+(\"[^\"]*\"|\\S+)\\s+in\\s+)?(/[^;]*/)", Pattern.CASE_INSENSITIVE);

  private final MixerSettings settings;

  TraceFields(MixerSettings settings) {
    this.settings = settings;
  }

  /** Trace-information and internal-trace-information, oldest first. */
  record Traces(List<TraceElement> trace, List<TraceElement> internal) {}

  /**
   * The trace of a message that comes from mail.
   *
   * @param originator its originator, for the domain of the first element
   * @param converted the types after the conversion
   */
  Traces ofMail(
      Header header,
      Optional<OrAddress> originator,
      EncodedInformationTypes converted,
      OffsetDateTime now) {
    List<TraceElement> trace = new ArrayList<>();
    List<TraceElement> internal = new ArrayList<>();
    boolean before = !header.all(X400_RECEIVED).isEmpty();
    if (!before) {
      header
          .body("Resent-Date")
          .or(() -> header.body("Date"))
          .flatMap(MailDate::parse)
          .filter(TraceFields::sayable)
          .ifPresent(
              date ->
                  trace.add(
                      TraceElement.relayed(
                          originator
                              .filter(o -> mapsDomains())
                              .flatMap(TraceFields::domain)
                              .orElse(settings.domain()),
                          Optional.empty(),
                          date)));
    }
    for (HeaderField field : header.fields().reversed()) {
      Optional<TraceElement> element =
          field.is("Received")
              ? received(field.body())
              : field.is(X400_RECEIVED) ? parse(field.body()) : Optional.empty();
      element.ifPresent(
          e -> {
            if (e.mta().isPresent()) {
              internal.add(e);
            }
            boolean enters = trace.isEmpty() || !trace.getLast().domain().equals(e.domain());
            if (enters || e.mta().isEmpty()) {
              trace.add(without(e));
            }
          });
    }
    TraceElement own =
        new TraceElement(
            settings.domain(),
            Optional.empty(),
            now,
            Action.RELAYED,
            Optional.empty(),
            Optional.empty(),
            Optional.of(converted),
            Set.of(),
            Optional.empty());
    trace.add(own);
    internal.add(with(own, settings.mtaName()));
    return new Traces(newest(trace), newest(internal));
  }

  private List<TraceElement> newest(List<TraceElement> trace) {
    int most = settings.limits().trace();
    if (trace.size() <= most) {
      return trace;
    }
    List<TraceElement> kept = new ArrayList<>(List.of(trace.getFirst()));
    kept.addAll(trace.subList(trace.size() - most + 1, trace.size()));
    return kept;
  }

  private static boolean sayable(OffsetDateTime date) {
    return Clock.utc(date).isPresent();
  }

  private Optional<TraceElement> received(String body) {
    Received received = Received.parse(body);
    if (received.date().isEmpty() || !sayable(received.date().get())) {
      return Optional.empty();
    }
    Optional<String> by = received.by().map(TraceFields::mta).filter(name -> !name.isEmpty());
    GlobalDomain domain =
        by.filter(name -> mapsDomains()).flatMap(this::mapped).orElse(settings.domain());
    return Optional.of(TraceElement.relayed(domain, by, received.date().get()));
  }

  private boolean mapsDomains() {
    return settings.mailTrace() == MixerSettings.MailTrace.MAPPED;
  }

  private static String mta(String name) {
    String ascii = name.replaceAll("[^\\x21-\\x7E]", "");
    return ascii.length() > MTA_NAME ? ascii.substring(0, MTA_NAME) : ascii;
  }

  /** The domain of a mail system's name, if an equivalence covers it. */
  private Optional<GlobalDomain> mapped(String host) {
    try {
      return settings.addresses().domainOf(new Mailbox("postmaster", host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The global domain of an O/R address. */
  static Optional<GlobalDomain> domain(OrAddress address) {
    Optional<String> country = address.value(Type.COUNTRY);
    return country.map(
        c -> new GlobalDomain(c, address.value(Type.ADMD).orElse(" "), address.value(Type.PRMD)));
  }

  private static TraceElement with(TraceElement e, String mta) {
    return new TraceElement(
        e.domain(),
        Optional.of(mta),
        e.arrival(),
        e.action(),
        e.attemptedDomain(),
        e.deferredUntil(),
        e.converted(),
        e.other(),
        Optional.empty());
  }

  private static TraceElement without(TraceElement e) {
    return new TraceElement(
        e.domain(),
        Optional.empty(),
        e.arrival(),
        e.action(),
        e.attemptedDomain().filter(a -> a.domain().isPresent()),
        e.deferredUntil(),
        e.converted(),
        e.other(),
        Optional.empty());
  }

  /** How often a gateway made X.400 of mail, and mail of X.400, by what a message says. */
  static int conversions(Header header) {
    long toMail =
        header.all("Received").stream().filter(f -> f.body().contains(CONVERSION)).count();
    long toX400 =
        header.all(X400_RECEIVED).stream()
            .filter(f -> f.body().contains(EncodedTypes.MIXER_TYPE.dotted()))
            .count();
    return (int) Math.max(toMail, toX400);
  }

  /** How often a gateway made the X.400 message, by its trace. */
  static int conversions(List<TraceElement> trace) {
    return (int)
        trace.stream()
            .filter(e -> e.converted().isPresent())
            .filter(e -> e.converted().get().extended().contains(EncodedTypes.MIXER_TYPE))
            .count();
  }

  /** The fields of a message that goes to mail, newest first: our own, then its trace. */
  List<HeaderField> toMail(
      List<TraceElement> trace, List<TraceElement> internal, OffsetDateTime now) {
    List<HeaderField> fields = new ArrayList<>();
    String host = settings.mailHost();
    fields.add(
        HeaderField.of(
            "Received",
            "from "
                + host
                + " by "
                + host
                + " (MIXER Conversion following RFC 2156); "
                + MailDate.format(now)));
    fields.addAll(x400(trace, internal));
    return fields;
  }

  /** X400-Received for each element, newest first. */
  List<HeaderField> x400(List<TraceElement> trace, List<TraceElement> internal) {
    return merge(trace, internal).reversed().stream()
        .map(e -> HeaderField.of(X400_RECEIVED, format(e)))
        .toList();
  }

  /** An element of trace that differs from one of internal trace by the MTA only is left out. */
  private static List<TraceElement> merge(List<TraceElement> trace, List<TraceElement> internal) {
    List<TraceElement> merged = new ArrayList<>();
    int next = 0;
    for (TraceElement e : trace) {
      int same = -1;
      for (int i = next; i < internal.size() && same < 0; i++) {
        TraceElement inner = internal.get(i);
        same = inner.domain().equals(e.domain()) && !inner.arrival().isBefore(e.arrival()) ? i : -1;
      }
      if (same >= 0) {
        merged.addAll(internal.subList(next, same));
        next = same;
      }
      boolean shown =
          same >= 0
              && internal.get(same).arrival().isEqual(e.arrival())
              && internal.get(same).converted().equals(e.converted());
      if (!shown) {
        merged.add(e);
      }
    }
    merged.addAll(internal.subList(next, internal.size()));
    return merged;
  }

  /** The text of one element (RFC 2156 5.3.7). */
  static String format(TraceElement e) {
    StringBuilder out = new StringBuilder("by ");
    e.mta().ifPresent(mta -> out.append("mta ").append(word(mta)).append(" in "));
    out.append(e.domain()).append("; ");
    e.deferredUntil()
        .ifPresent(d -> out.append("deferred until ").append(MailDate.format(d)).append("; "));
    e.converted()
        .filter(c -> !c.isEmpty())
        .ifPresent(c -> out.append("converted (").append(EncodedTypes.text(c)).append("); "));
    e.attemptedDomain()
        .ifPresent(
            a -> {
              out.append("attempted ");
              a.mta().ifPresent(mta -> out.append("MTA ").append(word(mta)));
              if (a.mta().isEmpty()) {
                a.domain().ifPresent(d -> out.append("MD ").append(d));
              }
              out.append("; ");
            });
    out.append(e.action() == Action.REROUTED ? "Rerouted" : "Relayed");
    if (e.other().contains(OtherAction.DL_OPERATION)) {
      out.append(", Expanded");
    }
    if (e.other().contains(OtherAction.REDIRECTED)) {
      out.append(", Redirected");
    }
    return out.append("; ").append(MailDate.format(e.arrival())).toString();
  }

  private static String word(String mta) {
    return "\"" + mta.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Reads the text of an element; empty if domain or date cannot be read. */
  static Optional<TraceElement> parse(String body) {
    Matcher by = BY.matcher(body);
    int last = body.lastIndexOf(';');
    if (!by.find() || last < by.end()) {
      return Optional.empty();
    }
    Optional<OffsetDateTime> arrival = MailDate.parse(body.substring(last + 1));
    try {
      GlobalDomain domain = Domains.parseDomain(by.group(2));
      Optional<String> name =
          Optional.ofNullable(by.group(1)).map(n -> mta(n.replace("\"", "").replace("\\", "")));
      String middle = body.substring(by.end(), last).toLowerCase(Locale.ROOT);
      Set<OtherAction> other = EnumSet.noneOf(OtherAction.class);
      if (middle.contains("expanded")) {
        other.add(OtherAction.DL_OPERATION);
      }
      if (middle.contains("redirected")) {
        other.add(OtherAction.REDIRECTED);
      }
      Optional<EncodedInformationTypes> converted = Optional.empty();
      int open = middle.indexOf("converted (");
      int close = middle.indexOf(')', Math.max(open, 0));
      if (open >= 0 && close > open) {
        converted = EncodedTypes.parse(middle.substring(open + 11, close));
      }
      Optional<EncodedInformationTypes> types = converted;
      return arrival
          .filter(TraceFields::sayable)
          .map(
              at ->
                  new TraceElement(
                      domain,
                      name.filter(n -> !n.isEmpty()),
                      at,
                      middle.contains("rerouted") ? Action.REROUTED : Action.RELAYED,
                      Optional.empty(),
                      Optional.empty(),
                      types,
                      other,
                      Optional.empty()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
