package org.heliograph.protection;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.heliograph.asn1.DecodeException;
import org.heliograph.model.Address;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.Handling;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Workbench;
import org.heliograph.protection.ProtectionSettings.OnFailure;
import org.heliograph.trust.TrustException;
import org.heliograph.x400.OrNames;
import org.jspecify.annotations.Nullable;

/**
 * Wraps X.400 content for the recipients of a dispatch. Nothing leaves this shaper in the clear: a
 * recipient without a certificate, or with one that is expired, not trusted or not meant for
 * encryption, is held or fails.
 *
 * <p>On the envelope as RFC 3855 2.2, 2.5 and 2.6 ask: content type id-ct-contentInfo, the encoded
 * information type of the innermost layer, conversion and list expansion prohibited, the message
 * security label equal to the outer ESS label. Content identifier and correlator may quote the
 * subject, so they stay behind; a report finds them again by the correlation of the two messages.
 */
public final class ProtectShaper implements Shaper {
  /** X.411: number of the extension originator-requested-alternate-recipient. */
  private static final int ALTERNATE_RECIPIENT = 2;

  /** RFC 5280 4.2.1.3: bits of keyUsage. */
  private static final int KEY_ENCIPHERMENT = 2;

  private static final int KEY_AGREEMENT = 4;

  private final ChannelName name;
  private final ProtectionSettings settings;
  private final Wrapper wrapper;

  public ProtectShaper(ChannelName name, ProtectionSettings settings) {
    this.name = name;
    this.settings = settings;
    this.wrapper = new Wrapper(settings.signer(), settings.contentKeyBits());
  }

  @Override
  public ChannelName name() {
    return name;
  }

  @Override
  public Set<Shaping> shapings() {
    return Set.of(new Shaping(Form.X400, Form.CMS, 20));
  }

  @Override
  public Map<RecipientId, Outcome> shape(
      Dispatch dispatch, Envelope envelope, Content content, Workbench bench)
      throws StoreUnavailable {
    if (envelope.kind() != Envelope.Kind.MESSAGE) {
      return Outcomes.all(dispatch, Outcome.unchanged());
    }
    Optional<ASN1ObjectIdentifier> type = Oids.of(envelope.contentType());
    if (type.isEmpty()) {
      return Outcomes.all(
          dispatch,
          failed("content type " + envelope.contentType() + " cannot be named inside CMS"));
    }
    Map<RecipientId, Outcome> outcomes = new HashMap<>();
    List<Recipient> served = new ArrayList<>();
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    for (RecipientId id : dispatch.recipients()) {
      Recipient recipient = envelope.recipient(id).orElseThrow();
      Optional<X509Certificate> found = settings.certificates().find(recipient.address());
      Optional<String> unfit =
          found.isEmpty()
              ? Optional.of("no certificate to encrypt")
              : unfit(found.get(), bench.clock().instant());
      if (unfit.isPresent()) {
        outcomes.put(id, missing(unfit.get() + " for " + recipient.address().display()));
      } else {
        served.add(recipient);
        certificates.add(found.get());
        alternate(recipient)
            .flatMap(settings.certificates()::find)
            .filter(c -> unfit(c, bench.clock().instant()).isEmpty())
            .ifPresent(certificates::add);
        outcomes.put(id, Outcome.reshaped());
      }
    }
    if (served.isEmpty()) {
      return outcomes;
    }
    certificates.add(
        envelope
            .originator()
            .flatMap(settings.certificates()::find)
            .filter(c -> unfit(c, bench.clock().instant()).isEmpty())
            .orElse(settings.signer().certificate()));
    served.sort(java.util.Comparator.comparingInt(r -> r.id().value()));
    try {
      wrap(envelope, type.get(), content, served, certificates, bench);
      return outcomes;
    } catch (ProtectionException e) {
      return Outcomes.all(dispatch, failed(String.valueOf(e.getMessage())));
    }
  }

