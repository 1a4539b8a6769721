package org.heliograph.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A private Postfix with its own directories and port, as the package configures it but for what a
 * relay to one host needs. Never the system's own instance. Needs root, as Postfix itself does.
 */
final class PostfixInstance implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Path SYSTEM = Path.of("/etc/postfix");

  private final Path configuration;

  private PostfixInstance(Path configuration) {
    this.configuration = configuration;
  }

  /**
   * Relays through a private instance.
   *
   * @return the seconds that took
   */
  static double measure(Path directory, Load load, int port, Plan plan, int sessions)
      throws IOException {
    InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (PostfixInstance _ = start(directory, port, load.sink())) {
      awaitListening(listen);
      Plan same =
          new Plan(
              plan.messages(), plan.warmUp(), plan.size(), sessions, plan.heap(), plan.against());
      double _ = BenchSwitch.relay(listen, load, same.warmUp(), same);
      return BenchSwitch.relay(listen, load, same.messages(), same);
    }
  }

  private static void awaitListening(InetSocketAddress address) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException("Postfix does not listen on " + address, e);
        }
        BenchSwitch.pause();
      }
    }
  }

  /** What is missing to run one; empty if nothing. */
  static String missing() {
    if (!NativeLoad.there("postfix") || !Files.isReadable(SYSTEM.resolve("master.cf"))) {
      return "Postfix is not installed; on Debian: apt-get install postfix";
    }
    return "root".equals(System.getProperty("user.name"))
        ? ""
        : "Postfix can only be started by root";
  }

  /**
   * Starts one.
   *
   * @param directory empty, readable by all
   * @param relay where it sends everything to
   */
  static PostfixInstance start(Path directory, int port, InetSocketAddress relay)
      throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    // Its programs give root's rights away and must still come through to their directories.
    Files.setPosixFilePermissions(
        Objects.requireNonNull(directory.getParent()),
        PosixFilePermissions.fromString("rwx--x--x"));
    Path configuration = Files.createDirectories(directory.resolve("etc"));
    Path queue = Files.createDirectories(directory.resolve("queue"));
    Path data = Files.createDirectories(directory.resolve("data"));
    run(List.of("chown", "postfix", data.toString()));
    for (String script : List.of("postfix-script", "post-install", "postfix-files")) {
      if (Files.exists(SYSTEM.resolve(script))) {
        Files.copy(SYSTEM.resolve(script), configuration.resolve(script));
      }
    }
    Files.writeString(
        configuration.resolve("main.cf"),
        """
        compatibility_level = 3.6
        queue_directory = %s
        data_directory = %s
        daemon_directory = %s
        command_directory = /usr/sbin
        mail_owner = postfix
        setgid_group = postdrop
        maillog_file_prefixes = %s
        maillog_file = %s/log
        myhostname = bench.example
        mydestination =
        relay_domains = bench.example
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = permit_mynetworks, reject
        relayhost = [%s]:%d
        smtp_dns_support_level = disabled
        smtp_host_lookup = native
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        alias_maps =
        alias_database =
        local_recipient_maps =
        local_transport = error:none
        """
            .formatted(
                queue,
                data,
                read(List.of("postconf", "-h", "daemon_directory")),
                directory,
                directory,
                relay.getAddress().getHostAddress(),
                relay.getPort()));
    String master = Files.readString(SYSTEM.resolve("master.cf"), StandardCharsets.UTF_8);
    Files.writeString(
        configuration.resolve("master.cf"),
        master.replaceAll("(?m)^smtp +inet .*$", "127.0.0.1:" + port + " inet n - n - - smtpd"));
    PostfixInstance instance = new PostfixInstance(configuration);
    try {
      run(List.of("postfix", "-c", configuration.toString(), "start"));
    } catch (IOException e) {
      Path log = directory.resolve("log");
      throw new IOException(e.getMessage() + (Files.exists(log) ? Files.readString(log) : ""), e);
    }
    return instance;
  }

  static String read(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return said;
  }

  private static void run(List<String> command) throws IOException {
    String _ = read(command);
  }

  @Override
  public void close() throws IOException {
    run(List.of("postfix", "-c", configuration.toString(), "stop"));
  }
}
