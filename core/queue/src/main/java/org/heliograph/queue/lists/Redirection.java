package org.heliograph.queue.lists;

import java.util.function.Predicate;
import org.heliograph.model.Address;
import org.heliograph.model.Readdressing;

/**
 * Somebody's messages go to somebody else.
 *
 * @param from whose
 * @param to the other
 * @param reason what the redirection history says
 * @param onFailure false: always; true: only what cannot be delivered and allows an alternate
 *     recipient (X.411 8.2.1.1.1.2 alternate-recipient-allowed)
 */
public record Redirection(
    Predicate<Address> from, Address to, Readdressing.Reason reason, boolean onFailure) {}
