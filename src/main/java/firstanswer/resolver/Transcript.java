package firstanswer.resolver;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard.Cause;
import java.util.List;

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
   * @param health the upstream's health, as last told to this query
   */
  public record Entry(UpstreamId upstream, Health health, Attempt attempt) {

    /** The same entry, with another health. */
    public Entry withHealth(Health changed) {
      return new Entry(upstream, changed, attempt);
    }

    /** The same entry, one step on. */
    public Entry withAttempt(Attempt next) {
      return new Entry(upstream, health, next);
    }

    /** Whether a "no" waits for this upstream: it counts, and has not answered. */
    public boolean isAwaited() {
      return health.counts() && isSilent();
    }

    /** Whether the upstream has not answered, or has only said that it will be silent. */
    public boolean isSilent() {
      return !(attempt instanceof Answered answered)
          || (answered.answer() instanceof Answer.Unheard unheard
              && unheard.cause() == Cause.SILENT);
    }

    /** Whether a "no" of others was given without this upstream, which might have said yes. */
    public boolean isMissing() {
      return isSilent()
          ? !health.counts()
          : attempt instanceof Answered answered
              && answered.answer() instanceof Answer.Unheard unheard
              && (unheard.cause() == Cause.DOWN || unheard.cause() == Cause.OVER_BUDGET);
    }

    /** Whether the upstream has answered, or has said that it will not. */
    public boolean hasSpoken() {
      return attempt instanceof Answered;
    }
  }

  /** How far the query has got with an upstream. */
  public sealed interface Attempt {}

  /** The upstream was not asked, because its turn had not come. */
  public enum NotAsked implements Attempt {
    NOT_ASKED
  }

  /**
   * The upstream was asked and has not answered.
   *
   * @param askedNanos when, on the clock of the query
   */
  public record Asked(long askedNanos) implements Attempt {}

  /**
   * The upstream has answered, or the reason is known why it was not heard.
   *
   * @param askedNanos when, on the clock of the query
   * @param answeredNanos when, on the same clock
   */
  public record Answered(long askedNanos, long answeredNanos, Answer answer) implements Attempt {}
}
