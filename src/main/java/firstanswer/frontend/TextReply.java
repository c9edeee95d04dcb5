package firstanswer.frontend;

import firstanswer.codec.text.TextCodec;
import firstanswer.codec.text.TimedOutLine;
import firstanswer.codec.wire.AddressReader;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.resolver.Explanation;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Reply.Unanswered;
import java.util.Optional;

/** Writes outcomes in the text protocol. */
final class TextReply {
  private TextReply() {}

  /** The answer to the query for {@code queried}; empty if the outcome is silence. */
  static Optional<String> write(String queried, Outcome outcome) {
    if (outcome.reply() instanceof Reply.Relayed relayed) {
      return Optional.of(relayed(queried, relayed.answer()));
    }
    return switch ((Unanswered) outcome.reply()) {
      case TIMED_OUT, WITHHELD -> Optional.of(TimedOutLine.write(queried));
      case SILENCE -> Optional.empty();
      case ALL_DOWN, ALL_OVER_BUDGET, INTERNAL_ERROR ->
          Optional.of(TextCodec.error(Explanation.of(outcome)));
    };
  }

  private static String relayed(String queried, Answer answer) {
    if (answer instanceof Answer.Positive positive) {
      return positive.content() instanceof Content.Message message
          ? address(queried, message)
          : ((Content.Line) positive.content()).text();
    }
    return answer instanceof Answer.Negative
        ? TextCodec.notFound(queried)
        : TextCodec.error(Explanation.word(answer));
  }

  /** Of a name server's positive answer, the text protocol gets the first address. */
  private static String address(String queried, Content.Message message) {
    return AddressReader.firstAddress(message)
        .map(a -> TextCodec.positive(a.name(), a.address()))
        .orElseGet(() -> TextCodec.notFound(queried));
  }
}
