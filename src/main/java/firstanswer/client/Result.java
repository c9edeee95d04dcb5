package firstanswer.client;

import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TimedOutLine;
import firstanswer.dns.Answer;
import java.util.concurrent.TimeUnit;

/**
 * The result of one name of a batch.
 *
 * @param name the name in the spelling of the batch
 * @param text the answer as the server sent it, or the reason of an error, or empty
 * @param latencyNanos the time from sending to the answer; 0 without an answer
 */
record Result(String name, Outcome outcome, String text, long latencyNanos) {

  /** The kind of a result. */
  enum Outcome {
    /** The server gave an address. */
    ANSWERED("answered"),
    /** The server says that the name has no address. */
    NOT_FOUND("not found"),
    /** The server says that no upstream knew the name in time, or says nothing itself. */
    TIMED_OUT("timed out"),
    /** The line is no host name, or the server refused the query. */
    ERROR("error"),
    /** The server could not be reached, or was lost before it answered. */
    LOST("lost");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** A count for the summary, such as "2 errors". */
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

  /** The result of {@code name} for the text {@code message}, read as {@code answer}. */
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

  /** One line for people; for an answer, the line that the server sent. */
  String line() {
    String asked = Printable.ofUser(name);
    return switch (outcome) {
      case ANSWERED -> printableText();
      case NOT_FOUND -> TextCodec.notFound(asked);
      case TIMED_OUT -> TimedOutLine.write(asked);
      case ERROR, LOST -> asked + " - " + TextCodec.ERROR + printableText();
    };
  }

  /** The text without control characters. */
  String printableText() {
    return Printable.ofServer(text);
  }

  /** The address of an answer, which is its second field; otherwise empty. */
  String address() {
    return outcome == Outcome.ANSWERED ? text.split("\\s+", 3)[1] : "";
  }

  /** The latency in milliseconds, rounded down to microseconds. */
  double milliseconds() {
    return TimeUnit.NANOSECONDS.toMicros(latencyNanos) / 1e3;
  }
}
