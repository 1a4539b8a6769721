/**
 * What is shipped beside the program: a maker of keys and certificates for demonstrations and
 * tests. Its certificates protect nothing: the root's private key is thrown away, but so is all
 * care about names, life time and revocation.
 */
@NullMarked
package org.heliograph.conf;

import org.jspecify.annotations.NullMarked;
