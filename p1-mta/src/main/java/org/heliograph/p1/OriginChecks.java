package org.heliograph.p1;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BerWriter;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tag;
import org.heliograph.asn1.directory.AlgorithmIdentifier;
import org.heliograph.asn1.x411.AsymmetricToken;
import org.heliograph.asn1.x411.ContentIdentifier;
import org.heliograph.asn1.x411.ExtensionField;
import org.heliograph.asn1.x411.ExtensionType;
import org.heliograph.asn1.x411.MessageTokenSignedData;
import org.heliograph.asn1.x411.MessageTransferEnvelope;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.PerRecipientMessageTransferFields;
import org.heliograph.asn1.x411.SecurityLabel;
import org.heliograph.asn1.x411.Token;
import org.heliograph.asn1.x411.TokenData;
import org.heliograph.asn1.x411.TokenName;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Failure;
import org.heliograph.model.RecipientId;
import org.heliograph.model.X400Code;
import org.heliograph.trust.PathValidator;
import org.heliograph.trust.TrustException;
import org.heliograph.x400.OrNames;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a message carries to prove its origin and its integrity (X.411 8.2.1.1.1): the
 * message origin authentication check, and of each recipient the content integrity check and the
 * message token. What is there must hold, with the originator's certificate that came along; what
 * is not there is not asked for. Encrypted parts of tokens, and checks made with a secret key, are
 * the recipient's. Thread-safe; reads the content once for each check.
 */
