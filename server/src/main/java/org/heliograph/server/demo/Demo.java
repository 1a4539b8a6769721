package org.heliograph.server.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.heliograph.mail.DeliveryStatus.Action;
import org.heliograph.model.Mailbox;
import org.heliograph.server.process.Directories;
import org.heliograph.server.user.MailSender;
import org.heliograph.server.user.Outgoing;

/** One demonstration from the start of its processes to the verdict. For one thread. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration ARRIVAL = Duration.ofSeconds(45);

  private final Options options;
  private final PrintWriter out;
  private final Narrator narrator;
  private final Checks checks;
  private final List<Map<String, Object>> events = new ArrayList<>();

  /**
   * What is wanted.
   *
   * @param keep leave the switches running
   * @param json tell nothing, print facts at the end
   * @param colour whether a terminal reads it
   */
  public record Options(boolean keep, boolean json, boolean colour) {}

  public Demo(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.narrator = new Narrator(out, options.json(), options.colour());
    this.checks = new Checks(narrator::check);
  }

  /**
   * Runs it.
   *
   * @return whether every check held
   * @throws IOException if a process does not start, or does not take a message; the verdict is
   *     told
   */
  public boolean run() throws IOException {
    long start = System.nanoTime();
    Path root = Files.createTempDirectory("heliograph-demo");
    boolean held = false;
    try {
      held = run(new Site(root), start);
    } catch (IOException e) {
      narrator.verdict(false, "FAILED: " + e.getMessage());
      throw e;
    }
    if (held && !options.keep()) {
      Directories.delete(root);
    }
    return held;
  }

  private boolean run(Site site, long start) throws IOException {
    narrator.chapter("Two switches and a mailbox server, in " + site.root());
    try (Town town = Town.start(site, options.keep(), narrator::say)) {
      try (Watch _ = new Watch("alpha", town.alpha(), this::event);
          Watch _ = new Watch("bravo", town.bravo(), this::event)) {
        send(town);
        Post alice = new Post(site.mailboxes(), Letters.ALICE);
        Post bob = new Post(site.mailboxes(), Letters.BOB);
        wait(alice, bob, site);
        narrator.chapter("What arrived, held against what was sent");
        check(alice, bob, site);
      }
      finish(town, site, checks.held(), (System.nanoTime() - start) / 1e9);
    }
    return checks.held();
  }

  private void event(String place, Map<String, Object> event) {
    synchronized (events) {
      Map<String, Object> kept = new HashMap<>(event);
      kept.put("switch", place);
      events.add(kept);
    }
    narrator.event(place, event);
  }

  private final Letter plain = Letters.plain();
  private final Letter military = Letters.military();
  private final Letter answer = Letters.answer();
  private final Letter unknown = Letters.toNobody();

  private void send(Town town) throws IOException {
    narrator.chapter("The messages and what becomes of them");
    try (MailSender sender =
        MailSender.connect(town.alphaSmtp(), "alice.alpha.example", PATIENCE)) {
      submit(sender, plain);
      submit(sender, military);
      submit(sender, unknown);
    }
    try (MailSender sender = MailSender.connect(town.bravoSmtp(), "bob.bravo.example", PATIENCE)) {
      submit(sender, answer);
    }
  }

  private void submit(MailSender sender, Letter letter) throws IOException {
    byte[] octets = letter.octets();
    narrator.say(
        "sends '"
            + letter.name()
            + "' by SMTP: "
            + octets.length
            + " octets to "
            + letter.to()
            + letter.military().map(m -> ", MMHS fields").orElse("")
            + letter.label().flatMap(l -> l.marking()).map(m -> ", label " + m).orElse(""));
    String _ =
        sender.send(
            new Outgoing(
                Optional.of(letter.from()),
                letter.to(),
                octets,
                Optional.of("SUCCESS,FAILURE"),
                Optional.of(envelopeId(letter))));
  }

  private static String envelopeId(Letter letter) {
    return "demo-" + letter.name();
  }

  private void wait(Post alice, Post bob, Site site) throws IOException {
    long end = System.nanoTime() + ARRIVAL.toNanos();
    while (System.nanoTime() < end) {
      alice.look();
      bob.look();
      if (complete(alice, bob, site)) {
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    narrator.say("not everything has arrived after " + ARRIVAL.toSeconds() + " s");
  }

  private boolean complete(Post alice, Post bob, Site site) throws IOException {
    return bob.letter(plain.subject()).isPresent()
        && bob.letter(military.subject()).isPresent()
        && alice.letter(answer.subject()).isPresent()
        && alice.report(envelopeId(plain), Letters.BOB).isPresent()
        && alice.report(envelopeId(military), Letters.BOB).isPresent()
        && alice.report(envelopeId(military), Letters.OPERATIONS).isPresent()
        && alice.report(envelopeId(unknown), Letters.NOBODY).isPresent()
        && bob.report(envelopeId(answer), Letters.ALICE).isPresent()
        && Filed.find(site.bravo().resolve("x400")).isPresent();
  }

  private void check(Post alice, Post bob, Site site) throws IOException {
    letter(plain, bob);
    letter(military, bob);
    letter(answer, alice);
    report(plain, Letters.BOB, alice, Action.DELIVERED, "2.");
    report(military, Letters.BOB, alice, Action.DELIVERED, "2.");
    report(military, Letters.OPERATIONS, alice, Action.DELIVERED, "2.");
    report(answer, Letters.ALICE, bob, Action.DELIVERED, "2.");
    report(unknown, Letters.NOBODY, alice, Action.FAILED, "5.1.1");
    Filed.check(site.bravo().resolve("x400"), military, checks);
    checks.that(
        "all",
        "nothing more came",
        alice.letters() == 1 && bob.letters() == 2,
        alice.letters() + " message for alice, " + bob.letters() + " for bob");
  }

  private void letter(Letter sent, Post post) throws IOException {
    Optional<Arrived> arrived = post.letter(sent.subject());
    if (arrived.isPresent()) {
      checks.letter(sent, arrived.get());
    } else {
      checks.that(sent.name(), "arrival", false, "it did not arrive");
    }
  }

  private void report(Letter sent, Mailbox about, Post post, Action action, String status) {
    var report = post.report(envelopeId(sent), about);
    if (report.isPresent()) {
      checks.report(sent, about.text(), action, status, report.get());
    } else {
      checks.that(sent.name(), "report for " + about, false, "no report came back");
    }
  }

  private void finish(Town town, Site site, boolean held, double seconds) {
    if (options.json()) {
      out.println(Facts.json(held, seconds, checks.all(), snapshot(), site));
      return;
    }
    if (options.keep()) {
      narrator.chapter("Both switches keep running");
      out.println(town.lookAround());
    } else if (!held) {
      out.println("logs and queues are kept in " + site.root());
    }
    long kept = checks.all().stream().filter(Check::held).count();
    int all = checks.all().size();
    narrator.verdict(
        held,
        String.format(
            java.util.Locale.ROOT,
            held
                ? "HELD: all %d checks, in %.1f s"
                : "FAILED: only %d of %d checks held, in %.1f s",
            held ? new Object[] {all, seconds} : new Object[] {kept, all, seconds}));
  }

  private List<Map<String, Object>> snapshot() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }
}
