package org.heliograph.queue.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection with the statements that were prepared on it. For one thread. */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Session(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  /** The statement for {@code sql} with these parameters set; it is kept and must not be closed. */
  PreparedStatement statement(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Long value -> statement.setLong(i + 1, value);
        case Integer value -> statement.setInt(i + 1, value);
        case String value -> statement.setString(i + 1, value);
        case byte[] value -> statement.setBytes(i + 1, value);
        case Missing value -> statement.setNull(i + 1, value.type);
        default -> throw new IllegalArgumentException("parameter " + parameters[i].getClass());
      }
    }
    return statement;
  }

  /** Carries out a change and returns the number of rows it touched. */
  int update(String sql, Object... parameters) throws SQLException {
    return statement(sql, parameters).executeUpdate();
  }

  Connection connection() {
    return connection;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Undoes what was not committed; says whether the connection is still good. */
  boolean rollback() {
    try {
      connection.rollback();
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // it is being given up anyway
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // it is being given up anyway
    }
  }

  /** A parameter that is null, with its java.sql type. */
  enum Missing {
    NUMBER(java.sql.Types.BIGINT),
    TEXT(java.sql.Types.VARCHAR),
    OCTETS(java.sql.Types.VARBINARY);

    private final int type;

    Missing(int type) {
      this.type = type;
    }
  }
}
