package org.heliograph.asn1;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How values of one ASN.1 type become octets and come back. Immutable and shared by all threads.
 * Every generated type has one as {@code CODEC}.
 *
 * @param <T> the Java type of the values
 */
public abstract class Codec<T extends Object> {

  /** Decodes exactly one value that fills the octets, under {@link Limits#DEFAULT}. */
  public final T decode(byte[] octets) throws DecodeException {
    return decode(Octets.of(octets));
  }

  /** Decodes exactly one value that fills the octets, under {@link Limits#DEFAULT}. */
  public final T decode(Octets octets) throws DecodeException {
    return decode(new BerReader(octets, Limits.DEFAULT));
  }

  /** Decodes, and reports the constraints that the value breaks. */
  public final Decoded<T> decodeChecked(Octets octets, Limits limits) throws DecodeException {
    BerReader reader = new BerReader(octets, limits);
    return new Decoded<>(decode(reader), reader.violations());
  }

  /** Decodes exactly one value that fills what the reader is over. */
  public final T decode(BerReader in) throws DecodeException {
    if (!in.next()) {
      throw new DecodeException(in.position(), "nothing where " + name() + " is expected");
    }
    if (!accepts(in.tag())) {
      throw in.fail(Tag.text(in.tag()) + " where " + name() + " is expected");
    }
    T value = read(in);
    if (in.next()) {
      throw in.fail("an element after the end of " + name());
    }
    return value;
  }

  /** BER with definite lengths. Large leaves are referred to, not copied. */
  public final Octets encode(T value) {
    return encode(value, false);
  }

  /** BER with definite lengths as an array; for values that are known to be small. */
  public final byte[] encodeToArray(T value) {
    return encode(value, false).toByteArray();
  }

  /** DER (X.690 clause 10). */
  public final Octets encodeDer(T value) {
    return encode(value, true);
  }

  private Octets encode(T value, boolean der) {
    BerWriter out = new BerWriter(der);
    write(out, value, tag());
    return out.finish();
  }

  /** The name of the type, for people. */
  public abstract String name();

  /** The outermost tag, {@link Tag#NONE} for a CHOICE or an open type. */
  abstract int tag();

  /** Whether an encoding with this tag can be a value of the type. */
  boolean accepts(int tag) {
    return tag == tag();
  }

  /** Like {@link #accepts}, but not for what only an extension marker lets in. */
  boolean knows(int tag) {
    return accepts(tag);
  }

  /** Reads the value whose header the reader has just parsed; its tag is accepted already. */
  abstract T read(BerReader in) throws DecodeException;

  /** Writes the value under the given tag, which a CHOICE or open type does not heed. */
  abstract void write(BerWriter out, T value, int tag);

  /**
   * Whether the whole of a value is a CHOICE or open type, so that it cannot be tagged in place.
   */
  boolean untagged() {
    return tag() == Tag.NONE;
  }

  /**
   * The codec that governs an element with this tag, one level of CHOICE and reference resolved.
   */
  Member select(int tag) {
    return new Member("", this, false, 0);
  }

  /**
   * What governs an element found inside a constructed encoding of this type, if known.
   *
   * @param from 0 for the first element, then {@link Member#next} of the one before
   */
  @Nullable Member inside(int tag, int from) {
    return null;
  }

  /** Whether a part of the values is marked {@code @stream}. */
  boolean streams(Set<Codec<?>> seen) {
    return false;
  }

  /** The codec without names, tags in place of its own and constraints around it. */
  Codec<?> base() {
    return this;
  }

  /** The value at the current element as people read it. */
  String text(T value) {
    return value.toString();
  }

  /** The same type with another tag in place of its own. */
  public final Codec<T> implicit(int tag) {
    return new Implicit<>(this, tag);
  }

  /** The same type within a further tag. */
  public final Codec<T> explicit(int tag) {
    return new Explicit<>(this, tag);
  }

  /** {@link #implicit}, and read with the tag as an explicit one too. */
  public final Codec<T> implicitOrExplicit(int tag) {
    return new OrExplicit<>(this, tag);
  }

  /** The same type under a name of its own. */
  public final Codec<T> named(String name) {
    return new Named<>(this, name);
  }

  /** The same type with a SIZE constraint, in the units of the type. */
  public final Codec<T> size(long least, long most) {
    return new Constrained<>(this, true, least, most);
  }

  /** The same type with a value range. */
  public final Codec<T> range(long least, long most) {
    return new Constrained<>(this, false, least, most);
  }

  /** The same type, with the original octets kept beside each value and written back. */
  public final Codec<Preserved<T>> preserved() {
    return new PreservedCodec<>(this);
  }

  /** A reference to a codec that may not be there yet: types refer to each other in circles. */
  public static <T extends Object> Codec<T> of(Supplier<Codec<T>> target) {
    return new Reference<>(target);
  }

  /**
   * A part of a value: its name and what governs it.
   *
   * @param next number of the component that may come next in a SEQUENCE
   */
  record Member(String name, Codec<?> codec, boolean stream, int next) {}
}
