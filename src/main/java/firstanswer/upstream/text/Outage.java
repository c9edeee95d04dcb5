package firstanswer.upstream.text;

import firstanswer.resolver.Health;
import firstanswer.resolver.UpstreamId;
import firstanswer.tsproxy.TsProxy;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Judges a server's health by its connections alone, since silence may be a miss. The first loss is
 * logged only, for the server may be back at once; the next one means that the server is down.
 */
final class Outage {
  private enum State {
    NONE,
    /** A connection was lost, and none has been stable since. */
    LOGGED,
    /** Another was lost, or could not be made, and the watcher knows that the server is down. */
    DOWN
  }

  private final String upstream;
  private final Logger log;
  private Optional<TsProxy.Watch> watch = Optional.empty();
  private State state = State.NONE;

  Outage(String upstream, Logger log) {
    this.upstream = upstream;
    this.log = log;
  }

  /** Tells the watcher of each change from now on. */
  void watch(TsProxy.Watch newWatch) {
    watch = Optional.of(newWatch);
  }

  /** A connection is lost, or could not be made. */
  void onLost(String reason) {
    if (state == State.NONE) {
      state = State.LOGGED;
      log.warn("{}: no connection: {}; trying again", upstream, reason);
    } else if (state == State.LOGGED) {
      state = State.DOWN;
      tell(new Health(Health.State.DOWN, "no connection: " + reason));
    }
  }

  /** A connection is established: the server is up, but the outage is not over. */
  void onEstablished() {
    if (state == State.DOWN) {
      state = State.LOGGED;
      tell(Health.UP);
    }
  }

  /** A connection has lasted, which ends the outage: some servers accept every call and hang up. */
  void onStable() {
    if (state != State.NONE) {
      state = State.NONE;
      log.info("{}: connected again", upstream);
    }
  }

  private void tell(Health health) {
    watch.ifPresent(w -> w.watcher().tell(w.news(new UpstreamId(upstream), health)));
  }
}
