package org.heliograph.mixer;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heliograph.asn1.Any;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Codecs;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.p772.DistributionCodes;
import org.heliograph.asn1.p772.MMHSPrecedence;
import org.heliograph.asn1.p772.MessageType;
import org.heliograph.asn1.p772.MilitaryString;
import org.heliograph.asn1.p772.MilitaryStrings;
import org.heliograph.asn1.p772.OtherRecipientDesignator;
import org.heliograph.asn1.p772.OtherRecipientDesignators;
import org.heliograph.asn1.p772.P772;
import org.heliograph.asn1.x411.Time;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.mail.MmhsFields;

/** The header fields of RFC 6477 and the heading extensions of STANAG 4406 (RFC 6477 section 6). */
final class Military {
  private static final int MOST_CODES = 8;
  private static final Codec<List<ORDescriptor>> EXEMPTED = Codecs.sequenceOf(ORDescriptor.CODEC);

  /** The extensions that have a header field. */
  static final List<ObjectIdentifier> MAPPED =
      List.of(
          P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE,
          P772.ID_NATO_MMHS_MM_COPY_PRECEDENCE,
          P772.ID_NATO_MMHS_MM_MESSAGE_TYPE,
          P772.ID_NATO_MMHS_MM_EXEMPTED_ADDRESS,
          P772.ID_NATO_MMHS_MM_EXTENDED_AUTHORISATION_INFO,
          P772.ID_NATO_MMHS_MM_DISTRIBUTION_CODES,
          P772.ID_NATO_MMHS_MM_HANDLING_INSTRUCTIONS,
          P772.ID_NATO_MMHS_MM_MESSAGE_INSTRUCTIONS,
          P772.ID_NATO_MMHS_MM_CODRESS_MESSAGE,
          P772.ID_NATO_MMHS_MM_ORIGINATOR_REFERENCE,
          P772.ID_NATO_MMHS_MM_OTHER_RECIPIENTS_INDICATOR,
          P772.ID_NATO_MMHS_MM_ACP127_MESSAGE_IDENTIFIER,
          P772.ID_NATO_MMHS_MM_ORIGINATOR_PLAD);

  private Military() {}

  /** The extensions for {@code fields}. */
  static List<IPMSExtension> extensions(MmhsFields fields, Naming naming) {
    List<IPMSExtension> all = new ArrayList<>();
    number(all, P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE, fields.primaryPrecedence());
    number(all, P772.ID_NATO_MMHS_MM_COPY_PRECEDENCE, fields.copyPrecedence());
    fields
        .messageType()
        .ifPresent(
            type ->
                all.add(
                    extension(
                        P772.ID_NATO_MMHS_MM_MESSAGE_TYPE,
                        MessageType.CODEC,
                        new MessageType(
                            type.type(), type.identifier().map(Text::printable).orElse(null)))));
    if (!fields.exemptedAddresses().isEmpty()) {
      all.add(
          extension(
              P772.ID_NATO_MMHS_MM_EXEMPTED_ADDRESS,
              EXEMPTED,
              fields.exemptedAddresses().stream().map(naming::descriptor).toList()));
    }
    fields
        .extendedAuthorisation()
        .flatMap(Clock::utc)
        .ifPresent(
            time ->
                all.add(
                    extension(P772.ID_NATO_MMHS_MM_EXTENDED_AUTHORISATION_INFO, Time.CODEC, time)));
    if (!fields.subjectIndicatorCodes().isEmpty()) {
      List<Text> codes =
          fields.subjectIndicatorCodes().stream().limit(MOST_CODES).map(Text::printable).toList();
      all.add(
          extension(
              P772.ID_NATO_MMHS_MM_DISTRIBUTION_CODES,
              DistributionCodes.CODEC,
              new DistributionCodes(codes, null)));
    }
    strings(all, P772.ID_NATO_MMHS_MM_HANDLING_INSTRUCTIONS, fields.handlingInstructions());
    strings(all, P772.ID_NATO_MMHS_MM_MESSAGE_INSTRUCTIONS, fields.messageInstructions());
    number(all, P772.ID_NATO_MMHS_MM_CODRESS_MESSAGE, fields.codressIndicator());
    string(all, P772.ID_NATO_MMHS_MM_ORIGINATOR_REFERENCE, fields.originatorReference());
    List<OtherRecipientDesignator> others = new ArrayList<>();
    fields.otherRecipientsTo().forEach(to -> others.add(other(0, to)));
    fields.otherRecipientsCc().forEach(cc -> others.add(other(1, cc)));
    if (!others.isEmpty()) {
      all.add(
          extension(
              P772.ID_NATO_MMHS_MM_OTHER_RECIPIENTS_INDICATOR,
              OtherRecipientDesignators.CODEC,
              others));
    }
    string(all, P772.ID_NATO_MMHS_MM_ACP127_MESSAGE_IDENTIFIER, fields.acp127Identifier());
    string(all, P772.ID_NATO_MMHS_MM_ORIGINATOR_PLAD, fields.originatorPlad());
    return all;
  }

  /** RFC 6477 6 a: who authorises a message does so at its date, if nothing else is said. */
  static MmhsFields authorisedAt(MmhsFields fields, Optional<OffsetDateTime> date) {
    return new MmhsFields(
        fields.exemptedAddresses(),
        date,
        fields.subjectIndicatorCodes(),
        fields.handlingInstructions(),
        fields.messageInstructions(),
        fields.codressIndicator(),
        fields.originatorReference(),
        fields.primaryPrecedence(),
        fields.copyPrecedence(),
        fields.messageType(),
        fields.otherRecipientsTo(),
        fields.otherRecipientsCc(),
        fields.acp127Identifier(),
        fields.originatorPlad());
  }

