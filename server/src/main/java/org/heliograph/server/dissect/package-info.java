/**
 * Looks at the octets of RFC 1006 connections from outside: takes TPKT, transport class 0, session,
 * presentation, ACSE, RTSE and P1 apart in both modes and says what each PDU is. It is fed from a
 * capture file (pcap, pcapng) or from a relay that stands between us and a peer.
 *
 * <p>It shares nothing with the stack that talks but the ASN.1 codecs, so that it can judge that
 * stack; it keeps no state machine and takes any order of PDUs. It does not decrypt TLS.
 */
@NullMarked
package org.heliograph.server.dissect;

import org.jspecify.annotations.NullMarked;
