package org.heliograph.queue.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.heliograph.model.Bytes;

/** Writes values one behind the other: numbers in groups of seven bits, texts with their length. */
final class Packer {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  Packer number(long value) {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  Packer bool(boolean value) {
    out.write(value ? 1 : 0);
    return this;
  }

  Packer text(String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    number(octets.length);
    out.write(octets, 0, octets.length);
    return this;
  }

  Packer bytes(Bytes value) {
    number(value.length());
    for (int i = 0; i < value.length(); i++) {
      out.write(value.at(i));
    }
    return this;
  }

  Packer instant(Instant value) {
    return number(value.getEpochSecond()).number(value.getNano());
  }

  Packer offsetTime(OffsetDateTime value) {
    return instant(value.toInstant()).number(value.getOffset().getTotalSeconds());
  }

  /** By name, so that the order of constants may change. */
  Packer constant(Enum<?> value) {
    return text(value.name());
  }

  <T> Packer optional(Optional<T> value, BiConsumer<Packer, T> writer) {
    bool(value.isPresent());
    value.ifPresent(v -> writer.accept(this, v));
    return this;
  }

  <T> Packer list(Collection<? extends T> values, BiConsumer<Packer, T> writer) {
    number(values.size());
    values.forEach(v -> writer.accept(this, v));
    return this;
  }

  byte[] octets() {
    return out.toByteArray();
  }
}
