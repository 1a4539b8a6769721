package org.heliograph.p1;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tag;
import org.heliograph.asn1.directory.Certificates;
import org.heliograph.asn1.x411.ORAddress;
import org.heliograph.model.OrAddress;
import org.heliograph.x400.OrNames;

/**
 * The certificates of an originator-certificate (X.411 8.2.1.1.1.24, X.509): the user's own, and
 * those of its certification path.
 *
 * @param own the user's
 * @param path at most 32 of them
 */
record Certified(X509Certificate own, List<X509Certificate> path) {
  private static final String SUBJECT_ALT_NAME = "2.5.29.17";
  private static final int X400_ADDRESS = 0xA3;
  private static final int MOST = 32;

  Certified {
    path = List.copyOf(path);
  }

  static Certified read(Any value) throws DecodeException, CertificateException {
    Certificates in = value.as(Certificates.CODEC);
    List<X509Certificate> path = new ArrayList<>();
    if (in.certificationPath() != null) {
      for (List<Any> pair :
          in.certificationPath().as(Codecs.sequenceOf(Codecs.setOf(Codecs.ANY)))) {
        for (Any one : pair) {
          if (path.size() == MOST) {
            throw new CertificateException("a path of more than " + MOST + " certificates");
          }
          path.add(certificate(one));
        }
      }
    }
    return new Certified(certificate(in.userCertificate()), path);
  }

  private static X509Certificate certificate(Any element) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(element.octets().toByteArray()));
  }

  /** Whether its subjectAltName has the address of {@code user} (X.402 18.4: all attributes). */
  boolean speaksFor(OrAddress user) {
    byte[] extension = own.getExtensionValue(SUBJECT_ALT_NAME);
    if (extension == null) {
      return false;
    }
    try {
      for (Any name :
          Codecs.sequenceOf(Codecs.ANY).decode(Codecs.OCTET_STRING.decode(Octets.of(extension)))) {
        if (name.octets().at(0) == X400_ADDRESS
            && OrNames.read(ORAddress.CODEC.implicit(Tag.context(3)).decode(name.octets()))
                .sameAs(
                    new OrAddress(user.attributes(), user.unknown(), java.util.Optional.empty()))) {
          return true;
        }
      }
      return false;
    } catch (DecodeException broken) {
      return false;
    }
  }
}
