package firstanswer.resolver;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Rcode;

/**
 * The record of how an outcome came about.
 *
 * @param entries one for each upstream, in the order of the configuration
 * @param tookNanos the time from the receipt of the query to its outcome
 */
public record Transcript(List<Entry> entries, long tookNanos) {
  /** No upstream was asked. */
  public static final Transcript EMPTY = new Transcript(List.of(), 0);

  /**
   * The state of one upstream in one query.
   *
   * @param health the upstream's health, as far as the query knows it
   */
  public record Entry(UpstreamId upstream, Health health, Attempt attempt) {

    /** A copy with another health. */
    public Entry withHealth(Health changed) {
      return new Entry(upstream, changed, attempt);
    }

    /** A copy with the next step of the attempt. */
    public Entry withAttempt(Attempt next) {
      return new Entry(upstream, health, next);
    }

    /**
     * Whether nothing is known of the upstream's records: it has not answered, or the way to it is
     * in trouble. False for an upstream that we chose not to ask.
     */
    public boolean isUnheard() {
      return !(attempt instanceof Answered answered)
          || (answered.answer() instanceof Unheard unheard && !unheard.cause().isAbstention());
    }

    /**
     * Whether this upstream might hold a name although other upstreams say "no". REFUSED says that
     * the name is not the server's; after any other failure, the server may hold the name.
     */
    public boolean isMissing() {
      if (!(attempt instanceof Answered answered) || isUnheard()) {
        return true;
      }
      return answered.answer() instanceof Unheard unheard
          ? unheard.cause() != Cause.NOT_ASKABLE
          : answered.answer() instanceof Answer.Failure failure && !failure.says(Rcode.REFUSED);
    }

    /** Whether the upstream has answered, or the reason is known why it cannot answer. */
    public boolean hasSpoken() {
      return attempt instanceof Answered
          || (attempt instanceof Asked asked && asked.trouble().isPresent());
    }

    /** The reason why the upstream was not heard, as far as it is known. */
    public Unheard whyUnheard() {
      if (attempt instanceof Answered answered && answered.answer() instanceof Unheard unheard) {
        return unheard;
      }
      return attempt instanceof Asked asked
          ? asked.trouble().orElse(Unheard.SILENT)
          : Unheard.SILENT;
    }
  }

  /** Whether an upstream might hold a name although the others say "no". */
  public boolean isIncomplete() {
    return entries.stream().anyMatch(Entry::isMissing);
  }

  /** The progress of the query with one upstream. */
  public sealed interface Attempt {}

  /** The upstream was not asked, because its turn had not come. */
  public enum NotAsked implements Attempt {
    NOT_ASKED
  }

  /**
   * The upstream was asked and has not answered.
   *
   * @param askedNanos when it was asked, on the clock of the query
   * @param trouble the trouble that its proxy has reported; the proxy goes on trying
   */
  public record Asked(long askedNanos, Optional<Unheard> trouble) implements Attempt {
    /** Creates an attempt without trouble so far. */
    public Asked(long askedNanos) {
      this(askedNanos, Optional.empty());
    }
  }

  /**
   * The upstream has answered, or the reason is known why it was not heard.
   *
   * @param askedNanos when it was asked, on the clock of the query
   * @param answeredNanos when it answered, on the same clock
   */
  public record Answered(long askedNanos, long answeredNanos, Answer answer) implements Attempt {}
}
