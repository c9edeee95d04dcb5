package firstanswer.upstream.text;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard.Cause;
import org.xbill.DNS.Type;

/**
 * The meaning of a text server's answer for questions of any type. The text protocol asks only for
 * names, and its answers are IPv4 addresses. For a question of another type than A, the server's
 * address shows only that the name exists: NODATA (RFC 8020). A miss does not count, because a
 * server that lacks the address may still know the name.
 */
final class AnswerForType {
  private AnswerForType() {}

  /** The meaning of {@code answer} for a question of {@code type}, 0 to 65,535. */
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
