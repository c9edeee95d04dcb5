package firstanswer.frontend;

import firstanswer.codec.wire.ClientQuery;
import firstanswer.codec.wire.ExtendedError;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.dns.Answer;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Reply.Unanswered;
import java.util.Optional;

/** Writes outcomes as DNS messages. */
final class DnsReply {
  /** The longest TTL of a "no" while some server may still hold the name. */
  private static final int UNPROVEN_TTL_SECONDS = 5;

  private DnsReply() {}

  /**
   * The response to {@code query}. If a server's answer cannot be written, because it is unlike
   * anything that we foresaw, only this query fails.
   */
  static byte[] write(ClientQuery query, Outcome outcome, int maxBytes) {
    try {
      return ResponseWriter.write(
          query, answer(outcome.reply()), error(outcome), maxTtlSeconds(outcome), maxBytes);
    } catch (RuntimeException e) {
      Answer unusable = Answer.Failure.UNREADABLE;
      Optional<ExtendedError> why =
          Optional.of(ExtendedError.networkError(Explanation.word(unusable)));
      return ResponseWriter.write(query, unusable, why, ResponseWriter.UNLIMITED, maxBytes);
    }
  }

  private static int maxTtlSeconds(Outcome outcome) {
    boolean unproven =
        outcome.reply() instanceof Reply.Relayed relayed
            && relayed.answer() instanceof Answer.Negative
            && outcome.transcript().isIncomplete();
    return unproven ? UNPROVEN_TTL_SECONDS : ResponseWriter.UNLIMITED;
  }

  private static Answer answer(Reply reply) {
    return reply instanceof Reply.Relayed relayed ? relayed.answer() : Answer.Failure.SERVFAIL;
  }

  private static Optional<ExtendedError> error(Outcome outcome) {
    if (outcome.reply() instanceof Reply.Relayed relayed
        && relayed.answer() instanceof Answer.Positive) {
      return Optional.empty();
    }
    String text = Explanation.of(outcome);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        isNetworkError(outcome.reply())
            ? ExtendedError.networkError(text)
            : ExtendedError.noReachableAuthority(text));
  }

  /** Whether the Extended DNS Error is a network error; if not, some server was not heard. */
  private static boolean isNetworkError(Reply reply) {
    if (reply instanceof Reply.Relayed relayed) {
      return !(relayed.answer() instanceof Answer.Negative);
    }
    return switch ((Unanswered) reply) {
      case ALL_DOWN, ALL_OVER_BUDGET, INTERNAL_ERROR -> true;
      case TIMED_OUT, WITHHELD, SILENCE -> false;
    };
  }
}
