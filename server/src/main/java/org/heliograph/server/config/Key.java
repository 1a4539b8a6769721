package org.heliograph.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the reference says of a key, and what the reader holds its value against. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** What the key means, in a sentence or two; the unit where the type does not tell it. */
  String says();

  /** The value when the key is absent, as it would stand in the file; empty: no default. */
  String or() default "";

  /** Least number, octets or milliseconds. */
  long min() default Long.MIN_VALUE;

  /** Greatest number, octets or milliseconds. */
  long max() default Long.MAX_VALUE;

  /** Of a path: the file must be there. */
  boolean mustExist() default false;
}