public final class OriginChecks {
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.1.11", "SHA256withRSA",
          "1.2.840.113549.1.1.12", "SHA384withRSA",
          "1.2.840.113549.1.1.13", "SHA512withRSA",
          "1.2.840.10045.4.3.2", "SHA256withECDSA",
          "1.2.840.10045.4.3.3", "SHA384withECDSA",
          "1.2.840.10045.4.3.4", "SHA512withECDSA");

  /** Diagnostics of X.411 8.3.1.2.1.9. */
  private static final int UNAUTHORISED_ORIGINATOR = 58;

  private static final int AUTHENTICATION_FAILURE = 61;
  private static final int INTEGRITY_FAILURE = 67;
  private static final int INVALID_LABEL = 68;
  private static final int MANDATORY_PARAMETER_ABSENT = 70;
  private static final int TOKEN_ERROR = 75;
  private static final int UNSUPPORTED_ALGORITHM = 77;

  private final PathValidator validator;

  /**
   * @param validator whom to believe
   */
  public OriginChecks(PathValidator validator) {
    this.validator = validator;
  }

  /** Why something does not hold. */
  private static final class DoesNotHold extends Exception {
    private static final long serialVersionUID = 1;
    private final int diagnostic;
    private final String text;

    DoesNotHold(int diagnostic, String text) {
      super(text);
      this.text = text;
      this.diagnostic = diagnostic;
    }

    Failure failure() {
      return Failure.of(Failure.Cause.PROTECTION_FAILED, text)
          .withX400(X400Code.of(X400Code.REASON_SECURITY, diagnostic));
    }
  }

  /** Recipients by their place in the envelope, 1 the first, for whom something does not hold. */
  Map<RecipientId, Failure> failures(MessageTransferEnvelope in, Octets content, Instant at) {
    Map<RecipientId, Failure> failed = new LinkedHashMap<>();
    Optional<Any> origin = value(in.extensions(), X411.MESSAGE_ORIGIN_AUTHENTICATION_CHECK);
    List<PerRecipientMessageTransferFields> recipients = in.perRecipientFields();
    if (origin.isEmpty() && recipients.stream().noneMatch(OriginChecks::carries)) {
      return failed;
    }
    Optional<DoesNotHold> all = Optional.empty();
    @Nullable Certified originator = null;
    try {
      originator = originator(in, at);
      if (origin.isPresent()) {
        origin(in, origin.get(), content, originator);
      }
    } catch (DoesNotHold e) {
      all = Optional.of(e);
    }
    for (int i = 0; i < recipients.size(); i++) {
      PerRecipientMessageTransferFields r = recipients.get(i);
      if (!r.perRecipientIndicators().isSet(0)) {
        continue;
      }
      RecipientId id = new RecipientId(i + 1);
      if (all.isPresent()) {
        if (origin.isPresent() || carries(r)) {
          failed.put(id, all.get().failure());
        }
      } else if (originator != null) {
        try {
          recipient(in, r, content, originator);
        } catch (DoesNotHold e) {
          failed.put(id, e.failure());
        }
      }
    }
    return failed;
  }

  private static boolean carries(PerRecipientMessageTransferFields r) {
    return value(r.extensions(), X411.CONTENT_INTEGRITY_CHECK).isPresent()
        || value(r.extensions(), X411.MESSAGE_TOKEN).isPresent();
  }

  private static Optional<Any> value(List<ExtensionField> fields, long number) {
    for (ExtensionField f : fields) {
      if (f.type() instanceof ExtensionType.StandardExtension s
          && s.value() == number
          && f.value() != null) {
        return Optional.of(f.value());
      }
    }
    return Optional.empty();
  }

  private Certified originator(MessageTransferEnvelope in, Instant at) throws DoesNotHold {
    Any value =
        value(in.extensions(), X411.ORIGINATOR_CERTIFICATE)
            .orElseThrow(
                () ->
                    new DoesNotHold(
                        MANDATORY_PARAMETER_ABSENT, "there is no originator-certificate"));
    try {
      Certified found = Certified.read(value);
      validator.validate(found.own(), found.path(), at);
      if (!found.speaksFor(OrNames.read(in.originatorName()))) {
        throw new DoesNotHold(
            UNAUTHORISED_ORIGINATOR,
            "the certificate of "
                + found.own().getSubjectX500Principal().getName()
                + " does not name the originator");
      }
      return found;
    } catch (DecodeException | CertificateException | TrustException e) {
      throw new DoesNotHold(AUTHENTICATION_FAILURE, "originator-certificate: " + e.getMessage());
    }
  }

  /** SIGNATURE { algorithm-identifier, content, content-identifier, message-security-label }. */
  private static void origin(
      MessageTransferEnvelope in, Any value, Octets content, Certified originator)
      throws DoesNotHold {
    var check = signature(value, "message-origin-authentication-check");
    List<Octets> more = new ArrayList<>();
    if (in.contentIdentifier() != null) {
      more.add(ContentIdentifier.CODEC.encodeDer(in.contentIdentifier()));
    }
    value(in.extensions(), X411.MESSAGE_SECURITY_LABEL).ifPresent(l -> more.add(l.octets()));
    if (!holds(check, content, more, originator)) {
      throw new DoesNotHold(
          AUTHENTICATION_FAILURE, "the message origin authentication check does not hold");
    }
  }

  private static void recipient(
      MessageTransferEnvelope in,
      PerRecipientMessageTransferFields r,
      Octets content,
      Certified originator)
      throws DoesNotHold {
    Optional<Any> integrity = value(r.extensions(), X411.CONTENT_INTEGRITY_CHECK);
    if (integrity.isPresent()) {
      integrity(signature(integrity.get(), "content-integrity-check"), content, originator);
    }
    Optional<Any> token = value(r.extensions(), X411.MESSAGE_TOKEN);
    if (token.isPresent()) {
      try {
        token(in, r.recipientName(), token.get().as(Token.CODEC), content, originator);
      } catch (DecodeException e) {
        throw new DoesNotHold(TOKEN_ERROR, "message-token: " + e.getMessage());
      }
    }
  }

  /** SIGNATURE { algorithm-identifier, content }. */
  private static void integrity(
      org.heliograph.asn1.directory.Signature check, Octets content, Certified originator)
      throws DoesNotHold {
    if (!holds(check, content, List.of(), originator)) {
      throw new DoesNotHold(INTEGRITY_FAILURE, "the content integrity check does not hold");
    }
  }

  private static void token(
      MessageTransferEnvelope in,
      ORName recipient,
      Token token,
      Octets content,
      Certified originator)
      throws DecodeException, DoesNotHold {
    if (!token.tokenTypeIdentifier().equals(X411.ID_TOK_ASYMMETRIC_TOKEN)) {
      return; // of a kind that only the recipient knows
    }
    AsymmetricToken asymmetric = token.token().as(AsymmetricToken.CODEC);
    if (!verify(
        asymmetric.algorithmIdentifier(),
        List.of(asymmetric.asymmetricTokenData().octets()),
        asymmetric.encrypted(),
        originator)) {
      throw new DoesNotHold(TOKEN_ERROR, "the signature of the message token does not hold");
    }
    var data = asymmetric.asymmetricTokenData().value();
    if (!(data.name() instanceof TokenName.RecipientName name)
        || !OrNames.read(name.value()).sameAs(OrNames.read(recipient))) {
      throw new DoesNotHold(TOKEN_ERROR, "the message token is for another recipient");
    }
    TokenData signed = data.signedData();
    if (signed == null || signed.type() != X411.MESSAGE_TOKEN_SIGNED_DATA) {
      return;
    }
    MessageTokenSignedData says = signed.value().as(MessageTokenSignedData.CODEC);
    if (says.contentIntegrityCheck() != null) {
      integrity(says.contentIntegrityCheck(), content, originator);
    }
    if (says.messageSecurityLabel() != null) {
      Optional<Any> label = value(in.extensions(), X411.MESSAGE_SECURITY_LABEL);
      if (label.isEmpty()
          || !label.get().as(SecurityLabel.CODEC).equals(says.messageSecurityLabel())) {
        throw new DoesNotHold(
            INVALID_LABEL, "the message token has another security label than the message");
      }
    }
  }

  private static org.heliograph.asn1.directory.Signature signature(Any value, String what)
      throws DoesNotHold {
    try {
      return value.as(org.heliograph.asn1.directory.Signature.CODEC);
    } catch (DecodeException e) {
      throw new DoesNotHold(AUTHENTICATION_FAILURE, what + ": " + e.getMessage());
    }
  }

  /**
   * X.411 (1999) makes the algorithm-identifier of what is signed optional: with it, or without.
   */
  private static boolean holds(
      org.heliograph.asn1.directory.Signature check,
      Octets content,
      List<Octets> more,
      Certified originator)
      throws DoesNotHold {
    List<Octets> parts = new ArrayList<>();
    parts.add(Codecs.OCTET_STRING.encodeDer(content));
    parts.addAll(more);
    List<Octets> named = new ArrayList<>(parts);
    named.addFirst(AlgorithmIdentifier.CODEC.encodeDer(check.algorithmIdentifier()));
    return verify(check.algorithmIdentifier(), sequence(named), check.encrypted(), originator)
        || verify(check.algorithmIdentifier(), sequence(parts), check.encrypted(), originator);
  }

  private static List<Octets> sequence(List<Octets> parts) {
    BerWriter out = new BerWriter(true);
    out.header(Tag.SEQUENCE, true, parts.stream().mapToLong(Octets::length).sum());
    List<Octets> whole = new ArrayList<>(parts);
    whole.addFirst(out.finish());
    return whole;
  }

  @SuppressWarnings("ThreadPriorityCheck") // not relied on: it is only courtesy to others
  private static boolean verify(
      AlgorithmIdentifier algorithm, List<Octets> signed, BitString value, Certified by)
      throws DoesNotHold {
    String name = ALGORITHMS.get(algorithm.algorithm().toString());
    if (name == null) {
      throw new DoesNotHold(
          UNSUPPORTED_ALGORITHM, "signature algorithm " + algorithm.algorithm() + " is not taken");
    }
    try {
      Signature signature = Signature.getInstance(name);
      signature.initVerify(by.own());
      for (Octets piece : signed) {
        piece.writeTo(
            (array, at, count) -> {
              update(signature, array, at, count);
              // Hashing holds a carrier thread: others get their turn between the pieces.
              Thread.yield();
            });
      }
      return signature.verify(value.octets().toByteArray());
    } catch (GeneralSecurityException e) {
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void update(Signature signature, byte[] array, int at, int count)
      throws IOException {
    try {
      signature.update(array, at, count);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
