package org.heliograph.queue.store;

import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.model.Address;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.Mailbox;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.PeerName;
import org.heliograph.model.SmtpCode;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.model.X400Code;

/** How the smaller values of an envelope are written and read. */
final class Forms {
  private Forms() {}

  static void address(Packer p, Address address) {
    switch (address) {
      case Mailbox mailbox -> p.number(0).text(mailbox.localPart()).text(mailbox.domain());
      case OrAddress or ->
          p.number(1)
              .list(or.attributes(), Forms::attribute)
              .list(
                  or.unknown(),
                  (q, u) -> {
                    q.number(u.type());
                    q.bytes(u.value());
                  })
              .optional(or.directoryName(), Packer::bytes);
    }
  }

  static Address address(Unpacker u) {
    int kind = u.integer();
    if (kind == 0) {
      String localPart = u.text();
      return new Mailbox(localPart, u.text());
    }
    var attributes = u.<OrAttribute>list(Forms::attribute);
    var unknown =
        u.<OrAddress.UnknownAttribute>list(
            v -> {
              int type = v.integer();
              return new OrAddress.UnknownAttribute(type, v.bytes());
            });
    return new OrAddress(attributes, unknown, u.optional(Unpacker::bytes));
  }

  private static void attribute(Packer p, OrAttribute a) {
    p.constant(a.type()).constant(a.form()).text(a.name()).text(a.value());
  }

  private static OrAttribute attribute(Unpacker u) {
    OrAttribute.Type type = u.constant(OrAttribute.Type.class);
    OrAttribute.Form form = u.constant(OrAttribute.Form.class);
    String name = u.text();
    return new OrAttribute(type, form, name, u.text());
  }

  static void types(Packer p, EncodedInformationTypes types) {
    p.list(types.builtIn(), (q, bit) -> q.number(bit)).list(types.extended(), Forms::oid);
  }

  static EncodedInformationTypes types(Unpacker u) {
    var builtIn = u.<Integer>set(Unpacker::integer);
    return new EncodedInformationTypes(builtIn, u.list(Forms::oid));
  }

  static void oid(Packer p, Oid oid) {
    p.text(oid.dotted());
  }

  static Oid oid(Unpacker u) {
    return new Oid(u.text());
  }

  static void contentType(Packer p, ContentType type) {
    p.text(type.toString());
  }

  static ContentType contentType(Unpacker u) {
    return ContentType.parse(u.text());
  }

  static void domain(Packer p, GlobalDomain domain) {
    p.text(domain.country()).text(domain.admd()).optional(domain.prmd(), Packer::text);
  }

  static GlobalDomain domain(Unpacker u) {
    String country = u.text();
    String admd = u.text();
    return new GlobalDomain(country, admd, u.optional(Unpacker::text));
  }

  static void identification(Packer p, Identification names) {
    p.optional(
            names.mtsIdentifier(),
            (q, id) -> {
              domain(q, id.domain());
              q.text(id.local());
            })
        .optional(names.contentIdentifier(), Packer::text)
        .optional(names.contentCorrelator(), Packer::bytes)
        .optional(names.ipmIdentifier(), Packer::text)
        .optional(names.messageId(), Packer::text)
        .optional(names.envelopeId(), Packer::text);
  }

  static Identification identification(Unpacker u) {
    Optional<MtsIdentifier> mts =
        u.optional(
            v -> {
              GlobalDomain domain = domain(v);
              return new MtsIdentifier(domain, v.text());
            });
    Optional<String> contentIdentifier = u.optional(Unpacker::text);
    Optional<Bytes> correlator = u.optional(Unpacker::bytes);
    Optional<String> ipm = u.optional(Unpacker::text);
    Optional<String> messageId = u.optional(Unpacker::text);
    return new Identification(
        mts, contentIdentifier, correlator, ipm, messageId, u.optional(Unpacker::text));
  }

  static void extension(Packer p, Extension extension) {
    switch (extension.type()) {
      case Extension.Standard standard -> p.number(0).number(standard.number());
      case Extension.Private own -> p.number(1).text(own.oid().dotted());
    }
    p.list(extension.criticality(), Packer::constant).bytes(extension.value());
  }

