package org.heliograph.p1;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Text;
import org.heliograph.asn1.x411.Password;
import org.heliograph.model.Bytes;
import org.heliograph.model.Show;

/**
 * An MTA name and a password, as one side gives them in a bind (X.411 12.1.1.1.1).
 *
 * @param name 1 to 32 IA5 characters
 * @param password 0 to 62 octets (ub-password-length); never shown
 * @param asOctets whether it is sent as OCTET STRING; else as IA5String. What comes is taken in
 *     either form
 */
public record Credentials(String name, Bytes password, boolean asOctets) {
  private static final int MOST_NAME = 32;
  private static final int MOST_PASSWORD = 62;

  public Credentials {
    checkName(name);
    if (password.length() > MOST_PASSWORD) {
      throw new IllegalArgumentException(
          "a password of " + password.length() + " octets; at most " + MOST_PASSWORD);
    }
  }

  /** With a password in IA5 characters, which is what most peers expect. */
  public static Credentials ia5(String name, String password) {
    return new Credentials(name, Bytes.of(password.getBytes(StandardCharsets.ISO_8859_1)), false);
  }

  /** With a password of any octets. */
  public static Credentials octets(String name, Bytes password) {
    return new Credentials(name, password, true);
  }

  static void checkName(String name) {
    if (name.isEmpty()
        || name.length() > MOST_NAME
        || name.chars().anyMatch(c -> c < 0x20 || c > 0x7E)) {
      throw new IllegalArgumentException(
          "not an MTA name: '" + Show.safe(name, 40) + "'; expected 1 to 32 IA5 characters");
    }
  }

  org.heliograph.asn1.x411.Credentials asn1() {
    Octets octets = Octets.of(password.toArray());
    return new org.heliograph.asn1.x411.Credentials.Simple(
        asOctets
            ? new Password.OctetString(octets)
            : new Password.Ia5String(new Text(Text.Kind.IA5, octets)));
  }

  /** Whether {@code given} is this password; takes as long for a wrong one as for the right one. */
  boolean matches(Octets given) {
    return MessageDigest.isEqual(password.toArray(), given.toByteArray());
  }

  @Override
  public String toString() {
    return name + " (password not shown)";
  }
}
