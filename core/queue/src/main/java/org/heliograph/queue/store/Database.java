package org.heliograph.queue.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.heliograph.model.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded Derby database of a store: boots it, brings its schema up to date, closes it. */
final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int SCHEMA = 4;

  private static final String RESTORE =
      ": stop the switch and restore the store from a backup, or move it away to start with an"
          + " empty one (what was queued is then lost)";

  private final String url;
  private final Path files;
  private final Path directory;
  private final Path made;
  private final boolean onDisk;

  /**
   * @param protocol {@code directory} for the disk; tests name a storage factory of their own
   */
  Database(Path directory, String protocol) {
    this.files = directory.resolve("db").toAbsolutePath();
    this.directory = directory;
    this.made = directory.resolve("made");
    this.onDisk = protocol.equals("directory");
    this.url = "jdbc:derby:" + protocol + ":" + files;
    preset("derby.stream.error.file", directory.resolve("derby.log").toAbsolutePath().toString());
    preset("derby.storage.pageCacheSize", "600");
    preset("derby.storage.logSwitchInterval", "16777216");
    preset("derby.storage.checkpointInterval", "67108864");
    preset("derby.storage.indexStats.auto", "false");
    preset("derby.locks.waitTimeout", "20");
    preset("derby.locks.deadlockTimeout", "1");
  }

  /** Derby reads these when its engine boots, once for all stores of a process. */
  private static void preset(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /** Boots the database, makes it if it is not there, and brings the schema up to date. */
  void boot() throws StoreUnavailable {
    if (onDisk && Files.exists(made) && !Files.exists(files)) {
      throw new StoreUnavailable("the store's database is gone" + RESTORE);
    }
    try (Connection connection = DriverManager.getConnection(url + ";create=true")) {
      if (connection.isReadOnly()) {
        throw new StoreUnavailable("the store's database is read-only; check the file system");
      }
      try {
        migrate(connection);
        note();
      } finally {
        connection.rollback();
      }
    } catch (SQLException | IOException e) {
      throw new StoreUnavailable("the store's database cannot be opened: " + why(e), e);
    }
  }

  /** Leaves a mark that there was a database here: an empty one must never take its place. */
  private void note() throws IOException {
    if (onDisk && !Files.exists(made)) {
      Files.createFile(made);
      ContentFiles.forceDirectory(directory);
    }
  }

  /**
   * Whether a database was found that cannot be used as it is: Derby's states of its files (XSD),
   * its log (XSL), its start (XBM, XJ040).
   */
  private static boolean damaged(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && String.valueOf(sql.getSQLState()).matches("XSD.*|XSL.*|XBM.*|XJ04[01]|XSRS.*")) {
        return true;
      }
    }
    return false;
  }

  private static void migrate(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    int version = version(connection);
    if (version > SCHEMA) {
      throw new SQLException(
          "the store was written by a later version of the program (schema "
              + version
              + ", this program knows "
              + SCHEMA
              + ")");
    }
    for (int next = version + 1; next <= SCHEMA; next++) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : script(next).split(";\\s*\n")) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
        statement.execute(
            next == 1
                ? "insert into meta (name, amount) values ('schema', 1)"
                : "update meta set amount = " + next + " where name = 'schema'");
      }
      connection.commit();
      LOG.debug("store schema is now {}", next);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, null, "META", null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select amount from meta where name = 'schema'")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static String script(int number) throws IOException {
    String name = String.format("%03d.sql", number);
    try (InputStream in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("schema script " + name + " is missing from the program");
      }
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> !line.startsWith("--"))
            .collect(Collectors.joining("\n", "", "\n"));
      }
    }
  }

  /** A new session; boots the database again if an error has shut it down. */
  Session session() throws SQLException {
    return new Session(DriverManager.getConnection(url));
  }

  /** Closes the database. Sessions become useless. */
  void shutdown() {
    try {
      DriverManager.getConnection(url + ";shutdown=true").close();
    } catch (SQLException e) {
      if (!"08006".equals(e.getSQLState()) && !"XJ004".equals(e.getSQLState())) {
        LOG.warn("the store's database did not close cleanly: {}", why(e));
      }
    }
  }

  /** What is wrong, without the paths and statements that Derby puts into its texts. */
  static String why(Exception e) {
    return e instanceof SQLException sql
        ? "database error "
            + sql.getSQLState()
            + " "
            + sql.getErrorCode()
            + (damaged(e) ? "; its files are damaged" + RESTORE : "")
        : String.valueOf(e.getMessage());
  }
}
