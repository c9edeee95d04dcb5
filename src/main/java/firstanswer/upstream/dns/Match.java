package firstanswer.upstream.dns;

import firstanswer.codec.wire.AnswerReader;
import firstanswer.codec.wire.UpstreamResponse;
import firstanswer.dns.message.RawMessage;
import java.util.Optional;

/**
 * A response that answers a transaction.
 *
 * @param caseEchoed whether the response repeats the case of the question, which a forger would
 *     have to guess
 * @param former whether the response has the id of an earlier copy of the query
 */
record Match(
    Transaction transaction, UpstreamResponse response, boolean caseEchoed, boolean former) {

  /** Reads {@code message}, which has an id of {@code transaction}; empty if it is no answer. */
  static Optional<Match> read(Transaction transaction, RawMessage message, boolean former) {
    boolean echoed = transaction.isCaseEchoed(message);
    return AnswerReader.read(transaction.query().bytes(), message.bytes())
        .flatMap(response -> transaction.inAskersCase(response, message))
        .map(response -> new Match(transaction, response, echoed, former));
  }

  /**
   * The time when the answered query was sent: the first time, unless the id shows that the
   * repetition is answered.
   */
  long sentNanos() {
    boolean repetition = !former && !transaction.formerKeys().isEmpty();
    return repetition ? transaction.lastSentNanos() : transaction.firstSentNanos();
  }
}
