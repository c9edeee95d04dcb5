package firstanswer.access;

import akka.actor.typed.ActorSystem;
import firstanswer.clock.NanoClock;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.ListenerLimits;
import firstanswer.congestion.Congestion;
import firstanswer.rate.Rate;
import firstanswer.transport.tcp.Unsent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits on clients of one server. All listeners share the limits and the counts, except that
 * each listener counts its own queries in flight and connections.
 */
public final class ClientLimits {
  private static final Logger LOG = LoggerFactory.getLogger(ClientLimits.class);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final ClientLimitSettings settings;
  private final ProcessLimits process;
  private final Refusals refusals;
  private final Optional<QueryRate> rate;
  private final Optional<Rate> refusedRate;

  /** Creates the limits that {@code settings} set, within those of {@code process}. */
  public ClientLimits(ClientLimitSettings settings, ProcessLimits process, ActorSystem<?> system) {
    this(settings, process, NanoClock.SYSTEM, eachInterval(system));
  }

  public ClientLimits(
      ClientLimitSettings settings,
      ProcessLimits process,
      NanoClock clock,
      Consumer<Runnable> nextInterval) {
    this.settings = settings;
    this.process = process;
    this.refusals = new Refusals(nextInterval, (why, line) -> LOG.warn("{}", line));
    this.rate = settings.rate().map(perSecond -> new QueryRate(perSecond, clock));
    this.refusedRate = settings.refusedRate().map(perSecond -> new Rate(perSecond, clock));
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

  /** Whether a client that may not ask may be told so now; if so, it is counted. */
  boolean mayTellNotAllowed() {
    return refusedRate.isEmpty() || refusedRate.get().tryOnce();
  }

  /** Counts that {@code client} was refused something. */
  public void refused(Refusal why, ClientNetwork client) {
    refusals.count(why, client);
  }

  /** The number of refusals for this reason. */
  public long refusals(Refusal why) {
    return refusals.total(why);
  }

  /** Counts the unread answers of a new connection of {@code client}. */
  Unsent unsent(ClientNetwork client) {
    return process.unsentAnswers().open(client, () -> refused(Refusal.UNREAD_ANSWERS, client));
  }

  /** Counts the connections of one listener, in all and per client. */
  public Connections connections(ListenerLimits listener) {
    OpenFiles openFiles = process.openFiles();
    int ofClient = Math.min(listener.maxConnectionsPerClient(), openFiles.half());
    return new Connections(this, openFiles, listener.maxConnections(), ofClient);
  }

  /**
   * Counts the queries in flight at one listener, at most {@code limit}. More may wait, at most one
   * for each of {@code connections}. One client gets at most half of either, and less while {@code
   * congestion} lasts.
   */
  InFlight inFlight(int limit, int connections, Congestion congestion) {
    return new InFlight(
        new InFlight.Room(limit, connections),
        settings
            .maxInFlight()
            .map(most -> new InFlight.Room(Math.min(most, half(limit)), half(connections)))
            .orElse(InFlight.Room.BOUNDLESS),
        congestion);
  }

  private static int half(int all) {
    return Math.max(1, all / 2);
  }
}
