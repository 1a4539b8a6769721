package org.heliograph.asn1;

/** What every alternative of a generated CHOICE is: a holder of one value. */
public interface ChoiceValue {
  /** The value of the chosen alternative. */
  Object value();
}
