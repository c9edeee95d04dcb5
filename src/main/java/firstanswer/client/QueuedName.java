package firstanswer.client;

import firstanswer.codec.text.TextCodec;
import firstanswer.dns.DomainName;
import java.util.Optional;

/** A name in the window of a {@link QueryPipeline}. */
final class QueuedName {
  /** The name in the spelling of the batch. */
  final String written;

  /** The name to ask for; empty if {@link #written} is no host name. */
  final Optional<DomainName> name;

  /** The time when the name was taken, in ticks of the pipeline. */
  final long sinceTick;

  private final long sinceNanos = System.nanoTime();

  /** The result; null until there is one. */
  Result result;

  QueuedName(String written, long sinceTick) {
    this.written = written;
    this.sinceTick = sinceTick;
    this.name = TextCodec.readQuery(written);
  }

  boolean asksFor(DomainName answered) {
    return name.filter(answered::equals).isPresent();
  }

  /** The time since the name was taken. */
  long latencyNanos() {
    return System.nanoTime() - sinceNanos;
  }
}
