package org.heliograph.osi;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.heliograph.asn1.Octets;
import org.heliograph.wire.TlsFacts;

/**
 * A peer wants an association (RT-OPEN indication, X.228 clause 6.1).
 *
 * @param peer where it comes from
 * @param tls what TLS came to, if there is TLS
 * @param calling its selectors as it sent them
 * @param called ours as it sent them
 * @param twoWayAlternate whether it asks for two-way-alternate dialogue. The responder should
 *     refuse that with its own error; if it accepts, the initiator keeps the turn
 * @param checkpointing what will hold if the responder accepts
 * @param bindArgument user data of RTORQ as one complete element: for P1, {@code [16]
 *     MTABindArgument}
 */
public record OpenIndication(
    InetSocketAddress peer,
    Optional<TlsFacts> tls,
    Selectors calling,
    Selectors called,
    boolean twoWayAlternate,
    Checkpointing checkpointing,
    Octets bindArgument) {}
