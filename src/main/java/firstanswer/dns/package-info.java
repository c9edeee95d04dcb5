/**
 * The values of the domain: names, questions, answers.
 *
 * <p>May import {@code dns.message}. No Akka.
 */
package firstanswer.dns;
