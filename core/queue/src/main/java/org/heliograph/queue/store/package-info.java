/**
 * What is queued, on disk: an embedded Derby database, files for large content, and the only code
 * that speaks SQL.
 *
 * <p>An {@link org.heliograph.queue.store.Act} is everything that must happen together; it is
 * durable when {@link org.heliograph.queue.store.DerbyStore#perform} returns. Acts that come in
 * while the log is being forced share the next force. Content up to a limit rides in the act that
 * names it, larger content is a file that was forced before. One process owns a store.
 *
 * <p>It decides nothing about messages: no routes, no retries, no reports.
 */
@NullMarked
package org.heliograph.queue.store;

import org.jspecify.annotations.NullMarked;
