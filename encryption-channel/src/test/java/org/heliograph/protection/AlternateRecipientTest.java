package org.heliograph.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.KeyTransRecipientId;
import org.heliograph.conf.DemoPki.KeyType;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.Recipient;
import org.heliograph.trust.Identity;
import org.heliograph.x400.Histories;
import org.junit.jupiter.api.Test;

/** Who can open what was wrapped (RFC 3855 2.6): recipient, originator, requested alternate. */
class AlternateRecipientTest {
  private final Parties parties;
  private final Identity charlie;

  AlternateRecipientTest() throws Exception {
    parties = new Parties(KeyType.RSA_2048, KeyType.RSA_2048);
    charlie =
        Parties.identity(
            parties.pki.issue(
                Parties.holder("charlie", "CHARLIE"), KeyType.RSA_2048, Duration.ofDays(30)));
  }

  private List<BigInteger> keysOf(Envelope envelope) throws Exception {
    MemoryStore store = new MemoryStore();
    JudgeBench bench = new JudgeBench(store, store.put(new byte[100]), Parties.CLOCK);
    bench.run(
        new ProtectShaper(
            new ChannelName("protect"),
            parties.settings(
                parties.alpha,
                parties.alpha.certificate(),
                parties.bravo.certificate(),
                charlie.certificate())),
        envelope);
    CMSTypedData enveloped =
        new CMSSignedData(store.octets(bench.made.getFirst().content())).getSignedContent();
    CMSEnvelopedData opened =
        new CMSEnvelopedData(
            new ContentInfo(
                new ASN1ObjectIdentifier("1.2.840.113549.1.7.3"),
                EnvelopedData.getInstance((byte[]) enveloped.getContent())));
    List<BigInteger> serials = new ArrayList<>();
    opened
        .getRecipientInfos()
        .forEach(r -> serials.add(((KeyTransRecipientId) r.getRID()).getSerialNumber()));
    return serials;
  }

  @Test
  void theRequestedAlternateCanOpenItToo() throws Exception {
    Envelope plain = Parties.envelope(ContentTypes.P22, Parties.user("BRAVO", "Baker")).build();
    Recipient asking = plain.recipients().getFirst();
    Envelope withAlternate =
        plain
            .change()
            .recipients(
                List.of(
                    asking.withExtensions(
                        Histories.withAlternate(List.of(), Parties.user("CHARLIE", "Deputy")))))
            .build();
    assertThat(keysOf(plain))
        .containsExactlyInAnyOrder(
            parties.bravo.certificate().getSerialNumber(),
            parties.alpha.certificate().getSerialNumber());
    assertThat(keysOf(withAlternate))
        .containsExactlyInAnyOrder(
            parties.bravo.certificate().getSerialNumber(),
            parties.alpha.certificate().getSerialNumber(),
            charlie.certificate().getSerialNumber());
  }
}
