package org.heliograph.protection;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heliograph.model.ChannelName;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentTypes;
import org.heliograph.model.Dispatch;
import org.heliograph.model.Draft;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Envelope;
import org.heliograph.model.Form;
import org.heliograph.model.Label;
import org.heliograph.model.Outcome;
import org.heliograph.model.Recipient;
import org.heliograph.model.RecipientId;
import org.heliograph.model.Shaper;
import org.heliograph.model.Shaping;
import org.heliograph.model.Stage;
import org.heliograph.model.StoreUnavailable;
import org.heliograph.model.Workbench;
import org.heliograph.protection.ProtectionSettings.OnFailure;
import org.heliograph.protection.Unwrapper.NotForUs;
import org.heliograph.protection.Unwrapper.Unwrapped;

/**
 * Verifies and takes off the three layers. The content goes on only when every check has held: both
 * signatures, both certification paths, that the inner signer speaks for the originator (RFC 3854
 * 4.3), and that the labels of envelope, outer and inner layer are equal. What fails a check is
 * held for the security officer, or fails, and the audit row names each fact apart.
 */
public final class UnprotectShaper implements Shaper {
  private final ChannelName name;
  private final ProtectionSettings settings;
  private final Unwrapper unwrapper;

  public UnprotectShaper(ChannelName name, ProtectionSettings settings) {
    this.name = name;
    this.settings = settings;
    this.unwrapper = new Unwrapper(settings.own(), settings.certificates().all(), settings.paths());
  }

  @Override
  public ChannelName name() {
    return name;
  }

  @Override
  public Set<Shaping> shapings() {
    return Set.of(new Shaping(Form.CMS, Form.X400, 20));
  }

  @Override
  public Map<RecipientId, Outcome> shape(
      Dispatch dispatch, Envelope envelope, Content content, Workbench bench)
      throws StoreUnavailable {
    if (envelope.kind() != Envelope.Kind.MESSAGE) {
      return Outcomes.all(dispatch, Outcome.unchanged());
    }
    if (!envelope.contentType().equals(ContentTypes.CONTENT_INFO)) {
      return refused(
          dispatch, "content type " + envelope.contentType() + " is not a bare CMS object");
    }
    long started = System.nanoTime();
    Unwrapped unwrapped;
    ContentRef sealed;
    try (Stage stage = bench.stage();
        InputStream in = content.open()) {
      unwrapped = unwrapper.unwrap(in, stage.stream(), bench.clock().instant(), bench::pause);
      List<String> faults = faults(envelope, unwrapped);
      bench.note("unwrapped", facts(content, unwrapped, faults, started));
      if (!faults.isEmpty()) {
        return refused(dispatch, String.join("; ", faults));
      }
      sealed = stage.seal();
    } catch (ProtectionException | NotForUs e) {
      bench.note("not-unwrapped", Map.of("why", String.valueOf(e.getMessage())));
      return refused(dispatch, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Outcomes.storeFailed(e);
    }
    bench.make(draft(dispatch, envelope, unwrapped, sealed));
    return Outcomes.all(dispatch, Outcome.reshaped());
  }

  private static Draft draft(
      Dispatch dispatch, Envelope envelope, Unwrapped unwrapped, ContentRef sealed) {
    List<Recipient> recipients =
        envelope.recipients().stream().filter(r -> dispatch.recipients().contains(r.id())).toList();
    Envelope made =
        envelope
            .change()
            .recipients(recipients)
            .contentType(Oids.contentType(unwrapped.contentType()))
            // They spoke of the protection; what is inside names its own types (RFC 3855 2.5).
            .encodedInformationTypes(EncodedInformationTypes.none())
            .label(unwrapped.inner().label().or(envelope::label))
            .build();
    return new Draft(
        made, sealed, recipients.stream().collect(Collectors.toMap(Recipient::id, Recipient::id)));
  }

  private static List<String> faults(Envelope envelope, Unwrapped unwrapped) {
    List<String> faults = new ArrayList<>();
    layer("outer", unwrapped.outer(), faults);
    layer("inner", unwrapped.inner(), faults);
    if (!speaksFor(unwrapped.inner(), envelope)) {
      faults.add("the inner signer does not speak for the originator");
    }
    if (!unwrapped.outer().label().equals(unwrapped.inner().label())) {
      faults.add("the labels of outer and inner signature differ");
    }
    if (!envelope.label().equals(unwrapped.outer().label())) {
      faults.add(
          envelope.label().isPresent()
              ? "the label on the envelope differs from that of the outer signature"
              : "the envelope lost the label that the outer signature carries");
    }
    return faults;
  }

  private static void layer(String which, Verified facts, List<String> faults) {
    if (!facts.signature()) {
      faults.add("the " + which + " signature does not hold");
    }
    facts.path().ifPresent(why -> faults.add("the " + which + " signer is not trusted: " + why));
  }

  private static boolean speaksFor(Verified signer, Envelope envelope) {
    if (envelope.originator().isEmpty()) {
      return false;
    }
    try {
      return Names.of(signer.signer()).fit(envelope.originator().get()).isPresent();
    } catch (ProtectionException e) {
      return false;
    }
  }

  private static Map<String, String> facts(
      Content content, Unwrapped unwrapped, List<String> faults, long started) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(
        "layers", "signed(enveloped(signed(" + Oids.contentType(unwrapped.contentType()) + ")))");
    signature("outer", unwrapped.outer(), facts);
    signature("inner", unwrapped.inner(), facts);
    facts.put("encryption", unwrapped.encryption());
    facts.put("keys-for", Integer.toString(unwrapped.recipients()));
    facts.put("opened-by", unwrapped.opener().toString());
    facts.put("label", unwrapped.inner().label().map(Label::display).orElse("none"));
    facts.put("verified", faults.isEmpty() ? "yes" : "no");
    facts.put("octets-in", Long.toString(content.length()));
    facts.put("octets-out", Long.toString(unwrapped.octets()));
    facts.put("milliseconds", Long.toString((System.nanoTime() - started) / 1_000_000));
    return facts;
  }

  private static void signature(String which, Verified layer, Map<String, String> facts) {
    facts.put(which + "-signer", layer.subject());
    facts.put(which + "-signature", layer.algorithm() + (layer.signature() ? ", good" : ", BAD"));
    facts.put(which + "-path", layer.path().isEmpty() ? "valid" : "NOT VALID");
  }

  private Map<RecipientId, Outcome> refused(Dispatch dispatch, String why) {
    Optional<String> text = Optional.of("protection: " + why);
    Outcome outcome =
        settings.onFailedCheck() == OnFailure.HOLD
            ? new Outcome.Held(text.get(), "security-officer")
            : Outcome.failed(Outcomes.failure(text.get()));
    return Outcomes.all(dispatch, outcome);
  }
}
