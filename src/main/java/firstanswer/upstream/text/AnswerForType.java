package firstanswer.upstream.text;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard.Cause;
import org.xbill.DNS.Type;

/**
 * The meaning of a text server's answer for the question that a name was asked with. The text
 * protocol asks for a name and nothing else, and its answers are IPv4 addresses. For a question of
 * another type than A, the server's address shows only that the name exists: NODATA (RFC 8020). A
 * miss does not count, because a server that lacks the address may still know the name.
 */
final class AnswerForType {
  private AnswerForType() {}

  /** What {@code answer}, to a name, says to a question of that type (0 to 65,535). */
  static Answer of(Answer answer, int type) {
    if (type == Type.A) {
      return answer;
    }
    if (answer instanceof Answer.Positive) {
      return Answer.Negative.NODATA;
    }
    return answer instanceof Answer.Negative ? new Answer.Unheard(Cause.NOT_ASKABLE) : answer;
  }
}
