package org.heliograph.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How far an interrupted transfer came, so that it can go on there (X.228 resumption).
 *
 * @param channel whose it is
 * @param key by which the channel finds it, for example the session connection reference and
 *     activity identifier
 * @param state what else the channel must remember
 * @param octets confirmed so far
 * @param stage of an inbound transfer: what was received
 * @param expires when it is given up
 */
public record ResumePoint(
    ChannelName channel,
    Bytes key,
    Bytes state,
    long octets,
    Optional<ContentRef> stage,
    Instant expires) {}
