package org.heliograph.protection;

import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Oid;

/** Object identifiers of contents and encoded information types. */
final class Oids {
  static final ASN1ObjectIdentifier SIGNED = CMSObjectIdentifiers.signedData;

  /** RFC 2634 3.2: id-aa-securityLabel. */
  static final ASN1ObjectIdentifier SECURITY_LABEL =
      new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.2");

  static final ASN1ObjectIdentifier ENVELOPED = CMSObjectIdentifiers.envelopedData;

  /** RFC 3855 2.5: the innermost layer of a triple wrap is a signature over X.400 content. */
  static final Oid EIT_SIGNED_X400 = Oid.of("1.2.840.113549.1.9.16.10.6");

  static final Oid EIT_ENVELOPED_X400 = Oid.of("1.2.840.113549.1.9.16.10.5");

  /** X.420: built-in content types as object identifiers. */
  private static final Map<ContentType, ASN1ObjectIdentifier> CONTENTS =
      Map.of(
          ContentTypes.P2, new ASN1ObjectIdentifier("2.6.1.10.0"),
          ContentTypes.P22, new ASN1ObjectIdentifier("2.6.1.10.1"));

  private Oids() {}

  /** The eContentType for an X.400 content type (RFC 3854 3.2); empty: there is none. */
  static Optional<ASN1ObjectIdentifier> of(ContentType type) {
    return switch (type) {
      case ContentType.Extended extended ->
          Optional.of(new ASN1ObjectIdentifier(extended.oid().dotted()));
      case ContentType.BuiltIn builtIn -> Optional.ofNullable(CONTENTS.get(builtIn));
      case ContentType.Mail mail -> Optional.empty();
    };
  }

  /** The X.400 content type of an eContentType. */
  static ContentType contentType(ASN1ObjectIdentifier oid) {
    return CONTENTS.entrySet().stream()
        .filter(e -> e.getValue().equals(oid))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> new ContentType.Extended(Oid.of(oid.getId())));
  }
}
