package org.heliograph.server.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.heliograph.asn1.Codec;
import org.heliograph.asn1.OctetSource;
import org.heliograph.asn1.Octets;
import org.heliograph.asn1.Tree;
import org.heliograph.asn1.show.Show;
import org.heliograph.server.dissect.CaptureFile;
import org.heliograph.server.dissect.Layer;
import org.heliograph.server.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows octets as a tree. */
@Command(
    name = "decode",
    description = {
      "Shows the octets of P1, P2, P22, P772, RTSE, ACSE, presentation or CMS as an indented tree,"
          + " from a file, or from hexadecimal digits on standard input.",
      "Of a capture file (pcap or pcapng) it puts the RFC 1006 connections together again and shows"
          + " every PDU of every layer, in normal and in X.410-1984 mode."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./heliograph decode message.p22",
      "Example: ./heliograph decode exercise.pcap --layer p1",
      "Example: echo '30 03 02 01 05' | ./heliograph decode"
    })
@SuppressWarnings("NullAway.Init")
final class DecodeCommand implements Callable<Integer> {
  private static final int MAX_HEX = 64 << 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Octets, or a capture; absent or -: hex on standard input.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--hex", description = "The file holds hexadecimal digits.")
  private boolean hex;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "What it is, as p1, p22, p772, rtse, acse, presentation, cms or MODULE.TYPE; absent: guessed.")
  private Optional<String> type = Optional.empty();

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description =
          "Of a capture only the PDUs of this layer: ${COMPLETION-CANDIDATES}; absent: all.")
  private Optional<Layer> layer = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Of a capture only connections to this port; absent: all that are RFC 1006.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "20000",
      description = "At most so many (${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = "--json",
      description =
          "Print the tree as lines of one JSON object; of a capture one object in each line.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailed {
    file = file.filter(f -> !f.toString().equals("-"));
    if (lines < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--lines must be at least 1");
    }
    Optional<Codec<?>> codec = Optional.empty();
    if (type.isPresent()) {
      codec = Show.type(type.get());
      if (codec.isEmpty()) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "unknown type '"
                + type.get()
                + "'; known: "
                + String.join(", ", Show.names())
                + ", MODULE.TYPE");
      }
    }
    Show show =
        new Show(
            new Tree.Settings(
                lines, Tree.Settings.DEFAULT.depth(), Tree.Settings.DEFAULT.characters()));
    boolean capture = file.isPresent() && !hex && type.isEmpty() && CaptureFile.isOne(file.get());
    if (!capture && (layer.isPresent() || port.isPresent())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--layer and --port are for capture files (pcap, pcapng)");
    }
    if (capture) {
      CaptureDecode decode = new CaptureDecode(spec.commandLine().getOut(), layer, json, lines);
      return decode.print(file.orElseThrow(), p -> port.map(wanted -> wanted == p).orElse(true))
          ? 0
          : 1;
    }
    if (file.isPresent() && !hex) {
      try (FileChannel channel = FileChannel.open(file.get())) {
        return print(show, Octets.of(new FileOctets(channel, channel.size())), codec);
      }
    }
    return print(show, digits(), codec);
  }

  private Octets digits() throws IOException, CommandFailed {
    byte[] read = file.isPresent() ? Files.readAllBytes(file.get()) : System.in.readNBytes(MAX_HEX);
    String text = new String(read, StandardCharsets.ISO_8859_1).replaceAll("[\\s:]|0x", "");
    try {
      return Octets.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed("not hexadecimal digits: " + e.getMessage(), e);
    }
  }

  private int print(Show show, Octets octets, Optional<Codec<?>> codec) {
    String tree = codec.isPresent() ? show.show(octets, codec.get()) : show.show(octets);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(Map.of("octets", octets.length(), "tree", tree.lines().toList())));
    } else {
      out.println(tree.stripTrailing());
    }
    out.flush();
    // A tree that had to stop ends with a line that says so.
    return tree.lines().reduce("", (a, b) -> b).startsWith("!") ? 1 : 0;
  }

  /** A file that is read where the tree looks. */
  private record FileOctets(FileChannel channel, long length) implements OctetSource {
    @Override
    public void read(long offset, byte[] into, int at, int count) {
      try {
        ByteBuffer buffer = ByteBuffer.wrap(into, at, count);
        long position = offset;
        while (buffer.hasRemaining()) {
          int read = channel.read(buffer, position);
          if (read < 0) {
            throw new IOException("the file has become shorter");
          }
          position += read;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
