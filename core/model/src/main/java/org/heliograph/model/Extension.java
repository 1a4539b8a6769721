package org.heliograph.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * An MTS extension field as it came: what is not understood leaves untouched (X.411 clause 9).
 *
 * @param type the extension's type
 * @param criticality for which acts it must be understood
 * @param value BER octets of the value
 */
public record Extension(Type type, Set<Criticality> criticality, Bytes value) {
  /** X.411 ExtensionType: a standard number or a private object identifier. */
  public sealed interface Type {}

  /** A standard extension, numbered by X.411. */
  public record Standard(int number) implements Type {
    @Override
    public String toString() {
      return Integer.toString(number);
    }
  }

  /** A private extension. */
  public record Private(Oid oid) implements Type {
    @Override
    public String toString() {
      return oid.dotted();
    }
  }

  /** The acts for which an extension may be critical. */
  public enum Criticality {
    SUBMISSION,
    TRANSFER,
    DELIVERY
  }

  public Extension {
    criticality = criticality.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(criticality));
  }

  /** Whether this one has the standard number {@code number}. */
  public boolean is(int number) {
    return type instanceof Standard standard && standard.number() == number;
  }
}
