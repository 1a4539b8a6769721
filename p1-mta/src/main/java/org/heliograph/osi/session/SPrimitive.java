package org.heliograph.osi.session;

import java.nio.ByteBuffer;
import org.heliograph.asn1.Octets;

/**
 * The session service (X.215) as far as RTSE uses it. Each serves as request and indication, or as
 * response and confirm. What belongs to the data phase is an {@link SActivity}.
 */
public sealed interface SPrimitive permits SActivity, SPrimitive.Connection {

  /** What belongs to setting up and ending. */
  sealed interface Connection extends SPrimitive {}

  /**
   * S-CONNECT request and indication.
   *
   * @param calling session selector; empty if none
   * @param called session selector; empty if none
   * @param reference the connection's name
   * @param userData at most 10240 octets
   */
  record SConnect(Octets calling, Octets called, Reference reference, Octets userData)
      implements Connection {}

  /** S-CONNECT positive response and confirm. */
  record SAccept(Octets userData) implements Connection {}

  /**
   * S-CONNECT negative response and confirm.
   *
   * @param reason see {@link RefuseReason}
   */
  record SRefuse(int reason, Octets userData) implements Connection {}

  /** S-RELEASE request and indication. */
  record SRelease(Octets userData) implements Connection {}

  /** S-RELEASE positive response and confirm. */
  record SReleaseConfirm(Octets userData) implements Connection {}

  /** S-U-ABORT. */
  record SUAbort(Octets userData) implements Connection {}

  /** S-P-ABORT: by a session entity, or the transport connection is gone. */
  record SPAbort(String reason) implements Connection {}

  /**
   * S-DATA.
   *
   * @param octets belongs to the receiver for the time of the call
   * @param last whether the SSDU ends with it
   */
  record SData(ByteBuffer octets, boolean last) implements SPrimitive.Connection {}
}
