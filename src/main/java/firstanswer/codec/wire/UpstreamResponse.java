package firstanswer.codec.wire;

import firstanswer.dns.Answer;

/**
 * A name server's response to a query of ours.
 *
 * @param answer what it says to the question
 * @param truncated whether it was cut (TC), so that the whole can be had over TCP only
 * @param rejectsEdns whether it rejects the EDNS of the query rather than the question: FORMERR or
 *     NOTIMP without an OPT record, to a query with one (RFC 6891 section 7)
 */
public record UpstreamResponse(Answer answer, boolean truncated, boolean rejectsEdns) {

  /** Whether TCP would give a better answer; a truncated failure fails over TCP, too. */
  public boolean isWorthTcp() {
    return truncated
        && !(answer instanceof Answer.Failure failure
            && failure.fault() instanceof Answer.Failure.ByRcode);
  }
}
