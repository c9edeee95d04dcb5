package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.race.Observation.Sample;
import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers from past queries which names each upstream holds, and how fast each upstream is. Only
 * one thread may use an instance.
 */
public final class Experience {
  private final Duration overtaken;
  private final int percentile;
  private final Holders holders;
  private final Map<UpstreamId, Latency> latencies = new HashMap<>();

  /**
   * Creates an experience of no queries.
   *
   * @param maxNames the most names, counting the names above them, whose holder to remember
   * @param percentile the percentile of a server's times that counts as its latency, 1 to 100
   * @param overtaken the least time to note for a server if a server that was asked later has
   *     answered first. The query ends then, so the real time of the slower server stays unknown;
   *     without this minimum, it would seem as fast as the other server
   */
  public Experience(int maxNames, int percentile, Duration overtaken) {
    this.overtaken = overtaken;
    this.percentile = percentile;
    this.holders = new Holders(maxNames);
  }

  private Latency of(UpstreamId upstream) {
    return latencies.computeIfAbsent(upstream, u -> new Latency(percentile));
  }

  /** The upstream that last held {@code name}, or the closest name above it. */
  public Optional<UpstreamId> holder(DomainName name) {
    return holders.of(name);
  }

  /** The latency of {@code upstream} at the percentile; empty if unknown. */
  public Optional<Duration> latency(UpstreamId upstream) {
    return of(upstream).percentile();
  }

  /** The time to expect of {@code upstream}; zero if the upstream should be tried again. */
  public Duration expected(UpstreamId upstream, long now) {
    return of(upstream).expected(now);
  }

  /** Notes that a query begins with {@code plan}. */
  public void begin(Plan plan, long now) {
    plan.waves().get(0).upstreams().forEach(upstream -> of(upstream).tried(now));
  }

  /** Learns from a query that has ended. */
  public void learn(Observation observed, long now) {
    observed
        .holder()
        .ifPresent(holder -> holders.learn(observed.name(), holder, observed.othersLackIt()));
    observed.samples().forEach(sample -> of(sample.upstream()).add(took(sample), now));
  }

  private Duration took(Sample sample) {
    boolean longer = sample.overtaken() && sample.took().compareTo(overtaken) < 0;
    return longer ? overtaken : sample.took();
  }
}
