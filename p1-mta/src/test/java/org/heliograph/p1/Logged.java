package org.heliograph.p1;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the operator is told. */
final class Logged implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger("org.heliograph");
  private final Logger own = (Logger) LoggerFactory.getLogger("org.heliograph.p1");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  Logged() {
    lines.start();
    // These tests are silent otherwise.
    own.setLevel(Level.WARN);
    root.addAppender(lines);
  }

  /** Lines at WARN and above, so far. */
  List<String> warnings() {
    return List.copyOf(lines.list).stream()
        .filter(e -> e.getLevel().levelInt >= Level.WARN_INT)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    root.detachAppender(lines);
    own.setLevel(Level.OFF);
  }
}
