package firstanswer.client;

import firstanswer.client.Result.Outcome;
import firstanswer.codec.wire.RecordLines;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import java.util.List;

/** What an answer of a name server means to a batch. */
final class DnsResult {
  private DnsResult() {}

  /** The result for the name {@code written} in the batch. */
  static Result of(String written, Answer answer, long latencyNanos) {
    if (answer instanceof Answer.Positive positive
        && positive.content() instanceof Content.Message message) {
      List<String> lines = RecordLines.of(message);
      return lines.isEmpty()
          ? Result.error(written, "unreadable answer")
          : new Result(written, Outcome.ANSWERED, String.join("\n", lines), latencyNanos);
    }
    if (answer instanceof Answer.Negative) {
      return new Result(written, Outcome.NOT_FOUND, "", latencyNanos);
    }
    if (answer instanceof Answer.Failure failure) {
      // Without a message, the server has not been reached.
      return failure.message().isPresent()
          ? Result.error(written, failure.reason())
          : Result.lost(written, failure.reason());
    }
    return Result.timedOut(written);
  }
}
