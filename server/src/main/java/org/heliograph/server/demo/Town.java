package org.heliograph.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.heliograph.server.local.LocalClient;
import org.heliograph.server.process.Child;
import org.heliograph.server.process.Ports;

/** The three processes of the demonstration. */
final class Town implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(40);
  private static final String HEAP = "256m";

  private final Site site;
  private final Map<String, Integer> ports;
  private final List<Child> children;
  private final boolean keep;

  private Town(Site site, Map<String, Integer> ports, List<Child> children, boolean keep) {
    this.site = site;
    this.ports = ports;
    this.children = children;
    this.keep = keep;
  }

  /**
   * Makes keys and configurations and starts everything.
   *
   * @param told hears what is done
   */
  static Town start(Site site, boolean keep, Consumer<String> told) throws IOException {
    Ports free = new Ports();
    Map<String, Integer> ports = new HashMap<>();
    for (String name : List.of("alpha-smtp", "alpha-p1", "bravo-smtp", "bravo-p1", "mailboxes")) {
      ports.put(name, free.free());
    }
    Map<String, String> values = new HashMap<>();
    ports.forEach((name, port) -> values.put(name, Integer.toString(port)));
    Files.createDirectories(site.mailboxes());
    Keys.make(site);
    told.accept("made a demonstration PKI: a root, and keys of alpha and bravo");
    for (String name : List.of("alpha", "bravo")) {
      Path directory = Files.createDirectories(site.root().resolve(name));
      Site.write(
          Site.templates().resolve(name + ".conf"), values, directory.resolve(name + ".conf"));
      Site.write(
          Site.templates().resolve("mapping.table"), values, directory.resolve("mapping.table"));
    }
    Child.Kind kind = keep ? Child.Kind.INDEPENDENT : Child.Kind.ATTACHED;
    Child mailboxes = child(site, kind, "mailboxes", mailboxes(site, ports));
    Child alpha =
        child(
            site,
            kind,
            "alpha",
            List.of("run", "-c", site.alpha().resolve("alpha.conf").toString()));
    Child bravo =
        child(
            site,
            kind,
            "bravo",
            List.of("run", "-c", site.bravo().resolve("bravo.conf").toString()));
    Town town = new Town(site, ports, List.of(alpha, bravo, mailboxes), keep);
    try {
      mailboxes.await(() -> Files.exists(site.mailboxes().resolve("ports")), START);
      alpha.await(() -> Files.exists(site.alpha().resolve("ports")), START);
      bravo.await(() -> Files.exists(site.bravo().resolve("ports")), START);
    } catch (IOException e) {
      town.children.forEach(Child::close);
      throw e;
    }
    told.accept(
        "alpha:     process "
            + alpha.pid()
            + ", SMTP on "
            + ports.get("alpha-smtp")
            + ", P1 on "
            + ports.get("alpha-p1"));
    told.accept(
        "bravo:     process "
            + bravo.pid()
            + ", SMTP on "
            + ports.get("bravo-smtp")
            + ", P1 on "
            + ports.get("bravo-p1"));
    told.accept("mailboxes: process " + mailboxes.pid() + ", SMTP on " + ports.get("mailboxes"));
    return town;
  }

  private static Child child(Site site, Child.Kind kind, String name, List<String> verb)
      throws IOException {
    return Child.start(name, kind, HEAP, site.root().resolve(name + ".log"), verb);
  }

  private static List<String> mailboxes(Site site, Map<String, Integer> ports) {
    return List.of(
        "mailboxes",
        "--directory",
        site.mailboxes().toString(),
        "--listen",
        "127.0.0.1:" + ports.get("mailboxes"),
        "--host",
        "mailboxes.example",
        "--mailbox",
        Letters.ALICE.text() + "=127.0.0.1:" + ports.get("alpha-smtp"),
        "--mailbox",
        Letters.BOB.text() + "=127.0.0.1:" + ports.get("bravo-smtp"));
  }

  LocalClient alpha() {
    return new LocalClient(site.alpha().resolve("data/heliograph.sock"));
  }

  LocalClient bravo() {
    return new LocalClient(site.bravo().resolve("data/heliograph.sock"));
  }

  InetSocketAddress alphaSmtp() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(),
        java.util.Objects.requireNonNull(ports.get("alpha-smtp")));
  }

  InetSocketAddress bravoSmtp() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(),
        java.util.Objects.requireNonNull(ports.get("bravo-smtp")));
  }

  /** How a user goes on from here. */
  String lookAround() {
    String alpha = site.alpha().resolve("alpha.conf").toString();
    return """
        ./heliograph queue list -c %s
        ./heliograph track -c %s demo-military
        ./heliograph send --to 127.0.0.1:%d --from %s --recipient %s FILE
        mailboxes:   %s
        logs:        %s
        to stop:     kill %s
        """
        .formatted(
            alpha,
            alpha,
            ports.get("alpha-smtp"),
            Letters.ALICE,
            Letters.BOB,
            site.mailboxes(),
            site.root(),
            children.stream()
                .map(c -> Long.toString(c.pid()))
                .reduce((a, b) -> a + " " + b)
                .orElse(""));
  }

  @Override
  public void close() {
    if (!keep) {
      children.forEach(Child::close);
    }
  }
}
