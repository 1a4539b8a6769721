package org.heliograph.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.heliograph.asn1.Octets;
import org.heliograph.model.ContentType;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrText;
import org.heliograph.model.Precedence;
import org.heliograph.server.config.ConfigurationException;
import org.heliograph.server.config.ConfigurationFile;
import org.heliograph.server.config.DomainSettings;
import org.heliograph.server.peer.Target;
import org.heliograph.server.user.Composer;
import org.heliograph.server.user.Posting;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Transfers messages and probes straight to an MTA by P1. */
@Command(
    name = "x400",
    description = {
      "Writes a message (P2, P22, P772, or octets from a file) or a probe and transfers it straight to an"
          + " MTA by P1, as the MTA that the peer knows under our name."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./heliograph send x400 --peer mod.conf --to 'S=Smith; O=HQ; P=MOD; A=; C=GB'"
          + " --subject Test --text 'Are you there?' --precedence flash --report delivery",
      "Example: ./heliograph send x400 -c alpha.conf bravo --to 'S=Bob; P=BRAVO; A=; C=XX' --probe",
      "Example: ./heliograph send x400 -c alpha.conf bravo --into --from 'S=Bob; P=BRAVO; A=; C=XX'"
          + " --to 'S=Alice; P=ALPHA; A=; C=XX' --text Hello",
      "Example: ./heliograph send x400 --peer mod.conf --to ... --content p772 --attach plan.pdf"
          + " --repeat 1000 --associations 4"
    })
@SuppressWarnings("NullAway.Init")
final class SendX400Command implements Callable<Integer> {
  private static final int MOST_TRIES = 10_000_000;

  @Mixin private PeerOptions which;

