package org.heliograph.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.heliograph.model.Bytes;
import org.junit.jupiter.api.Test;

/** RFC 7444: the examples of section 4. */
class SioLabelTest {
  @Test
  void essExample() throws Exception {
    SioLabel label =
        SioLabel.parse(
            "marking=\"EXAMPLE CONFIDENTIAL\";\r\n fgcolor=black; bgcolor=red;\r\n"
                + " type=\":ess\"; label=\"MQYGASkCAQM=\"");
    assertThat(label.marking()).contains("EXAMPLE CONFIDENTIAL");
    assertThat(label.foreground()).contains("black");
    assertThat(label.background()).contains("red");
    assertThat(label.label())
        .contains(new SioLabel.Encoded(":ess", Bytes.ofHex("3106060129020103")));
  }

  @Test
  void extendedExampleIsTheSame() throws Exception {
    SioLabel label =
        SioLabel.parse(
            "marking*=us-ascii'en'EXAMPLE%20CONFIDENTIAL; fgcolor = black ; bgcolor = red ;"
                + " type=\":ess\"; label*0=\"MQYG\"; label*1=\"ASkCAQM=\"");
    assertThat(label)
        .isEqualTo(
            new SioLabel(
                Optional.of("EXAMPLE CONFIDENTIAL"),
                Optional.of("black"),
                Optional.of("red"),
                Optional.of(new SioLabel.Encoded(":ess", Bytes.ofHex("3106060129020103")))));
  }

  @Test
  void xmlExampleInPieces() throws Exception {
    SioLabel label =
        SioLabel.parse(
            "type=\":xml\"; label*0=\"PFNlY0xhYmVsIHhtbG5zPSJodHRwOi8vZXhhbX\";"
                + " label*1=\"BsZS5jb20vc2VjLWxhYmVsLzAiPjxQb2xpY3lJ\";"
                + " label*2=\"ZGVudGlmaWVyIFVSST0idXJuOm9pZDoxLjEiLz\";"
                + " label*3=\"48Q2xhc3NpZmljYXRpb24+MzwvQ2xhc3NpZmlj\";"
                + " label*4=\"YXRpb24+PC9TZWNMYWJlbD4=\"");
    assertThat(label.label().orElseThrow().octets().text()).startsWith("<SecLabel").endsWith(">");
  }

  @Test
  void whatIsWrittenReadsBack() throws Exception {
    SioLabel label =
        new SioLabel(
            Optional.of("GEHEIM – Übung"),
            Optional.of("#ff0000"),
            Optional.empty(),
            Optional.of(new SioLabel.Encoded(":x411", Bytes.ofHex("31".repeat(200)))));
    HeaderField field = HeaderField.of(SioLabel.FIELD, label.text());
    assertThat(SioLabel.parse(field.body())).isEqualTo(label);
    assertThat(field.octets().text()).contains("type=\":x411\"");
  }

  @Test
  void whatIsNoLabelIsRefused() {
    for (String bad :
        List.of(
            "", "fgcolor=red", "type=\":ess\"", "label=\"MQ==\"", "type=\":ess\"; label=\"*\"")) {
      assertThatThrownBy(() -> SioLabel.parse(bad)).isInstanceOf(MailSyntaxException.class);
    }
  }
}
