package org.heliograph.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.heliograph.model.Bytes;
import org.heliograph.model.Show;

/**
 * A range of network addresses in CIDR notation (RFC 4632, RFC 4291 2.3).
 *
 * @param prefix the address, 4 or 16 octets; bits behind {@code bits} are ignored
 * @param bits how many leading bits count
 */
public record Network(Bytes prefix, int bits) {
  public Network {
    int width = prefix.length() * 8;
    if ((width != 32 && width != 128) || bits < 0 || bits > width) {
      throw new IllegalArgumentException("no network of " + width + " bits with prefix " + bits);
    }
  }

  /**
   * Reads {@code address/bits}, or an address that stands for itself. Never asks a name server.
   *
   * @throws IllegalArgumentException naming what was expected
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      throw expected(text);
    }
    try {
      byte[] octets = InetAddress.getByName(address).getAddress();
      int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
      return new Network(Bytes.of(octets), bits);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw expected(text);
    }
  }

  private static IllegalArgumentException expected(String text) {
    return new IllegalArgumentException(
        "not a network: '" + Show.safe(text, 60) + "'; expected such as 192.0.2.0/24 or ::1/128");
  }

  /** Whether {@code address} lies within. */
  public boolean contains(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != prefix.length()) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (octets[i] != prefix.at(i)) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((octets[whole] ^ prefix.at(whole)) & (0xFF << (8 - rest)) & 0xFF) == 0;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < prefix.length(); i++) {
      if (prefix.length() == 4) {
        text.append(i == 0 ? "" : ".").append(prefix.at(i) & 0xFF);
      } else {
        text.append(i > 0 && i % 2 == 0 ? ":" : "").append(String.format("%02x", prefix.at(i)));
      }
    }
    return text.append('/').append(bits).toString();
  }
}
