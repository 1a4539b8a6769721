package org.heliograph.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An X.400 O/R name: an O/R address (X.402 clause 18, X.411 ORAddress) and, if one came with it, a
 * directory name.
 *
 * <p>The address is a list of attributes in the order of the standard. An attribute that exists in
 * printable, teletex and universal form appears once for each form that was present. What this
 * switch does not know (extension attributes of other types) is kept as octets and leaves as it
 * came. Two addresses are {@linkplain #sameAs the same} if they differ only in case and repeated
 * spaces; {@code equals} is exact.
 *
 * @param attributes at most 64
 * @param unknown extension attributes by their type, value as BER octets
 * @param directoryName a Name as BER octets
 */
public record OrAddress(
    List<OrAttribute> attributes, List<UnknownAttribute> unknown, Optional<Bytes> directoryName)
    implements Address {
  private static final int MAX_ATTRIBUTES = 64;

  /** An extension attribute that this switch carries without understanding it. */
  public record UnknownAttribute(int type, Bytes value) {}

  public OrAddress {
    attributes = List.copyOf(attributes);
    unknown = List.copyOf(unknown);
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "an O/R address of " + attributes.size() + " attributes; at most " + MAX_ATTRIBUTES);
    }
  }

  public OrAddress(List<OrAttribute> attributes) {
    this(attributes, List.of(), Optional.empty());
  }

  /** The first value of {@code type}, in whichever form is there (printable first). */
  public Optional<String> value(OrAttribute.Type type) {
    return attributes.stream().filter(a -> a.type() == type).findFirst().map(OrAttribute::value);
  }

  /** The value of the domain-defined attribute named {@code name}, case ignored. */
  public Optional<String> domainDefined(String name) {
    return attributes.stream()
        .filter(a -> a.type() == OrAttribute.Type.DOMAIN_DEFINED && a.name().equalsIgnoreCase(name))
        .findFirst()
        .map(OrAttribute::value);
  }

  /** This address with {@code attribute} behind the others. */
  public OrAddress with(OrAttribute attribute) {
    List<OrAttribute> longer = new ArrayList<>(attributes);
    longer.add(attribute);
    return new OrAddress(longer, unknown, directoryName);
  }

  /**
   * A text for look-ups: types and values in a fixed order, upper case, spaces trimmed and
   * squeezed, one form of each attribute, the printable one first. Addresses with equal texts are
   * {@linkplain #sameAs the same}; the reverse holds where both have the same forms.
   */
  public String comparisonKey() {
    StringBuilder key = new StringBuilder();
    for (OrAttribute.Type type : OrAttribute.Type.values()) {
      List<OrAttribute> sameType = attributes.stream().filter(a -> a.type() == type).toList();
      for (OrAttribute a : sameType) {
        boolean otherForm =
            sameType.stream().anyMatch(b -> b.isVariantOf(a) && b.form().compareTo(a.form()) < 0);
        if (!otherForm) {
          key.append('/').append(type.name());
          if (!a.name().isEmpty()) {
            key.append('.').append(a.name().toUpperCase(Locale.ROOT));
          }
          key.append('=').append(a.folded());
        }
      }
    }
    return key.toString();
  }

  /**
   * Whether both name the same user (X.402 18.4): the same attributes, order apart; case and
   * repeated spaces do not count, nor whether a value is numeric, printable, teletex or universal.
   * Of an attribute that both have in several forms, one form that agrees is enough.
   */
  public boolean sameAs(OrAddress other) {
    return covers(other) && other.covers(this) && unknown.equals(other.unknown);
  }

  /** Whether {@code other} has all attributes that this one has (X.402 18.4), and perhaps more. */
  public boolean covers(OrAddress other) {
    return attributes.stream()
        .allMatch(
            mine ->
                attributes.stream()
                    .filter(a -> a.equals(mine) || a.form() != mine.form() && a.isVariantOf(mine))
                    .anyMatch(a -> other.attributes.stream().anyMatch(a::sameAs)));
  }

  @Override
  public AddressKind kind() {
    return AddressKind.OR_ADDRESS;
  }

  @Override
  public String display() {
    StringBuilder text = new StringBuilder();
    for (OrAttribute a : attributes) {
      text.append('/').append(a.type().label());
      if (!a.name().isEmpty()) {
        text.append('.').append(Show.safe(a.name(), 64));
      }
      text.append('=').append(Show.safe(a.value(), 128));
    }
    unknown.forEach(u -> text.append("/EXT").append(u.type()));
    return text.append('/').toString();
  }

  @Override
  public String toString() {
    return display();
  }
}
