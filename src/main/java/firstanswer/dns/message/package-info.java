/**
 * Finds the parts of a DNS message (RFC 1035 section 4) in its bytes. Pure, and bounded in time and
 * memory for any bytes.
 *
 * <p>May import nothing of the project. No Akka.
 */
package firstanswer.dns.message;
