package org.heliograph.server.user;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.heliograph.asn1.Octets;
import org.heliograph.model.Bytes;
import org.heliograph.model.ChannelName;
import org.heliograph.model.ContentType;
import org.heliograph.model.Envelope;
import org.heliograph.model.EnvelopeBuilder;
import org.heliograph.model.Extension;
import org.heliograph.model.GlobalDomain;
import org.heliograph.model.Handling;
import org.heliograph.model.Identification;
import org.heliograph.model.Label;
import org.heliograph.model.MtsIdentifier;
import org.heliograph.model.Oid;
import org.heliograph.model.OrAddress;
import org.heliograph.model.OrAttribute;
import org.heliograph.model.Precedence;
import org.heliograph.model.Recipient;
import org.heliograph.model.ReportRequest;
import org.heliograph.model.Source;
import org.heliograph.model.TraceElement;
import org.heliograph.osi.Checkpointing;
import org.heliograph.server.peer.Target;
import org.heliograph.wire.Wire;

/** Posts one message, or many alike, by P1. */
public final class Posting {
  private static final ChannelName CHANNEL = new ChannelName("send");
  private static final int MOST_PROBLEMS = 20;

  private Posting() {}

  /** Makes the content of the message with a number. */
  @FunctionalInterface
  public interface Body {
    Octets content(int number) throws IOException;
  }

  /**
   * What is sent.
   *
   * @param envelope but for identifier, times and trace, which each message gets anew
   * @param domain ours
   */
  public record Letter(Envelope envelope, GlobalDomain domain, Body body) {}

  /**
   * What the envelope asks for.
   *
   * @param report none, non-delivery or delivery
   * @param label {@code POLICY:CLASS[:MARK]}
   * @param extensions {@code TYPE=HEX[:std]}
   */
  public record Options(
      Precedence precedence,
      String report,
      Optional<Instant> deferUntil,
      Optional<Instant> latest,
      boolean returnContent,
      boolean disclose,
      boolean alternate,
      boolean noConversion,
      boolean noLoss,
      boolean noExpansion,
      boolean noRedirection,
      Optional<String> contentId,
      Optional<String> label,
      List<String> extensions) {}

  /**
   * What came of it.
   *
   * @param facts for people
   * @param problems at most 20
   */
  public record Result(Map<String, Object> facts, List<String> problems) {}

  /**
   * The domain of an address.
   *
   * @throws IllegalArgumentException if it names no country
   */
  public static GlobalDomain domain(OrAddress address) {
    return new GlobalDomain(
        address
            .value(OrAttribute.Type.COUNTRY)
            .orElseThrow(() -> new IllegalArgumentException("C is missing in " + address)),
        address.value(OrAttribute.Type.ADMD).orElse(" "),
        address.value(OrAttribute.Type.PRMD));
  }

  /** A user of a domain. */
  public static OrAddress user(GlobalDomain domain, String surname) {
    List<OrAttribute> attributes = new ArrayList<>();
    attributes.add(OrAttribute.of(OrAttribute.Type.COUNTRY, domain.country()));
    attributes.add(OrAttribute.of(OrAttribute.Type.ADMD, domain.admd()));
    domain.prmd().ifPresent(p -> attributes.add(OrAttribute.of(OrAttribute.Type.PRMD, p)));
    attributes.add(OrAttribute.of(OrAttribute.Type.SURNAME, surname));
    return new OrAddress(attributes);
  }

  /** An envelope from us. */
  public static Envelope envelope(
      ContentType type,
      boolean probe,
      GlobalDomain domain,
      String mta,
      OrAddress from,
      List<OrAddress> to) {
    Instant now = Instant.now();
    OffsetDateTime at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
    EnvelopeBuilder envelope =
        Envelope.message(type, now, Source.internal(CHANNEL))
            .kind(probe ? Envelope.Kind.PROBE : Envelope.Kind.MESSAGE)
            .originator(from)
            .trace(List.of(TraceElement.relayed(domain, Optional.empty(), at)))
            .internalTrace(List.of(TraceElement.relayed(domain, Optional.of(mta), at)));
    int number = 0;
    for (OrAddress recipient : to) {
      envelope.recipient(Recipient.of(++number, recipient));
    }
    return envelope.build();
  }

