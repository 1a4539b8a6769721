package org.heliograph.server.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.ess.ESSPrivacyMark;
import org.heliograph.asn1.ess.ESSSecurityLabel;
import org.heliograph.mail.MmhsFields;
import org.heliograph.mail.SioLabel;
import org.heliograph.model.Bytes;
import org.heliograph.model.Mailbox;

/** The messages of the demonstration and the people in it. */
final class Letters {
  static final Mailbox ALICE = Mailbox.parse("alice@alpha.example");
  static final Mailbox BOB = Mailbox.parse("bob@bravo.example");
  static final Mailbox NOBODY = Mailbox.parse("nobody@bravo.example");

  /** An X.400 user at Bravo, as the mail world writes the address. */
  static final Mailbox OPERATIONS = Mailbox.parse("operations@hq.bravo.example");

  /** NATO's policy as the label examples of the standards know it; a demonstration value. */
  private static final String POLICY = "1.3.26.1.3.1";

  private static final long SECRET = 4;

  private Letters() {}

  static Letter plain() {
    byte[] octets = new byte[40_000];
    new Random(4406).nextBytes(octets);
    return new Letter(
        "plain",
        ALICE,
        List.of(BOB),
        "Chart of the northern approach",
        id(),
        "Bob,\n\nthe chart is attached. Please confirm the depth at Skärhamn: 12 m ± 1.\n\nAlice\n",
        Optional.of(new Letter.Attachment("chart.bin", "application/octet-stream", octets)),
        Optional.empty(),
        Optional.empty());
  }

  static Letter military() {
    return new Letter(
        "military",
        ALICE,
        List.of(BOB, OPERATIONS),
        "EXERCISE SEARCHLIGHT 7: MOVE TO NEW POSITION",
        id(),
        "1. MOVE AT 0600Z TO POSITION 5745N 01110E.\n2. REPORT WHEN ON STATION.\n3. EXERCISE EXERCISE EXERCISE.\n",
        Optional.empty(),
        Optional.of(
            new MmhsFields(
                List.of(),
                Optional.empty(),
                List.of("LAB", "IKA"),
                List.of(),
                List.of("EXERCISE SEARCHLIGHT"),
                OptionalInt.empty(),
                Optional.of("OPS 7"),
                OptionalInt.of(4),
                OptionalInt.empty(),
                Optional.of(new MmhsFields.MessageType(0, Optional.of("SEARCHLIGHT"))),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty())),
        Optional.of(label()));
  }

  static Letter answer() {
    return new Letter(
        "answer",
        BOB,
        List.of(ALICE),
        "Re: Chart of the northern approach",
        id(),
        "Alice,\n\n12 m confirmed.\n\nBob\n",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Letter toNobody() {
    return new Letter(
        "unknown",
        ALICE,
        List.of(NOBODY),
        "Is anybody there?",
        id(),
        "This must come back.\n",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Secret under the demonstration policy, as an ESS security label (RFC 2634 3.2, RFC 7444). */
  static SioLabel label() {
    ESSSecurityLabel label =
        new ESSSecurityLabel(
            ObjectIdentifier.of(POLICY),
            SECRET,
            new ESSPrivacyMark.PString(Text.printable("EXERCISE SECRET")),
            null);
    Bytes octets = Bytes.of(ESSSecurityLabel.CODEC.encodeDer(label).toByteArray());
    return new SioLabel(
        Optional.of("EXERCISE SECRET"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new SioLabel.Encoded(SioLabel.ESS, octets)));
  }

  private static String id() {
    return UUID.randomUUID() + "@demo.example";
  }
}
