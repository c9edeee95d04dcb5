package firstanswer.dns;

import org.xbill.DNS.Type;

/**
 * What a client asks; the class is IN. Two questions are equal when the same answer serves both.
 *
 * @param type the QTYPE, 0 to 65,535 (IANA: DNS resource record types)
 * @param manner how it was asked, which the answer depends on, too
 */
public record Question(DomainName name, int type, Manner manner) {

  /** A question of the text protocol, which asks for an IPv4 address. */
  public static Question ofText(DomainName name) {
    return new Question(name, Type.A, Manner.Text.TEXT);
  }
}
