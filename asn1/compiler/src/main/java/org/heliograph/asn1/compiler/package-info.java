/**
 * The ASN.1 compiler: reads the modules of this project and writes Java records with their codecs.
 *
 * <p><b>Language.</b> A module with EXPLICIT or IMPLICIT TAGS, IMPORTS, the universal types without
 * REAL, EMBEDDED PDV and RELATIVE-OID, tags, SEQUENCE, SET, SEQUENCE OF, SET OF, CHOICE, OPTIONAL,
 * DEFAULT, COMPONENTS OF, the extension marker, named numbers and bits, SIZE and value ranges, ANY
 * and ANY DEFINED BY, values of INTEGER and OBJECT IDENTIFIER (X.680 in its 1990 and 1994 forms).
 * Of our own: {@code TABLE name { identifier => Type, ... }}, and marks, which are comments that
 * begin with an at sign, on the line of what they mark:
 *
 * <ul>
 *   <li>{@code -- @package x411}: the last part of the Java package of the module
 *   <li>{@code -- @stream}: content that the splitter passes on while it arrives
 *   <li>{@code -- @octets}: the value keeps the octets it came in, because they are signed
 *   <li>{@code -- @table a, b}: the tables that say what an open type or EXTERNAL holds
 *   <li>{@code -- @big}: an INTEGER that may have more than eight octets
 *   <li>{@code -- @or-explicit}: an IMPLICIT tag that is also read as an EXPLICIT one
 * </ul>
 *
 * Everything else is refused with file, line and what was expected.
 *
 * <p><b>Java.</b> SEQUENCE and SET become records (with a builder when they have more than five
 * components), CHOICE a sealed interface of records, ENUMERATED an enum, or a record of the number
 * when it is extensible. Any other named type becomes a class that holds its codec and the names of
 * its numbers or bits; its values have the Java type of what it is made of. Every one has a {@code
 * CODEC}. The values and tables of a module are in a class with the module's name, the tables of
 * all modules together and all types by name in the class {@code Catalog}.
 *
 * <p>Not here: information object classes, parameterized types, macros, subtypes other than SIZE
 * and value range.
 */
@NullMarked
package org.heliograph.asn1.compiler;

import org.jspecify.annotations.NullMarked;
