package org.heliograph.server.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.heliograph.server.json.Json;

/** Speaks to a running switch. One connection for each request; any thread may call. */
public final class LocalClient {
  private static final int MAX_ANSWER = 64 << 20;

  private final Path socket;

  public LocalClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Asks for something.
   *
   * @throws IOException if no switch answers, or it refuses; the message is for people
   */
  public Map<String, Object> get(String path, Map<String, String> parameters) throws IOException {
    String query =
        parameters.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return exchange("GET", query.isEmpty() ? path : path + "?" + query, "");
  }

  /** Orders something; errors as {@link #get}. */
  public Map<String, Object> post(String path, Map<String, String> parameters) throws IOException {
    return exchange("POST", path, Json.write(parameters));
  }

  private Map<String, Object> exchange(String method, String target, String body)
      throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    // With HTTP/1.0 the answer ends with the connection and is never chunked.
    String head =
        method
            + " "
            + target
            + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + octets.length
            + "\r\n\r\n";
    try (SocketChannel channel = connect()) {
      write(channel, head.getBytes(StandardCharsets.UTF_8));
      write(channel, octets);
      return answer(read(channel));
    }
  }

  private SocketChannel connect() throws IOException {
    if (!Files.exists(socket)) {
      throw new IOException("no switch runs here: there is no socket " + socket);
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new IOException("no switch answers at " + socket + ": " + e.getMessage(), e);
    }
  }

  private static void write(SocketChannel channel, byte[] octets) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static String read(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    while (channel.read(buffer) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
      if (all.size() > MAX_ANSWER) {
        throw new IOException("an answer of more than " + MAX_ANSWER + " octets");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> answer(String text) throws IOException {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.") || text.length() < 12) {
      throw new IOException("the switch closed the connection without an answer");
    }
    int status = Integer.parseInt(text.substring(9, 12));
    Map<String, Object> body = Json.read(text.substring(end + 4));
    if (status != 200) {
      throw new IOException(
          String.valueOf(body.getOrDefault("error", "refused with status " + status)));
    }
    return body;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
