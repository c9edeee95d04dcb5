package firstanswer.client;

import firstanswer.codec.text.TextCodec;
import firstanswer.dns.Answer;
import java.util.concurrent.TimeUnit;

/**
 * What came of one name of a batch.
 *
 * @param name as it stood in the batch
 * @param text the answer as the server sent it, or the reason of an error, or empty
 * @param latencyNanos from sending to the answer; 0 for a name that was not sent or not answered
 */
record Result(String name, Outcome outcome, String text, long latencyNanos) {

  /** How it went. */
  enum Outcome {
    /** The server gave an address. */
    ANSWERED("answered"),
    /** The server says that there is none. */
    NOT_FOUND("not found"),
    /** The server says that nobody knew in time, or has itself not said a word. */
    TIMED_OUT("timed out"),
    /** The name is no name, or the server refused it. */
    ERROR("error"),
    /** The server could not be reached, or was lost before it answered. */
    LOST("lost");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** For the summary, such as "2 errors". */
    String count(long results) {
      return this == ERROR ? Quantity.of(results, words) : results + " " + words;
    }
  }

  static Result error(String name, String reason) {
    return new Result(name, Outcome.ERROR, reason, 0);
  }

  static Result lost(String name, String reason) {
    return new Result(name, Outcome.LOST, reason, 0);
  }

  static Result timedOut(String name) {
    return new Result(name, Outcome.TIMED_OUT, "", 0);
  }

  /** The result that {@code message}, which belongs to {@code name}, stands for. */
  static Result of(String name, String message, Answer answer, long latencyNanos) {
    if (answer instanceof Answer.Positive) {
      return new Result(name, Outcome.ANSWERED, message, latencyNanos);
    }
    if (answer instanceof Answer.Negative) {
      return new Result(name, Outcome.NOT_FOUND, "", latencyNanos);
    }
    return answer instanceof Answer.Unheard
        ? new Result(name, Outcome.TIMED_OUT, "", latencyNanos)
        : error(name, "unreadable answer: " + message);
  }

  /** One line for people: the server's own where it gave an answer. */
  String line() {
    return switch (outcome) {
      case ANSWERED -> text;
      case NOT_FOUND -> name + " - NOT FOUND";
      case TIMED_OUT -> name + " - TIMED OUT";
      case ERROR, LOST -> name + " - " + TextCodec.ERROR + text;
    };
  }

  /** The address of an answer, which is its second field; otherwise empty. */
  String address() {
    return outcome == Outcome.ANSWERED ? text.split("\\s+", 3)[1] : "";
  }

  /** The latency, to the microsecond. */
  double milliseconds() {
    return TimeUnit.NANOSECONDS.toMicros(latencyNanos) / 1e3;
  }
}
