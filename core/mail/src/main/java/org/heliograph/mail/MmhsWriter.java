package org.heliograph.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Writes the header fields of RFC 6477. */
public final class MmhsWriter {
  private MmhsWriter() {}

  /** The fields for {@code values}, in the order of RFC 6477 section 3. */
  public static List<HeaderField> fields(MmhsFields values) {
    List<HeaderField> fields = new ArrayList<>();
    if (!values.exemptedAddresses().isEmpty()) {
      add(fields, "Exempted-Address", AddressList.format(values.exemptedAddresses()));
    }
    values
        .extendedAuthorisation()
        .ifPresent(at -> add(fields, "Extended-Authorisation-Info", MailDate.format(at)));
    add(fields, "Subject-Indicator-Codes", values.subjectIndicatorCodes());
    add(fields, "Handling-Instructions", values.handlingInstructions());
    add(fields, "Message-Instructions", values.messageInstructions());
    values
        .codressIndicator()
        .ifPresent(n -> add(fields, "Codress-Message-Indicator", Integer.toString(n)));
    values.originatorReference().ifPresent(text -> add(fields, "Originator-Reference", text));
    precedence(fields, "Primary-Precedence", values.primaryPrecedence());
    precedence(fields, "Copy-Precedence", values.copyPrecedence());
    values
        .messageType()
        .ifPresent(
            type ->
                add(
                    fields,
                    "Message-Type",
                    named(type.type(), MmhsReader.TYPES)
                        + type.identifier()
                            .map(id -> "; identifier=" + Parameters.quote(id))
                            .orElse("")));
    add(fields, "Other-Recipients-Indicator-To", values.otherRecipientsTo());
    add(fields, "Other-Recipients-Indicator-CC", values.otherRecipientsCc());
    values.acp127Identifier().ifPresent(text -> add(fields, "Acp127-Message-Identifier", text));
    values.originatorPlad().ifPresent(text -> add(fields, "Originator-PLAD", text));
    return fields;
  }

  private static void precedence(List<HeaderField> fields, String name, OptionalInt value) {
    value.ifPresent(n -> add(fields, name, named(n, MmhsReader.PRECEDENCES)));
  }

  private static String named(int number, List<String> names) {
    return number < names.size() ? number + " (" + names.get(number) + ")" : "" + number;
  }

  private static void add(List<HeaderField> fields, String name, List<String> strings) {
    if (!strings.isEmpty()) {
      add(fields, name, String.join("; ", strings));
    }
  }

  private static void add(List<HeaderField> fields, String name, String body) {
    fields.add(HeaderField.of(MmhsFields.PREFIX + name, body));
  }
}
