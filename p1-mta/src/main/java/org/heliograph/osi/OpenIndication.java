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
 * @param mode that it opens in
 * @param connection the name of this session connection, if it has one by which it can be recovered
 * @param recovers the connection whose association is to go on; then there is no bind argument
 * @param calling its selectors as it sent them
 * @param called ours as it sent them
 * @param twoWayAlternate whether it asks for two-way-alternate dialogue. The responder should
 *     refuse that with its own error; if it accepts, the initiator keeps the turn
 * @param checkpointing what will hold if the responder accepts
 * @param bindArgument user data of RTORQ as one complete element: for P1, {@code [16]
 *     MTABindArgument}, in X.410-1984 mode MTABindArgument alone
 */
public record OpenIndication(
    InetSocketAddress peer,
    Optional<TlsFacts> tls,
    Mode mode,
    Optional<Octets> connection,
    Optional<Octets> recovers,
    Selectors calling,
    Selectors called,
    boolean twoWayAlternate,
    Checkpointing checkpointing,
    Octets bindArgument) {}
