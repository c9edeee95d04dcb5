package firstanswer.codec.wire;

import firstanswer.dns.Answer;
import org.xbill.DNS.Rcode;

/**
 * A name server's response to a query of ours.
 *
 * @param answer the server's answer to the question
 * @param truncated whether the response is truncated, so that only TCP gives the whole response
 * @param rejectsEdns whether the server rejects the EDNS of the query and not the question: FORMERR
 *     or NOTIMP without an OPT record, to a query with one (RFC 6891 section 7)
 * @param recursion whether the server offers recursion (RA)
 */
public record UpstreamResponse(
    Answer answer, boolean truncated, boolean rejectsEdns, boolean recursion) {

  /**
   * Whether the server perhaps has too many queries, and would answer later. A resolver that cannot
   * take a query refuses it, as dnsmasq does. A server without recursion refuses the names of
   * others.
   */
  public boolean mayMeanOverload() {
    return recursion && answer instanceof Answer.Failure failure && failure.says(Rcode.REFUSED);
  }

  /** Whether TCP would give a better answer; a truncated failure fails over TCP, too. */
  public boolean isWorthTcp() {
    return truncated
        && !(answer instanceof Answer.Failure failure
            && failure.fault() instanceof Answer.Failure.ByRcode);
  }
}
