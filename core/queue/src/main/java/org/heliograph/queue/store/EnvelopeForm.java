package org.heliograph.queue.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Handling;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Report;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportedRecipient;

/**
 * The octets under which an envelope is stored. The first octet is the version; a reader knows all
 * versions that were ever written.
 */
final class EnvelopeForm {
  private static final int VERSION = 1;

  private EnvelopeForm() {}

  static byte[] pack(Envelope e) {
    Packer p = new Packer().number(VERSION);
    p.constant(e.kind())
        .optional(e.originator(), Forms::address)
        .list(e.recipients(), EnvelopeForm::recipient);
    Forms.contentType(p, e.contentType());
    Forms.types(p, e.encodedInformationTypes());
    p.constant(e.precedence());
    Forms.identification(p, e.identification());
    p.list(e.handling().flags(), Packer::constant)
        .constant(e.handling().contentReturn())
        .constant(e.handling().bodyType())
        .optional(e.deferUntil(), Packer::instant)
        .optional(e.latestDelivery(), Packer::instant)
        .instant(e.submitted())
        .list(e.trace(), Forms::trace)
        .list(e.internalTrace(), Forms::trace)
        .optional(e.label(), Forms::label)
        .list(e.extensions(), Forms::extension)
        .optional(e.report(), EnvelopeForm::report);
    Forms.source(p, e.source());
    return p.octets();
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalStateException if the octets cannot be an envelope
   */
  static Envelope unpack(byte[] octets) {
    Unpacker u = new Unpacker(octets);
    int version = u.integer();
    if (version != VERSION) {
      throw new IllegalStateException("stored envelope of version " + version);
    }
    var kind = u.constant(Envelope.Kind.class);
    var originator = u.optional(Forms::address);
    List<Recipient> recipients = u.list(EnvelopeForm::recipient);
    ContentType contentType = Forms.contentType(u);
    var types = Forms.types(u);
    var precedence = u.constant(Precedence.class);
    var identification = Forms.identification(u);
    var flags = u.constants(Handling.Flag.class);
    var contentReturn = u.constant(Handling.ContentReturn.class);
    var bodyType = u.constant(Handling.BodyType.class);
    var deferUntil = u.optional(Unpacker::instant);
    var latest = u.optional(Unpacker::instant);
    var submitted = u.instant();
    var trace = u.list(Forms::trace);
    var internal = u.list(Forms::trace);
    var label = u.optional(Forms::label);
    List<Extension> extensions = u.list(Forms::extension);
    Optional<Report> report = u.optional(EnvelopeForm::report);
    var source = Forms.source(u);
    u.end();
    return new Envelope(
        kind,
        originator,
        recipients,
        contentType,
        types,
        precedence,
        identification,
        new Handling(flags, contentReturn, bodyType),
        deferUntil,
        latest,
        submitted,
        List.copyOf(trace),
        List.copyOf(internal),
        label,
        extensions,
        report,
        source);
  }

  private static void recipient(Packer p, Recipient r) {
    p.number(r.id().value());
    Forms.address(p, r.address());
    p.number(r.originalNumber())
        .bool(r.responsible())
        .list(r.reportRequest().events(), Packer::constant)
        .list(r.reportRequest().mtaEvents(), Packer::constant)
        .bool(r.reportRequest().audited())
        .optional(r.originalRecipient(), Forms::original)
        .list(r.extensions(), Forms::extension);
  }

  private static Recipient recipient(Unpacker u) {
    RecipientId id = new RecipientId(u.integer());
    var address = Forms.address(u);
    int originalNumber = u.integer();
    boolean responsible = u.bool();
    var events = u.constants(ReportRequest.Event.class);
    var mtaEvents = u.constants(ReportRequest.Event.class);
    boolean audited = u.bool();
    var original = u.optional(Forms::original);
    return new Recipient(
        id,
        address,
        originalNumber,
        responsible,
        new ReportRequest(events, mtaEvents, audited),
        original,
        u.list(Forms::extension));
  }

  private static void report(Packer p, Report r) {
    Forms.identification(p, r.identification());
    Forms.identification(p, r.subject());
    p.optional(r.subjectContentType(), Forms::contentType);
    Forms.types(p, r.subjectTypes());
    p.optional(r.subjectArrival(), Packer::instant)
        .list(r.subjectTrace(), Forms::trace)
        .text(r.reportingMta())
        .optional(r.reportingDomain(), Forms::domain)
        .constant(r.returned())
        .list(r.recipients(), EnvelopeForm::reported)
        .list(r.extensions(), Forms::extension);
  }

  private static Report report(Unpacker u) {
    var own = Forms.identification(u);
    var subject = Forms.identification(u);
    Optional<ContentType> contentType = u.optional(Forms::contentType);
    var types = Forms.types(u);
    var arrival = u.optional(Unpacker::instant);
    var trace = u.list(Forms::trace);
    String mta = u.text();
    var domain = u.optional(Forms::domain);
    var returned = u.constant(Report.Returned.class);
    List<ReportedRecipient> recipients = u.list(EnvelopeForm::reported);
    return new Report(
        own,
        subject,
        contentType,
        types,
        arrival,
        List.copyOf(trace),
        mta,
        domain,
        returned,
        recipients,
        u.list(Forms::extension));
  }

  private static void reported(Packer p, ReportedRecipient r) {
    Forms.address(p, r.actual());
    p.optional(r.original(), Forms::original).number(r.originalNumber());
    switch (r.result()) {
      case ReportedRecipient.Delivered d -> p.number(0).instant(d.at()).number(d.typeOfUser());
      case ReportedRecipient.Relayed d -> p.number(1).instant(d.at());
      case ReportedRecipient.Expanded d -> p.number(2).instant(d.at());
      case ReportedRecipient.Delayed d -> {
        p.number(3);
        Forms.failure(p, d.failure());
        p.optional(d.until(), Packer::instant);
      }
      case ReportedRecipient.Failed d -> {
        p.number(4);
        Forms.failure(p, d.failure());
      }
    }
    p.optional(r.lastAttempt(), Packer::instant)
        .optional(r.remoteMta(), Packer::text)
        .optional(r.supplementary(), Packer::text)
        .optional(r.converted(), Forms::types)
        .list(r.extensions(), Forms::extension);
  }

  private static ReportedRecipient reported(Unpacker u) {
    var actual = Forms.address(u);
    var original = u.optional(Forms::original);
    int number = u.integer();
    ReportedRecipient.Result result = result(u);
    var attempt = u.optional(Unpacker::instant);
    var remote = u.optional(Unpacker::text);
    var supplementary = u.optional(Unpacker::text);
    var converted = u.optional(Forms::types);
    return new ReportedRecipient(
        actual,
        original,
        number,
        result,
        attempt,
        remote,
        supplementary,
        converted,
        u.list(Forms::extension));
  }

  private static ReportedRecipient.Result result(Unpacker u) {
    int kind = u.integer();
    return switch (kind) {
      case 0 -> {
        Instant at = u.instant();
        yield new ReportedRecipient.Delivered(at, u.integer());
      }
      case 1 -> new ReportedRecipient.Relayed(u.instant());
      case 2 -> new ReportedRecipient.Expanded(u.instant());
      case 3 -> {
        Failure failure = Forms.failure(u);
        yield new ReportedRecipient.Delayed(failure, u.optional(Unpacker::instant));
      }
      case 4 -> new ReportedRecipient.Failed(Forms.failure(u));
      default -> throw new IllegalStateException("stored report result of kind " + kind);
    };
  }
}
