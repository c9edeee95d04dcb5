package firstanswer.upstream.dns;

import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import org.slf4j.Logger;

/** The log lines about one name server. */
final class ProxyLog {
  private final UpstreamId id;
  private final Logger log;

  ProxyLog(UpstreamId id, Logger log) {
    this.id = id;
    this.log = log;
  }

  void healthChanged(Health health) {
    switch (health.state()) {
      case UP -> log.warn("{}: up again", id);
      case SUSPECT -> log.debug("{}: suspect: {}", id, health.reason());
      case DOWN -> log.warn("{}: down: {}", id, health.reason());
    }
  }

  void socketNotOpened(String reason) {
    log.warn("{}: no socket: {}", id, reason);
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
