package org.heliograph.mixer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heliograph.asn1.ObjectIdentifier;
import org.heliograph.asn1.mixer.MIXER;
import org.heliograph.model.EncodedInformationTypes;
import org.heliograph.model.Oid;

/**
 * Encoded information types of a message while its body parts are made (RFC 2156 5.1.5), and their
 * text form (5.3.3.1).
 */
final class EncodedTypes {
  static final Oid MIXER_TYPE = new Oid(MIXER.EIT_MIXER.toString());

  private static final int UNDEFINED = 0;
  private static final int IA5_TEXT = 2;
  private static final List<String> NAMES =
      List.of(
          "Undefined",
          "Telex",
          "IA5-Text",
          "G3-Fax",
          "TIF0",
          "Teletex",
          "Videotex",
          "Voice",
          "SFD",
          "TIF1");

  private final Set<Integer> builtIn = new TreeSet<>();
  private final Set<Oid> extended = new LinkedHashSet<>();

  void undefined() {
    builtIn.add(UNDEFINED);
  }

  void ia5Text() {
    builtIn.add(IA5_TEXT);
  }

  void add(ObjectIdentifier type) {
    extended.add(new Oid(type.toString()));
  }

  /** What was seen, and the type that says that a gateway made the message. */
  EncodedInformationTypes types() {
    Set<Oid> all = new LinkedHashSet<>(extended);
    all.add(MIXER_TYPE);
    return new EncodedInformationTypes(builtIn, List.copyOf(all));
  }

  /** The text form. */
  static String text(EncodedInformationTypes types) {
    List<String> words = new ArrayList<>();
    new TreeSet<>(types.builtIn())
        .forEach(bit -> words.add(bit < NAMES.size() ? NAMES.get(bit) : "Undefined"));
    types.extended().forEach(oid -> words.add(oid.dotted()));
    return String.join(", ", words);
  }

  /** Reads the text form; words that are none are passed over. */
  static Optional<EncodedInformationTypes> parse(String text) {
    Set<Integer> bits = new TreeSet<>();
    List<Oid> oids = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      String name = word.strip();
      if (name.matches("[0-2](\\.(0|[1-9][0-9]{0,20})){1,20}")) {
        oids.add(new Oid(name));
      }
      for (int i = 0; i < NAMES.size(); i++) {
        if (squeeze(NAMES.get(i)).equals(squeeze(name))) {
          bits.add(i);
        }
      }
    }
    EncodedInformationTypes found = new EncodedInformationTypes(bits, oids);
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static String squeeze(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "");
  }
}
