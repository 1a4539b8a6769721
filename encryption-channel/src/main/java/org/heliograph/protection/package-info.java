/**
 * Protection of X.400 content with CMS: the triple wrap of STANAG 4406 Annex B as RFC 3854, 3855,
 * 5652 and 2634 spell it, put on by one shaper and taken off by another.
 *
 * <p>The three layers are nested directly: a SignedData around the content octets, an EnvelopedData
 * around that SignedData, a SignedData around that EnvelopedData, one ContentInfo around all (RFC
 * 3854 3.4.1). A layer that is wrapped in a ContentInfo of its own is accepted when reading.
 * Content streams through all layers at once; nothing becomes visible before the last check has
 * held.
 *
 * <p>What it does not do yet: S/MIME on the mail side, single layers, compression, lists, receipts,
 * revocation. Bouncy Castle's types do not leave this package.
 */
@NullMarked
package org.heliograph.protection;

import org.jspecify.annotations.NullMarked;
