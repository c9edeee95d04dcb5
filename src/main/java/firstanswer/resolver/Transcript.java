package firstanswer.resolver;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard.Cause;
import java.util.List;

/**
 * How an outcome came about.
 *
 * @param entries one an upstream, in the order of the configuration
 * @param tookNanos from the receipt of the query to its outcome
 */
public record Transcript(List<Entry> entries, long tookNanos) {
  /** Nobody was asked. */
  public static final Transcript EMPTY = new Transcript(List.of(), 0);

  /**
   * What one query knows of one upstream.
   *
   * @param health how the upstream fares
   */
  public record Entry(UpstreamId upstream, Health health, Attempt attempt) {

    /** The same upstream, with another health. */
    public Entry withHealth(Health changed) {
      return new Entry(upstream, changed, attempt);
    }

    /** The same upstream, one step on. */
    public Entry withAttempt(Attempt next) {
      return new Entry(upstream, health, next);
    }

    /** Whether nothing has come of the upstream yet, and a "no" waits for it. */
    public boolean isAwaited() {
      return health.counts() && isSilent();
    }

    /** Whether nothing has come of the upstream but perhaps the promise to be silent. */
    public boolean isSilent() {
      return !(attempt instanceof Answered answered)
          || (answered.answer() instanceof Answer.Unheard unheard
              && unheard.cause() == Cause.SILENT);
    }

    /** Whether a "no" of others was said without this upstream, which might have said yes. */
    public boolean isMissing() {
      return isSilent()
          ? !health.counts()
          : attempt instanceof Answered answered
              && answered.answer() instanceof Answer.Unheard unheard
              && (unheard.cause() == Cause.DOWN || unheard.cause() == Cause.OVER_BUDGET);
    }

    /** Whether the upstream has said something, if only why it will not be heard. */
    public boolean hasSpoken() {
      return attempt instanceof Answered;
    }
  }

  /** How far the query has come with an upstream. */
  public sealed interface Attempt {}

  /** The upstream was not asked: its turn had not come. */
  public enum NotAsked implements Attempt {
    NOT_ASKED
  }

  /**
   * The upstream was asked, and has not answered.
   *
   * @param askedNanos on the clock of the query
   */
  public record Asked(long askedNanos) implements Attempt {}

  /**
   * The upstream has answered, or it is known why it was not heard.
   *
   * @param askedNanos on the clock of the query
   * @param answeredNanos the same
   */
  public record Answered(long askedNanos, long answeredNanos, Answer answer) implements Attempt {}
}
