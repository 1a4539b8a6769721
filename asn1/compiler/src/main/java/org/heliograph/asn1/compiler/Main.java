package org.heliograph.asn1.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The compiler's command line: {@code Main SOURCES TARGET} compiles all {@code .asn} files of one
 * directory into Java below another. Only changed files are written and stale ones removed, so that
 * an incremental build stays one.
 */
public final class Main {
  private Main() {}

  /** Ends with code 0, 1 when a module is at fault, 2 when called wrongly. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: Main DIRECTORY-OF-ASN-FILES TARGET-DIRECTORY");
      System.exit(2);
    }
    try {
      Map<String, String> sources = compile(Path.of(arguments[0]));
      int changed = update(Path.of(arguments[1]), sources);
      System.out.println("ASN.1: " + sources.size() + " Java files, " + changed + " changed");
    } catch (CompileException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Path and text of every Java source made from the modules of a directory. */
  static Map<String, String> compile(Path directory) throws IOException {
    List<Module> modules = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".asn")).sorted().toList()) {
        modules.add(Parser.parse(file.toString(), Files.readString(file)));
      }
    }
    return compile(modules);
  }

  static Map<String, String> compile(List<Module> modules) {
    Schema schema = new Schema(modules);
    new Checker(schema).check();
    return new ModuleWriter(schema).write();
  }

  /** Brings a directory to exactly these files; returns how many were written or removed. */
  static int update(Path target, Map<String, String> sources) throws IOException {
    int changed = 0;
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = target.resolve(source.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
        changed++;
      }
    }
    if (!Files.exists(target)) {
      return changed;
    }
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!sources.containsKey(target.relativize(file).toString().replace('\\', '/'))) {
          Files.delete(file);
          changed++;
        }
      }
    }
    return changed;
  }
}
