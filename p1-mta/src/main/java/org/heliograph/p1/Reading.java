package org.heliograph.p1;

import java.time.Instant;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.model.Envelope;
import org.heliograph.model.Source;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;
import org.heliograph.x400.Reports;

/** Any MTS-APDU as an envelope. */
final class Reading {
  private final Envelopes envelopes;
  private final Reports reports = new Reports();

  Reading(PrecedencePairing pairing) {
    this.envelopes = new Envelopes(pairing);
  }

  Envelope read(MTSAPDU apdu, Instant arrived, Source source) throws DecodeException {
    try {
      return switch (apdu) {
        case MTSAPDU.Message m -> envelopes.read(m.value().envelope(), arrived, source);
        case MTSAPDU.Probe p -> envelopes.read(p.value(), arrived, source);
        case MTSAPDU.Report r -> reports.read(r.value(), arrived, source);
      };
    } catch (IllegalArgumentException beyond) {
      throw new DecodeException(0, "cannot be carried: " + beyond.getMessage());
    }
  }
}
