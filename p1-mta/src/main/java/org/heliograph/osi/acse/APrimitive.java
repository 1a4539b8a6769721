package org.heliograph.osi.acse;

import java.util.List;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.Octets;
import org.heliograph.osi.presentation.PPrimitive.Address;
import org.heliograph.osi.presentation.PPrimitive.Context;
import org.heliograph.osi.presentation.PPrimitive.Pdv;
import org.heliograph.osi.session.Reference;

/** The association control service (X.217) as RTSE uses it. */
public sealed interface APrimitive {
  /**
   * A-ASSOCIATE request and indication.
   *
   * @param applicationContext its name
   * @param contexts proposed; in an indication those that presentation accepted
   * @param user user information
   */
  record AAssociate(
      ObjectIdentifier applicationContext,
      Address calling,
      Address called,
      Reference reference,
      List<Context> contexts,
      Pdv user)
      implements APrimitive {}

  /** A-ASSOCIATE positive response and confirm. */
  record AAccept(List<Context> contexts, Pdv user) implements APrimitive {}

  /**
   * A-ASSOCIATE negative response and confirm of the user; octets are empty if there is no
   * information.
   */
  record AReject(boolean permanent, Pdv user) implements APrimitive {}

  /**
   * A-ASSOCIATE negative confirm of a provider.
   *
   * @param by who refused
   */
  record AProviderReject(By by, boolean permanent, String text) implements APrimitive {
    /** Layers that can refuse. */
    public enum By {
      SESSION,
      PRESENTATION,
      ACSE
    }
  }

  /** A-RELEASE request and indication. */
  record ARelease() implements APrimitive {}

  /** A-RELEASE response and confirm. */
  record AReleaseConfirm() implements APrimitive {}

  /** A-ABORT by the user; the octets are empty if there is no information. */
  record AAbort(Pdv user) implements APrimitive {}

  /** A-ABORT by the peer's ACSE, or A-P-ABORT; only an indication. */
  record AProviderAbort(String reason) implements APrimitive {}

  /** No user information. */
  static Pdv none() {
    return new Pdv(0, Octets.empty());
  }
}
