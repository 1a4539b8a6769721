package org.heliograph.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.heliograph.model.Content;
import org.heliograph.model.ContentRef;
import org.heliograph.model.ContentStore;
import org.heliograph.model.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every content store does. */
interface ContentStoreContract {
  ContentStore contents() throws Exception;

  static byte[] random(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2047, 32_000, 32_001, 65_536, 65_537, 300_000})
  default void givesBackWhatWasSealed(int length) throws Exception {
    byte[] octets = random(length);
    ContentRef ref;
    try (Stage stage = contents().stage()) {
      for (int at = 0; at < length; at += 10_000) {
        stage.write(ByteBuffer.wrap(octets, at, Math.min(10_000, length - at)));
      }
      assertThat(stage.length()).isEqualTo(length);
      ref = stage.seal();
    }
    assertThat(ref.length()).isEqualTo(length);
    Content content = contents().open(ref);
    assertThat(content.length()).isEqualTo(length);
    assertThat(Fakes.octets(content)).isEqualTo(octets);
    try (InputStream in = content.open(length / 2)) {
      assertThat(in.readAllBytes())
          .isEqualTo(java.util.Arrays.copyOfRange(octets, length / 2, length));
    }
  }

  @Test
  default void sealedAsNothingIsTheEmptyContent() throws Exception {
    try (Stage stage = contents().stage()) {
      assertThat(stage.seal()).isEqualTo(ContentRef.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200_000})
  default void securesWhatWasWritten(int length) throws Exception {
    try (Stage stage = contents().stage()) {
      stage.write(ByteBuffer.wrap(random(length)));
      assertThat(stage.secure()).isEqualTo(length);
      stage.write(ByteBuffer.wrap(random(length)));
      ContentRef ref = stage.seal();
      assertThat(contents().open(ref).length()).isEqualTo(2L * length);
    }
  }

  @Test
  default void twoStreamsDoNotDisturbEachOther() throws Exception {
    byte[] octets = random(200_000);
    Content content = contents().open(Fakes.put(contents(), octets));
    try (InputStream one = content.open();
        InputStream other = content.open()) {
      assertThat(one.readNBytes(150_000)).hasSize(150_000);
      assertThat(other.readAllBytes()).isEqualTo(octets);
      assertThat(one.readAllBytes()).hasSize(50_000);
    }
  }

  @Test
  default void unknownContentIsNotInvented() throws Exception {
    assertThatThrownBy(() -> contents().open(new ContentRef(123_456_788, 5)))
        .isInstanceOf(Exception.class);
  }
}
