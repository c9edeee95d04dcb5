package firstanswer.upstream.dns;

import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import org.slf4j.Logger;

/** The log lines about one name server. */
final class ProxyLog {
  private final UpstreamId id;
  private final Logger log;
  private boolean isDown;
  private String notOpenedReason = "";

  ProxyLog(UpstreamId id, Logger log) {
    this.id = id;
    this.log = log;
  }

  /** Logs a change to or from down only: a server may be suspect many times a minute. */
  void healthChanged(Health health) {
    if (health.counts() == isDown) {
      isDown = !isDown;
      if (isDown) {
        log.warn("{}: down: {}", id, health.reason());
      } else {
        log.warn("{}: up again", id);
      }
    }
  }

  /** Logs each reason once until a socket opens. */
  void socketNotOpened(String reason) {
    if (!reason.equals(notOpenedReason)) {
      notOpenedReason = reason;
      log.warn("{}: no socket: {}; trying again", id, reason);
    }
  }

  void socketOpened() {
    notOpenedReason = "";
  }

  void hostUnknown(String reason) {
    log.warn("{}: {}; trying again", id, reason);
  }

  /** The proxy closes; {@code dropped} messages were no answer to an open query. */
  void closed(long dropped) {
    if (dropped > 0) {
      log.info("{}: {} late or foreign answers dropped", id, dropped);
    }
  }
}
