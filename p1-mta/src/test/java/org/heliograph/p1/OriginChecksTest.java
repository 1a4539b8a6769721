package org.heliograph.p1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.BitString;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Preserved;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.directory.AlgorithmIdentifier;
import org.heliograph.asn1.directory.Signature;
import org.heliograph.asn1.x411.AsymmetricToken;
import org.heliograph.asn1.x411.AsymmetricTokenData;
import org.heliograph.asn1.x411.ContentIdentifier;
import org.heliograph.asn1.x411.MessageTokenSignedData;
import org.heliograph.asn1.x411.MessageTransferEnvelope;
import org.heliograph.asn1.x411.Token;
import org.heliograph.asn1.x411.TokenData;
import org.heliograph.asn1.x411.TokenName;
import org.heliograph.asn1.x411.X411;
import org.heliograph.model.Bytes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Extension;
import org.heliograph.model.Failure;
import org.heliograph.model.Label;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.RecipientId;
import org.heliograph.trust.PathValidator;
import org.heliograph.x400.Envelopes;
import org.heliograph.x400.OrNames;
import org.heliograph.x400.PrecedencePairing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real signatures over real contents, made here. */
class OriginChecksTest {
  private static final Octets CONTENT = Octets.of(Samples.ipm());
  private static final Octets ALGORITHM = AlgorithmIdentifier.CODEC.encodeDer(Signer.ECDSA);
  private static final Octets CONTENT_ELEMENT = Codecs.OCTET_STRING.encodeDer(CONTENT);
  private static final OrAddress ORIGINATOR = Samples.address("ALPHA", "Sender");

  private Signer signer;
  private OriginChecks checks;

  @BeforeEach
  void keys() throws Exception {
    signer = new Signer(ORIGINATOR);
    checks = new OriginChecks(new PathValidator(List.of(signer.anchor), List.of()));
  }

  private static Extension extension(long number, Octets value) {
    return new Extension(
        new Extension.Standard((int) number), Set.of(), Bytes.of(value.toByteArray()));
  }

  private static <T extends Object> Extension extension(long number, Codec<T> codec, T value) {
    return extension(number, codec.encode(value));
  }

  private Extension certificate() throws Exception {
    return extension(X411.ORIGINATOR_CERTIFICATE, signer.originatorCertificate());
  }

  private static Envelope with(List<Extension> message, List<Extension> first) {
    Envelope plain = Samples.message("m", 2);
    return plain
        .change()
        .extensions(message)
        .recipients(
            List.of(
                plain.recipients().getFirst().withExtensions(first), plain.recipients().getLast()))
        .build();
  }

  private Map<RecipientId, Failure> failures(Envelope envelope) {
    return failures(envelope, CONTENT);
  }

  private Map<RecipientId, Failure> failures(Envelope envelope, Octets content) {
    MessageTransferEnvelope apdu = new Envelopes(PrecedencePairing.COMMON).message(envelope);
    return checks.failures(apdu, content, Samples.NOW);
  }

  private static List<String> codes(Map<RecipientId, Failure> failed) {
    List<String> out = new ArrayList<>();
    failed.forEach((id, f) -> out.add(id.value() + ": " + f.x400().orElseThrow()));
    return out;
  }

  private Extension origin(Octets... more) throws Exception {
    List<Octets> all = new ArrayList<>(List.of(ALGORITHM, CONTENT_ELEMENT));
    all.addAll(List.of(more));
    return extension(
        X411.MESSAGE_ORIGIN_AUTHENTICATION_CHECK,
        Signature.CODEC,
        signer.sign(all.toArray(new Octets[0])));
  }

  @Test
  void whatCarriesNothingIsNotAskedForIt() {
    assertThat(failures(with(List.of(), List.of()))).isEmpty();
  }

  @Test
  void anOriginCheckThatHoldsPasses() throws Exception {
    assertThat(failures(with(List.of(certificate(), origin()), List.of()))).isEmpty();
  }

  @Test
  void contentIdentifierAndLabelAreSignedToo() throws Exception {
    Octets label = Octets.ofHex("3108 0603 2A0304 0201 04");
    Envelope plain =
        with(
            List.of(
                certificate(),
                origin(ContentIdentifier.CODEC.encodeDer(Text.printable("content 1")), label)),
            List.of());
    Envelope named =
        plain
            .change()
            .label(
                Optional.of(
                    new Label(
                        Optional.of(new Oid("1.2.3.4")),
                        OptionalInt.of(4),
                        Optional.empty(),
                        List.of())))
            .identification(plain.identification().withContentIdentifier(Optional.of("content 1")))
            .build();

    assertThat(failures(named)).isEmpty();
    assertThat(codes(failures(plain)))
        .containsExactly("1: reason 8, diagnostic 61", "2: reason 8, diagnostic 61");
  }

