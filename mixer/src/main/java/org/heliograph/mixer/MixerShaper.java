package org.heliograph.mixer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heliograph.mail.Entity;
import org.heliograph.mail.HeaderField;
import org.heliograph.mail.MailWriter;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentFamily;
import org.heliograph.model.ContentRef;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.Envelope;
import org.heliograph.model.Failure;
import org.heliograph.model.Form;
import org.heliograph.model.Outcome;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.model.Source;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Workbench;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway at work in the queue: turns mail into X.400 messages and back, and reports of the one
 * world into those of the other. Constant memory in the size of contents. Thread-safe.
 *
 * <p>A message that cannot cross fails for the recipients concerned, with codes of both worlds;
 * nothing in a message makes it throw.
 */
public final class MixerShaper implements Shaper {
  private static final Logger LOG = LoggerFactory.getLogger(MixerShaper.class);

  private final ChannelName name;
  private final MixerSettings settings;
  private final MailToX400 toX400;
  private final X400ToMail toMail;
  private final MixerReports reports;
  private final DsnToReport notifications;
  private final MdnToIpn dispositions;
  private final MtsIds identifiers;

  public MixerShaper(ChannelName name, MixerSettings settings) {
    this.name = name;
    this.settings = settings;
    Source source = Source.internal(name);
    this.toX400 = new MailToX400(settings, source);
    this.toMail = new X400ToMail(settings, source);
    this.identifiers = new MtsIds(settings);
    this.dispositions = new MdnToIpn(toX400, new Naming(settings.addresses()));
    ReportNames names = new ReportNames(settings, toX400);
    this.reports = new MixerReports(settings, toX400, toMail, identifiers, names, source);
    this.notifications = new DsnToReport(settings, toX400, identifiers, names, source);
  }

  @Override
  public ChannelName name() {
    return name;
  }

  @Override
  public Set<Shaping> shapings() {
    return Set.of(new Shaping(Form.MAIL, Form.X400, 20), new Shaping(Form.X400, Form.MAIL, 20));
  }

  @Override
  public Map<RecipientId, Outcome> shape(
      Dispatch dispatch, Envelope envelope, Content content, Workbench bench)
      throws StoreUnavailable {
    long begun = System.nanoTime();
    Work work = new Work(dispatch, envelope, bench, begun);
    try (Desk desk = new Desk(bench, content, settings.limits())) {
      boolean mail = envelope.contentType().family() == ContentFamily.MAIL;
      return switch (envelope.kind()) {
        case MESSAGE -> mail ? mailMessage(work, desk) : x400Message(work, desk);
        case REPORT -> report(work, desk, mail);
        case PROBE -> probe(work, desk);
      };
    } catch (ConversionException e) {
      return work.failed(e.failure());
    } catch (UncheckedIOException e) {
      throw Desk.unavailable(e);
    } catch (IOException e) {
      throw Desk.unavailable(e);
    } catch (RuntimeException e) {
      // foreign input met code that did not expect it: the message fails, the switch goes on
      LOG.error("message {} could not be converted", dispatch.message(), e);
      return work.failed(
          new ConversionException(
                  Failure.Cause.CONVERSION_FAILED, "the message could not be converted")
              .failure());
    }
  }

