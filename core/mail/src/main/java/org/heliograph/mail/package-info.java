/**
 * Internet messages: the only reader and writer of RFC 5322 and MIME in the switch.
 *
 * <p>Reading (RFC 5322, RFC 2045 to 2047, RFC 2231): {@link org.heliograph.mail.MailReader} passes
 * once over stored content and says where everything is; a part is a range of that content and its
 * octets are never copied. Header fields keep their octets and their order. Writing: {@link
 * org.heliograph.mail.MailWriter} streams. On top of that delivery status notifications (RFC 3464,
 * RFC 6522), security labels in mail (RFC 7444) and military header fields (RFC 6477).
 *
 * <p>Not here: sockets, O/R addresses, the meaning of a label's octets, and any decision about a
 * message.
 */
@NullMarked
package org.heliograph.mail;

import org.jspecify.annotations.NullMarked;
