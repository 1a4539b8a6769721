package org.heliograph.queue.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.heliograph.model.Bytes;

/** Reads what {@link Packer} wrote; throws IllegalStateException on octets that it cannot be. */
final class Unpacker {
  private final byte[] octets;
  private int at;

  Unpacker(byte[] octets) {
    this.octets = octets;
  }

  long number() {
    long raw = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      raw |= (long) (octet & 0x7F) << shift;
      if ((octet & 0x80) == 0) {
        return raw >>> 1 ^ -(raw & 1);
      }
    }
    throw broken("a number of more than 64 bits");
  }

  int integer() {
    return Math.toIntExact(number());
  }

  boolean bool() {
    return octet() != 0;
  }

  String text() {
    int length = length();
    String text = new String(octets, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  Bytes bytes() {
    int length = length();
    Bytes bytes = Bytes.of(octets, at, length);
    at += length;
    return bytes;
  }

  Instant instant() {
    long seconds = number();
    return Instant.ofEpochSecond(seconds, integer());
  }

  OffsetDateTime offsetTime() {
    Instant instant = instant();
    return instant.atOffset(ZoneOffset.ofTotalSeconds(integer()));
  }

  <E extends Enum<E>> E constant(Class<E> type) {
    return Enum.valueOf(type, text());
  }

  <E extends Enum<E>> Set<E> constants(Class<E> type) {
    Set<E> set = EnumSet.noneOf(type);
    for (int left = length(); left > 0; left--) {
      set.add(constant(type));
    }
    return set;
  }

  <T> Optional<T> optional(Function<Unpacker, T> reader) {
    return bool() ? Optional.of(reader.apply(this)) : Optional.empty();
  }

  <T> List<T> list(Function<Unpacker, ? extends T> reader) {
    List<T> list = new ArrayList<>();
    for (int left = length(); left > 0; left--) {
      list.add(reader.apply(this));
    }
    return list;
  }

  <T> Set<T> set(Function<Unpacker, ? extends T> reader) {
    return new HashSet<>(list(reader));
  }

  void end() {
    if (at != octets.length) {
      throw broken(octets.length - at + " octets too many");
    }
  }

  /** A length or count; no element is shorter than an octet. */
  private int length() {
    long length = number();
    if (length < 0 || length > octets.length - at) {
      throw broken("length " + length + " with " + (octets.length - at) + " octets left");
    }
    return (int) length;
  }

  private int octet() {
    if (at >= octets.length) {
      throw broken("the end");
    }
    return octets[at++];
  }

  private IllegalStateException broken(String what) {
    return new IllegalStateException("stored value broken at octet " + at + ": " + what);
  }
}