  private void wrap(
      Envelope envelope,
      ASN1ObjectIdentifier type,
      Content content,
      List<Recipient> served,
      Set<X509Certificate> certificates,
      Workbench bench)
      throws ProtectionException, StoreUnavailable {
    long started = System.nanoTime();
    Instant now = bench.clock().instant();
    Optional<Label> label = envelope.label().or(settings::defaultLabel);
    ContentRef sealed;
    try (Stage stage = bench.stage();
        InputStream in = content.open()) {
      wrapper.wrap(type, in, label, certificates, now, stage.stream(), bench::pause);
      sealed = stage.seal();
    } catch (IOException e) {
      throw Outcomes.storeFailed(e);
    }
    Envelope made =
        envelope
            .change()
            .recipients(served)
            .contentType(ContentTypes.CONTENT_INFO)
            .encodedInformationTypes(
                new EncodedInformationTypes(Set.of(), List.of(Oids.EIT_SIGNED_X400)))
            .handling(
                envelope
                    .handling()
                    .with(Handling.Flag.IMPLICIT_CONVERSION_PROHIBITED)
                    .with(Handling.Flag.DL_EXPANSION_PROHIBITED))
            .identification(quiet(envelope.identification()))
            .label(label)
            .build();
    bench.make(
        new Draft(
            made,
            sealed,
            served.stream()
                .collect(java.util.stream.Collectors.toMap(Recipient::id, Recipient::id))));
    Map<String, String> facts = new TreeMap<>();
    facts.put("layers", "signed(enveloped(signed(" + envelope.contentType() + ")))");
    facts.put("signer", settings.signer().toString());
    facts.put("signature", "SHA-256 with " + settings.signer().key().getAlgorithm());
    facts.put("encryption", "AES-" + settings.contentKeyBits() + "-CBC");
    facts.put("keys-for", Integer.toString(certificates.size()));
    facts.put("label", label.map(Label::display).orElse("none"));
    facts.put("octets-in", Long.toString(content.length()));
    facts.put("octets-out", Long.toString(sealed.length()));
    facts.put("milliseconds", Long.toString((System.nanoTime() - started) / 1_000_000));
    bench.note("wrapped", facts);
  }

  /** Without what may quote the message. */
  private static Identification quiet(Identification names) {
    return names.withContentIdentifier(Optional.empty()).withContentCorrelator(Optional.empty());
  }

  private static Optional<Address> alternate(Recipient recipient) {
    return recipient.extensions().stream()
        .filter(e -> e.is(ALTERNATE_RECIPIENT))
        .findFirst()
        .flatMap(
            e -> {
              try {
                return Optional.of((Address) OrNames.decode(e.value()));
              } catch (DecodeException unreadable) {
                return Optional.empty();
              }
            });
  }

  /** Why nothing may be encrypted with a certificate; empty: it may. */
  private Optional<String> unfit(X509Certificate certificate, Instant now) {
    String key = certificate.getPublicKey().getAlgorithm();
    int needed = key.equals("RSA") ? KEY_ENCIPHERMENT : KEY_AGREEMENT;
    if (!key.equals("RSA") && !(certificate.getPublicKey() instanceof ECPublicKey)) {
      return Optional.of("a certificate with a key of type " + key + ", not RSA or EC,");
    }
    boolean @Nullable [] usage = certificate.getKeyUsage();
    if (usage != null && !usage[needed]) {
      return Optional.of("a certificate whose key is not meant for encryption");
    }
    try {
      settings.paths().validate(certificate, List.of(), now);
      return Optional.empty();
    } catch (TrustException e) {
      return Optional.of("a certificate that is not trusted (" + e.getMessage() + ")");
    }
  }

  private Outcome missing(String text) {
    return settings.onMissingCertificate() == OnFailure.HOLD
        ? new Outcome.Held(text, "security-officer")
        : failed(text);
  }

  private static Outcome failed(String text) {
    return Outcome.failed(Outcomes.failure(text));
  }
}
