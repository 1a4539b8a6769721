package org.heliograph.x400.downgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x411.OtherMessageDeliveryFields;
import org.heliograph.asn1.x420.BodyPart;
import org.heliograph.asn1.x420.Heading;
import org.heliograph.asn1.x420.IPM;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.IPMSExtension;
import org.heliograph.asn1.x420.IPN;
import org.heliograph.asn1.x420.InformationObject;
import org.heliograph.asn1.x420.MessageBodyPart;
import org.heliograph.asn1.x420.MessageParameters;
import org.heliograph.asn1.x420.NonReceiptFields;
import org.heliograph.asn1.x420.NotificationFields;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.asn1.x420.ReceiptFields;
import org.heliograph.asn1.x420.RecipientSpecifier;
import org.heliograph.model.OrAddress;
import org.heliograph.x400.OrNames;
import org.jspecify.annotations.Nullable;

/**
 * P22 as P2 (RFC 1328 5, RFC 1496 3): addresses in the attributes of 1984, heading extensions left
 * out, body parts in basic form or enclosed in IA5 text. The fields of mail that MIXER put into a
 * heading extension become the first body part. For one content.
 */
final class Contents84 {
  /**
   * What the originator forbids.
   *
   * @param conversion nothing may be converted
   * @param loss nothing may be lost
   */
  record Prohibited(boolean conversion, boolean loss) {}

  private final Addresses84 addresses;
  private final Prohibited prohibited;
  private final Losses losses;
  private boolean enclosed;

  Contents84(Addresses84 addresses, Prohibited prohibited, Losses losses) {
    this.addresses = addresses;
    this.prohibited = prohibited;
    this.losses = losses;
  }

  /** Whether a body part was enclosed in IA5 text. */
  boolean enclosed() {
    return enclosed;
  }

  /** The octets as P2; the same ones where nothing of 1988 is in them. */
  Octets down(Octets content) throws CannotDowngrade {
    try {
      InformationObject in = InformationObject.CODEC.decode(content);
      InformationObject out =
          switch (in) {
            case InformationObject.Ipm m -> new InformationObject.Ipm(ipm(m.value()));
            case InformationObject.Ipn n -> new InformationObject.Ipn(ipn(n.value()));
          };
      return out.equals(in) ? content : InformationObject.CODEC.encode(out);
    } catch (DecodeException e) {
      throw CannotDowngrade.because("the content is no interpersonal message: " + e.getMessage());
    }
  }

  private IPM ipm(IPM in) throws CannotDowngrade, DecodeException {
    List<BodyPart> body = new ArrayList<>();
    for (IPMSExtension e : in.heading().extensions()) {
      if (e.type().equals(MIXER.ID_RFC_822_FIELD_LIST) && e.value() != null) {
        body.add(Parts84.mailFields(e.value()));
      }
    }
    for (BodyPart part : in.body()) {
      body.add(part(part));
    }
    return new IPM(heading(in.heading()), body);
  }

  private BodyPart part(BodyPart in) throws CannotDowngrade, DecodeException {
    Optional<BodyPart> basic = Parts84.basic(in);
    if (basic.isPresent()) {
      return basic.get() instanceof BodyPart.Message m
          ? new BodyPart.Message(message(m.value()))
          : basic.get();
    }
    if (prohibited.conversion()) {
      throw CannotDowngrade.conversionProhibited(
          "a body part of type " + Parts84.number(in) + " would have to be converted to IA5 text");
    }
    enclosed = true;
    return Parts84.enclosed(in);
  }

  private MessageBodyPart message(MessageBodyPart in) throws CannotDowngrade, DecodeException {
    OtherMessageDeliveryFields envelope = in.parameters().deliveryEnvelope();
    return new MessageBodyPart(
        new MessageParameters(
            in.parameters().deliveryTime(), envelope == null ? null : delivery(envelope)),
        ipm(in.data()));
  }

  private OtherMessageDeliveryFields delivery(OtherMessageDeliveryFields in)
      throws CannotDowngrade, DecodeException {
    if (!in.extensions().isEmpty()) {
      lost("extensions of a forwarded message's envelope");
    }
    List<ORName> others = in.otherRecipientNames();
    List<ORName> names = others == null ? null : new ArrayList<>();
    if (others != null && names != null) {
      for (ORName name : others) {
        names.add(name(name));
      }
    }
    ORName intended = in.originallyIntendedRecipientName();
    return in.toBuilder()
        .originatorName(name(in.originatorName()))
        .otherRecipientNames(names)
        .thisRecipientName(name(in.thisRecipientName()))
        .originallyIntendedRecipientName(intended == null ? null : name(intended))
        .extensions(List.of())
        .build();
  }

