package org.heliograph.osi.rtse;

import java.util.Optional;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.rtse.CallingSSuserReference;
import org.heliograph.asn1.rtse.SessionConnectionIdentifier;
import org.heliograph.osi.session.Reference;

/**
 * The name of a session connection (SessionConnectionIdentifier, X.228 clause 9), by which an
 * association that broke is recovered.
 *
 * @param octets one complete element; equal names have equal octets
 */
public record ConnectionName(Octets octets) {
  /**
   * From what session carries. References are BER in both modes; a peer whose references are
   * something else has no name, and cannot recover.
   */
  public static Optional<ConnectionName> of(Reference reference) {
    try {
      return Optional.of(
          of(
              new SessionConnectionIdentifier(
                  CallingSSuserReference.CODEC.decode(reference.user()),
                  Codecs.UTC_TIME.decode(reference.common()),
                  reference.additional().isEmpty()
                      ? null
                      : Codecs.TELETEX_STRING.decode(reference.additional()))));
    } catch (DecodeException other) {
      return Optional.empty();
    }
  }

  /** Peers write the first reference as T61String or OCTET STRING: it is the same name. */
  static ConnectionName of(SessionConnectionIdentifier given) {
    Octets user =
        switch (given.callingSSuserReference()) {
          case CallingSSuserReference.T61String text -> text.value().octets();
          case CallingSSuserReference.OctetString octets -> octets.value();
        };
    return new ConnectionName(
        SessionConnectionIdentifier.CODEC.encode(
            new SessionConnectionIdentifier(
                new CallingSSuserReference.T61String(new Text(Text.Kind.TELETEX, user)),
                given.commonReference(),
                given.additionalReferenceInformation())));
  }

  SessionConnectionIdentifier identifier() {
    try {
      return SessionConnectionIdentifier.CODEC.decode(octets);
    } catch (DecodeException never) {
      throw new IllegalStateException("a name that was encoded here", never);
    }
  }

  /** As session carries it: in AR, for an activity that began on another connection. */
  Reference reference() {
    SessionConnectionIdentifier name = identifier();
    return new Reference(
        CallingSSuserReference.CODEC.encode(name.callingSSuserReference()),
        Codecs.UTC_TIME.encode(name.commonReference()),
        name.additionalReferenceInformation() == null
            ? Octets.empty()
            : Codecs.TELETEX_STRING.encode(name.additionalReferenceInformation()));
  }
}
