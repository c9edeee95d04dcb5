package firstanswer.race;

import firstanswer.dns.DomainName;
import firstanswer.race.Observation.Sample;
import firstanswer.resolver.UpstreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What past queries have shown of the upstreams: who holds which names, and how fast each is. For
 * one thread.
 */
public final class Experience {
  private final Duration overtaken;
  private final int percentile;
  private final Holders holders;
  private final Map<UpstreamId, Latency> latencies = new HashMap<>();

  /**
   * Nothing is known yet.
   *
   * @param maxNames how many names, and names above them, it remembers the holders of
   * @param percentile which latency of a server counts as what it mostly needs, 1 to 100
   * @param overtaken the time that a server is taken to need when another has overtaken it: the
   *     query ends without it, and it must not pass for as fast as those that overtook it
   */
  public Experience(int maxNames, int percentile, Duration overtaken) {
    this.overtaken = overtaken;
    this.percentile = percentile;
    this.holders = new Holders(maxNames);
  }

  private Latency of(UpstreamId upstream) {
    return latencies.computeIfAbsent(upstream, u -> new Latency(percentile));
  }

  /** The upstream that held {@code name}, or the closest name above it, last. */
  public Optional<UpstreamId> holder(DomainName name) {
    return holders.of(name);
  }

  /** What {@code upstream} mostly needs, if that is known. */
  public Optional<Duration> latency(UpstreamId upstream) {
    return of(upstream).percentile();
  }

  /** What to expect of {@code upstream}: nothing at all, that is the best, if it is to be tried. */
  public Duration expected(UpstreamId upstream, long now) {
    return of(upstream).expected(now);
  }

  /** A query that {@code plan} is for begins. */
  public void begin(Plan plan, long now) {
    plan.waves().get(0).upstreams().forEach(upstream -> of(upstream).tried(now));
  }

  /** A query has ended. */
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
