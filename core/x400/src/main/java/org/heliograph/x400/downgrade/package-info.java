/**
 * What 1988 and later say, in the words of 1984 (X.419 annex on interworking with 1984 systems, RFC
 * 1328 for addresses and headings, RFC 1496 for body parts), and back where something comes home.
 *
 * <p>Extensions are left out unless they are critical for transfer or delivery; then the message
 * goes no further (unable-to-downgrade, 47). Everything left out is named, so that the operator can
 * read it. Content of type P22 becomes P2, a content type named by an object identifier becomes
 * external. Nothing here sends or stores anything, and no content is copied: what is made refers to
 * what it was made of.
 *
 * <p>The text of the annex was not at hand; where RFC 1328, RFC 1496 and the ASN.1 of X.411 leave a
 * choice, the comment says so. Directory names are left out, not shown as text.
 */
@NullMarked
package org.heliograph.x400.downgrade;

import org.jspecify.annotations.NullMarked;
