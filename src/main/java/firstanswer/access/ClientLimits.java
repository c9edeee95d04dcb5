package firstanswer.access;

import akka.actor.typed.ActorSystem;
import firstanswer.config.ClientLimitSettings;
import firstanswer.resolver.NanoClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients may do: the same for all listeners of a server, and counted for all of them
 * together, but for what is in flight, of which each listener has its own.
 */
public final class ClientLimits {
  private static final Logger LOG = LoggerFactory.getLogger(ClientLimits.class);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final ClientLimitSettings settings;
  private final OpenFiles openFiles;
  private final Refusals refusals;
  private final Optional<QueryRate> rate;

  /** As {@code settings} say, within what {@code openFiles} allows. */
  public ClientLimits(ClientLimitSettings settings, OpenFiles openFiles, ActorSystem<?> system) {
    this(settings, openFiles, NanoClock.SYSTEM, eachInterval(system));
  }

  public ClientLimits(
      ClientLimitSettings settings,
      OpenFiles openFiles,
      NanoClock clock,
      Consumer<Runnable> nextInterval) {
    this.settings = settings;
    this.openFiles = openFiles;
    this.refusals = new Refusals(nextInterval, (why, line) -> LOG.warn("{}", line));
    this.rate = settings.rate().map(perSecond -> new QueryRate(perSecond, clock));
  }

  private static Consumer<Runnable> eachInterval(ActorSystem<?> system) {
    return tell -> system.scheduler().scheduleOnce(LOG_INTERVAL, tell, system.executionContext());
  }

  /** Whether a client at {@code address} may ask at all. */
  public boolean allows(InetAddress address) {
    return settings.allowed().allows(address);
  }

  /** Whether {@code client} may send the query that it has just sent. */
  public boolean withinRate(ClientNetwork client) {
    return rate.isEmpty() || rate.get().allows(client);
  }

  /** Counts that {@code client} was refused something. */
  public void refused(Refusal why, ClientNetwork client) {
    refusals.count(why, client);
  }

  /** How many were refused for this reason. */
  public long refusals(Refusal why) {
    return refusals.total(why);
  }

  /** The connections of one listener, {@code limit} in all and {@code ofClient} of each client. */
  public Connections connections(int limit, int ofClient) {
    return new Connections(this, openFiles, limit, Math.min(ofClient, openFiles.half()));
  }

  /**
   * The queries in flight at one listener, {@code limit} in all; beyond, one of each of {@code
   * connections} may wait. One client never has more than half of either.
   */
  public InFlight inFlight(int limit, int connections) {
    return new InFlight(
        new InFlight.Room(limit, connections),
        settings
            .maxInFlight()
            .map(most -> new InFlight.Room(Math.min(most, half(limit)), half(connections)))
            .orElse(InFlight.Room.BOUNDLESS));
  }

  private static int half(int all) {
    return Math.max(1, all / 2);
  }
}
