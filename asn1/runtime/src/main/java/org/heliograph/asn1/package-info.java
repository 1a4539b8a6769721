/**
 * The ASN.1 runtime: reading BER (X.690) over slices of octets, writing BER with definite lengths
 * or DER, the value types that generated records are made of, and the codecs they are described
 * with.
 *
 * <p>Entry points: a generated type's {@code CODEC} ({@link org.heliograph.asn1.Codec}) with {@code
 * decode} and {@code encode}; {@link org.heliograph.asn1.Octets} for octets that are never copied;
 * {@link org.heliograph.asn1.Splitter} to take the envelope out of an APDU while its content
 * streams past; {@link org.heliograph.asn1.Tree} to show octets as an indented tree.
 *
 * <p>Foreign input is hostile: every decode runs under {@link org.heliograph.asn1.Limits}, never
 * allocates from a declared length, and ends in a value or in one {@link
 * org.heliograph.asn1.DecodeException} with octet offset, path and the rule broken. Constraints
 * (SIZE, ranges) are not syntax: breaking them is reported beside the value as {@link
 * org.heliograph.asn1.Violation}.
 *
 * <p>Not here: REAL, EMBEDDED PDV, RELATIVE-OID, PER and the other encoding rules, and the T.61
 * repertoire beyond its Latin-1 letters.
 */
@NullMarked
package org.heliograph.asn1;

import org.jspecify.annotations.NullMarked;