  private Map<RecipientId, Outcome> mailMessage(Work work, Desk desk)
      throws ConversionException, StoreUnavailable {
    Entity message = MailToX400.read(desk);
    if (work.envelope().originator().isEmpty()) {
      Optional<DsnToReport.FromDsn> dsn = notifications.dsn(work, message, desk);
      if (dsn.isPresent()) {
        work.make(dsn.get().draft());
        work.note(desk, "dsn", "report", "delivery-status", dsn.get().draft().content().length());
        if (!dsn.get().alsoMessage()) {
          return work.outcomes();
        }
      }
    }
    loop(TraceFields.conversions(message.header()));
    MailToX400.Mapping mapping = toX400.recipients(work.dispatch(), work.envelope());
    work.fail(mapping.failed());
    if (mapping.recipients().isEmpty()) {
      return work.outcomes();
    }
    boolean believed = settings.believed().test(work.envelope().source());
    Optional<MdnToIpn.Made> mdn = dispositions.notification(message, believed, desk);
    MailToX400.Content made =
        mdn.isPresent()
            ? mdn.get().content()
            : toX400.content(
                message,
                new Author(Optional.of(toX400.originator(work.envelope())), believed),
                "made." + work.dispatch().message() + "@" + settings.mailHost(),
                desk);
    // a notification comes from the recipient of what it is about, and nobody is told of it
    Envelope mail =
        mdn.isPresent()
            ? work.envelope().change().originator(mdn.get().from()).build()
            : work.envelope();
    List<Recipient> recipients =
        mdn.isPresent()
            ? mapping.recipients().stream()
                .map(r -> r.withReportRequest(ReportRequest.never()))
                .toList()
            : mapping.recipients();
    OffsetDateTime now = MailToX400.now(desk);
    Envelope envelope =
        toX400.envelope(
            identifiers.of(work, message.header()),
            believed,
            mail,
            message.header(),
            made,
            recipients,
            now);
    lowered(
        work, MailToX400.asked(work.envelope(), message.header(), believed), envelope.precedence());
    ContentRef stored = MailToX400.store(made, desk);
    work.make(new Draft(envelope, stored, mapping.origin()));
    work.note(desk, "mail", made.type().toString(), made.kinds(), stored.length());
    return work.outcomes();
  }

  private Map<RecipientId, Outcome> x400Message(Work work, Desk desk)
      throws ConversionException, StoreUnavailable, IOException {
    Envelope x400 = work.envelope();
    Criticality.check(x400.extensions());
    loop(TraceFields.conversions(x400.trace()));
    MailToX400.Mapping mapping = toMail.recipients(work.dispatch(), x400);
    work.fail(mapping.failed());
    if (mapping.recipients().isEmpty()) {
      return work.outcomes();
    }
    String id = "made." + work.dispatch().message() + "@" + settings.mailHost();
    X400ToMail.Mail read = toMail.mail(x400.contentType(), desk.stored(), id, desk);
    X400ToMail.Mail mail =
        read.withFields(
            X400ToMail.labelled(
                x400.label(), read.notification() ? addressed(read, mapping) : read.fields()));
    List<HeaderField> before = toMail.envelopeFields(x400, mail, mapping, MailToX400.now(desk));
    Envelope envelope = toMail.envelope(work.dispatch(), x400, mail, mapping.recipients());
    ContentRef stored =
        desk.store(out -> X400ToMail.write(before, mail, new MailWriter(out), desk));
    work.make(new Draft(envelope, stored, mapping.origin()));
    String kinds = String.join(" ", MimePart.kinds(mail.body()));
    work.note(desk, x400.contentType().toString(), "mail", kinds, stored.length());
    return work.outcomes();
  }

  /**
   * A probe ends here, since mail has none: it is answered by whether the message could cross (RFC
   * 2156 5.3.9).
   */
  private Map<RecipientId, Outcome> probe(Work work, Desk desk) throws ConversionException {
    Envelope x400 = work.envelope();
    Criticality.check(x400.extensions());
    loop(TraceFields.conversions(x400.trace()));
    MailToX400.Mapping mapping = toMail.recipients(work.dispatch(), x400);
    work.fail(mapping.failed());
    Outcome could =
        new Outcome.Done(
            Outcome.DoneKind.DELIVERED,
            desk.now(),
            Optional.of(settings.mtaName()),
            Optional.of(
                "This probe was serviced by the gateway to mail at " + settings.mailHost()));
    mapping.origin().values().forEach(id -> work.outcomes.put(id, could));
    return work.outcomes();
  }

