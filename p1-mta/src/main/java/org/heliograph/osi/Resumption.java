package org.heliograph.osi;

import java.io.InputStream;
import org.heliograph.asn1.Octets;

/** What the user says to a {@link ResumeIndication}. */
public sealed interface Resumption {
  /**
   * It goes on. The octets that were received are given to the sink once more, which may keep no
   * second copy of them; then come new ones.
   *
   * @param wrapper as it stood in the {@link CheckpointMark}
   * @param octets of the APDU before the checkpoint; closed when they are read
   */
  record Going(ApduSink sink, Octets wrapper, InputStream octets) implements Resumption {}

  /** The APDU has been taken already. */
  record Completed() implements Resumption {}

  /**
   * Nothing is known of it.
   *
   * @param why for our own log
   */
  record Unknown(String why) implements Resumption {}
}