  /**
   * With what was asked for.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  public static Envelope withOptions(Envelope plain, Options options) {
    Set<ReportRequest.Event> events =
        switch (options.report()) {
          case "none" -> Set.of();
          case "non-delivery" -> Set.of(ReportRequest.Event.NON_DELIVERY);
          case "delivery" ->
              EnumSet.of(ReportRequest.Event.DELIVERY, ReportRequest.Event.NON_DELIVERY);
          default ->
              throw new IllegalArgumentException(
                  "--report is none, non-delivery or delivery, not '" + options.report() + "'");
        };
    Set<Handling.Flag> flags = EnumSet.noneOf(Handling.Flag.class);
    flag(flags, options.disclose(), Handling.Flag.DISCLOSURE_OF_OTHER_RECIPIENTS);
    flag(flags, options.alternate(), Handling.Flag.ALTERNATE_RECIPIENT_ALLOWED);
    flag(flags, options.noConversion(), Handling.Flag.IMPLICIT_CONVERSION_PROHIBITED);
    flag(flags, options.noLoss(), Handling.Flag.CONVERSION_WITH_LOSS_PROHIBITED);
    flag(flags, options.noExpansion(), Handling.Flag.DL_EXPANSION_PROHIBITED);
    flag(flags, options.noRedirection(), Handling.Flag.RECIPIENT_REASSIGNMENT_PROHIBITED);
    Handling handling =
        new Handling(
            flags,
            options.returnContent()
                ? Handling.ContentReturn.FULL
                : Handling.ContentReturn.UNSPECIFIED,
            Handling.BodyType.SEVEN_BIT);
    return plain
        .change()
        .precedence(options.precedence())
        .handling(handling)
        .deferUntil(options.deferUntil())
        .latestDelivery(options.latest())
        .identification(plain.identification().withContentIdentifier(options.contentId()))
        .label(options.label().map(Posting::label))
        .extensions(options.extensions().stream().map(Posting::extension).toList())
        .recipients(
            plain.recipients().stream()
                .map(r -> r.withReportRequest(ReportRequest.of(events)))
                .toList())
        .build();
  }

  private static void flag(Set<Handling.Flag> flags, boolean set, Handling.Flag flag) {
    if (set) {
      flags.add(flag);
    }
  }

  private static Label label(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 2 || !parts[1].matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          "--label '"
              + text
              + "'; expected POLICY:CLASS or POLICY:CLASS:MARK, such as 1.3.26.1.3.1:3");
    }
    return new Label(
        Optional.of(new Oid(parts[0])),
        OptionalInt.of(Integer.parseInt(parts[1])),
        parts.length > 2 ? Optional.of(parts[2]) : Optional.empty(),
        List.of());
  }

  private static Extension extension(String text) {
    String[] parts = text.split("[=:]", 3);
    if (parts.length < 2 || !parts[0].matches("[0-9]{1,5}|[0-9]+(\\.[0-9]+)+")) {
      throw new IllegalArgumentException(
          "--extension '" + text + "'; expected TYPE=HEX or TYPE=HEX:t, such as 1.2.3=0500:t");
    }
    Set<Extension.Criticality> critical = EnumSet.noneOf(Extension.Criticality.class);
    for (char c : (parts.length > 2 ? parts[2] : "").toCharArray()) {
      critical.add(
          switch (c) {
            case 's' -> Extension.Criticality.SUBMISSION;
            case 't' -> Extension.Criticality.TRANSFER;
            case 'd' -> Extension.Criticality.DELIVERY;
            default ->
                throw new IllegalArgumentException(
                    "--extension '" + text + "': critical is of s, t and d, not " + c);
          });
    }
    Extension.Type type =
        parts[0].indexOf('.') < 0
            ? new Extension.Standard(Integer.parseInt(parts[0]))
            : new Extension.Private(new Oid(parts[0]));
    return new Extension(type, critical, Bytes.of(HexFormat.of().parseHex(parts[1])));
  }

  /**
   * Sends {@code count} messages over some associations.
   *
   * @param patience for each answer
   * @throws IOException if not one association could be set up
   */
  public static Result send(
      Target target, Letter letter, int count, int associations, Duration patience)
      throws IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(count);
    AtomicInteger confirmed = new AtomicInteger();
    AtomicLong octets = new AtomicLong();
    List<String> problems = Collections.synchronizedList(new ArrayList<>());
    List<String> names = Collections.synchronizedList(new ArrayList<>());
    long began = System.nanoTime();
    try (Wire wire = new Wire();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(associations, count); i++) {
        running.add(
            threads.submit(
                () -> {
                  try (Caller caller = Caller.open(wire, target, Checkpointing.DEFAULT, patience)) {
                    for (int n = left.getAndDecrement(); n > 0; n = left.getAndDecrement()) {
                      Envelope envelope = named(letter, count - n + 1);
                      Octets content = letter.body().content(count - n + 1);
                      Optional<String> problem = caller.send(Caller.apdu(envelope, content));
                      if (problem.isEmpty()) {
                        confirmed.incrementAndGet();
                        octets.addAndGet(content.length());
                        remember(names, envelope);
                      } else if (problems.size() < MOST_PROBLEMS) {
                        problems.add(problem.get());
                      }
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) {
        join(one);
      }
    }
    return new Result(
        facts(confirmed.get(), count, octets.get(), System.nanoTime() - began, names, problems),
        List.copyOf(problems));
  }

  private static void join(Future<?> one) throws IOException, InterruptedException {
    try {
      one.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case IllegalArgumentException wrong -> throw wrong;
        case null, default -> throw new IOException("sending failed: " + e.getCause(), e);
      }
    }
  }

  private static void remember(List<String> names, Envelope envelope) {
    if (names.size() < MOST_PROBLEMS) {
      names.add(String.valueOf(envelope.identification().mtsIdentifier().orElseThrow()));
    }
  }

  private static Map<String, Object> facts(
      int confirmed,
      int count,
      long octets,
      long nanos,
      List<String> names,
      List<String> problems) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("confirmed", confirmed);
    facts.put("of", count);
    facts.put("content-octets", octets);
    facts.put("seconds", Math.round(nanos / 1e6) / 1e3);
    if (count > 1) {
      facts.put("per-second", Math.round(confirmed / (nanos / 1e9) * 10) / 10.0);
    }
    facts.put("identifiers", List.copyOf(names));
    if (!problems.isEmpty()) {
      facts.put("problems", List.copyOf(problems));
    }
    return facts;
  }

  private static Envelope named(Letter letter, int number) {
    Identification names = letter.envelope().identification();
    String local = "send." + Long.toString(Instant.now().toEpochMilli(), 36) + "." + number;
    return letter
        .envelope()
        .change()
        .identification(names.withMtsIdentifier(new MtsIdentifier(letter.domain(), local)))
        .build();
  }
}