  @Option(
      names = "--into",
      description =
          "Into the switch with this configuration, as if PEER sent it; needs --from, an address of"
              + " PEER's domain.")
  private boolean into;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "O/R address of the originator; absent: S=postmaster in our domain.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ADDRESS",
      description = "O/R address of a recipient; again for each.")
  private List<String> to;

  @Option(
      names = "--cc",
      paramLabel = "ADDRESS",
      description = "A recipient that stands as copy recipient in the heading; again for each.")
  private List<String> cc = List.of();

  @Option(
      names = "--content",
      paramLabel = "TYPE",
      defaultValue = "22",
      description =
          "2, 22 or p772, written here; or with --file any number or object identifier"
              + " (${DEFAULT-VALUE}).")
  private String content;

  @Option(names = "--file", paramLabel = "FILE", description = "The content's octets as they are.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--subject", paramLabel = "TEXT", description = "Of a message written here.")
  private Optional<String> subject = Optional.empty();

  @Option(names = "--text", paramLabel = "TEXT", description = "Of a message written here.")
  private Optional<String> text = Optional.empty();

  @Option(
      names = "--attach",
      paramLabel = "FILE",
      description = "A file to go along; again for each.")
  private List<Path> attachments = List.of();

  @Option(names = "--probe", description = "A probe: the envelope alone, of which a report tells.")
  private boolean probe;

  @ArgGroup(exclusive = false, heading = "%nOf the envelope:%n")
  private EnvelopeOptions envelope = new EnvelopeOptions();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many messages, each with its own identifier (${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--associations",
      paramLabel = "N",
      defaultValue = "1",
      description = "Over so many associations at one time (${DEFAULT-VALUE}).")
  private int associations;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for each answer (${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--json", description = "Print the answer as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, ConfigurationException, CommandFailed {
    if (repeat < 1 || repeat > MOST_TRIES || associations < 1 || associations > 1000) {
      throw misused("--repeat is at least 1, --associations 1 to 1000");
    }
    if (timeout < 1 || timeout > 3600) {
      throw misused("--timeout is 1 to 3600 seconds");
    }
    if (file.isPresent() && (text.isPresent() || subject.isPresent() || !attachments.isEmpty())) {
      throw misused("--file is the whole content: no --subject, --text or --attach beside it");
    }
    try {
      if (into && (from.isEmpty() || which.configuration().isEmpty() || which.peer().isEmpty())) {
        throw misused("--into needs -c FILE, PEER and --from");
      }
      List<Target> targets = into ? List.of(which.inward()) : which.targets();
      GlobalDomain domain = domain();
      OrAddress originator =
          from.map(SendX400Command::address).orElseGet(() -> Posting.user(domain, "postmaster"));
      ContentType type = type();
      Envelope model =
          envelope.apply(
              Posting.envelope(type, probe, domain, mta(), originator, addresses()),
              InstantSource.system());
      Posting.Letter letter =
          new Posting.Letter(model, domain, number -> content(type, originator, number));
      Posting.Result result =
          Posting.send(
              targets.getFirst(), letter, repeat, associations, Duration.ofSeconds(timeout));
      return print(result);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  private CommandLine.ParameterException misused(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }

  private DomainSettings we() throws ConfigurationException, CommandFailed {
    if (which.peerFile().isPresent()) {
      return ConfigurationFile.readPeer(which.peerFile().get()).domain();
    }
    return ConfigurationFile.read(which.configuration().orElseThrow())
        .domain()
        .orElseThrow(() -> new CommandFailed("the configuration has no domain: who are we?"));
  }

  private GlobalDomain domain() throws ConfigurationException, CommandFailed {
    return into ? Posting.domain(address(from.orElseThrow())) : we().global();
  }

  private String mta() throws ConfigurationException, CommandFailed {
    return into ? which.peer().orElseThrow() : we().mta();
  }

  private static OrAddress address(String text) {
    try {
      return OrText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  private List<OrAddress> addresses() {
    List<OrAddress> all = new ArrayList<>();
    to.forEach(t -> all.add(address(t)));
    cc.forEach(t -> all.add(address(t)));
    return all;
  }

  private ContentType type() {
    return switch (content.toLowerCase(Locale.ROOT)) {
      case "2", "p2" -> ContentTypes.P2;
      case "22", "p22" -> ContentTypes.P22;
      case "p772" -> ContentTypes.P772;
      case "cms" -> ContentTypes.CONTENT_INFO;
      default -> {
        if (!content.matches("[0-9]{1,5}|[0-9]+(\\.[0-9]+)+")) {
          throw misused(
              "--content is 2, 22, p772, cms, a number or an object identifier, not '"
                  + content
                  + "'");
        }
        yield ContentType.parse(content);
      }
    };
  }

  private Octets content(ContentType type, OrAddress originator, int number) throws IOException {
    if (file.isPresent()) {
      return Octets.of(Files.readAllBytes(file.get()));
    }
    if (probe) {
      return Octets.empty();
    }
    List<Composer.File> files = new ArrayList<>();
    for (Path attachment : attachments) {
      files.add(
          new Composer.File(
              String.valueOf(attachment.getFileName()), Files.readAllBytes(attachment)));
    }
    return new Composer(
            originator,
            to.stream().map(SendX400Command::address).toList(),
            cc.stream().map(SendX400Command::address).toList(),
            subject.orElse("") + (repeat > 1 && subject.isPresent() ? " " + number : ""),
            text.orElse(""),
            files,
            Optional.empty(),
            envelope.precedence())
        .content(type, Composer.newIdentifier("heliograph"));
  }

  private int print(Posting.Result result) {
    Printed.print(spec, result.facts(), json);
    return result.problems().isEmpty() ? 0 : 1;
  }

  /** What the envelope asks for. */
  static final class EnvelopeOptions {
    @Option(
        names = "--precedence",
        paramLabel = "LEVEL",
        defaultValue = "routine",
        description = "${COMPLETION-CANDIDATES}, in any case (routine).")
    private Precedence precedence = Precedence.ROUTINE;

    @Option(
        names = "--report",
        paramLabel = "WHAT",
        defaultValue = "non-delivery",
        description = "none, non-delivery, or delivery, which is both (non-delivery).")
    private String report = "non-delivery";

    @Option(
        names = "--defer-until",
        paramLabel = "TIME",
        description = "Not to be delivered before, as 2026-12-24T18:00Z, or +2h.")
    private Optional<String> deferUntil = Optional.empty();

    @Option(
        names = "--latest-delivery",
        paramLabel = "TIME",
        description = "To be reported as failed after it.")
    private Optional<String> latest = Optional.empty();

    @Option(names = "--return-content", description = "A non-delivery report returns the content.")
    private boolean returnContent;

    @Option(names = "--disclose", description = "Recipients may see each other.")
    private boolean disclose;

    @Option(names = "--alternate-allowed", description = "An alternate recipient may have it.")
    private boolean alternate;

    @Option(names = "--no-conversion", description = "Prohibit implicit conversion.")
    private boolean noConversion;

    @Option(names = "--no-loss", description = "Prohibit conversion with loss.")
    private boolean noLoss;

    @Option(names = "--no-expansion", description = "Prohibit expansion of lists.")
    private boolean noExpansion;

    @Option(names = "--no-redirection", description = "Prohibit redirection.")
    private boolean noRedirection;

    @Option(
        names = "--content-id",
        paramLabel = "TEXT",
        description = "Content identifier, at most 16 characters; comes back in reports.")
    private Optional<String> contentId = Optional.empty();

    @Option(
        names = "--label",
        paramLabel = "POLICY:CLASS[:MARK]",
        description =
            "Message security label: object identifier of the policy, classification 0 to 256 (3"
                + " confidential, 4 secret), privacy mark.")
    private Optional<String> label = Optional.empty();

    @Option(
        names = "--extension",
        paramLabel = "TYPE=HEX",
        description =
            "A per-message extension: number or object identifier, BER octets of its value, with :s,"
                + " :t or :d behind for what it is critical for; again for each.")
    private List<String> extensions = List.of();

    Precedence precedence() {
      return precedence;
    }

    Envelope apply(Envelope plain, InstantSource clock) {
      return Posting.withOptions(
          plain,
          new Posting.Options(
              precedence,
              report,
              deferUntil.map(t -> time(t, clock.instant())),
              latest.map(t -> time(t, clock.instant())),
              returnContent,
              disclose,
              alternate,
              noConversion,
              noLoss,
              noExpansion,
              noRedirection,
              contentId,
              label,
              extensions));
    }

    private static Instant time(String text, Instant now) {
      try {
        return text.startsWith("+")
            ? now.plus(Duration.parse("PT" + text.substring(1).toUpperCase(Locale.ROOT)))
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is no time; expected such as 2026-12-24T18:00Z or +2h", e);
      }
    }
  }
}
