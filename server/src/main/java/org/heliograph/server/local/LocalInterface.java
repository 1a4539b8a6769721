package org.heliograph.server.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.heliograph.server.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves HTTP with JSON on a Unix-domain socket with permissions 0600. */
public final class LocalInterface implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalInterface.class);
  private static final int MAX_SOCKET_PATH = 100;
  private static final int MAX_BODY = 64 * 1024;
  private static final int THREADS = 16;

  private final Path socket;
  private final Server server;

  private LocalInterface(Path socket, Server server) {
    this.socket = socket;
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param socket where; its directory is made if it is not there; one left over is replaced
   * @throws IOException if the path is too long for a socket, or cannot be made
   */
  public static LocalInterface start(Path socket, Endpoints endpoints) throws IOException {
    Path absolute = socket.toAbsolutePath().normalize();
    if (absolute.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
      throw new IOException(
          "the path of the local interface's socket is over "
              + MAX_SOCKET_PATH
              + " octets: "
              + absolute
              + "; set local.socket to a shorter one");
    }
    Files.createDirectories(java.util.Objects.requireNonNull(absolute.getParent()));
    Files.deleteIfExists(absolute);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("local");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setUnixDomainPath(absolute);
    server.addConnector(connector);
    server.setHandler(new Answering(endpoints));
    try {
      server.start();
      Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rw-------"));
    } catch (Exception e) {
      stop(server);
      throw new IOException(
          "the local interface cannot listen on " + absolute + ": " + e.getMessage(), e);
    }
    return new LocalInterface(absolute, server);
  }

  /** The socket as an absolute path. */
  public Path socket() {
    return socket;
  }

  @Override
  public void close() {
    stop(server);
    try {
      if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(socket);
      }
    } catch (IOException e) {
      LOG.debug("the socket {} stays: {}", socket, e.getMessage());
    }
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the local interface did not stop cleanly: {}", e.getMessage());
    }
  }

  /** Turns HTTP into calls of the endpoints. */
  private static final class Answering extends Handler.Abstract {
    private final Endpoints endpoints;

    Answering(Endpoints endpoints) {
      this.endpoints = endpoints;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = 200;
      Map<String, Object> answer;
      try {
        answer =
            endpoints.answer(
                request.getMethod(), Request.getPathInContext(request), parameters(request));
      } catch (Endpoints.Refused e) {
        status = e.status();
        answer = Map.of("error", String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException | IOException e) {
        status = 400;
        answer = Map.of("error", String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("the local interface failed at {}", request.getHttpURI().getPath(), e);
        status = 500;
        answer = Map.of("error", "the switch failed at this; its log says where");
      }
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      Content.Sink.write(response, true, Json.write(answer) + "\n", callback);
      return true;
    }

    private static Map<String, String> parameters(Request request) throws IOException {
      Map<String, String> parameters = new HashMap<>();
      Fields query = Request.extractQueryParameters(request);
      query.forEach(field -> parameters.put(field.getName(), field.getValue()));
      if (request.getMethod().equals("POST")) {
        if (request.getLength() > MAX_BODY) {
          throw new IOException("a request of more than " + MAX_BODY + " octets");
        }
        String body =
            new String(
                Content.Source.asInputStream(request).readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        if (!body.isBlank()) {
          Json.read(body).forEach((key, value) -> parameters.put(key, String.valueOf(value)));
        }
      }
      return parameters;
    }
  }
}
