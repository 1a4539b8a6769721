package org.heliograph.asn1;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows BER as an indented tree for people: one line for each element with its offset, the name it
 * has in its module, tag and value; open types are resolved through tables, object identifiers
 * named. What does not fit the type is shown untyped; what is cut off or malformed is shown up to
 * there, and the last line says where and why it stopped.
 *
 * <p>Immutable; one tree shows any number of values.
 */
public final class Tree {
  /**
   * How much is shown.
   *
   * @param lines after which the tree stops
   * @param depth of elements within each other, strings that hold ASN.1 counted in
   * @param characters of one value
   */
  public record Settings(int lines, int depth, int characters) {
    /** 20,000 lines, depth 100, 200 characters of a value. */
    public static final Settings DEFAULT = new Settings(20_000, 100, 200);

    public Settings {
      if (lines < 1 || depth < 1 || characters < 8) {
        throw new IllegalArgumentException("too little to show anything");
      }
    }
  }

  /** Knows what the open types and octet strings hold that no table knows. */
  @FunctionalInterface
  public interface Inside {
    /** Knows nothing. */
    Inside NOTHING = (component, octets) -> Optional.empty();

    /**
     * The type of what is inside.
     *
     * @param component name of the component, with that of the alternative: {@code message.content}
     * @param octets of the element in an open type, of the content in an OCTET STRING; the type
     *     must fit them
     */
    Optional<Codec<?>> codec(String component, Octets octets);
  }

  private final Map<String, Table> tables;
  private final Function<ObjectIdentifier, Optional<String>> names;
  private final Inside inside;
  private final Settings settings;

  /**
   * @param tables by the name that open types refer to them by
   * @param names of object identifiers
   */
  public Tree(
      Map<String, Table> tables,
      Function<ObjectIdentifier, Optional<String>> names,
      Inside inside,
      Settings settings) {
    this.tables = Map.copyOf(tables);
    this.names = names;
    this.inside = inside;
    this.settings = settings;
  }

  /** Shows a value of a type; lines end with a line feed. */
  public String show(Octets octets, Codec<?> codec) {
    return new TreeDrawing(tables, names, inside, settings).draw(octets, codec);
  }

  /** Shows octets of an unknown type: tags and values of universal types. */
  public String show(Octets octets) {
    return new TreeDrawing(tables, names, inside, settings).draw(octets, null);
  }
}
