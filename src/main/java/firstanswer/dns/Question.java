package firstanswer.dns;

import org.xbill.DNS.Type;

/**
 * The question of a client, of class IN. Questions are equal if the same answer serves both.
 *
 * @param type the QTYPE, 0 to 65,535 (IANA: DNS resource record types)
 * @param manner the manner of the query; the answer may depend on it
 */
public record Question(DomainName name, int type, Manner manner) {

  /** A question of the text protocol, which asks for an IPv4 address. */
  public static Question ofText(DomainName name) {
    return new Question(name, Type.A, Manner.Text.TEXT);
  }
}
