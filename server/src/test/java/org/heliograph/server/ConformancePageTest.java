package org.heliograph.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of conformance names tests; they must be there. */
class ConformancePageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)#(\\w+)`");

  private static Map<String, List<String>> sources() throws IOException {
    Map<String, List<String>> byClass = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(f -> f.toString().contains("/src/test/java/"))
              .filter(f -> f.toString().endsWith("Test.java"))
              .toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        byClass.computeIfAbsent(name, n -> new ArrayList<>()).add(Files.readString(file));
      }
    }
    return byClass;
  }

  /** Whether {@code source} has such a method, with the annotation of a test above it. */
  private static boolean isTest(String source, String method) {
    Matcher m = Pattern.compile(" (?:void|Stream<DynamicTest>) " + method + "\\(").matcher(source);
    return m.find()
        && Pattern.compile("@(?:Test|ParameterizedTest|TestFactory)\\b")
            .matcher(source.substring(source.lastIndexOf("\n\n", m.start()), m.start()))
            .find();
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, List<String>> sources = sources();
    assertThat(sources).containsKey("ConformancePageTest");
    List<String> gone = new ArrayList<>();
    int named = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/CONFORMANCE.md"))) {
      Matcher m = NAMED.matcher(line);
      boolean any = false;
      while (m.find()) {
        any = true;
        named++;
        String method = m.group(2);
        if (sources.getOrDefault(m.group(1), List.of()).stream()
            .noneMatch(s -> isTest(s, method))) {
          gone.add(m.group());
        }
      }
      if (line.startsWith("| ") && line.matches(".*\\| (yes|partly)\\b.*") && !any) {
        gone.add("no test: " + line);
      }
    }
    assertThat(gone).isEmpty();
    assertThat(named).isGreaterThan(100);
  }
}
