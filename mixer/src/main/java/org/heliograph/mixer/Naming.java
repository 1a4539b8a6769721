package org.heliograph.mixer;

import java.util.Optional;
import org.heliograph.asn1.DecodeException;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.ORName;
import org.heliograph.asn1.x420.IPMIdentifier;
import org.heliograph.asn1.x420.ORDescriptor;
import org.heliograph.mail.EncodedWords;
import org.heliograph.mail.MailAddress;
import org.heliograph.mixer.IpmIds.IpmId;
import org.heliograph.model.Mailbox;
import org.heliograph.model.OrAddress;
import org.heliograph.model.TeletexText;
import org.heliograph.x400.OrNames;
import org.jspecify.annotations.Nullable;

/** Addresses and identifiers of headings (RFC 2156 4.5, 4.7). */
final class Naming {
  private static final int FREE_FORM = 64;
  private static final int IDENTIFIER = 64;

  private final AddressMapper addresses;

  Naming(AddressMapper addresses) {
    this.addresses = addresses;
  }

  /** The O/R name of a mailbox; empty if it cannot be said. */
  Optional<ORName> name(Mailbox mailbox) {
    try {
      return Optional.of(OrNames.name(addresses.toX400(mailbox).value()));
    } catch (AddressMappingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The descriptor of an address; without a formal name if the mailbox cannot be said. */
  ORDescriptor descriptor(MailAddress address) {
    @Nullable ORName name = name(address.mailbox()).orElse(null);
    Optional<String> shown =
        name == null ? Optional.of(address.text()) : address.name().filter(n -> !n.isEmpty());
    return new ORDescriptor(name, shown.map(Naming::freeForm).orElse(null), null);
  }

  /** T.61 where it can say the text, else an encoded word, else what is left of it. */
  static Text freeForm(String text) {
    Optional<byte[]> exact = TeletexText.encode(text).filter(t -> t.length <= FREE_FORM);
    if (exact.isPresent()) {
      return teletex(exact.get());
    }
    String words = EncodedWords.encode(text);
    byte[] octets =
        words.length() <= FREE_FORM && words.startsWith("=?")
            ? words.getBytes(java.nio.charset.StandardCharsets.US_ASCII)
            : TeletexText.approximate(text);
    return teletex(cut(octets, FREE_FORM));
  }

  static byte[] cut(byte[] octets, int most) {
    return octets.length <= most ? octets : java.util.Arrays.copyOf(octets, most);
  }

  static Text teletex(byte[] octets) {
    return new Text(Text.Kind.TELETEX, Octets.of(octets));
  }

  /** The characters of a string that may be T.61; no control characters. */
  static String text(Text text) {
    String characters =
        text.kind() == Text.Kind.TELETEX
            ? TeletexText.decode(text.octets().toByteArray())
            : text.toString();
    return EncodedWords.decode(characters.replaceAll("\\p{Cntrl}+", " ").strip());
  }

  /**
   * The address a descriptor names.
   *
   * @return empty if there is no formal name in it
   */
  Optional<MailAddress> address(ORDescriptor descriptor) throws DecodeException {
    if (descriptor.formalName() == null) {
      return Optional.empty();
    }
    OrAddress or = OrNames.read(descriptor.formalName());
    Mailbox mailbox;
    try {
      mailbox = addresses.toRfc822(or).value();
    } catch (AddressMappingException e) {
      return Optional.empty();
    }
    Optional<String> name = Optional.ofNullable(descriptor.freeFormName()).map(Naming::text);
    if (descriptor.telephoneNumber() != null) {
      String telephone = "Tel " + text(descriptor.telephoneNumber());
      name = Optional.of(name.map(n -> n + " (" + telephone + ")").orElse(telephone));
    }
    return Optional.of(new MailAddress(name.filter(n -> !n.isEmpty()), mailbox));
  }

  /** RFC 2156 4.7.3.3. */
  static IPMIdentifier identifier(IpmId id) {
    @Nullable ORName user = null;
    try {
      user = id.user().map(OrNames::name).orElse(null);
    } catch (IllegalArgumentException e) {
      // an address beyond X.411: the identifier is without user
    }
    String relative = id.relative();
    return new IPMIdentifier(
        user,
        Text.printable(
            relative.length() > IDENTIFIER ? relative.substring(0, IDENTIFIER) : relative));
  }

  /** RFC 2156 4.7.3.4; without angle brackets. */
  static String messageId(IPMIdentifier id) throws DecodeException {
    IpmId read = ipmId(id);
    // RFC 6477 6 d: a military identifier has a user even if it was born in mail
    return IpmIds.toMessageId(
        read, read.relative().contains("(a)") ? read.user() : Optional.empty());
  }

  /** The identifier as the model names it. */
  static IpmId ipmId(IPMIdentifier id) throws DecodeException {
    String relative = id.userRelativeIdentifier().toString().replaceAll("\\p{Cntrl}", " ");
    ORName user = id.user();
    return new IpmId(user == null ? Optional.empty() : Optional.of(OrNames.read(user)), relative);
  }
}
