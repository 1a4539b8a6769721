package org.heliograph.asn1;

/** The value of type NULL. */
public enum Null {
  NULL
}