  static Extension extension(Unpacker u) {
    Extension.Type type =
        u.integer() == 0 ? new Extension.Standard(u.integer()) : new Extension.Private(oid(u));
    var criticality = u.constants(Extension.Criticality.class);
    return new Extension(type, criticality, u.bytes());
  }

  static void label(Packer p, Label label) {
    p.optional(label.policy(), Forms::oid)
        .number(label.classification().orElse(-1))
        .optional(label.privacyMark(), Packer::text)
        .list(
            label.categories(),
            (q, c) -> {
              oid(q, c.type());
              q.bytes(c.value());
            });
  }

  static Label label(Unpacker u) {
    Optional<Oid> policy = u.optional(Forms::oid);
    int classification = u.integer();
    Optional<String> mark = u.optional(Unpacker::text);
    return new Label(
        policy,
        classification < 0 ? OptionalInt.empty() : OptionalInt.of(classification),
        mark,
        u.list(
            v -> {
              Oid type = oid(v);
              return new Label.Category(type, v.bytes());
            }));
  }

  static void trace(Packer p, TraceElement t) {
    domain(p, t.domain());
    p.optional(t.mta(), Packer::text)
        .offsetTime(t.arrival())
        .constant(t.action())
        .optional(
            t.attemptedDomain(),
            (q, a) -> q.optional(a.domain(), Forms::domain).optional(a.mta(), Packer::text))
        .optional(t.deferredUntil(), Packer::offsetTime)
        .optional(t.converted(), Forms::types)
        .list(t.other(), Packer::constant)
        .optional(t.unknown(), Packer::bytes);
  }

  static TraceElement trace(Unpacker u) {
    GlobalDomain domain = domain(u);
    Optional<String> mta = u.optional(Unpacker::text);
    var arrival = u.offsetTime();
    var action = u.constant(TraceElement.Action.class);
    Optional<TraceElement.Attempted> attempted =
        u.optional(
            v -> {
              Optional<GlobalDomain> to = v.optional(Forms::domain);
              return new TraceElement.Attempted(to, v.optional(Unpacker::text));
            });
    var deferred = u.optional(Unpacker::offsetTime);
    var converted = u.optional(Forms::types);
    var other = u.constants(TraceElement.OtherAction.class);
    return new TraceElement(
        domain,
        mta,
        arrival,
        action,
        attempted,
        deferred,
        converted,
        other,
        u.optional(Unpacker::bytes));
  }

  static void original(Packer p, OriginalRecipient original) {
    p.text(original.addressType()).text(original.address());
  }

  static OriginalRecipient original(Unpacker u) {
    String type = u.text();
    return new OriginalRecipient(type, u.text());
  }

  static void source(Packer p, Source source) {
    p.text(source.channel().value())
        .optional(source.peer(), (q, peer) -> q.text(peer.value()))
        .text(source.remote())
        .optional(source.greeting(), Packer::text)
        .optional(source.identity(), Packer::text)
        .optional(source.tls(), Packer::text);
  }

  static Source source(Unpacker u) {
    ChannelName channel = new ChannelName(u.text());
    Optional<PeerName> peer = u.optional(v -> new PeerName(v.text()));
    String remote = u.text();
    Optional<String> greeting = u.optional(Unpacker::text);
    Optional<String> identity = u.optional(Unpacker::text);
    return new Source(channel, peer, remote, greeting, identity, u.optional(Unpacker::text));
  }

  static void failure(Packer p, Failure failure) {
    p.constant(failure.cause())
        .optional(failure.x400(), (q, c) -> q.number(c.reason()).number(c.diagnostic().orElse(-1)))
        .optional(failure.smtp(), (q, c) -> q.number(c.reply()).text(c.enhanced()))
        .text(failure.text())
        .optional(failure.remote(), Packer::text);
  }

  static Failure failure(Unpacker u) {
    Failure.Cause cause = u.constant(Failure.Cause.class);
    Optional<X400Code> x400 =
        u.optional(
            v -> {
              int reason = v.integer();
              int diagnostic = v.integer();
              return diagnostic < 0 ? X400Code.of(reason) : X400Code.of(reason, diagnostic);
            });
    Optional<SmtpCode> smtp =
        u.optional(
            v -> {
              int reply = v.integer();
              return new SmtpCode(reply, v.text());
            });
    String text = u.text();
    return new Failure(cause, x400, smtp, text, u.optional(Unpacker::text));
  }
}
