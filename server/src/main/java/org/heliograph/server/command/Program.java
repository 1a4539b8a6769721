package org.heliograph.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.heliograph.server.config.ConfigurationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. */
@Command(
    name = "heliograph",
    description =
        "A military messaging switch: X.400 P1, SMTP, MIXER, and protection of what it carries.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ConfigurationCommand.class,
      DecodeCommand.class,
      SendCommand.class,
      PingCommand.class,
      InteropCommand.class,
      StatusCommand.class,
      ReloadCommand.class,
      QueueCommand.class,
      BenchCommand.class,
      AddressCommand.class,
      MailboxesCommand.class,
      TrackCommand.class,
      ExplainCommand.class,
    },
    footer = {
      "",
      "A verb of the launcher: test [--long] builds and runs every test.",
      "Exit codes: 0 done, 1 failed, 2 misused.",
      "Example: ./heliograph demo"
    })
public final class Program {
  /** Where the program came from. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Program.class.getPackage().getImplementationVersion();
      return new String[] {
        "heliograph " + (version == null ? "(built from source)" : version),
        "Java " + Runtime.version()
      };
    }
  }

  /**
   * Runs a verb.
   *
   * @return 0 done, 1 failed, 2 misused
   */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The command line, for tests too. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Program());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(Program::failed);
    return line;
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    switch (e) {
      case ConfigurationException wrong ->
          wrong.problems().forEach(problem -> line.getErr().println(problem));
      case CommandFailed failed -> line.getErr().println("heliograph: " + failed.getMessage());
      case IOException failed -> line.getErr().println("heliograph: " + describe(failed));
      default -> {
        line.getErr().println("heliograph: failed: " + describe(e));
        LoggerFactory.getLogger(Program.class).error("this should not have happened", e);
      }
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String describe(Exception e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return switch (file) {
        case NoSuchFileException none -> none.getFile() + ": no such file";
        case AccessDeniedException denied ->
            denied.getFile() + ": this user may not read or write it";
        case FileAlreadyExistsException exists -> exists.getFile() + ": exists already";
        default -> file.getFile() + ": " + file.getClass().getSimpleName();
      };
    }
    String kind = e.getClass().getSimpleName();
    return e.getMessage() == null
        ? kind
        : kind.equals("IOException") ? e.getMessage() : kind + ": " + e.getMessage();
  }
}