  private static OtherRecipientDesignator other(int type, String name) {
    return new OtherRecipientDesignator(type, Text.printable(name));
  }

  private static <T extends Object> IPMSExtension extension(
      ObjectIdentifier type, Codec<T> codec, T value) {
    return new IPMSExtension(type, Any.of(codec, value));
  }

  private static void number(List<IPMSExtension> all, ObjectIdentifier type, OptionalInt value) {
    if (value.isPresent()) {
      all.add(extension(type, Codecs.INTEGER, (long) value.getAsInt()));
    }
  }

  private static void string(
      List<IPMSExtension> all, ObjectIdentifier type, Optional<String> value) {
    value.ifPresent(v -> all.add(extension(type, MilitaryString.CODEC, Text.printable(v))));
  }

  private static void strings(List<IPMSExtension> all, ObjectIdentifier type, List<String> values) {
    if (!values.isEmpty()) {
      all.add(
          extension(type, MilitaryStrings.CODEC, values.stream().map(Text::printable).toList()));
    }
  }

  /**
   * What the extensions say.
   *
   * @throws DecodeException if the value of one is not of its type
   */
  static MmhsFields read(List<IPMSExtension> extensions, Naming naming) throws DecodeException {
    Optional<OffsetDateTime> authorised = Optional.empty();
    List<org.heliograph.mail.MailAddress> exempted = new ArrayList<>();
    for (ORDescriptor d :
        value(extensions, P772.ID_NATO_MMHS_MM_EXEMPTED_ADDRESS, EXEMPTED).orElse(List.of())) {
      naming.address(d).ifPresent(exempted::add);
    }
    Optional<org.heliograph.asn1.Time> time =
        value(extensions, P772.ID_NATO_MMHS_MM_EXTENDED_AUTHORISATION_INFO, Time.CODEC);
    if (time.isPresent()) {
      authorised = Optional.of(Clock.date(time.get()));
    }
    Optional<MessageType> type =
        value(extensions, P772.ID_NATO_MMHS_MM_MESSAGE_TYPE, MessageType.CODEC);
    Optional<DistributionCodes> codes =
        value(extensions, P772.ID_NATO_MMHS_MM_DISTRIBUTION_CODES, DistributionCodes.CODEC);
    List<OtherRecipientDesignator> others =
        value(
                extensions,
                P772.ID_NATO_MMHS_MM_OTHER_RECIPIENTS_INDICATOR,
                OtherRecipientDesignators.CODEC)
            .orElse(List.of());
    return new MmhsFields(
        exempted,
        authorised,
        texts(codes.flatMap(c -> Optional.ofNullable(c.sics())).orElse(List.of())),
        texts(
            value(extensions, P772.ID_NATO_MMHS_MM_HANDLING_INSTRUCTIONS, MilitaryStrings.CODEC)
                .orElse(List.of())),
        texts(
            value(extensions, P772.ID_NATO_MMHS_MM_MESSAGE_INSTRUCTIONS, MilitaryStrings.CODEC)
                .orElse(List.of())),
        number(extensions, P772.ID_NATO_MMHS_MM_CODRESS_MESSAGE, Integer.MAX_VALUE),
        string(extensions, P772.ID_NATO_MMHS_MM_ORIGINATOR_REFERENCE),
        precedence(extensions, P772.ID_NATO_MMHS_MM_PRIMARY_PRECEDENCE),
        precedence(extensions, P772.ID_NATO_MMHS_MM_COPY_PRECEDENCE),
        type.filter(t -> t.type() >= 0 && t.type() <= 255)
            .map(
                t ->
                    new MmhsFields.MessageType(
                        (int) t.type(), Optional.ofNullable(t.identifier()).map(Military::text))),
        others.stream().filter(o -> o.type() != 1).map(o -> text(o.designator())).toList(),
        others.stream().filter(o -> o.type() == 1).map(o -> text(o.designator())).toList(),
        string(extensions, P772.ID_NATO_MMHS_MM_ACP127_MESSAGE_IDENTIFIER),
        string(extensions, P772.ID_NATO_MMHS_MM_ORIGINATOR_PLAD));
  }

  /** The precedence that decides about an action, if the heading has one (0 to 31). */
  static OptionalInt precedence(List<IPMSExtension> extensions, ObjectIdentifier type)
      throws DecodeException {
    Optional<Long> value = value(extensions, type, MMHSPrecedence.CODEC);
    return value.isPresent() && value.get() >= 0 && value.get() <= 31
        ? OptionalInt.of(value.get().intValue())
        : OptionalInt.empty();
  }

  private static OptionalInt number(
      List<IPMSExtension> extensions, ObjectIdentifier type, long most) throws DecodeException {
    Optional<Long> value = value(extensions, type, Codecs.INTEGER);
    return value.isPresent() && value.get() >= 0 && value.get() <= most
        ? OptionalInt.of(value.get().intValue())
        : OptionalInt.empty();
  }

  private static Optional<String> string(List<IPMSExtension> extensions, ObjectIdentifier type)
      throws DecodeException {
    return value(extensions, type, MilitaryString.CODEC).map(Military::text);
  }

  private static List<String> texts(List<Text> texts) {
    return texts.stream().map(Military::text).toList();
  }

  /** Control characters would end a header field. */
  private static String text(Text text) {
    return text.toString().replaceAll("\\p{Cntrl}", " ");
  }

  private static <T extends Object> Optional<T> value(
      List<IPMSExtension> extensions, ObjectIdentifier type, Codec<T> codec)
      throws DecodeException {
    for (IPMSExtension extension : extensions) {
      if (extension.type().equals(type) && extension.value() != null) {
        return Optional.of(extension.value().as(codec));
      }
    }
    return Optional.empty();
  }
}
