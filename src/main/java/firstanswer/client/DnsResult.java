package firstanswer.client;

import firstanswer.codec.wire.RecordLines;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Reply.Unanswered;
import java.util.List;

/** Turns the outcome of a query to a name server into the result of a name. */
final class DnsResult {
  private DnsResult() {}

  /** The result for the name {@code written} in the batch. */
  static Result of(String written, Outcome outcome) {
    long latencyNanos = outcome.transcript().tookNanos();
    if (outcome.reply() instanceof Reply.Relayed relayed) {
      return of(written, relayed.answer(), latencyNanos);
    }
    return switch ((Unanswered) outcome.reply()) {
      case TIMED_OUT ->
          isServerDown(outcome)
              ? Result.lost(written, Explanation.of(outcome))
              : Result.timedOut(written);
      case WITHHELD, SILENCE -> Result.timedOut(written);
      case ALL_DOWN, ALL_OVER_BUDGET, INTERNAL_ERROR ->
          Result.lost(written, Explanation.of(outcome));
    };
  }

  private static boolean isServerDown(Outcome outcome) {
    return outcome.transcript().entries().stream().anyMatch(entry -> !entry.health().counts());
  }

  private static Result of(String written, Answer answer, long latencyNanos) {
    if (answer instanceof Answer.Positive positive
        && positive.content() instanceof Content.Message message) {
      return positive(written, message, latencyNanos);
    }
    if (answer instanceof Answer.Negative) {
      return new Result(written, Result.Outcome.NOT_FOUND, "", latencyNanos);
    }
    return answer instanceof Answer.Unheard
        ? Result.lost(written, Explanation.word(answer))
        : Result.error(written, Explanation.word(answer));
  }

  private static Result positive(String written, Content.Message message, long latencyNanos) {
    List<String> lines = RecordLines.of(message);
    return lines.isEmpty()
        ? Result.error(written, "unreadable answer")
        : new Result(written, Result.Outcome.ANSWERED, String.join("\n", lines), latencyNanos);
  }
}
