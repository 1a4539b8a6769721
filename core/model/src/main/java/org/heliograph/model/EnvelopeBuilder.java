package org.heliograph.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an {@link Envelope}, from nothing or from another one. Not for more than one thread. */
public final class EnvelopeBuilder {
  private Envelope.Kind kind;
  private Optional<Address> originator = Optional.empty();
  private List<Recipient> recipients = new ArrayList<>();
  private ContentType contentType;
  private EncodedInformationTypes encodedInformationTypes = EncodedInformationTypes.none();
  private Precedence precedence = Precedence.ROUTINE;
  private Identification identification = Identification.none();
  private Handling handling = Handling.unspecified();
  private Optional<Instant> deferUntil = Optional.empty();
  private Optional<Instant> latestDelivery = Optional.empty();
  private Instant submitted;
  private List<TraceElement> trace = List.of();
  private List<TraceElement> internalTrace = List.of();
  private Optional<Label> label = Optional.empty();
  private List<Extension> extensions = List.of();
  private Optional<Report> report = Optional.empty();
  private Source source;

  EnvelopeBuilder(Envelope.Kind kind, ContentType contentType, Instant submitted, Source source) {
    this.kind = kind;
    this.contentType = contentType;
    this.submitted = submitted;
    this.source = source;
  }

  EnvelopeBuilder(Envelope from) {
    this(from.kind(), from.contentType(), from.submitted(), from.source());
    originator = from.originator();
    recipients = new ArrayList<>(from.recipients());
    encodedInformationTypes = from.encodedInformationTypes();
    precedence = from.precedence();
    identification = from.identification();
    handling = from.handling();
    deferUntil = from.deferUntil();
    latestDelivery = from.latestDelivery();
    trace = from.trace();
    internalTrace = from.internalTrace();
    label = from.label();
    extensions = from.extensions();
    report = from.report();
  }

  public EnvelopeBuilder kind(Envelope.Kind value) {
    kind = value;
    return this;
  }

  public EnvelopeBuilder originator(Address value) {
    originator = Optional.of(value);
    return this;
  }

  public EnvelopeBuilder originator(Optional<? extends Address> value) {
    originator = value.map(a -> a);
    return this;
  }

  /** Adds one recipient. */
  public EnvelopeBuilder recipient(Recipient value) {
    recipients.add(value);
    return this;
  }

  /** Replaces all recipients. */
  public EnvelopeBuilder recipients(List<Recipient> value) {
    recipients = new ArrayList<>(value);
    return this;
  }

  public EnvelopeBuilder contentType(ContentType value) {
    contentType = value;
    return this;
  }

  public EnvelopeBuilder encodedInformationTypes(EncodedInformationTypes value) {
    encodedInformationTypes = value;
    return this;
  }

  public EnvelopeBuilder precedence(Precedence value) {
    precedence = value;
    return this;
  }

  public EnvelopeBuilder identification(Identification value) {
    identification = value;
    return this;
  }

  public EnvelopeBuilder handling(Handling value) {
    handling = value;
    return this;
  }

  public EnvelopeBuilder deferUntil(Optional<Instant> value) {
    deferUntil = value;
    return this;
  }

  public EnvelopeBuilder latestDelivery(Optional<Instant> value) {
    latestDelivery = value;
    return this;
  }

  public EnvelopeBuilder submitted(Instant value) {
    submitted = value;
    return this;
  }

  public EnvelopeBuilder trace(List<TraceElement> value) {
    trace = value;
    return this;
  }

  public EnvelopeBuilder internalTrace(List<TraceElement> value) {
    internalTrace = value;
    return this;
  }

  public EnvelopeBuilder label(Optional<Label> value) {
    label = value;
    return this;
  }

  public EnvelopeBuilder extensions(List<Extension> value) {
    extensions = value;
    return this;
  }

  public EnvelopeBuilder report(Report value) {
    report = Optional.of(value);
    return this;
  }

  public EnvelopeBuilder source(Source value) {
    source = value;
    return this;
  }

  /**
   * The envelope.
   *
   * @throws IllegalArgumentException if two recipients have one number, or a report says nothing
   */
  public Envelope build() {
    return new Envelope(
        kind,
        originator,
        recipients,
        contentType,
        encodedInformationTypes,
        precedence,
        identification,
        handling,
        deferUntil,
        latestDelivery,
        submitted,
        trace,
        internalTrace,
        label,
        extensions,
        report,
        source);
  }
}
