package org.heliograph.micro;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.asn1.x411.Message;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.model.AddressText;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Identification;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.OrAddress;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.Source;
import org.heliograph.server.user.Composer;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.PrecedencePairing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One P1 message of two recipients with a P22 content of 4 kB, read and written. */
@State(Scope.Benchmark)
public class CodecBenchmark {
  private static final GlobalDomain DOMAIN = new GlobalDomain("XX", " ", Optional.of("ALPHA"));

  private final Octets content = content();
  private final MTSAPDU apdu =
      new MTSAPDU.Message(
          new Message(new Envelopes(PrecedencePairing.COMMON).message(envelope()), content));
  private final Octets encodedApdu = MTSAPDU.CODEC.encode(apdu);
  private final InformationObject ipm = decoded(content);

  private static OrAddress user(String surname) {
    return (OrAddress) AddressText.parse("/S=" + surname + "/O=HQ/PRMD=ALPHA/ADMD= /C=XX/");
  }

  private static Octets content() {
    return new Composer(
            user("Anna"),
            List.of(user("Bob"), user("Carl")),
            List.of(),
            "a benchmark",
            "0123456789 ".repeat(370),
            List.of(),
            Optional.empty(),
            Precedence.ROUTINE)
        .content(ContentTypes.P22, "benchmark 1");
  }

  private static Envelope envelope() {
    return Envelope.message(
            ContentTypes.P22,
            Instant.parse("2026-01-01T00:00:00Z"),
            Source.internal(new ChannelName("p1")))
        .originator(user("Anna"))
        .identification(
            Identification.none().withMtsIdentifier(new MtsIdentifier(DOMAIN, "BENCHMARK-1")))
        .recipient(Recipient.of(1, user("Bob")))
        .recipient(Recipient.of(2, user("Carl")))
        .build();
  }

  private static InformationObject decoded(Octets octets) {
    try {
      return InformationObject.CODEC.decode(octets);
    } catch (DecodeException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Benchmark
  public MTSAPDU readP1() throws DecodeException {
    return MTSAPDU.CODEC.decode(encodedApdu);
  }

  @Benchmark
  public Octets writeP1() {
    return MTSAPDU.CODEC.encode(apdu);
  }

  @Benchmark
  public InformationObject readP22() throws DecodeException {
    return InformationObject.CODEC.decode(content);
  }

  @Benchmark
  public Octets writeP22() {
    return InformationObject.CODEC.encode(ipm);
  }
}
