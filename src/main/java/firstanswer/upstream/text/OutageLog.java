package firstanswer.upstream.text;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * The log lines about the connections to one server. A server that comes and goes would fill the
 * log, so the log gets the beginning of only one outage a minute. It gets any other outage after
 * ten seconds. Times are readings of one clock, in nanoseconds.
 */
final class OutageLog {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration LASTING = Duration.ofSeconds(10);

  private final String upstream;
  private final Logger log;
  private boolean outage;
  private long began;
  private boolean logged;
  private boolean anyLogged;
  private long lastLogged;
  private long notLogged;

  OutageLog(String upstream, Logger log) {
    this.upstream = upstream;
    this.log = log;
  }

  /** There is no connection. */
  void lost(long now, String reason) {
    if (!outage) {
      outage = true;
      began = now;
      logged = false;
      notLogged++;
    }
    boolean due = !anyLogged || now - lastLogged >= PAUSE.toNanos();
    if (!logged && (due || now - began >= LASTING.toNanos())) {
      logged = true;
      anyLogged = true;
      lastLogged = now;
      log.warn("{}: no connection: {}; trying again{}", upstream, reason, others());
    }
  }

  private String others() {
    long others = notLogged - 1;
    notLogged = 0;
    return others == 0 ? "" : " (" + others + " shorter outages since the last that was logged)";
  }

  /** The server is down because of this outage. */
  void down(String reason) {
    if (logged) {
      log.warn("{}: down: {}", upstream, reason);
    }
  }

  /** A connection has lasted. */
  void over() {
    if (outage && logged) {
      log.info("{}: connected again", upstream);
    }
    outage = false;
  }
}
