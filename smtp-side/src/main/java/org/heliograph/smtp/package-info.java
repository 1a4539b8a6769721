/**
 * Internet mail on the wire: the server that takes it in and the client that hands it on, both on
 * one reading of the protocol.
 *
 * <p>Server and client speak ESMTP (RFC 5321) with PIPELINING (RFC 2920), SIZE (RFC 1870), 8BITMIME
 * (RFC 6152), ENHANCEDSTATUSCODES (RFC 2034, RFC 3463), DSN (RFC 3461), STARTTLS (RFC 3207) and
 * MT-PRIORITY (RFC 6710); the client also SMTPUTF8 (RFC 6531) where it is needed, and LMTP (RFC
 * 2033). The server takes responsibility for a message only when the queue says that it is durable.
 * It takes no line end but CRLF, and no end of a message but CRLF.CRLF. Messages stream through
 * both with constant memory, and leave the switch with the octets with which they came.
 *
 * <p>Not here: CHUNKING and BINARYMIME (RFC 3030), AUTH (RFC 4954), the server's side of SMTPUTF8,
 * DNS look-ups of mail exchangers (a peer is a host and a port), and any conversion of content.
 */
@NullMarked
package org.heliograph.smtp;

import org.jspecify.annotations.NullMarked;
