package org.heliograph.osi.presentation;

import java.nio.ByteBuffer;
import java.util.List;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.session.Reference;
import org.heliograph.osi.session.SActivity;

/** The presentation service (X.216) as RTSE and ACSE use it. */
public sealed interface PPrimitive {
  /**
   * Selectors of one side above transport; empty ones are left out.
   *
   * @param session session selector
   * @param presentation presentation selector
   */
  record Address(Octets session, Octets presentation) {
    public static final Address NONE = new Address(Octets.empty(), Octets.empty());
  }

  /**
   * A presentation context.
   *
   * @param id odd, chosen by the initiator
   * @param syntax the abstract syntax
   */
  record Context(long id, ObjectIdentifier syntax) {}

  /**
   * A presentation data value.
   *
   * @param context which context it is of
   * @param value one complete element
   */
  record Pdv(long context, Octets value) {}

  /**
   * P-CONNECT request and indication.
   *
   * @param contexts proposed; in an indication those that were accepted
   */
  record PConnect(
      Address calling, Address called, Reference reference, List<Context> contexts, Pdv data)
      implements PPrimitive {}

  /**
   * P-CONNECT positive response and confirm. In a confirm {@code contexts} are those that both
   * sides have.
   */
  record PAccept(List<Context> contexts, Pdv data) implements PPrimitive {}

  /** P-CONNECT negative response of the user, with its data. */
  record PRefuse(Pdv data) implements PPrimitive {}

  /**
   * P-CONNECT negative confirm without user data: a layer below the user refused.
   *
   * @param bySession whether session, not presentation
   */
  record PProviderRefuse(boolean bySession, boolean permanent, String text) implements PPrimitive {}

  /** P-RELEASE request and indication. */
  record PRelease(Pdv data) implements PPrimitive {}

  /** P-RELEASE response and confirm. */
  record PReleaseConfirm(Pdv data) implements PPrimitive {}

  /** P-U-ABORT. In an indication the data may be absent: an empty value of context 0. */
  record PUAbort(Pdv data) implements PPrimitive {}

  /** P-P-ABORT; only an indication. */
  record PPAbort(String reason) implements PPrimitive {}

  /**
   * P-DATA request begins: {@code length} octets of one value follow as {@link PData}.
   *
   * @param context which context the value is of
   */
  record PDataStart(long context, long length) implements PPrimitive {}

  /**
   * A piece of the value of a P-DATA.
   *
   * @param octets belongs to the receiver for the time of the call; may be none with {@code last}
   * @param last whether the P-DATA ends with it
   */
  record PData(long context, ByteBuffer octets, boolean last) implements PPrimitive {}

  /** P-TOKEN-PLEASE for the data token. The data may be absent: an empty value of context 0. */
  record PTokenPlease(Pdv data) implements PPrimitive {}

  /**
   * P-ACTIVITY-..., P-SYNC-MINOR, exceptions: session services passed through (X.226 clause 6.5).
   */
  record PActivity(SActivity what) implements PPrimitive {}
}
