package org.heliograph.asn1.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.Octets;

/** Modules compiled to Java, that to classes in memory, and these loaded. */
final class Compiled {
  final Map<String, String> sources;
  private final ClassLoader loader;

  private Compiled(Map<String, String> sources) {
    this.sources = sources;
    this.loader = load(sources);
  }

  static Compiled modules(String... texts) {
    List<Module> modules = new ArrayList<>();
    for (String text : texts) {
      modules.add(Parser.parse("Test.asn", text));
    }
    return new Compiled(Main.compile(modules));
  }

  /** One module with IMPLICIT tags in the package {@code test}. */
  static Compiled implicit(String body) {
    return modules(
        "-- @package test\nTest DEFINITIONS IMPLICIT TAGS ::= BEGIN\n" + body + "\nEND\n");
  }

  /** One module with EXPLICIT tags in the package {@code test}. */
  static Compiled explicit(String body) {
    return modules(
        "-- @package test\nTest DEFINITIONS EXPLICIT TAGS ::= BEGIN\n" + body + "\nEND\n");
  }

  Class<?> type(String name) throws ReflectiveOperationException {
    return loader.loadClass("org.heliograph.asn1." + name);
  }

  @SuppressWarnings("unchecked")
  Codec<Object> codec(String name) throws ReflectiveOperationException {
    return (Codec<Object>) type("test." + name).getField("CODEC").get(null);
  }

  Object constant(String type, String name) throws ReflectiveOperationException {
    return type("test." + type).getField(name).get(null);
  }

  /** Decodes the octets and expects this text of the value and the same octets again. */
  void same(String type, String text, String octets) throws Exception {
    Object value = codec(type).decode(Octets.ofHex(octets));
    assertThat(value).hasToString(text);
    assertThat(codec(type).encode(value)).isEqualTo(Octets.ofHex(octets));
  }

  private static ClassLoader load(Map<String, String> sources) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(problems, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
              }
            };
          }
        };
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((path, text) -> units.add(unit(path, text)));
    // Lint as the build has it: generated code has to be clean too.
    compiler
        .getTask(null, files, problems, List.of("-Xlint:all", "-proc:none"), null, units)
        .call();
    assertThat(problems.getDiagnostics())
        .filteredOn(d -> d.getKind() != Diagnostic.Kind.NOTE)
        .isEmpty();
    return new ClassLoader(Compiled.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream octets = classes.get(name);
        if (octets == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, octets.toByteArray(), 0, octets.size());
      }
    };
  }

  private static JavaFileObject unit(String path, String text) {
    return new SimpleJavaFileObject(URI.create("mem:///" + path), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignored) {
        return text;
      }
    };
  }
}
