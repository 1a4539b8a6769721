/**
 * Association control, X.227: AARQ, AARE, RLRQ, RLRE, ABRT with one value of user information.
 * Titles, qualifiers and authentication values of a peer are read past; none are sent.
 */
@NullMarked
package org.heliograph.osi.acse;

import org.jspecify.annotations.NullMarked;
