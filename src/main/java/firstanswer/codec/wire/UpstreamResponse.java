package firstanswer.codec.wire;

import firstanswer.dns.Answer;

/**
 * A name server's response to a query of ours.
 *
 * @param answer the server's answer to the question
 * @param truncated whether the response is truncated, so that only TCP gives the whole response
 * @param rejectsEdns whether the server rejects the EDNS of the query and not the question: FORMERR
 *     or NOTIMP without an OPT record, to a query with one (RFC 6891 section 7)
 */
public record UpstreamResponse(Answer answer, boolean truncated, boolean rejectsEdns) {

  /** Whether TCP would give a better answer; a truncated failure fails over TCP, too. */
  public boolean isWorthTcp() {
    return truncated
        && !(answer instanceof Answer.Failure failure
            && failure.fault() instanceof Answer.Failure.ByRcode);
  }
}
