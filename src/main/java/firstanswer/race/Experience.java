package firstanswer.race;

import firstanswer.dns.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What past queries have shown of the upstreams: who holds which names, and how fast each is. For
 * one thread.
 */
public final class Experience {
  private final Duration overtaken;
  private final Holders holders;
  private final Latency[] latencies;

  /**
   * How long a server has taken until its answer.
   *
   * @param overtaken whether another, that was asked later, has answered before it; then this is
   *     only how long it has been waited for
   */
  public record Sample(int upstream, Duration took, boolean overtaken) {}

  /**
   * What one query has shown.
   *
   * @param winner who had the name, if somebody had
   * @param othersLackIt whether somebody else said that it had not
   */
  public record Outcome(
      DomainName name, OptionalInt winner, boolean othersLackIt, List<Sample> samples) {}

  /**
   * Of {@code upstreams} servers.
   *
   * @param maxNames how many names, and names above them, it remembers the holders of
   * @param percentile which latency of a server counts as what it mostly needs, 1 to 100
   * @param overtaken what a server is taken to need that was overtaken: nobody waits to see, and it
   *     must not pass for as fast as those that overtook it
   */
  public Experience(int upstreams, int maxNames, int percentile, Duration overtaken) {
    this.overtaken = overtaken;
    this.holders = new Holders(maxNames);
    this.latencies = new Latency[upstreams];
    for (int i = 0; i < upstreams; i++) {
      latencies[i] = new Latency(percentile);
    }
  }

  /** Who held {@code name}, or the closest name above it, last. */
  public OptionalInt holder(DomainName name) {
    return holders.of(name);
  }

  /** What {@code upstream} mostly needs, if that is known. */
  public Optional<Duration> latency(int upstream) {
    return latencies[upstream].percentile();
  }

  /** What to expect of {@code upstream}: nothing at all, that is the best, if it is to be tried. */
  public Duration expected(int upstream, long now) {
    return latencies[upstream].expected(now);
  }

  /** A query that {@code plan} is for begins. */
  public void begin(Plan plan, long now) {
    plan.waves().get(0).upstreams().forEach(i -> latencies[i].tried(now));
  }

  /** A query has ended. */
  public void learn(Outcome outcome, long now) {
    if (outcome.winner().isPresent()) {
      holders.learn(outcome.name(), outcome.winner().getAsInt(), outcome.othersLackIt());
    }
    outcome.samples().forEach(sample -> latencies[sample.upstream()].add(took(sample), now));
  }

  private Duration took(Sample sample) {
    boolean longer = sample.overtaken() && sample.took().compareTo(overtaken) < 0;
    return longer ? overtaken : sample.took();
  }
}