  /** A notification names nobody to whom it goes; the envelope does. */
  private static List<HeaderField> addressed(X400ToMail.Mail mail, MailToX400.Mapping mapping) {
    String to =
        String.join(", ", mapping.recipients().stream().map(r -> r.address().display()).toList());
    return mail.fields().stream()
        .map(
            f ->
                f.is("To") && f.body().equals(IpmHeading.NOBODY + ":;")
                    ? HeaderField.of("To", to)
                    : f)
        .toList();
  }

  private Map<RecipientId, Outcome> report(Work work, Desk desk, boolean mail)
      throws ConversionException, StoreUnavailable {
    Draft draft = mail ? reports.toX400(work, desk) : reports.toMail(work, desk);
    work.make(draft);
    work.note(
        desk,
        mail ? "mail-report" : "x400-report",
        mail ? "x400-report" : "mail-report",
        "report",
        draft.content().length());
    return work.outcomes();
  }

  /** A precedence that the sender may not ask for is not given, and people hear of it. */
  private static void lowered(Work work, Precedence asked, Precedence given) {
    if (asked != given) {
      String from = work.envelope().source().remote();
      LOG.warn(
          "message {} from {} asks for {}, which its sender may not: it goes as {}",
          work.dispatch().message(),
          from,
          asked,
          given);
      work.bench()
          .note(
              "precedence-lowered",
              Map.of("asked", asked.name(), "given", given.name(), "from", from));
    }
  }

  private void loop(int conversions) throws ConversionException {
    if (conversions > settings.limits().conversions()) {
      throw new ConversionException(
          Failure.Cause.LOOP,
          "converted " + conversions + " times already in this direction (RFC 2156 5.1.5)");
    }
  }

  /** A dispatch being worked on: the outcomes so far. */
  static final class Work {
    private final Dispatch dispatch;
    private final Envelope envelope;
    private final Workbench bench;
    private final long begun;
    private final Map<RecipientId, Outcome> outcomes = new LinkedHashMap<>();
    private final List<Draft> drafts = new ArrayList<>();

    Work(Dispatch dispatch, Envelope envelope, Workbench bench, long begun) {
      this.dispatch = dispatch;
      this.envelope = envelope;
      this.bench = bench;
      this.begun = begun;
    }

    Dispatch dispatch() {
      return dispatch;
    }

    Envelope envelope() {
      return envelope;
    }

    Workbench bench() {
      return bench;
    }

    void fail(Map<RecipientId, Failure> failures) {
      failures.forEach((id, failure) -> outcomes.put(id, Outcome.failed(failure)));
    }

    void make(Draft draft) {
      drafts.add(draft);
      draft.origin().values().forEach(id -> outcomes.put(id, Outcome.reshaped()));
    }

    /** What the audit journal is told: forms, kinds of parts, sizes, what was only approximated. */
    void note(Desk desk, String from, String to, String parts, long octets) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("from", from);
      facts.put("to", to);
      facts.put("parts", parts.length() > 400 ? parts.substring(0, 400) + "..." : parts);
      facts.put("octets-in", Long.toString(desk.content().length()));
      facts.put("octets-out", Long.toString(octets));
      facts.put("ms", Long.toString(Duration.ofNanos(System.nanoTime() - begun).toMillis()));
      if (!desk.approximated().isEmpty()) {
        facts.put("approximated", desk.approximated());
      }
      bench.note("converted", facts);
    }

    /** The outcomes; the drafts are made only now, when nothing can fail any more. */
    Map<RecipientId, Outcome> outcomes() {
      drafts.forEach(bench::make);
      return outcomes;
    }

    Map<RecipientId, Outcome> failed(Failure failure) {
      Map<RecipientId, Outcome> all = new LinkedHashMap<>();
      dispatch.recipients().forEach(id -> all.put(id, Outcome.failed(failure)));
      return all;
    }
  }
}