  private Heading heading(Heading in) throws CannotDowngrade, DecodeException {
    return in.toBuilder()
        .thisIPM(identifier(in.thisIPM()))
        .originator(descriptor(in.originator()))
        .authorizingUsers(descriptors(in.authorizingUsers()))
        .primaryRecipients(recipients(in.primaryRecipients()))
        .copyRecipients(recipients(in.copyRecipients()))
        .blindCopyRecipients(
            in.blindCopyRecipients() == null ? null : recipients(in.blindCopyRecipients()))
        .repliedToIPM(in.repliedToIPM() == null ? null : identifier(in.repliedToIPM()))
        .obsoletedIPMs(identifiers(in.obsoletedIPMs()))
        .relatedIPMs(identifiers(in.relatedIPMs()))
        .replyRecipients(descriptors(in.replyRecipients()))
        .extensions(none("heading extension", in.extensions()))
        .build();
  }

  private List<RecipientSpecifier> recipients(List<RecipientSpecifier> in)
      throws CannotDowngrade, DecodeException {
    List<RecipientSpecifier> out = new ArrayList<>(in.size());
    for (RecipientSpecifier r : in) {
      ORDescriptor who = descriptor(r.recipient());
      if (r.recipientExtensions() != null) {
        none("recipient extension", r.recipientExtensions());
      }
      out.add(
          new RecipientSpecifier(
              who == null ? r.recipient() : who,
              r.notificationRequests(),
              r.replyRequested(),
              null));
    }
    return out;
  }

  private @Nullable List<ORDescriptor> descriptors(@Nullable List<ORDescriptor> in)
      throws CannotDowngrade, DecodeException {
    if (in == null) {
      return null;
    }
    List<ORDescriptor> out = new ArrayList<>(in.size());
    for (ORDescriptor d : in) {
      ORDescriptor down = descriptor(d);
      out.add(down == null ? d : down);
    }
    return out;
  }

  private @Nullable ORDescriptor descriptor(@Nullable ORDescriptor in)
      throws CannotDowngrade, DecodeException {
    if (in == null || in.formalName() == null) {
      return in;
    }
    return new ORDescriptor(name(in.formalName()), in.freeFormName(), in.telephoneNumber());
  }

  private List<IPMIdentifier> identifiers(List<IPMIdentifier> in)
      throws CannotDowngrade, DecodeException {
    List<IPMIdentifier> out = new ArrayList<>(in.size());
    for (IPMIdentifier id : in) {
      out.add(identifier(id));
    }
    return out;
  }

  private IPMIdentifier identifier(IPMIdentifier in) throws CannotDowngrade, DecodeException {
    return in.user() == null ? in : new IPMIdentifier(name(in.user()), in.userRelativeIdentifier());
  }

  private ORName name(ORName in) throws CannotDowngrade, DecodeException {
    OrAddress address = OrNames.read(in);
    OrAddress down = addresses.down(address);
    if (address.directoryName().isPresent()) {
      lost("a directory name");
    }
    return down.equals(address) ? in : OrNames.name(down);
  }

  private List<IPMSExtension> none(String what, List<IPMSExtension> in) throws CannotDowngrade {
    for (IPMSExtension e : in) {
      if (!e.type().equals(MIXER.ID_RFC_822_FIELD_LIST)) {
        lost(what + " " + e.type());
      }
    }
    return List.of();
  }

  private void lost(String what) throws CannotDowngrade {
    if (prohibited.loss()) {
      throw CannotDowngrade.lossProhibited(what + " would be lost");
    }
    losses.add(what);
  }

  private IPN ipn(IPN in) throws CannotDowngrade, DecodeException {
    if (in.notificationExtensions() != null) {
      none("notification extension", in.notificationExtensions());
    }
    NotificationFields fields =
        switch (in.choice()) {
          case NotificationFields.NonReceiptFields n ->
              new NotificationFields.NonReceiptFields(nonReceipt(n.value()));
          case NotificationFields.ReceiptFields r ->
              new NotificationFields.ReceiptFields(receipt(r.value()));
          case NotificationFields.OtherNotificationTypeFields o ->
              throw CannotDowngrade.because(
                  "a notification that is neither of receipt nor of non-receipt");
        };
    return new IPN(
        identifier(in.subjectIpm()),
        descriptor(in.ipnOriginator()),
        descriptor(in.ipmIntendedRecipient()),
        in.conversionEits(),
        null,
        fields);
  }

  private NonReceiptFields nonReceipt(NonReceiptFields in) throws CannotDowngrade, DecodeException {
    if (in.nrnExtensions() != null) {
      none("notification extension", in.nrnExtensions());
    }
    IPM returned = in.returnedIpm();
    return new NonReceiptFields(
        in.nonReceiptReason(),
        in.discardReason(),
        in.autoForwardComment(),
        returned == null ? null : ipm(returned),
        null);
  }

  private ReceiptFields receipt(ReceiptFields in) throws CannotDowngrade {
    if (in.rnExtensions() != null) {
      none("notification extension", in.rnExtensions());
    }
    return new ReceiptFields(
        in.receiptTime(), in.acknowledgmentMode(), in.supplReceiptInfo(), null);
  }
}