  @Test
  void anotherContentFailsForAll() throws Exception {
    Octets other = Octets.ofHex("A000");

    assertThat(codes(failures(with(List.of(certificate(), origin()), List.of()), other)))
        .containsExactly("1: reason 8, diagnostic 61", "2: reason 8, diagnostic 61");
  }

  @Test
  void aCertificateMustComeAlongNameTheOriginatorAndBeBelieved() throws Exception {
    assertThat(codes(failures(with(List.of(origin()), List.of()))))
        .containsExactly("1: reason 8, diagnostic 70", "2: reason 8, diagnostic 70");

    signer = new Signer(Samples.address("ALPHA", "Somebody"));
    assertThat(codes(failures(with(List.of(certificate(), origin()), List.of()))))
        .contains("1: reason 8, diagnostic 61"); // of another authority

    checks = new OriginChecks(new PathValidator(List.of(signer.anchor), List.of()));
    assertThat(codes(failures(with(List.of(certificate(), origin()), List.of()))))
        .contains("1: reason 8, diagnostic 58");
  }

  private Extension integrity(Octets content) throws Exception {
    return extension(
        X411.CONTENT_INTEGRITY_CHECK,
        Signature.CODEC,
        signer.sign(ALGORITHM, Codecs.OCTET_STRING.encodeDer(content)));
  }

  @Test
  void anIntegrityCheckConcernsItsRecipient() throws Exception {
    assertThat(failures(with(List.of(certificate()), List.of(integrity(CONTENT))))).isEmpty();
    assertThat(
            codes(failures(with(List.of(certificate()), List.of(integrity(Octets.ofHex("A000")))))))
        .containsExactly("1: reason 8, diagnostic 67");
  }

  @Test
  void anAlgorithmThatIsNotTakenIsSaid() throws Exception {
    Signature md5 =
        new Signature(
            new AlgorithmIdentifier(
                org.heliograph.asn1.ObjectIdentifier.of("1.2.840.113549.1.1.4"), null),
            new BitString(Octets.ofHex("00"), 0));

    assertThat(
            codes(
                failures(
                    with(
                        List.of(certificate()),
                        List.of(extension(X411.CONTENT_INTEGRITY_CHECK, Signature.CODEC, md5))))))
        .containsExactly("1: reason 8, diagnostic 77");
  }

  private Extension token(OrAddress recipient, Octets content) throws Exception {
    MessageTokenSignedData says =
        new MessageTokenSignedData(
            null, signer.sign(ALGORITHM, Codecs.OCTET_STRING.encodeDer(content)), null, null, null);
    Preserved<AsymmetricTokenData> data =
        Preserved.of(
            new AsymmetricTokenData(
                Signer.ECDSA,
                new TokenName.RecipientName(OrNames.name(recipient)),
                org.heliograph.asn1.Time.utc(Samples.NOW),
                new TokenData(
                    X411.MESSAGE_TOKEN_SIGNED_DATA, Any.of(MessageTokenSignedData.CODEC, says)),
                null,
                null),
            AsymmetricTokenData.CODEC);
    Signature signature = signer.signed(data.octets());
    return extension(
        X411.MESSAGE_TOKEN,
        Token.CODEC,
        new Token(
            X411.ID_TOK_ASYMMETRIC_TOKEN,
            Any.of(
                AsymmetricToken.CODEC,
                new AsymmetricToken(
                    data, signature.algorithmIdentifier(), signature.encrypted()))));
  }

  @Test
  void aTokenMustBeSignedForItsRecipientAndItsContent() throws Exception {
    OrAddress first = Samples.address("BRAVO", "R1");

    assertThat(failures(with(List.of(certificate()), List.of(token(first, CONTENT))))).isEmpty();
    assertThat(
            codes(
                failures(
                    with(
                        List.of(certificate()),
                        List.of(token(Samples.address("BRAVO", "R2"), CONTENT))))))
        .containsExactly("1: reason 8, diagnostic 75");
    assertThat(
            codes(
                failures(
                    with(List.of(certificate()), List.of(token(first, Octets.ofHex("A000")))))))
        .containsExactly("1: reason 8, diagnostic 67");
    Extension whole = token(first, CONTENT);
    byte[] broken = whole.value().toArray();
    broken[broken.length - 1] ^= 1;
    assertThat(
            codes(
                failures(
                    with(
                        List.of(certificate()),
                        List.of(extension(X411.MESSAGE_TOKEN, Octets.of(broken)))))))
        .containsExactly("1: reason 8, diagnostic 75");
  }
}
