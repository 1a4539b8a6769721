package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.ContentCorrelator;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.Header;
import org.heliograph.model.Bytes;
import org.heliograph.model.PrintableText;

/** Content correlator and content identifier (RFC 2156 5.1.5, appendix A 3.1). */
final class Correlators {
  static final String ENVELOPE_ID = "SMTP/NOTARY ENVID: ";
  static final String MTS_IDENTIFIER = "X400-MTS-Identifier: ";
  private static final int CORRELATOR = 512;
  private static final int IDENTIFIER = 16;

  private Correlators() {}

  /** The correlator of a message with this header and ENVID. */
  static Bytes of(Header header, Optional<String> envelopeId) {
    Optional<String> id = envelopeId.filter(e -> !e.startsWith(MTS_IDENTIFIER));
    StringBuilder text = new StringBuilder();
    if (id.isPresent()) {
      text.append(ENVELOPE_ID).append(id.get());
    } else {
      for (String name : new String[] {"Subject", "Message-ID", "Date", "To"}) {
        header
            .body(name)
            .ifPresent(
                body ->
                    text.append(text.isEmpty() ? "" : "\r\n")
                        .append(name)
                        .append(": ")
                        .append(PrintableText.approximateAscii(EncodedWords.decode(body))));
      }
    }
    String cut = text.length() > CORRELATOR ? text.substring(0, CORRELATOR) : text.toString();
    ContentCorrelator correlator = new ContentCorrelator.Ia5text(Text.ia5(cut));
    return Bytes.of(ContentCorrelator.CODEC.encodeToArray(correlator));
  }

  /** The text of a correlator, if it is one. */
  static Optional<String> text(Bytes correlator) {
    try {
      return switch (ContentCorrelator.CODEC.decode(Octets.of(correlator.toArray()))) {
        case ContentCorrelator.Ia5text text -> Optional.of(text.value().toString());
        case ContentCorrelator.Octets octets -> Optional.empty();
      };
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** The content identifier for a subject: at most 16 characters, cut ones end in dots. */
  static Optional<String> identifier(Header header) {
    return header
        .body("X400-Content-Identifier")
        .or(() -> header.body("Subject").map(EncodedWords::decode))
        .map(PrintableText::approximate)
        .filter(text -> !text.isBlank())
        .map(
            text -> text.length() <= IDENTIFIER ? text : text.substring(0, IDENTIFIER - 3) + "...");
  }
}
