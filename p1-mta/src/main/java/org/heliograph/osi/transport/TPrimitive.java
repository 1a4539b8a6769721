package org.heliograph.osi.transport;

import java.nio.ByteBuffer;
import org.heliograph.asn1.Octets;

/**
 * The transport service (X.214) as far as class 0 has it. Each serves as request and as indication.
 */
public sealed interface TPrimitive {
  /**
   * T-CONNECT request and indication.
   *
   * @param calling transport selector; empty if none
   * @param called transport selector; empty if none
   */
  record TConnect(Octets calling, Octets called) implements TPrimitive {}

  /** T-CONNECT response and confirm. */
  record TAccept() implements TPrimitive {}

  /**
   * T-DISCONNECT. As an answer to TConnect it refuses. Class 0 ends a connection by closing TCP;
   * some peers send a DR before that.
   *
   * @param reason see {@link DisconnectReason}
   */
  record TDisconnect(int reason) implements TPrimitive {}

  /**
   * A piece of a TSDU.
   *
   * @param octets belongs to the receiver for the time of the call
   * @param last whether the TSDU ends with it
   */
  record TData(ByteBuffer octets, boolean last) implements TPrimitive {}
}
