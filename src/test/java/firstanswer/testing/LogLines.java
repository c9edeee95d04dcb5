package firstanswer.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** A logger whose lines a test reads, and nobody else. */
public final class LogLines {
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger;

  /** Takes over the logger of that name. */
  public LogLines(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.detachAndStopAllAppenders();
    lines.start();
    logger.addAppender(lines);
  }

  public org.slf4j.Logger logger() {
    return logger;
  }

  /** The lines since the last call, each with its level. */
  public List<String> next() {
    List<String> next =
        lines.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
    lines.list.clear();
    return next;
  }
}
