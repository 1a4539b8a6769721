package org.heliograph.p1;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.heliograph.asn1.x411.MTSAPDU;
import org.heliograph.model.UniqueKey;

/**
 * By what a message is recognised that we have taken responsibility for already (X.411 14.3): after
 * a crash between acceptance and confirmation the peer sends it again, perhaps over another path.
 *
 * <p>An MTS identifier alone will not do: the same message comes several times for different
 * recipients when a system before us has split it, and comes back when it loops. An activity
 * identifier will not do either, it is new when the peer starts over. So: identifier, trace and
 * everything else of the envelope, responsibilities with it, and the length of the content. It is
 * recognised as long as the store remembers the message.
 */
final class Transfers {
  private static final int DIGEST_OCTETS = 16;

  private Transfers() {}

  static UniqueKey key(MTSAPDU apdu, long contentOctets) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      MTSAPDU.CODEC.encode(apdu).writeTo(digest::update);
      String hex = HexFormat.of().formatHex(digest.digest(), 0, DIGEST_OCTETS);
      return new UniqueKey(UniqueKey.Scheme.TRANSFER, "p1 " + contentOctets + " " + hex);
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("SHA-256 of octets in memory", e);
    }
  }
}
