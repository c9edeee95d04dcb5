/**
 * The values of the domain: names, questions, answers. Imports {@code dns.message} only; no Akka,
 * no I/O.
 */
package firstanswer.dns;
