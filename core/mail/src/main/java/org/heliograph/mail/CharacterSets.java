package org.heliograph.mail;

import java.nio.charset.Charset;

/** Character sets by their MIME names. */
public final class CharacterSets {
  private CharacterSets() {}

  /** The character set named {@code name}, or {@code otherwise} if Java knows none of that name. */
  public static Charset of(String name, Charset otherwise) {
    try {
      return name.isBlank() ? otherwise : Charset.forName(name.strip());
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }

  /** Whether Java knows a character set of that name. */
  public static boolean known(String name) {
    try {
      return !name.isBlank() && Charset.isSupported(name.strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
