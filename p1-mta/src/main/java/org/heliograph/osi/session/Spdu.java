package org.heliograph.osi.session;

import org.heliograph.asn1.Octets;

/**
 * The SPDUs of X.225 clause 8.3 that the functional units of RTSE need. DT is not among them: it is
 * streamed.
 */
sealed interface Spdu {
  // Indicator codes; those that share a number are told apart by concatenation.
  int ER = 0;
  int GT = 1;
  int DT = 1;
  int PT = 2;
  int NF = 8;
  int FN = 9;
  int DN = 10;
  int RF = 12;
  int CN = 13;
  int AC = 14;
  int GTC = 21;
  int GTA = 22;
  int AB = 25;
  int AI = 25;
  int AA = 26;
  int AIA = 26;
  int AR = 29;
  int AE = 41;
  int AEA = 42;
  int AS = 45;
  int ED = 48;
  int MIP = 49;
  int MIA = 50;
  int AD = 57;
  int ADA = 58;

  /** Version bits of PI 22. */
  int VERSION_1 = 1;

  int VERSION_2 = 2;

  /** The data token in token items (PI 16). */
  int DATA_TOKEN = 1;

  /** The SPDU's name in X.225. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * CN.
   *
   * @param tsduMaximum proposed, both ways; 0 for unlimited
   * @param requirements session user requirements, bits of PI 20
   * @param version bits of PI 22
   * @param tokens token setting item, PI 26
   */
  record Cn(
      Reference reference,
      int options,
      int tsduMaximum,
      int version,
      int tokens,
      int requirements,
      Octets calling,
      Octets called,
      Octets userData)
      implements Spdu {}

  record Ac(
      Reference reference,
      int options,
      int version,
      int tokens,
      int requirements,
      Octets responding,
      Octets userData)
      implements Spdu {}

  record Rf(
      Reference reference,
      int disconnect,
      int requirements,
      int version,
      int reason,
      Octets userData)
      implements Spdu {}

  record Fn(int disconnect, Octets userData) implements Spdu {}

  record Dn(Octets userData) implements Spdu {}

  record Nf(Octets userData) implements Spdu {}

  /**
   * AB.
   *
   * @param disconnect PI 17: 1 release the transport connection, 2 user abort, 4 protocol error, 8
   *     no reason
   */
  record Ab(int disconnect, Octets userData) implements Spdu {
    static final int RELEASE = 1;
    static final int USER = 2;
    static final int PROTOCOL_ERROR = 4;
  }

  record Aa() implements Spdu {}

  /** GT alone: tokens are given. */
  record Gt(int tokens) implements Spdu {}

  /** PT alone: tokens are wanted. */
  record Pt(int tokens, Octets userData) implements Spdu {}

  record Gtc() implements Spdu {}

  record Gta() implements Spdu {}

  /**
   * MIP.
   *
   * @param confirm whether explicit confirmation is asked for
   */
  record Mip(boolean confirm, int serial) implements Spdu {}

  record Mia(int serial) implements Spdu {}

  record As(Octets identifier) implements Spdu {}

  record Ar(Octets identifier, Reference oldConnection, Octets oldIdentifier, int serial)
      implements Spdu {}

  record Ae(int serial) implements Spdu {}

  record Aea(int serial) implements Spdu {}

  record Ai(int reason) implements Spdu {}

  record Aia() implements Spdu {}

  record Ad(int reason) implements Spdu {}

  record Ada() implements Spdu {}

  record Er() implements Spdu {}

  record Ed(int reason) implements Spdu {}
}
