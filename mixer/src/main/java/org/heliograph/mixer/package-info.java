/**
 * The gateway between Internet mail and X.400: MIXER (RFC 2156), body parts (RFC 2157), military
 * header fields (RFC 6477), security labels (RFC 7444).
 *
 * <p>Pure functions map addresses (RFC 2156 chapter 4), headings (5.1.3, 5.3.4), bodies (RFC 2157),
 * envelopes (5.1.5, 5.3.6, appendix A) and reports (5.1.8, 5.3.8); {@link
 * org.heliograph.mixer.MixerShaper} puts them to work on messages of the queue. Both failure code
 * tables live here and nowhere else.
 *
 * <p>What no rule maps is carried: header fields in the rfc-822-field heading extension, parts of a
 * message in body parts made for that; components of headings that no field says, in fields of
 * ours. What cannot be carried is reported. Interpersonal notifications become text for people
 * (5.3.5) and disposition notifications (RFC 8098), and back. Probes are answered here (5.3.9). Not
 * here: DNS and directory forms of the mapping tables (RFC 2163, RFC 2164).
 */
@NullMarked
package org.heliograph.mixer;

import org.jspecify.annotations.NullMarked;
