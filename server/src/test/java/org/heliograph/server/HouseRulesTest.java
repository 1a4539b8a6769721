package org.heliograph.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may use what, and how large a file may be. */
class HouseRulesTest {
  private static final String ROOT = "org.heliograph.";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.heliograph");

  /** A room may use the others named, itself, and what is not ours. */
  private static void uses(String room, String... others) {
    List<String> allowed = new ArrayList<>();
    allowed.add(ROOT + room + "..");
    for (String other : others) {
      allowed.add(ROOT + other + "..");
    }
    String[] packages = allowed.toArray(String[]::new);
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(ROOT + room + "..")
            .should()
            .dependOnClassesThat(
                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                        "org.heliograph..")
                    .and(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates
                                .resideInAnyPackage(packages))))
            .allowEmptyShould(true);
    rule.check(ALL);
  }

  @Test
  void roomsKnowOnlyTheRoomsBelowThem() {
    uses("asn1");
    uses("model");
    uses("queue", "model");
    uses("wire", "model");
    uses("trust", "model");
    uses("x400", "model", "asn1");
    uses("mail", "model");
    uses("osi", "asn1", "wire", "model");
    uses("p1", "osi", "x400", "asn1", "wire", "trust", "model");
    uses("smtp", "mail", "wire", "trust", "model");
    uses("mixer", "x400", "asn1", "mail", "model");
    uses("conf", "trust", "x400", "asn1", "model");
    uses("protection", "x400", "asn1", "mail", "trust", "model");
  }

  private static void only(String packages, String... rooms) {
    String[] allowed = Stream.of(rooms).map(r -> ROOT + r + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages)
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void librariesStayInTheRoomThatOwnsThem() {
    only("org.apache.mina..", "wire");
    only("java.sql..", "queue");
    only("javax.sql..", "queue");
    only("org.apache.derby..", "queue");
    only("org.apache.james.mime4j..", "mail");
    only("jakarta.mail..", "mail");
    only("org.bouncycastle.cms..", "protection");
    only("com.unboundid..", "lookup");
    only("org.xbill..", "lookup");
    only("com.typesafe.config..", "server");
    only("org.eclipse.jetty..", "server");
    only("picocli..", "server");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.heliograph.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)").check(ALL);
  }

  @Test
  void minasObjectDeserialiserIsBanned() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.mina.filter.codec.serialization..")
        .check(ALL);
  }

  /** 400 lines are a warning, 800 fail. */
  @Test
  void filesStaySmall() throws IOException {
    List<String> large = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith(".java") && f.toString().contains("/src/"))
              .filter(f -> !f.toString().contains("/target/"))
              .toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > 400) {
          System.out.println(
              "warning: " + file.normalize() + " has " + lines + " lines; aim at 120");
        }
        if (lines > 800) {
          large.add(file.normalize() + " has " + lines + " lines");
        }
      }
    }
    assertThat(large).as("files over 800 lines").isEmpty();
  }
}
