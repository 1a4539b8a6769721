package org.heliograph.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.model.Bytes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Handling.ContentReturn;
import org.heliograph.model.Label;
import org.heliograph.model.OriginalRecipient;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.ReportRequest.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of dialogue and header comes into the envelope. */
class EnvelopeTest {
  private static Envelope accepted(SmtpPolicy policy, String mail, String rcpt, String content)
      throws Exception {
    try (Running running = new Running(s -> s, policy);
        Dialogue d = running.greeted()) {
      d.exchange("MAIL FROM:<a@b.example>" + mail, "250 ");
      d.exchange("RCPT TO:<c@d.example>" + rcpt, "250 ").exchange("DATA", "354 ");
      d.octets(content + ".\r\n").expect("250 ");
      return running.envelope();
    }
  }

  private static Envelope accepted(String mail, String rcpt, String content) throws Exception {
    return accepted(SmtpPolicy.closed(), mail, rcpt, content);
  }

  @Test
  void keepsWhatDsnAsksFor() throws Exception {
    Envelope envelope =
        accepted(
            " RET=HDRS ENVID=QQ+2B314+3D159",
            " NOTIFY=SUCCESS,DELAY ORCPT=X400;/S+3DBob/O+3DHQ+20+2B/",
            "Message-ID: <1@b.example>\r\n\r\n");
    Recipient recipient = envelope.recipients().getFirst();
    assertThat(envelope.handling().contentReturn()).isEqualTo(ContentReturn.HEADERS);
    assertThat(envelope.identification().envelopeId()).contains("QQ+314=159");
    assertThat(envelope.identification().messageId()).contains("1@b.example");
    assertThat(recipient.reportRequest().events())
        .containsExactlyInAnyOrder(Event.DELIVERY, Event.DELAY);
    assertThat(recipient.originalRecipient())
        .contains(new OriginalRecipient("x400", "/S=Bob/O=HQ +/"));
  }

  @Test
  void knowsNeverAndNothing() throws Exception {
    assertThat(accepted("", " NOTIFY=NEVER", "").recipients().getFirst().reportRequest())
        .isEqualTo(ReportRequest.never());
    Envelope silent = accepted("", "", "");
    assertThat(silent.recipients().getFirst().reportRequest())
        .isEqualTo(ReportRequest.unspecified());
    assertThat(silent.handling().contentReturn()).isEqualTo(ContentReturn.UNSPECIFIED);
    assertThat(silent.identification().envelopeId()).isEmpty();
    assertThat(silent.precedence()).isEqualTo(Precedence.ROUTINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | MMHS-Primary-Precedence: flash | FLASH",
        "'' | mmhs-primary-precedence: 5 (override) | OVERRIDE",
        "'' | MMHS-Primary-Precedence: 17 | OVERRIDE",
        "'' | MMHS-Primary-Precedence: 9 | ROUTINE",
        "'' | MMHS-Primary-Precedence: high | ROUTINE",
        "'' | MT-Priority: 2 | IMMEDIATE",
        "'' | MT-Priority: 3 | FLASH",
        "'' | MT-Priority: -4 | DEFERRED",
        "'' | Priority: urgent | FLASH",
        "'' | Priority: Non-Urgent | DEFERRED",
        "'' | Priority: normal | ROUTINE",
        "'' | Importance: high | ROUTINE",
        "' MT-PRIORITY=6' | Priority: non-urgent | OVERRIDE",
        "' MT-PRIORITY=9' | Subject: x | OVERRIDE",
        "' MT-PRIORITY=-9' | Subject: x | DEFERRED",
        "' MT-PRIORITY=0' | Subject: x | PRIORITY",
      })
  void takesPrecedence(String parameter, String field, Precedence precedence) throws Exception {
    assertThat(accepted(parameter, "", field + "\r\n\r\n").precedence()).isEqualTo(precedence);
  }

  @Test
  void prefersTheMilitaryField() throws Exception {
    String fields =
        "Priority: urgent\r\nMT-Priority: 6\r\nMMHS-Primary-Precedence: priority\r\n\r\n";
    assertThat(accepted("", "", fields).precedence()).isEqualTo(Precedence.PRIORITY);
  }

  @Test
  void readsALabelWithWhatItIsGiven() throws Exception {
    Label secret = new Label(Optional.empty(), OptionalInt.of(4), Optional.empty(), List.of());
    SmtpPolicy policy =
        SmtpPolicy.closed()
            .withLabel(
                encoded ->
                    encoded.type().equals(":ess") && encoded.octets().equals(Bytes.ofHex("3100"))
                        ? Optional.of(secret)
                        : Optional.empty());
    String field = "SIO-Label: marking=SECRET; type=\":ess\";\r\n label=\"MQA=\"\r\n\r\n";
    assertThat(accepted(policy, "", "", field).label()).contains(secret);
    assertThat(accepted(policy, "", "", field.replace(":ess", ":xml")).label()).isEmpty();
    assertThat(accepted(policy, "", "", "SIO-Label: nonsense\r\n\r\n").label()).isEmpty();
  }

  @Test
  void looksAtTheHeaderOnly() throws Exception {
    Envelope envelope =
        accepted("", "", "Subject: x\r\n\r\nMessage-ID: <2@b.example>\r\nPriority: urgent\r\n");
    assertThat(envelope.identification().messageId()).isEmpty();
    assertThat(envelope.precedence()).isEqualTo(Precedence.ROUTINE);
  }
}
