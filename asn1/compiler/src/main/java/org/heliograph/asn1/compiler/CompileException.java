package org.heliograph.asn1.compiler;

/** A module that cannot be compiled: file, line, and what was expected. */
final class CompileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CompileException(String file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
