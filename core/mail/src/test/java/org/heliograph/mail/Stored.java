package org.heliograph.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.heliograph.model.Content;
import org.heliograph.model.MemoryStore;
import org.heliograph.model.StoreUnavailable;

/** Content in memory, and what lies in it. */
final class Stored {
  private Stored() {}

  static Content content(byte[] octets) {
    MemoryStore store = new MemoryStore();
    try {
      return store.open(store.put(octets));
    } catch (StoreUnavailable e) {
      throw new AssertionError(e);
    }
  }

  static Content content(String text) {
    return content(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  static String text(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String range(Content content, Range range) throws IOException, StoreUnavailable {
    return text(new RangeStream(content.open(range.start()), range.length()));
  }
}
