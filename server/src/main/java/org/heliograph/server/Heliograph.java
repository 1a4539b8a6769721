package org.heliograph.server;

import java.util.List;
import org.heliograph.server.command.Program;

/** The program's entrance. Exit codes: 0 done, 1 failed, 2 misused. */
public final class Heliograph {
  private Heliograph() {}

  /** Runs a verb and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Before anything opens a log: daemons tell what they do, tools only what goes wrong.
    if (System.getProperty("heliograph.log") == null) {
      boolean daemon = arguments.length > 0 && List.of("run", "mailboxes").contains(arguments[0]);
      System.setProperty("heliograph.log", daemon ? "INFO" : "WARN");
    }
    System.exit(Program.run(arguments));
  }
}
